//! What every page shows around its content: made once a request from the session and the address.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_app::asked::Asked;
use orchestre_app::portfolio::{self, Filter, Slice, Sort};
use orchestre_app::{AppError, asked, delegations, settings};
use orchestre_domain::id::AccountId;
use orchestre_domain::money::Currency;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::rate::RateRule;
use orchestre_view::Link;
use orchestre_view::page::{Frame, Page, Place, Signed};

use crate::door::Visit;

/// The currencies that are offered besides the company's own.
const CURRENCIES: [&str; 5] = ["EUR", "USD", "GBP", "PLN", "JPY"];

impl Visit {
    /// Gives what the figures of this request are asked for: day, currency, rate rule.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub(crate) async fn asked(&self) -> Result<Asked, AppError> {
        let day = self.parameter("as_of").and_then(|text| text.parse::<Date>().ok());
        let currency = self.parameter("currency").and_then(Currency::parse);
        let rule = self.parameter("rates").and_then(RateRule::parse);
        asked::of(&self.ctx, day, currency, rule).await
    }

    /// Gives the page around a content.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub(crate) async fn page(
        &self,
        place: Place,
        title: impl Into<String>,
    ) -> Result<Page, AppError> {
        Ok(Page::new(self.frame().await?, place, title))
    }

    /// Gives a page that belongs to no place.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub(crate) async fn bare_page(&self, title: impl Into<String>) -> Result<Page, AppError> {
        Ok(Page::bare(self.frame().await?, title))
    }

    async fn frame(&self) -> Result<Frame, AppError> {
        let company = settings::get(&self.ctx).await?.settings;
        let home = self.session.currency.unwrap_or(company.currency);
        let asked = self.asked().await?;
        let mut currencies: BTreeSet<Currency> =
            CURRENCIES.iter().filter_map(|code| Currency::parse(code)).collect();
        currencies.extend([home, company.currency, asked.currency]);
        Ok(Frame {
            lang: self.lang(),
            signed: Some(Signed { name: self.session.name.clone(), role: self.role_words() }),
            organization: company.company,
            csrf: self.session.csrf.clone(),
            today: self.ctx.today(),
            as_of: asked.as_of,
            currency: asked.currency,
            home_currency: home,
            currencies: currencies.into_iter().collect(),
            accounts: self.own_accounts(&asked).await?,
            places: self.places(),
            counts: BTreeMap::new(),
            path: self.path.clone(),
            query: self.query.clone(),
            theme: self.session.theme,
            watched: self.session.watched.clone(),
            acts_for: self.lenders().await?,
            notice: None,
        })
    }

    /// Gives the viewer's own accounts, from the rows that are in memory anyway.
    async fn own_accounts(&self, asked: &Asked) -> Result<Vec<Link>, AppError> {
        let viewer = &self.ctx.viewer;
        let granted = viewer.grants.iter().flat_map(|grant| grant.accounts.iter().copied());
        let own: BTreeSet<AccountId> = viewer.own.iter().copied().chain(granted).collect();
        if own.is_empty() {
            return Ok(Vec::new());
        }
        let listing =
            portfolio::list(&self.ctx, asked, &Filter::default(), Sort::default(), Slice::ALL)
                .await?;
        let mine = listing.rows.iter().filter(|row| own.contains(&row.id)).take(12);
        Ok(mine.map(|row| Link::new(row.name.clone(), account_path(row.id))).collect())
    }

    /// Gives the names of those whose rights one holds for a time.
    async fn lenders(&self) -> Result<Vec<String>, AppError> {
        if self.ctx.viewer.grants.iter().all(|grant| grant.lender().is_none()) {
            return Ok(Vec::new());
        }
        delegations::lenders(&self.ctx).await
    }

    fn places(&self) -> BTreeSet<Place> {
        let reads = |object| may(&self.ctx.viewer, Capability::Read, object, Scope::Company);
        let mut places =
            BTreeSet::from([Place::Week, Place::Methods, Place::Settings, Place::Help]);
        for (object, place) in [
            (Object::Account, Place::Accounts),
            (Object::Account, Place::Portfolio),
            (Object::Person, Place::People),
            (Object::Plan, Place::Plans),
            (Object::Criterion, Place::Criteria),
            (Object::Import, Place::Imports),
            (Object::Event, Place::Events),
            (Object::System, Place::System),
        ] {
            if reads(object) {
                places.insert(place);
            }
        }
        if places.contains(&Place::System) && !places.contains(&Place::Accounts) {
            // The administrator has no week of accounts.
            places.remove(&Place::Week);
        }
        places
    }

    fn role_words(&self) -> String {
        let lang = self.lang();
        let words = self
            .ctx
            .viewer
            .roles
            .iter()
            .map(|role| orchestre_view::text(lang, &format!("state-role-{role}")));
        words.collect::<Vec<_>>().join(", ")
    }
}

/// Gives the address of an account's page.
pub(crate) fn account_path(id: AccountId) -> String {
    format!("/accounts/{id}")
}
