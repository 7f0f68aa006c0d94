//! Where people work, which accounts they serve, and what is thought of them.

use jiff::civil::Date;
use orchestre_domain::hierarchy::Period;

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, Value};
use crate::work::Work;

/// A person's place at a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affiliation {
    /// Its id.
    pub id: i64,
    /// The person.
    pub person: i64,
    /// The party.
    pub party: i64,
    /// The title there.
    pub title: Option<String>,
    /// When.
    pub period: Period,
}

/// A person's role at an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Its id.
    pub id: i64,
    /// The person.
    pub person: i64,
    /// The account; `None`: all of them.
    pub account: Option<i64>,
    /// The role.
    pub role: String,
    /// The working time in parts per million.
    pub fte_ppm: Option<i64>,
    /// When.
    pub period: Period,
}

/// An opinion on a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Its id.
    pub id: i64,
    /// The person.
    pub person: i64,
    /// The party where the person was when assessed.
    pub party: i64,
    /// The parts in buying, parted by `;`.
    pub buying_roles: Option<String>,
    /// The influence.
    pub influence: Option<i64>,
    /// The stance.
    pub stance: Option<i64>,
    /// The strength of the relation.
    pub strength: Option<i64>,
    /// The declared motive.
    pub motive: Option<String>,
    /// The day.
    pub assessed_on: Date,
    /// The day on which it no longer holds.
    pub expires_on: Date,
    /// Whose opinion it is.
    pub author: Option<i64>,
    /// The same as text, while the person is not known.
    pub author_ref: Option<String>,
}

impl Work<'_> {
    /// Gives the rows of some people, one statement for 500 of them.
    async fn of_people<T>(
        &mut self,
        select: &str,
        people: &[i64],
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        for some in people.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!("{select} WHERE person_id IN ({places}) ORDER BY id");
            for row in self.rows(Sql::built(text).bind_all(values)).await? {
                found.push(read(&row)?);
            }
        }
        Ok(found)
    }

    /// Gives the places of some people.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_affiliations(
        &mut self,
        people: &[i64],
    ) -> Result<Vec<Affiliation>, StoreError> {
        let select =
            "SELECT id, person_id, party_id, title, valid_from, valid_to FROM affiliations";
        let read = |row: &Row| {
            Ok(Affiliation {
                id: row.get("id")?,
                person: row.get("person_id")?,
                party: row.get("party_id")?,
                title: row.opt("title")?,
                period: period(row)?,
            })
        };
        self.of_people(select, people, read).await
    }

    /// Adds places, or puts them in the place of those with the same ids.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_affiliations(
        &mut self,
        places: &[Affiliation],
    ) -> Result<(), StoreError> {
        let row = |place: &Affiliation| {
            let [from, to] = days(place.period);
            vec![
                place.id.into(),
                place.person.into(),
                place.party.into(),
                (&place.title).into(),
                from,
                to,
            ]
        };
        let columns = &["id", "person_id", "party_id", "title", "valid_from", "valid_to"];
        let tail = "ON CONFLICT (id) DO UPDATE SET title = excluded.title, \
                    valid_from = excluded.valid_from, valid_to = excluded.valid_to";
        self.insert("affiliations", columns, places.iter().map(row).collect(), tail).await
    }

    /// Gives the assignments of some people.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_assignments(
        &mut self,
        people: &[i64],
    ) -> Result<Vec<Assignment>, StoreError> {
        let select = "SELECT id, person_id, account_id, role, fte_ppm, valid_from, valid_to FROM assignments";
        let read = |row: &Row| {
            Ok(Assignment {
                id: row.get("id")?,
                person: row.get("person_id")?,
                account: row.opt("account_id")?,
                role: row.get("role")?,
                fte_ppm: row.opt("fte_ppm")?,
                period: period(row)?,
            })
        };
        self.of_people(select, people, read).await
    }

    /// Adds assignments, or puts them in the place of those with the same ids.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_assignments(
        &mut self,
        assignments: &[Assignment],
    ) -> Result<(), StoreError> {
        let row = |assignment: &Assignment| {
            let [from, to] = days(assignment.period);
            vec![
                assignment.id.into(),
                assignment.person.into(),
                assignment.account.into(),
                assignment.role.as_str().into(),
                assignment.fte_ppm.into(),
                from,
                to,
            ]
        };
        let columns =
            &["id", "person_id", "account_id", "role", "fte_ppm", "valid_from", "valid_to"];
        let tail = "ON CONFLICT (id) DO UPDATE SET fte_ppm = excluded.fte_ppm, \
                    valid_from = excluded.valid_from, valid_to = excluded.valid_to";
        self.insert("assignments", columns, assignments.iter().map(row).collect(), tail).await
    }

    /// Gives the opinions on some people.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_assessments(
        &mut self,
        people: &[i64],
    ) -> Result<Vec<Assessment>, StoreError> {
        let select = "SELECT id, person_id, party_id, buying_roles, influence, stance, strength, motive, \
                      assessed_on, expires_on, author_id, author_ref FROM stakeholder_assessments";
        self.of_people(select, people, assessment).await
    }

    /// Adds opinions, or puts them in the place of those with the same ids.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_assessments(
        &mut self,
        assessments: &[Assessment],
    ) -> Result<(), StoreError> {
        let row = |one: &Assessment| {
            vec![
                one.id.into(),
                one.person.into(),
                one.party.into(),
                (&one.buying_roles).into(),
                one.influence.into(),
                one.stance.into(),
                one.strength.into(),
                (&one.motive).into(),
                one.assessed_on.to_string().into(),
                one.expires_on.to_string().into(),
                one.author.into(),
                (&one.author_ref).into(),
            ]
        };
        let columns = &[
            "id",
            "person_id",
            "party_id",
            "buying_roles",
            "influence",
            "stance",
            "strength",
            "motive",
            "assessed_on",
            "expires_on",
            "author_id",
            "author_ref",
        ];
        let tail = "ON CONFLICT (id) DO UPDATE SET buying_roles = excluded.buying_roles, \
                    influence = excluded.influence, stance = excluded.stance, strength = excluded.strength, \
                    motive = excluded.motive";
        self.insert("stakeholder_assessments", columns, assessments.iter().map(row).collect(), tail)
            .await
    }
}

fn assessment(row: &Row) -> Result<Assessment, StoreError> {
    Ok(Assessment {
        id: row.get("id")?,
        person: row.get("person_id")?,
        party: row.get("party_id")?,
        buying_roles: row.opt("buying_roles")?,
        influence: row.opt("influence")?,
        stance: row.opt("stance")?,
        strength: row.opt("strength")?,
        motive: row.opt("motive")?,
        assessed_on: row.day("assessed_on")?,
        expires_on: row.day("expires_on")?,
        author: row.opt("author_id")?,
        author_ref: row.opt("author_ref")?,
    })
}

fn period(row: &Row) -> Result<Period, StoreError> {
    Ok(Period { from: row.day("valid_from")?, to: row.day("valid_to")? })
}

fn days(period: Period) -> [Value; 2] {
    [period.from.to_string().into(), period.to.to_string().into()]
}
