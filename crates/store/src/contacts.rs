//! The customer's people around an account, when they were last met, and what we think of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, InteractionId, PartyId, PersonId};
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::scope::condition;
use crate::sql::Sql;
use crate::work::Work;

/// A person who works at a party of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The title in that place, else the person's own.
    pub title: Option<String>,
    /// The function.
    pub function: Option<String>,
    /// Where.
    pub party: PartyId,
    /// The party's name.
    pub party_name: String,
}

/// An opinion on a person: it has an author and ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Against us (negative) or for us.
    pub stance: Option<i64>,
    /// How strong the relation is, 0 to 5.
    pub strength: Option<i64>,
    /// How much the person decides.
    pub influence: Option<i64>,
    /// The buying roles, as words.
    pub buying_roles: Option<String>,
    /// Since when.
    pub assessed_on: Date,
    /// The day on which it no longer holds.
    pub expires_on: Date,
    /// Whose opinion it is.
    pub author: Option<String>,
}

/// An interaction as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InteractionLine {
    /// Its id.
    pub id: InteractionId,
    /// Its kind.
    pub kind: InteractionType,
    /// The day.
    pub day: Date,
    /// The subject.
    pub subject: Option<String>,
    /// With which party.
    pub party_name: String,
    /// Who took part.
    pub people: Vec<String>,
}

