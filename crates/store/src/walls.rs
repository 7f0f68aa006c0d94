//! Walls between rival accounts: who serves one never sees the other.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PersonId, WallId};

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// A wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wall {
    /// Its id.
    pub id: WallId,
    /// The accounts on both sides, with their names.
    pub sides: [(AccountId, String); 2],
    /// The first day.
    pub from: String,
    /// The day after the last; 9999-12-31 when it is open.
    pub to: String,
}

/// Somebody of ours who serves an account beside a wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WallPerson {
    /// Which account.
    pub account: AccountId,
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// As what.
    pub role: String,
}

impl Work<'_> {
    /// Puts up a wall between two accounts, from the first day until before the last.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_wall(
        &mut self,
        id: WallId,
        pair: (AccountId, AccountId),
        (from, to): (Date, Date),
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO walls (id, account_a, account_b, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)";
        let row = sql(text)
            .bind(id.as_i64())
            .bind(pair.0.as_i64())
            .bind(pair.1.as_i64())
            .bind(from.to_string())
            .bind(to.to_string());
        self.run(row).await?;
        Ok(())
    }

    /// Lets a wall end on a day; false when there is none that stands longer.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_wall(&mut self, id: WallId, day: Date) -> Result<bool, StoreError> {
        let text = "UPDATE walls SET valid_to = $2 WHERE id = $1 AND valid_to > $2";
        Ok(self.run(sql(text).bind(id.as_i64()).bind(day.to_string())).await? > 0)
    }

    /// Gives the walls that stand on a day or later, by names.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_walls(&mut self, day: Date) -> Result<Vec<Wall>, StoreError> {
        let text = "SELECT w.id, w.account_a, w.account_b, p.name AS name_a, q.name AS name_b, w.valid_from, w.valid_to \
                    FROM walls w JOIN accounts a ON a.id = w.account_a JOIN parties p ON p.id = a.party_id \
                    JOIN accounts b ON b.id = w.account_b JOIN parties q ON q.id = b.party_id \
                    WHERE w.valid_to > $1 ORDER BY p.name, q.name, w.valid_from";
        let rows = self.rows(sql(text).bind(day.to_string())).await?;
        rows.iter()
            .map(|row| {
                Ok(Wall {
                    id: WallId(row.get("id")?),
                    sides: [
                        (AccountId(row.get("account_a")?), row.get("name_a")?),
                        (AccountId(row.get("account_b")?), row.get("name_b")?),
                    ],
                    from: row.get("valid_from")?,
                    to: row.get("valid_to")?,
                })
            })
            .collect()
    }

    /// Gives who serves an account beside a wall on a day, by name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_wall_people(&mut self, day: Date) -> Result<Vec<WallPerson>, StoreError> {
        let text = "SELECT DISTINCT s.account_id, s.person_id, h.name, s.role \
                    FROM assignments s JOIN persons h ON h.id = s.person_id \
                    WHERE s.valid_from <= $1 AND $1 < s.valid_to AND s.account_id IN \
                    (SELECT account_a FROM walls WHERE valid_to > $1 UNION SELECT account_b FROM walls WHERE valid_to > $1) \
                    ORDER BY h.name, s.role";
        let rows = self.rows(sql(text).bind(day.to_string())).await?;
        rows.iter()
            .map(|row| {
                Ok(WallPerson {
                    account: AccountId(row.get("account_id")?),
                    person: PersonId(row.get("person_id")?),
                    name: row.get("name")?,
                    role: row.get("role")?,
                })
            })
            .collect()
    }
}
