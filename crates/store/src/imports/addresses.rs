//! Mail addresses: whose they are, and which are those of logins.

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// A person with a mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressOf {
    /// The person.
    pub person: i64,
    /// The person's side.
    pub side: String,
    /// The address as it was written.
    pub email: String,
    /// Whether somebody said that the address is this person's.
    pub is_decided: bool,
}

impl Work<'_> {
    /// Gives all people with a mail address, those whose address somebody decided on last.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_addresses(&mut self) -> Result<Vec<AddressOf>, StoreError> {
        let text = "SELECT CAST(0 AS BIGINT) AS decided, id, side, email FROM persons WHERE email IS NOT NULL \
                    UNION ALL SELECT CAST(1 AS BIGINT), p.id, p.side, d.address FROM participant_decisions d \
                    JOIN persons p ON p.id = d.person_id ORDER BY 1, 2";
        let rows = self.rows(sql(text)).await?;
        let row = |row: &crate::row::Row| {
            Ok(AddressOf {
                person: row.get("id")?,
                side: row.get("side")?,
                email: row.get("email")?,
                is_decided: row.get::<i64>("decided")? > 0,
            })
        };
        rows.iter().map(row).collect()
    }

    /// Gives the addresses of all logins.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_login_addresses(&mut self) -> Result<Vec<String>, StoreError> {
        let rows = self.rows(sql("SELECT email FROM logins ORDER BY id")).await?;
        rows.iter().map(|row| row.get("email")).collect()
    }
}
