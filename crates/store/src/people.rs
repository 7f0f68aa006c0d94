//! People as lists and one by one: where they work and worked, whom they serve, who they met.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::permission::{Object, Rows, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::scope::condition;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A person of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The title there.
    pub title: Option<String>,
    /// Where.
    pub party_name: String,
    /// For which account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
}

/// A person's own card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCard {
    /// The person.
    pub id: PersonId,
    /// `supplier`, `customer` or `third`.
    pub side: String,
    /// The name.
    pub name: String,
    /// The title.
    pub title: Option<String>,
    /// The function.
    pub function: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The languages.
    pub lang: Option<String>,
}

/// A place where a person works or worked, or an account that a person of ours serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The party's or the account's name.
    pub name: String,
    /// The title or the role there.
    pub role: Option<String>,
    /// The account.
    pub account: Option<AccountId>,
    /// The first day; open when 0001-01-01.
    pub from: String,
    /// The day after the last; open when 9999-12-31.
    pub to: String,
}

impl Work<'_> {
    /// Gives the customers' people whom the viewer may see, by name; words filter on the name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn people(
        &mut self,
        viewer: &Viewer,
        words: &str,
        as_of: Date,
        limit: usize,
    ) -> Result<Vec<PersonLine>, StoreError> {
        let seen_rows = rows(viewer, Object::Person);
        let (seen, values) = condition(&seen_rows, "m.account_id", 3);
        // Who sees nearly all reads along the index of names and stops at the limit; who sees a few
        // accounts starts from them.
        let tables = [
            "persons h",
            "affiliations f",
            "account_parties m",
            "parties p",
            "accounts a",
            "parties r",
        ]
        .join(if matches!(seen_rows, Rows::AllBut(_)) { " CROSS JOIN " } else { ", " });
        let text = format!(
            "SELECT h.id, h.name, CASE WHEN f.valid_to = '9999-12-31' THEN COALESCE(f.title, h.title) ELSE f.title END AS title, p.name AS party_name, \
             m.account_id, r.name AS account_name FROM {tables} \
             WHERE f.person_id = h.id AND f.valid_from <= $1 AND $1 < f.valid_to \
             AND m.party_id = f.party_id AND m.valid_from <= $1 AND $1 < m.valid_to \
             AND p.id = f.party_id AND a.id = m.account_id AND r.id = a.party_id \
             AND h.side <> 'supplier' AND h.folded LIKE $2 AND {seen} \
             ORDER BY h.folded, h.id LIMIT {limit}"
        );
        let like = format!("%{words}%");
        let rows =
            self.rows(Sql::built(text).bind(as_of.to_string()).bind(like).bind_all(values)).await?;
        rows.iter()
            .map(|row| {
                Ok(PersonLine {
                    id: PersonId(row.get("id")?),
                    name: row.get("name")?,
                    title: row.opt("title")?,
                    party_name: row.get("party_name")?,
                    account: AccountId(row.get("account_id")?),
                    account_name: row.get("account_name")?,
                })
            })
            .collect()
    }

    /// Gives the card of one of ours, or of a customer's person who ever worked where the viewer
    /// may look; else none.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn person(
        &mut self,
        viewer: &Viewer,
        id: PersonId,
    ) -> Result<Option<PersonCard>, StoreError> {
        let text = "SELECT side, name, title, function_code, email, phone, lang FROM persons WHERE id = $1";
        let Some(row) = self.row(sql(text).bind(id.as_i64())).await? else { return Ok(None) };
        let card = PersonCard {
            id,
            side: row.get("side")?,
            name: row.get("name")?,
            title: row.opt("title")?,
            function: row.opt("function_code")?,
            email: row.opt("email")?,
            phone: row.opt("phone")?,
            lang: row.opt("lang")?,
        };
        let is_seen = card.side == "supplier" || !self.places(viewer, id).await?.is_empty();
        Ok(is_seen.then_some(card))
    }

    /// Gives where a customer's person works and worked, only what the viewer may see.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn places(
        &mut self,
        viewer: &Viewer,
        id: PersonId,
    ) -> Result<Vec<Place>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Person), "m.account_id", 2);
        let text = format!(
            "SELECT DISTINCT p.name, CASE WHEN f.valid_to = '9999-12-31' THEN COALESCE(f.title, h.title) ELSE f.title END AS role, m.account_id, f.valid_from, f.valid_to \
             FROM affiliations f JOIN persons h ON h.id = f.person_id JOIN parties p ON p.id = f.party_id \
             JOIN account_parties m ON m.party_id = p.id AND m.valid_from < f.valid_to AND f.valid_from < m.valid_to \
             WHERE f.person_id = $1 AND {seen} ORDER BY f.valid_from DESC, p.name"
        );
        self.place_rows(Sql::built(text).bind(id.as_i64()).bind_all(values)).await
    }

    /// Gives the accounts that a person of ours serves, only those that the viewer may see.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn served(
        &mut self,
        viewer: &Viewer,
        id: PersonId,
        as_of: Date,
    ) -> Result<Vec<Place>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Account), "s.account_id", 3);
        let text = format!(
            "SELECT p.name, s.role, s.account_id, s.valid_from, s.valid_to FROM assignments s \
             JOIN accounts a ON a.id = s.account_id JOIN parties p ON p.id = a.party_id \
             WHERE s.person_id = $1 AND s.valid_from <= $2 AND $2 < s.valid_to AND {seen} ORDER BY p.name, s.role"
        );
        self.place_rows(Sql::built(text).bind(id.as_i64()).bind(as_of.to_string()).bind_all(values))
            .await
    }

    async fn place_rows(&mut self, asked: Sql) -> Result<Vec<Place>, StoreError> {
        let rows = self.rows(asked).await?;
        rows.iter()
            .map(|row| {
                Ok(Place {
                    name: row.get("name")?,
                    role: row.opt("role")?,
                    account: row.opt("account_id")?.map(AccountId),
                    from: row.get("valid_from")?,
                    to: row.get("valid_to")?,
                })
            })
            .collect()
    }

    /// Gives the assessments of a person for accounts where the viewer reads opinions, newest first:
    /// account, influence, stance, strength, day, author.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn assessments(
        &mut self,
        viewer: &Viewer,
        id: PersonId,
        as_of: Date,
    ) -> Result<Vec<Assessment>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Opinion), "m.account_id", 3);
        let text = format!(
            "SELECT DISTINCT s.id, m.account_id, s.influence, s.stance, s.strength, s.assessed_on, s.expires_on, s.motive, \
             COALESCE(w.name, s.author_ref) AS author FROM stakeholder_assessments s \
             JOIN account_parties m ON m.party_id = s.party_id AND m.valid_from <= $2 AND $2 < m.valid_to \
             LEFT JOIN persons w ON w.id = s.author_id \
             WHERE s.person_id = $1 AND s.assessed_on <= $2 AND {seen} ORDER BY s.assessed_on DESC, s.id DESC"
        );
        let rows = self
            .rows(Sql::built(text).bind(id.as_i64()).bind(as_of.to_string()).bind_all(values))
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Assessment {
                    account: AccountId(row.get("account_id")?),
                    influence: row.opt("influence")?,
                    stance: row.opt("stance")?,
                    strength: row.opt("strength")?,
                    assessed_on: row.get("assessed_on")?,
                    motive: row.opt("motive")?,
                    author: row.opt("author")?,
                })
            })
            .collect()
    }

    /// Gives the person of ours with a mail address.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_person_of_mail(
        &mut self,
        email: &str,
    ) -> Result<Option<PersonId>, StoreError> {
        let text =
            "SELECT id FROM persons WHERE email = $1 AND side = 'supplier' ORDER BY id LIMIT 1";
        let row = self.row(sql(text).bind(email)).await?;
        row.map_or(Ok(None), |row| Ok(Some(PersonId(row.get("id")?))))
    }

    /// Notes an interaction with the root party of an account.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_interaction(
        &mut self,
        id: i64,
        account: AccountId,
        noted: (&str, Date, &str),
    ) -> Result<(), StoreError> {
        let (kind, day, subject) = noted;
        let text = "INSERT INTO interactions (id, party_id, type, day, subject, source, version) \
                    SELECT $1, party_id, $3, $4, $5, 'manual', 1 FROM accounts WHERE id = $2";
        let row = sql(text)
            .bind(id)
            .bind(account.as_i64())
            .bind(kind)
            .bind(day.to_string())
            .bind(subject);
        self.run(row).await?;
        Ok(())
    }

    /// Adds one who took part in an interaction.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_participant(
        &mut self,
        interaction: i64,
        person: PersonId,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO interaction_people (interaction_id, person_ref, person_id, side) \
                    SELECT $1, name, id, side FROM persons WHERE id = $2";
        self.run(sql(text).bind(interaction).bind(person.as_i64())).await?;
        Ok(())
    }
}

/// An assessment of a person for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// For which account.
    pub account: AccountId,
    /// 1 to 5.
    pub influence: Option<i64>,
    /// −2 to 2.
    pub stance: Option<i64>,
    /// 0 to 5.
    pub strength: Option<i64>,
    /// Since when.
    pub assessed_on: String,
    /// The declared motive.
    pub motive: Option<String>,
    /// Whose opinion it is.
    pub author: Option<String>,
}
