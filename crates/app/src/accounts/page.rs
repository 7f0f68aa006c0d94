//! The page of an account: everything is read for the viewer, then put together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::figure::Warning;
use orchestre_domain::id::{AccountId, PartyId, PersonId, ProductId};
use orchestre_domain::month::Ym;
use orchestre_domain::party::BuiltInView;
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;
use orchestre_store::{
    Contact, DatedName, DatedState, InteractionLine, Member, Opinion, OpportunityLine, PartyCard,
    ProductCard, Profile, StageStep, Work,
};

use super::shares::{self, Shape, Windows, windows};
use super::{AccountPage, Header, MonthPair, figures, missing, relations, tree};
use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::portfolio::figures::years;
use crate::portfolio::row;
use crate::reads;
use crate::section::Section;
use crate::sight::Sight;
use crate::snapshot::ProductWindows;
use crate::snapshot::exchange::Pair;
use crate::snapshot::line::Line;
use crate::snapshot::{Sum, Window};

/// Rows of a list of the largest.
const TOP: usize = 10;
/// Interactions that the page shows.
const LATEST: i64 = 12;

/// Gives the page of an account.
///
/// # Errors
///
/// [`AppError::NOT_FOUND`] when it is not there or not for this viewer's eyes.
pub async fn show(ctx: &Ctx, account: AccountId, asked: &Asked) -> Result<AccountPage, AppError> {
    let sight = Sight::of(ctx, *asked).await?;
    let line = sight.line(account)?;
    let read = read(ctx, &sight, account).await?;
    let group =
        tree::read(ctx, &sight, (BuiltInView::Legal, line.basis.party), &read.members).await?;
    let shape =
        Shape { whole: line.facts.turnover, sees_margin: sight.sees_margin(account), count: TOP };
    let cards = read.cards.iter().map(|card| (card.product, card.clone())).collect();
    let own: BTreeMap<PartyId, Windows> =
        read.members.iter().filter_map(|party| Some((*party, *group.own.get(party)?))).collect();
    let has_sales = sight.sees_sales(account) && !sight.snapshot.is_too_old;
    let mut page = AccountPage {
        asked: *asked,
        row: row::row(&sight, line, sight.places().get(&account)),
        figures: figures::all(&sight, line),
        months: months(ctx, &sight, line, &read.members),
        years: years(&sight, [line].into_iter()),
        tree: group.rows(&sight, account),
        entities: if has_sales { shares::entities(&own, &group.cards, shape) } else { Vec::new() },
        products: if has_sales {
            shares::products(&read.products, &cards, shape)
        } else {
            Vec::new()
        },
        people: may(ctx, Object::Person, account).then_some(()).map_or(Section::Hidden, |()| {
            let last = may(ctx, Object::Interaction, account).then_some(&read.last);
            let opinions = may(ctx, Object::Opinion, account).then_some(&read.opinions);
            Section::Shown(relations::people(read.contacts.clone(), last, opinions))
        }),
        opportunities: Section::when(sight.sees_opportunity(account), || {
            relations::opportunities(&sight.snapshot, read.opportunities, read.steps)
        }),
        interactions: Section::when(may(ctx, Object::Interaction, account), || read.interactions),
        missing: Vec::new(),
        window: sight.snapshot.window,
        warnings: page_warnings(&sight, line),
        header: Header {
            names: read.names,
            identifiers: read.identifiers,
            profile: read.profile,
            states: read.states,
            team: read.team,
            parties: group.cards.values().filter(|card| is_of(card, account)).count(),
            countries: group
                .cards
                .values()
                .filter(|card| is_of(card, account))
                .filter_map(|card| card.country.clone())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
        },
    };
    page.missing = missing::all(&sight, line, &page, read.has_plan);
    if has_opinions(&page) {
        reads::opinions(ctx, Some(account), "account", account.as_i64()).await?;
    }
    Ok(page)
}

/// Says whether an opinion is shown.
fn has_opinions(page: &AccountPage) -> bool {
    let people = page.people.shown().map_or(&[][..], Vec::as_slice);
    people.iter().any(|one| one.opinion.shown().is_some_and(Option::is_some))
}

fn may(ctx: &Ctx, object: Object, account: AccountId) -> bool {
    rows(&ctx.viewer, object).has(account)
}

fn is_of(card: &PartyCard, account: AccountId) -> bool {
    card.account.as_ref().is_some_and(|(owner, _)| *owner == account)
}

fn page_warnings(sight: &Sight, line: &Line) -> Vec<Warning> {
    let mut warnings = row::warnings(sight, line);
    warnings.join(sight.snapshot.warnings);
    warnings.add_if(sight.is_importing, Warning::ImportRunning);
    warnings.list()
}

