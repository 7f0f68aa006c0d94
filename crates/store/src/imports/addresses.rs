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
}

impl Work<'_> {
    /// Gives all people with a mail address.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_addresses(&mut self) -> Result<Vec<AddressOf>, StoreError> {
        let text = "SELECT id, side, email FROM persons WHERE email IS NOT NULL ORDER BY id";
        let rows = self.rows(sql(text)).await?;
        let row = |row: &crate::row::Row| {
            Ok(AddressOf {
                person: row.get("id")?,
                side: row.get("side")?,
                email: row.get("email")?,
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
