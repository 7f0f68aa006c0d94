//! Who took part in interactions: those whom nobody knows, what was decided on them, and the party
//! that an exchange is with.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::id::{PartyId, PersonId};

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// An address that took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// The address.
    pub address: String,
    /// The name that was written beside it.
    pub name: Option<String>,
    /// In how many interactions.
    pub interactions: i64,
    /// The day of the first.
    pub first_on: Date,
    /// The day of the last.
    pub last_on: Date,
    /// The parties that these interactions are with.
    pub parties: BTreeSet<i64>,
}

/// What was decided on an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipantDecision {
    /// The address.
    pub address: String,
    /// Whose it is; `None`: it is left out.
    pub person: Option<i64>,
    /// The person's name.
    pub name: Option<String>,
}

/// An interaction whose party follows from those who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Its number.
    pub id: i64,
    /// Its day.
    pub day: Date,
    /// The party that it is with.
    pub party: Option<i64>,
    /// Who took part: the person if known, the side.
    pub people: Vec<(Option<i64>, String)>,
}

/// A party with those who work there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The party.
    pub party: PartyId,
    /// Its name.
    pub name: String,
    /// The people, by name.
    pub people: Vec<(PersonId, String)>,
}

/// An exchange: no file and no hand said with whom it was.
const IS_EXCHANGE: &str = "i.party_ref IS NULL AND COALESCE(i.source, '') <> 'manual' \
    AND EXISTS (SELECT 1 FROM interaction_people e WHERE e.interaction_id = i.id)";

