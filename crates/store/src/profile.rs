//! Who an account is: names over time, identifiers, address, states and team.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::scope::condition;
use crate::sql::Sql;
use crate::work::Work;

/// The root party of an account as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// Street and number.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Sector.
    pub sector: Option<String>,
    /// Employees.
    pub employees: Option<i64>,
    /// Website.
    pub website: Option<String>,
    /// Customer since.
    pub since: Option<Date>,
    /// Note.
    pub note: Option<String>,
}

/// A name and when it was borne.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedName {
    /// The name.
    pub name: String,
    /// The first day; open when 0001-01-01.
    pub from: Date,
    /// The day after the last; open when 9999-12-31.
    pub to: Date,
}

/// A tier or a status and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedState {
    /// `tier` or `status`.
    pub field: String,
    /// The word.
    pub value: String,
    /// Since when; open when 0001-01-01.
    pub since: Date,
    /// Why.
    pub reason: Option<String>,
}

/// Somebody of ours who serves the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The role in the account.
    pub role: String,
    /// The title at work.
    pub title: Option<String>,
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub to: Date,
}

impl Work<'_> {
    /// Gives the profile of an account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn profile(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
    ) -> Result<Option<Profile>, StoreError> {
        let text = "SELECT p.street, p.postal_code, p.city, p.region, p.country, p.sector, \
                    p.employees, p.website, p.customer_since, p.note \
                    FROM accounts a JOIN parties p ON p.id = a.party_id WHERE a.id = $1";
        let row = self.rows(of_account(text, viewer, account)).await?.into_iter().next();
        row.map(|row| {
            Ok(Profile {
                street: row.opt("street")?,
                postal_code: row.opt("postal_code")?,
                city: row.opt("city")?,
                region: row.opt("region")?,
                country: row.opt("country")?,
                sector: row.opt("sector")?,
                employees: row.opt("employees")?,
                website: row.opt("website")?,
                since: row.opt_day("customer_since")?,
                note: row.opt("note")?,
            })
        })
        .transpose()
    }

    /// Gives the names that an account bore, the oldest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account_names(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
    ) -> Result<Vec<DatedName>, StoreError> {
        let text = "SELECT n.name, n.valid_from, n.valid_to FROM accounts a \
                    JOIN party_names n ON n.party_id = a.party_id WHERE a.id = $1";
        let asked = of_account(text, viewer, account);
        let mut names: Vec<DatedName> = self
            .rows(asked)
            .await?
            .iter()
            .map(|row| {
                let (from, to) = (row.day("valid_from")?, row.day("valid_to")?);
                Ok(DatedName { name: row.get("name")?, from, to })
            })
            .collect::<Result<_, StoreError>>()?;
        names.sort_by_key(|name| name.from);
        Ok(names)
    }

    /// Gives the numbers under which registers know an account: scheme and value.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account_identifiers(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let text = "SELECT i.scheme, i.value FROM accounts a \
                    JOIN party_identifiers i ON i.party_id = a.party_id WHERE a.id = $1";
        let rows = self.rows(of_account(text, viewer, account)).await?;
        let mut found: Vec<(String, String)> = rows
            .iter()
            .map(|row| Ok((row.get("scheme")?, row.get("value")?)))
            .collect::<Result<_, StoreError>>()?;
        found.sort();
        Ok(found)
    }

    /// Gives the tiers and statuses of an account up to a day, the newest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account_states(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<Vec<DatedState>, StoreError> {
        let text = "SELECT s.field, s.value, s.valid_from, s.reason FROM accounts a \
                    JOIN account_states s ON s.account_id = a.id WHERE a.id = $1";
        let rows = self.rows(of_account(text, viewer, account)).await?;
        let mut states: Vec<DatedState> = rows
            .iter()
            .map(|row| {
                Ok(DatedState {
                    field: row.get("field")?,
                    value: row.get("value")?,
                    since: row.day("valid_from")?,
                    reason: row.opt("reason")?,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        states.retain(|state| state.since <= as_of);
        states.sort_by(|a, b| b.since.cmp(&a.since).then(a.field.cmp(&b.field)));
        Ok(states)
    }

    /// Gives the people of ours who serve an account on a day, in order of role and name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account_team(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<Vec<Member>, StoreError> {
        let text = "SELECT p.id, p.name, p.title, s.role, s.valid_from, s.valid_to \
                    FROM accounts a JOIN assignments s ON s.account_id = a.id \
                    JOIN persons p ON p.id = s.person_id WHERE a.id = $1";
        let rows = self.rows(of_account(text, viewer, account)).await?;
        let mut team: Vec<Member> = rows
            .iter()
            .map(|row| {
                Ok(Member {
                    person: PersonId(row.get("id")?),
                    name: row.get("name")?,
                    role: row.get("role")?,
                    title: row.opt("title")?,
                    from: row.day("valid_from")?,
                    to: row.day("valid_to")?,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        team.retain(|member| member.from <= as_of && as_of < member.to);
        team.sort_by(|a, b| a.role.cmp(&b.role).then(a.name.cmp(&b.name)));
        Ok(team)
    }

    /// Says whether an account has a plan that the viewer reads.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn has_plan(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
    ) -> Result<bool, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "account_id", 2);
        let text = format!("SELECT id FROM plans WHERE account_id = $1 AND {seen} LIMIT 1");
        let asked = Sql::built(text).bind(account.as_i64()).bind_all(values);
        Ok(self.row(asked).await?.is_some())
    }
}

/// Adds the viewer's rows to a statement on account `a` whose only value is its id.
fn of_account(text: &'static str, viewer: &Viewer, account: AccountId) -> Sql {
    let (seen, values) = condition(&rows(viewer, Object::Account), "a.id", 2);
    Sql::built(format!("{text} AND {seen}")).bind(account.as_i64()).bind_all(values)
}
