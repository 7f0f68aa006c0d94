//! What an alarm starts from: people with an opinion on them, last contacts, places left.
//!
//! Each function keeps to the accounts of `focus` that the viewer may read for the purpose.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::account::AccountStatus;
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::permission::{Object, Rows, rows};
use orchestre_domain::person::BuyingRole;
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::scope::condition;
use crate::sql::Sql;
use crate::work::Work;

/// An account that a viewer watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Its status on the day.
    pub status: Option<AccountStatus>,
}

/// The newest opinion on a person that still holds, as far as alarms need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// For which account.
    pub account: AccountId,
    /// The person.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// Whether the person decides.
    pub is_decider: bool,
    /// Against us (negative) or for us.
    pub stance: Option<i64>,
}

/// Gives the rows of a kind of object within the accounts of a focus.
pub(crate) fn within(viewer: &Viewer, object: Object, focus: &BTreeSet<AccountId>) -> Rows {
    let seen = rows(viewer, object);
    Rows::Only(focus.iter().copied().filter(|account| seen.has(*account)).collect())
}

impl Work<'_> {
    /// Gives the accounts that a viewer watches: one's own, or the key accounts for whoever has
    /// none, in order of name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn watched(
        &mut self,
        viewer: &Viewer,
        as_of: Date,
    ) -> Result<Vec<Watched>, StoreError> {
        let is_own = !viewer.own.is_empty();
        let reach = if is_own {
            within(viewer, Object::Account, &viewer.own)
        } else {
            rows(viewer, Object::Account)
        };
        let (seen, values) = condition(&reach, "a.id", 2);
        let text = format!(
            "SELECT a.id, p.name, (SELECT s.value FROM account_states s WHERE s.account_id = a.id \
             AND s.field = 'status' AND s.valid_from <= $1 ORDER BY s.valid_from DESC LIMIT 1) AS status \
             FROM accounts a JOIN parties p ON p.id = a.party_id WHERE {seen} AND ({} OR a.id IN \
             (SELECT account_id FROM account_states WHERE field = 'status' \
             AND value IN ('key', 'watch', 'uncoupling'))) ORDER BY p.folded, a.id",
            if is_own { "1 = 1" } else { "1 = 0" }
        );
        let found = self.rows(Sql::built(text).bind(as_of.to_string()).bind_all(values)).await?;
        let mut watched = Vec::with_capacity(found.len());
        for row in found {
            let status = row.opt_word("status", AccountStatus::parse)?;
            if is_own || status.is_some_and(AccountStatus::is_key) {
                let account = AccountId(row.get("id")?);
                watched.push(Watched { account, name: row.get("name")?, status });
            }
        }
        Ok(watched)
    }

    /// Gives the newest opinion on each person that holds on a day.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn assessed(
        &mut self,
        viewer: &Viewer,
        focus: &BTreeSet<AccountId>,
        as_of: Date,
    ) -> Result<Vec<Assessed>, StoreError> {
        let (seen, values) = condition(&within(viewer, Object::Opinion, focus), "m.account_id", 2);
        let text = format!(
            "SELECT m.account_id, s.person_id, h.name, s.buying_roles, s.stance \
             FROM account_parties m JOIN stakeholder_assessments s ON s.party_id = m.party_id \
             JOIN persons h ON h.id = s.person_id WHERE m.valid_from <= $1 AND $1 < m.valid_to \
             AND s.assessed_on <= $1 AND $1 < s.expires_on AND {seen} \
             ORDER BY m.account_id, s.person_id, s.assessed_on, s.id"
        );
        let mut newest: BTreeMap<(AccountId, PersonId), Assessed> = BTreeMap::new();
        for row in self.rows(Sql::built(text).bind(as_of.to_string()).bind_all(values)).await? {
            let (account, person) =
                (AccountId(row.get("account_id")?), PersonId(row.get("person_id")?));
            let roles: Option<String> = row.opt("buying_roles")?;
            let is_decider =
                roles.unwrap_or_default().split(|c: char| !c.is_alphanumeric()).any(decides);
            let (name, stance) = (row.get("name")?, row.opt("stance")?);
            newest
                .insert((account, person), Assessed { account, person, name, is_decider, stance });
        }
        Ok(newest.into_values().collect())
    }

    /// Gives the day on which each person was last met or written to for an account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn last_met(
        &mut self,
        viewer: &Viewer,
        focus: &BTreeSet<AccountId>,
        as_of: Date,
    ) -> Result<BTreeMap<(AccountId, PersonId), Date>, StoreError> {
        let (seen, values) =
            condition(&within(viewer, Object::Interaction, focus), "m.account_id", 2);
        let text = format!(
            "SELECT m.account_id, w.person_id, MAX(i.day) AS day FROM account_parties m \
             JOIN interactions i ON i.party_id = m.party_id \
             JOIN interaction_people w ON w.interaction_id = i.id \
             WHERE m.valid_from <= $1 AND $1 < m.valid_to AND i.day <= $1 \
             AND w.person_id IS NOT NULL AND {seen} GROUP BY m.account_id, w.person_id"
        );
        let found = self.rows(Sql::built(text).bind(as_of.to_string()).bind_all(values)).await?;
        found
            .iter()
            .map(|row| {
                let key = (AccountId(row.get("account_id")?), PersonId(row.get("person_id")?));
                Ok((key, row.day("day")?))
            })
            .collect()
    }

    /// Gives the day of the last meeting of executives with each account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn last_executive(
        &mut self,
        viewer: &Viewer,
        focus: &BTreeSet<AccountId>,
        as_of: Date,
    ) -> Result<BTreeMap<AccountId, Date>, StoreError> {
        let (seen, values) =
            condition(&within(viewer, Object::Interaction, focus), "m.account_id", 2);
        let text = format!(
            "SELECT m.account_id, MAX(i.day) AS day FROM account_parties m \
             JOIN interactions i ON i.party_id = m.party_id \
             WHERE m.valid_from <= $1 AND $1 < m.valid_to AND i.day <= $1 \
             AND i.type = 'executive' AND {seen} GROUP BY m.account_id"
        );
        let found = self.rows(Sql::built(text).bind(as_of.to_string()).bind_all(values)).await?;
        found.iter().map(|row| Ok((AccountId(row.get("account_id")?), row.day("day")?))).collect()
    }

    /// Gives the people who worked at an account and no longer do, with the day they were gone.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn gone(
        &mut self,
        viewer: &Viewer,
        focus: &BTreeSet<AccountId>,
        as_of: Date,
    ) -> Result<BTreeMap<(AccountId, PersonId), Date>, StoreError> {
        let (seen, values) = condition(&within(viewer, Object::Person, focus), "m.account_id", 2);
        let text = format!(
            "SELECT m.account_id, f.person_id, MAX(f.valid_to) AS day FROM account_parties m \
             JOIN affiliations f ON f.party_id = m.party_id \
             WHERE m.valid_from <= $1 AND $1 < m.valid_to AND f.valid_from <= $1 AND {seen} \
             GROUP BY m.account_id, f.person_id HAVING MAX(f.valid_to) <= $1"
        );
        let found = self.rows(Sql::built(text).bind(as_of.to_string()).bind_all(values)).await?;
        found
            .iter()
            .map(|row| {
                let key = (AccountId(row.get("account_id")?), PersonId(row.get("person_id")?));
                Ok((key, row.day("day")?))
            })
            .collect()
    }
}

fn decides(role: &str) -> bool {
    BuyingRole::parse(role) == Some(BuyingRole::Decider)
}