impl Work<'_> {
    /// Gives the people who work at an account's parties on a day, in order of name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn contacts(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<Vec<Contact>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Person), "m.account_id", 3);
        let text = format!(
            "SELECT h.id, h.name, CASE WHEN f.valid_to = '9999-12-31' THEN COALESCE(f.title, h.title) ELSE f.title END AS title, h.function_code, \
             p.id AS party_id, p.name AS party_name FROM account_parties m \
             JOIN affiliations f ON f.party_id = m.party_id \
             AND f.valid_from <= $2 AND $2 < f.valid_to \
             JOIN persons h ON h.id = f.person_id JOIN parties p ON p.id = f.party_id \
             WHERE m.account_id = $1 AND m.valid_from <= $2 AND $2 < m.valid_to \
             AND h.side <> 'supplier' AND {seen} ORDER BY h.folded, h.id"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        let rows = self.rows(asked.bind_all(values)).await?;
        rows.iter()
            .map(|row| {
                Ok(Contact {
                    person: PersonId(row.get("id")?),
                    name: row.get("name")?,
                    title: row.opt("title")?,
                    function: row.opt("function_code")?,
                    party: PartyId(row.get("party_id")?),
                    party_name: row.get("party_name")?,
                })
            })
            .collect()
    }

    /// Gives the day on which each person of an account was last met or written to.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn last_contacts(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<BTreeMap<PersonId, Date>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Interaction), "m.account_id", 3);
        let text = format!(
            "SELECT w.person_id, MAX(i.day) AS day FROM account_parties m \
             JOIN interactions i ON i.party_id = m.party_id \
             JOIN interaction_people w ON w.interaction_id = i.id \
             WHERE m.account_id = $1 AND m.valid_from <= $2 AND $2 < m.valid_to \
             AND i.day <= $2 AND w.person_id IS NOT NULL AND {seen} GROUP BY w.person_id"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        let rows = self.rows(asked.bind_all(values)).await?;
        rows.iter().map(|row| Ok((PersonId(row.get("person_id")?), row.day("day")?))).collect()
    }

    /// Gives the newest opinion on each person of an account that still holds on a day.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn opinions(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<BTreeMap<PersonId, Opinion>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Opinion), "m.account_id", 3);
        let text = format!(
            "SELECT s.person_id, s.buying_roles, s.influence, s.stance, s.strength, \
             s.assessed_on, s.expires_on, COALESCE(h.name, s.author_ref) AS author \
             FROM account_parties m JOIN stakeholder_assessments s ON s.party_id = m.party_id \
             LEFT JOIN persons h ON h.id = s.author_id \
             WHERE m.account_id = $1 AND m.valid_from <= $2 AND $2 < m.valid_to \
             AND s.assessed_on <= $2 AND $2 < s.expires_on AND {seen} \
             ORDER BY s.assessed_on, s.id"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        let rows = self.rows(asked.bind_all(values)).await?;
        rows.iter()
            .map(|row| {
                let opinion = Opinion {
                    stance: row.opt("stance")?,
                    strength: row.opt("strength")?,
                    influence: row.opt("influence")?,
                    buying_roles: row.opt("buying_roles")?,
                    assessed_on: row.day("assessed_on")?,
                    expires_on: row.day("expires_on")?,
                    author: row.opt("author")?,
                };
                Ok((PersonId(row.get("person_id")?), opinion))
            })
            .collect()
    }

    /// Gives the latest interactions with an account up to a day, the newest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn latest_interactions(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
        count: i64,
    ) -> Result<Vec<InteractionLine>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Interaction), "m.account_id", 4);
        let text = format!(
            "SELECT i.id, i.type, i.day, i.subject, p.name AS party_name FROM account_parties m \
             JOIN interactions i ON i.party_id = m.party_id JOIN parties p ON p.id = i.party_id \
             WHERE m.account_id = $1 AND m.valid_from <= $2 AND $2 < m.valid_to AND i.day <= $2 \
             AND {seen} ORDER BY i.day DESC, i.id DESC LIMIT $3"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string()).bind(count);
        self.interaction_lines(asked.bind_all(values)).await
    }

    /// Gives the latest interactions in which a person took part, the newest first; of those only
    /// what concerns accounts whose interactions the viewer reads.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn latest_with(
        &mut self,
        viewer: &Viewer,
        person: PersonId,
        as_of: Date,
        count: i64,
    ) -> Result<Vec<InteractionLine>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Interaction), "m.account_id", 4);
        let text = format!(
            "SELECT DISTINCT i.id, i.type, i.day, i.subject, p.name AS party_name \
             FROM interaction_people w JOIN interactions i ON i.id = w.interaction_id \
             JOIN parties p ON p.id = i.party_id JOIN account_parties m ON m.party_id = i.party_id \
             AND m.valid_from <= i.day AND i.day < m.valid_to \
             WHERE w.person_id = $1 AND i.day <= $2 AND {seen} ORDER BY i.day DESC, i.id DESC LIMIT $3"
        );
        let asked = Sql::built(text).bind(person.as_i64()).bind(as_of.to_string()).bind(count);
        self.interaction_lines(asked.bind_all(values)).await
    }

    async fn interaction_lines(&mut self, asked: Sql) -> Result<Vec<InteractionLine>, StoreError> {
        let rows = self.rows(asked).await?;
        let mut lines: Vec<InteractionLine> = rows
            .iter()
            .map(|row| {
                Ok(InteractionLine {
                    id: InteractionId(row.get("id")?),
                    kind: row.word("type", InteractionType::parse)?,
                    day: row.day("day")?,
                    subject: row.opt("subject")?,
                    party_name: row.get("party_name")?,
                    people: Vec::new(),
                })
            })
            .collect::<Result<_, StoreError>>()?;
        let ids: Vec<i64> = lines.iter().map(|line| line.id.as_i64()).collect();
        let mut people = self.system_participants(&ids).await?;
        for line in &mut lines {
            line.people = people.remove(&line.id).unwrap_or_default();
        }
        Ok(lines)
    }

    /// Gives the names of those who took part in at most 500 interactions that were read already.
    async fn system_participants(
        &mut self,
        ids: &[i64],
    ) -> Result<BTreeMap<InteractionId, Vec<String>>, StoreError> {
        let mut people: BTreeMap<InteractionId, Vec<String>> = BTreeMap::new();
        if ids.is_empty() {
            return Ok(people);
        }
        let (places, values) = Sql::places(ids, 1);
        let text = format!(
            "SELECT w.interaction_id, COALESCE(h.name, w.person_ref) AS name \
             FROM interaction_people w LEFT JOIN persons h ON h.id = w.person_id \
             WHERE w.interaction_id IN ({places}) ORDER BY w.interaction_id, w.side, name"
        );
        for row in self.rows(Sql::built(text).bind_all(values)).await? {
            let id = InteractionId(row.get("interaction_id")?);
            people.entry(id).or_default().push(row.get("name")?);
        }
        Ok(people)
    }
}
