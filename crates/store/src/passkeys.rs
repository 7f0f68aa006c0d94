//! Passkeys of logins, and ceremonies that have begun.

use orchestre_domain::id::{LoginId, PasskeyId};

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::sql;
use crate::work::Work;

/// A passkey: the public half of a key that lies in somebody's device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Its id.
    pub id: PasskeyId,
    /// Whose it is.
    pub login: LoginId,
    /// The id that the device gave it, base64url.
    pub credential: String,
    /// What its owner calls it.
    pub name: String,
    /// The public key and its counter, as the library writes them.
    pub content: String,
    /// Since when, µs.
    pub added_at: i64,
    /// When it was last used, µs.
    pub used_at: Option<i64>,
}

/// A ceremony that has begun: what was asked of the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// The digest of the secret that the browser has.
    pub digest: String,
    /// Who registers; none for signing in.
    pub login: Option<LoginId>,
    /// The state of the library; nothing in it is secret.
    pub content: String,
    /// Until when it may be finished, µs.
    pub expires_at: i64,
}

const PASSKEY: &str =
    "SELECT id, login_id, credential, name, content, added_at, used_at FROM passkeys";

impl Work<'_> {
    /// Gives the passkeys of a login, the oldest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn passkeys(&mut self, login: LoginId) -> Result<Vec<PasskeyRow>, StoreError> {
        let text = format!("{PASSKEY} WHERE login_id = $1 ORDER BY added_at, id");
        let rows = self.rows(crate::sql::Sql::built(text).bind(login.as_i64())).await?;
        rows.iter().map(passkey).collect()
    }

    /// Gives the passkey with the id that a device gave it, and the address of its login.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_passkey(
        &mut self,
        credential: &str,
    ) -> Result<Option<(PasskeyRow, String)>, StoreError> {
        let text = "SELECT p.id, p.login_id, p.credential, p.name, p.content, p.added_at, p.used_at, l.email \
                    FROM passkeys p JOIN logins l ON l.id = p.login_id WHERE p.credential = $1";
        let row = self.row(sql(text).bind(credential)).await?;
        row.map(|row| Ok((passkey(&row)?, row.get("email")?))).transpose()
    }

    /// Adds a passkey.
    ///
    /// # Errors
    ///
    /// [`StoreError::Taken`] when some login has it.
    pub async fn add_passkey(&mut self, passkey: &PasskeyRow) -> Result<(), StoreError> {
        let text = "INSERT INTO passkeys (id, login_id, credential, name, content, added_at, used_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let row = sql(text)
            .bind(passkey.id.as_i64())
            .bind(passkey.login.as_i64())
            .bind(&passkey.credential)
            .bind(&passkey.name)
            .bind(&passkey.content)
            .bind(passkey.added_at)
            .bind(passkey.used_at);
        self.run(row).await?;
        Ok(())
    }

    /// Keeps that a passkey was used, with its new counter.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_passkey_used(
        &mut self,
        id: PasskeyId,
        content: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let text = "UPDATE passkeys SET content = $2, used_at = $3 WHERE id = $1";
        self.run(sql(text).bind(id.as_i64()).bind(content).bind(now)).await?;
        Ok(())
    }

    /// Gives a passkey of a login another name; gives how many there were.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn rename_passkey(
        &mut self,
        login: LoginId,
        id: PasskeyId,
        name: &str,
    ) -> Result<u64, StoreError> {
        let text = "UPDATE passkeys SET name = $3 WHERE login_id = $1 AND id = $2";
        self.run(sql(text).bind(login.as_i64()).bind(id.as_i64()).bind(name)).await
    }

    /// Removes a passkey of a login; gives how many there were.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn remove_passkey(
        &mut self,
        login: LoginId,
        id: PasskeyId,
    ) -> Result<u64, StoreError> {
        let text = "DELETE FROM passkeys WHERE login_id = $1 AND id = $2";
        self.run(sql(text).bind(login.as_i64()).bind(id.as_i64())).await
    }

    /// Keeps a ceremony that has begun.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_ceremony(&mut self, ceremony: &Ceremony) -> Result<(), StoreError> {
        let text = "INSERT INTO ceremonies (digest, login_id, content, expires_at) VALUES ($1, $2, $3, $4)";
        let row = sql(text)
            .bind(&ceremony.digest)
            .bind(ceremony.login.map(LoginId::as_i64))
            .bind(&ceremony.content)
            .bind(ceremony.expires_at);
        self.run(row).await?;
        Ok(())
    }

    /// Gives a ceremony and forgets it: it is finished once.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn take_ceremony(&mut self, digest: &str) -> Result<Option<Ceremony>, StoreError> {
        let text = "SELECT digest, login_id, content, expires_at FROM ceremonies WHERE digest = $1";
        let Some(row) = self.row(sql(text).bind(digest)).await? else { return Ok(None) };
        self.run(sql("DELETE FROM ceremonies WHERE digest = $1").bind(digest)).await?;
        Ok(Some(Ceremony {
            digest: row.get("digest")?,
            login: row.opt("login_id")?.map(LoginId),
            content: row.get("content")?,
            expires_at: row.get("expires_at")?,
        }))
    }
}

fn passkey(row: &Row) -> Result<PasskeyRow, StoreError> {
    Ok(PasskeyRow {
        id: PasskeyId(row.get("id")?),
        login: LoginId(row.get("login_id")?),
        credential: row.get("credential")?,
        name: row.get("name")?,
        content: row.get("content")?,
        added_at: row.get("added_at")?,
        used_at: row.opt("used_at")?,
    })
}
