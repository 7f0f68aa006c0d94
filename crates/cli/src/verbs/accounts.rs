//! `orchestre accounts list|rank|show`.

mod show;

use anyhow::bail;
use orchestre_app::portfolio::{self, AccountRow, Filter, Listing, Order, Slice, Sort, SortKey};
use orchestre_app::{AppError, Code, Ctx, accounts, asked, wire};
use orchestre_domain::id::AccountId;
use orchestre_domain::lang::Lang;
use orchestre_view::{format, text};

use crate::args::{Accounts, Asking};
use crate::open::Call;
use crate::refusal::Refusal;
use crate::table::Table;
use crate::{Exit, output};

/// Lists, ranks or shows.
pub(crate) async fn run(call: &Call, accounts: Accounts) -> anyhow::Result<Exit> {
    match accounts {
        Accounts::List(asking) => list(call, asking, Sort::default()).await,
        Accounts::Rank(asking) => {
            let sort = Sort { key: SortKey::Rank, order: Order::Ascending };
            list(call, asking, sort).await
        }
        Accounts::Show { account, asking } => show::run(call, &account, asking).await,
    }
}

/// Finds the account that a text means.
///
/// # Errors
///
/// A refusal that names the candidates, or says that there is none.
pub(crate) async fn find(ctx: &Ctx, name: &str) -> anyhow::Result<AccountId> {
    match accounts::find(ctx, name).await {
        Ok(id) => Ok(id),
        Err(AppError::Ambiguous(candidates)) => {
            let candidates: Vec<String> =
                candidates.iter().map(|(id, name)| format!("{id} {name}")).collect();
            let what = format!("several accounts are called {name}");
            bail!(Refusal::misuse(what, format!("take one by its id: {}", candidates.join(" · "))))
        }
        Err(error) if error.code() == Code::NotFound => bail!(unknown(ctx, name).await?),
        Err(error) => Err(error.into()),
    }
}

/// Names the accounts that the words of an unknown name lead to, and guesses none of them.
async fn unknown(ctx: &Ctx, name: &str) -> anyhow::Result<Refusal> {
    let asked = asked::of(ctx, None, None, None).await?;
    let filter = Filter { text: name.to_owned(), ..Filter::default() };
    let few = Slice::first(5);
    let found = portfolio::list(ctx, &asked, &filter, Sort::default(), few).await?.rows;
    let alike: Vec<String> = found.iter().map(|row| format!("{} {}", row.id, row.name)).collect();
    let hint = if alike.is_empty() {
        "`orchestre accounts list` shows them with their ids".to_owned()
    } else {
        format!("did you mean {}?", alike.join(" · "))
    };
    Ok(Refusal::no(format!("no account is called {name}"), hint))
}

async fn list(call: &Call, asking: Asking, sort: Sort) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    let asked = asked::of(&ctx, asking.as_of, asking.currency, asking.rates).await?;
    let listing = portfolio::list(&ctx, &asked, &Filter::default(), sort, Slice::ALL).await?;
    if call.is_json {
        output::json(&listing.rows.iter().map(wire::account).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    for line in table(&listing, call.lang).lines() {
        output::data(&line);
    }
    for warning in &listing.warnings {
        output::talk(&text(call.lang, &format!("warning-{warning}")));
    }
    Ok(Exit::Done)
}

fn table(listing: &Listing, lang: Lang) -> Table {
    let word = |key: &str| text(lang, key);
    let turnover = format!("{} {}", word("word-turnover"), listing.asked.currency);
    let mut table = Table::default()
        .number("#")
        .text(word("word-account"))
        .text(word("word-tier"))
        .text(word("word-status"))
        .number(turnover)
        .number(word("word-growth"))
        .number(word("word-margin"))
        .number(word("word-score"))
        .text("id");
    for row in &listing.rows {
        table.row(cells(row, lang));
    }
    table
}

fn cells(row: &AccountRow, lang: Lang) -> [String; 9] {
    let missing = || format::MISSING.to_owned();
    let margin = row.margin.shown().and_then(|margin| margin.fraction);
    let score = row.score.shown().and_then(|score| Some((score.value?, score.is_sufficient)));
    [
        row.rank.map_or_else(missing, |rank| rank.to_string()),
        row.name.clone(),
        row.tier.map_or_else(missing, |tier| text(lang, &format!("state-tier-{tier}"))),
        row.status.map_or_else(missing, |status| text(lang, &format!("state-status-{status}"))),
        row.turnover_12m_minor
            .map_or_else(missing, |minor| format::money(lang, minor, row.currency)),
        row.growth.map_or_else(missing, |growth| format::change(lang, growth)),
        margin.map_or_else(missing, |margin| format::percent(lang, margin)),
        score.map_or_else(missing, |(value, is_sufficient)| {
            // A score of too little is a place in the order, not a number to quote.
            let mark = if is_sufficient { "" } else { "?" };
            format!("{}{mark}", format::decimal(lang, value, 0))
        }),
        row.id.to_string(),
    ]
}