impl Work<'_> {
    /// Gives the addresses of others that took part and belong to nobody known; those with the most
    /// interactions first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_unknown_participations(
        &mut self,
        limit: usize,
    ) -> Result<Vec<Participation>, StoreError> {
        let which = "t.person_id IS NULL AND t.side <> 'supplier' AND t.person_ref LIKE '%_@_%'";
        self.participations(which, limit).await
    }

    /// Gives the addresses that took part and whose person somebody decided on; those with the
    /// most interactions first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_decided_participations(
        &mut self,
        limit: usize,
    ) -> Result<Vec<Participation>, StoreError> {
        let which = "t.person_ref IN (SELECT address FROM participant_decisions WHERE person_id IS NOT NULL)";
        self.participations(which, limit).await
    }

    async fn participations(
        &mut self,
        which: &str,
        limit: usize,
    ) -> Result<Vec<Participation>, StoreError> {
        let from = "FROM interaction_people t JOIN interactions i ON i.id = t.interaction_id";
        let text = format!(
            "SELECT t.person_ref, MAX(t.name) AS name, COUNT(*) AS interactions, \
             MIN(i.day) AS first_on, MAX(i.day) AS last_on {from} WHERE {which} \
             GROUP BY t.person_ref ORDER BY COUNT(*) DESC, t.person_ref LIMIT {limit}"
        );
        let rows = self.rows(Sql::built(text)).await?;
        let mut found: Vec<Participation> =
            rows.iter().map(participation).collect::<Result<_, _>>()?;
        let text = format!(
            "SELECT DISTINCT t.person_ref, i.party_id {from} \
             WHERE {which} AND i.party_id IS NOT NULL"
        );
        let mut parties: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
        for row in self.rows(Sql::built(text)).await? {
            parties.entry(row.get("person_ref")?).or_default().insert(row.get("party_id")?);
        }
        for one in &mut found {
            one.parties = parties.remove(&one.address).unwrap_or_default();
        }
        Ok(found)
    }

    /// Gives what was decided on addresses.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_participant_decisions(
        &mut self,
    ) -> Result<Vec<ParticipantDecision>, StoreError> {
        let text = "SELECT d.address, d.person_id, p.name FROM participant_decisions d \
                    LEFT JOIN persons p ON p.id = d.person_id ORDER BY d.address";
        let rows = self.rows(sql(text)).await?;
        let read = |row: &Row| {
            Ok(ParticipantDecision {
                address: row.get("address")?,
                person: row.opt("person_id")?,
                name: row.opt("name")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Gives parties with those who work there on a day; a party that is not there is left out.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_staffs(
        &mut self,
        parties: &BTreeSet<i64>,
        day: Date,
    ) -> Result<BTreeMap<i64, Staff>, StoreError> {
        let ids: Vec<i64> = parties.iter().copied().collect();
        let mut staffs: BTreeMap<i64, Staff> = BTreeMap::new();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 2);
            let text = format!(
                "SELECT p.id, p.name, h.id AS person, h.name AS person_name FROM parties p \
                 LEFT JOIN affiliations f ON f.party_id = p.id \
                 AND f.valid_from <= $1 AND $1 < f.valid_to \
                 LEFT JOIN persons h ON h.id = f.person_id AND h.side <> 'supplier' \
                 WHERE p.id IN ({places}) ORDER BY p.id, h.folded, h.id"
            );
            let rows = self.rows(Sql::built(text).bind(day.to_string()).bind_all(values)).await?;
            for row in rows {
                let (id, name) = (row.get("id")?, row.get("name")?);
                let empty = || Staff { party: PartyId(id), name, people: Vec::new() };
                let staff = staffs.entry(id).or_insert_with(empty);
                let person = row.opt("person")?.map(PersonId).zip(row.opt("person_name")?);
                staff.people.extend(person.filter(|one| staff.people.last() != Some(one)));
            }
        }
        Ok(staffs)
    }

    /// Gives the parties of a folded name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_parties_named(&mut self, folded: &str) -> Result<Vec<PartyId>, StoreError> {
        let text = "SELECT id FROM parties WHERE folded = $1 ORDER BY id LIMIT 50";
        let rows = self.rows(sql(text).bind(folded)).await?;
        rows.iter().map(|row| Ok(PartyId(row.get("id")?))).collect()
    }

    /// Keeps whose an address is (`None`: it is left out) and attaches where it took part.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_decide_participant(
        &mut self,
        address: &str,
        person: Option<i64>,
        at: i64,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO participant_decisions (address, person_id, decided_at) \
                    VALUES ($1, $2, $3) ON CONFLICT (address) DO UPDATE \
                    SET person_id = excluded.person_id, decided_at = excluded.decided_at";
        self.run(sql(text).bind(address).bind(person).bind(at)).await?;
        let text = "UPDATE interaction_people SET person_id = $2 \
                    WHERE person_id IS NULL AND person_ref = $1";
        self.run(sql(text).bind(address).bind(person)).await?;
        Ok(())
    }

    /// Forgets what was decided on an address; where it took part nobody is known again.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_ask_participant(&mut self, address: &str) -> Result<(), StoreError> {
        let text = "UPDATE interaction_people SET person_id = NULL WHERE person_ref = $1 \
                    AND person_id IN (SELECT person_id FROM participant_decisions WHERE address = $1)";
        self.run(sql(text).bind(address)).await?;
        self.run(sql("DELETE FROM participant_decisions WHERE address = $1").bind(address)).await?;
        Ok(())
    }

    /// Gives the next exchanges after a number, all or those of an address, in order of number.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_exchanges(
        &mut self,
        after: i64,
        address: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Exchange>, StoreError> {
        let own = address.map_or("", |_| {
            " AND EXISTS (SELECT 1 FROM interaction_people o WHERE o.interaction_id = i.id \
             AND o.person_ref = $2)"
        });
        let text = format!(
            "SELECT n.id, n.day, n.party_id, t.person_id, t.side FROM (SELECT i.id, i.day, \
             i.party_id FROM interactions i WHERE i.id > $1 AND {IS_EXCHANGE}{own} \
             ORDER BY i.id LIMIT {limit}) n \
             JOIN interaction_people t ON t.interaction_id = n.id ORDER BY n.id, t.person_ref"
        );
        let mut asked = Sql::built(text).bind(after);
        if let Some(address) = address {
            asked = asked.bind(address);
        }
        let mut found: Vec<Exchange> = Vec::new();
        for row in self.rows(asked).await? {
            let id = row.get("id")?;
            let people = (row.opt("person_id")?, row.get("side")?);
            match found.last_mut().filter(|last| last.id == id) {
                Some(last) => last.people.push(people),
                None => found.push(Exchange {
                    id,
                    day: row.word("day", |text: &str| text.parse().ok())?,
                    party: row.opt("party_id")?,
                    people: vec![people],
                }),
            }
        }
        Ok(found)
    }

    /// Puts exchanges to the party that they are with.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_place_exchanges(
        &mut self,
        places: &[(i64, Option<i64>)],
    ) -> Result<(), StoreError> {
        for (id, party) in places {
            let text = "UPDATE interactions SET party_id = $2 WHERE id = $1";
            self.run(sql(text).bind(*id).bind(*party)).await?;
        }
        Ok(())
    }
}

fn participation(row: &Row) -> Result<Participation, StoreError> {
    let day = |name| row.word(name, |text: &str| text.parse().ok());
    Ok(Participation {
        address: row.get("person_ref")?,
        name: row.opt("name")?,
        interactions: row.get("interactions")?,
        first_on: day("first_on")?,
        last_on: day("last_on")?,
        parties: BTreeSet::new(),
    })
}