/// What was read for the page.
struct Read {
    profile: Profile,
    names: Vec<DatedName>,
    identifiers: Vec<(String, String)>,
    states: Vec<DatedState>,
    team: Vec<Member>,
    has_plan: Option<bool>,
    members: Vec<PartyId>,
    products: ProductWindows,
    cards: Vec<ProductCard>,
    contacts: Vec<Contact>,
    last: BTreeMap<PersonId, Date>,
    opinions: BTreeMap<PersonId, Opinion>,
    opportunities: Vec<OpportunityLine>,
    steps: Vec<StageStep>,
    interactions: Vec<InteractionLine>,
}

async fn read(ctx: &Ctx, sight: &Sight, account: AccountId) -> Result<Read, AppError> {
    let (viewer, as_of) = (&ctx.viewer, sight.snapshot.key.asked.as_of);
    let reads_plan = may(ctx, Object::Plan, account);
    ctx.db()
        .read(async |work| {
            let products = products(work, viewer, sight, account).await?;
            let ids: Vec<ProductId> = products.keys().copied().flatten().collect();
            Ok(Read {
                profile: work.profile(viewer, account).await?.ok_or(AppError::NOT_FOUND)?,
                names: names(work, viewer, account).await?,
                identifiers: work.account_identifiers(viewer, account).await?,
                states: work.account_states(viewer, account, as_of).await?,
                team: work.account_team(viewer, account, as_of).await?,
                has_plan: if reads_plan {
                    Some(work.has_plan(viewer, account).await?)
                } else {
                    None
                },
                members: work.account_parties(viewer, account, as_of).await?,
                products,
                cards: work.product_cards(&ids).await?,
                contacts: work.contacts(viewer, account, as_of).await?,
                last: work.last_contacts(viewer, account, as_of).await?,
                opinions: work.opinions(viewer, account, as_of).await?,
                opportunities: work.account_opportunities(viewer, account, as_of).await?,
                steps: work.account_stages(viewer, account, as_of).await?,
                interactions: work.latest_interactions(viewer, account, as_of, LATEST).await?,
            })
        })
        .await
}

/// Gives what the account bought of each product, read once for each vector.
async fn products(
    work: &mut Work<'_>,
    viewer: &Viewer,
    sight: &Sight,
    account: AccountId,
) -> Result<ProductWindows, AppError> {
    let snapshot = &sight.snapshot;
    let Some(window) = snapshot.window.filter(|_| sight.sees_sales(account)) else {
        return Ok(ProductWindows::default());
    };
    if let Some(found) = snapshot.products(account) {
        return Ok(found);
    }
    let months = (window.previous().from, window.to);
    let sums = work.product_sums(viewer, account, snapshot.key.asked.as_of, months).await?;
    let found = ProductWindows::new(windows(&sums, snapshot.terms()));
    snapshot.keep_products(account, &found);
    Ok(found)
}

/// Gives the names that were borne, with the present one at the end.
async fn names(
    work: &mut Work<'_>,
    viewer: &Viewer,
    account: AccountId,
) -> Result<Vec<DatedName>, AppError> {
    let mut names = work.account_names(viewer, account).await?;
    let open = Date::constant(9999, 12, 31);
    if names.iter().all(|name| name.to < open) {
        let (_, name) = work.account(viewer, account).await?.ok_or(AppError::NOT_FOUND)?;
        let from = names.last().map_or(Date::constant(1, 1, 1), |last| last.to);
        names.push(DatedName { name, from, to: open });
    }
    Ok(names)
}

/// Gives the closed months beside the year before, and the running month when the day is today.
fn months(ctx: &Ctx, sight: &Sight, line: &Line, members: &[PartyId]) -> Vec<MonthPair> {
    let Some(window) = sight.snapshot.window else { return Vec::new() };
    let at = |ym: Ym| month(sight, line, window, ym);
    let mut months: Vec<MonthPair> = (0..12)
        .map(|place| window.from.plus(place))
        .map(|ym| MonthPair { ym, minor: at(ym), before_minor: at(ym.plus(-12)), is_open: false })
        .collect();
    let as_of = sight.snapshot.key.asked.as_of;
    let next = Ym::of(as_of);
    if as_of == ctx.today() && next == window.to.plus(1) {
        let terms = sight.snapshot.terms();
        let mut sum = Sum::default();
        let own = sight.snapshot.sums_of(members.iter().copied());
        for (_, own) in own.iter().filter(|(_, own)| own.ym == next) {
            let pair = Pair::of(terms.exchange, terms.rule, (own.currency, terms.to), own.ym);
            sum.add(&Sum::of(own, pair));
        }
        let is_known = sum.converted_lines > 0 && sight.sees_sales(line.id());
        let minor = is_known.then_some(sum.amount);
        months.push(MonthPair { ym: next, minor, before_minor: at(next.plus(-12)), is_open: true });
    }
    months
}

fn month(sight: &Sight, line: &Line, window: Window, ym: Ym) -> Option<i64> {
    let place = usize::try_from(ym.since(window.previous().from)).ok()?;
    let minor = line.facts.months.get(place).copied().flatten();
    let has_begun = line.facts.first.is_some_and(|first| first <= ym);
    minor.filter(|_| has_begun && sight.sees_sales(line.id()))
}
