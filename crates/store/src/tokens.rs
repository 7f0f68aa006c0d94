//! Tokens of scripts: kept as digests, with what they open and until when.

use std::collections::BTreeSet;

use orchestre_domain::id::{LoginId, TokenId};
use orchestre_domain::token::{TokenScope, read_scopes, write_scopes};

use crate::error::StoreError;
use crate::logins::{LOGIN, Login, login};
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A token as it is kept; the secret itself is nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id.
    pub id: TokenId,
    /// Whose it is.
    pub login: LoginId,
    /// The name of its owner.
    pub owner: String,
    /// What its owner calls it.
    pub name: String,
    /// The last letters of the secret, to know it by.
    pub ending: String,
    /// What it opens.
    pub scopes: BTreeSet<TokenScope>,
    /// When it was made, µs.
    pub made_at: i64,
    /// When it ends, µs.
    pub expires_at: i64,
    /// When it was last used, µs; kept at most once in five minutes.
    pub used_at: Option<i64>,
    /// When it was taken back, µs.
    pub revoked_at: Option<i64>,
}

const COLUMNS: &str = "t.id AS token_id, t.login_id, l.name AS owner_name, t.name AS token_name, \
                       t.ending, t.scopes, t.made_at, t.expires_at, t.used_at, t.revoked_at";

impl Work<'_> {
    /// Adds a token under the digest of its secret; `owner` is not kept with it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Taken`] for a digest that is there, [`StoreError::Dangling`] without a login.
    pub async fn add_token(&mut self, token: &TokenRow, digest: &str) -> Result<(), StoreError> {
        let text = "INSERT INTO tokens (id, digest, login_id, name, ending, scopes, made_at, expires_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let row = sql(text)
            .bind(token.id.as_i64())
            .bind(digest)
            .bind(token.login.as_i64())
            .bind(&token.name)
            .bind(&token.ending)
            .bind(write_scopes(&token.scopes))
            .bind(token.made_at)
            .bind(token.expires_at);
        self.run(row).await?;
        Ok(())
    }

    /// Gives the tokens of a login, or of everybody; the newest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn tokens(&mut self, of: Option<LoginId>) -> Result<Vec<TokenRow>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS} FROM tokens t JOIN logins l ON l.id = t.login_id \
             WHERE CAST($1 AS BIGINT) IS NULL OR t.login_id = $1 ORDER BY t.made_at DESC, t.id DESC"
        );
        let asked = Sql::built(text).bind(of.map(LoginId::as_i64));
        self.rows(asked).await?.iter().map(token).collect()
    }

    /// Gives the token of a digest with its login; none when it is over, taken back, unknown or
    /// when the login is out.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_token(
        &mut self,
        digest: &str,
        now: i64,
    ) -> Result<Option<(TokenRow, Login)>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS}, {LOGIN} FROM tokens t JOIN logins l ON l.id = t.login_id \
             WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 AND l.is_active = 1"
        );
        let row = self.row(Sql::built(text).bind(digest).bind(now)).await?;
        row.map(|row| Ok((token(&row)?, login(&row)?))).transpose()
    }

    /// Keeps that a token was used.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_token_used(&mut self, id: TokenId, now: i64) -> Result<(), StoreError> {
        self.run(sql("UPDATE tokens SET used_at = $2 WHERE id = $1").bind(id.as_i64()).bind(now))
            .await?;
        Ok(())
    }

    /// Takes a token back; false when it was taken back before.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn revoke_token(&mut self, id: TokenId, now: i64) -> Result<bool, StoreError> {
        let text = "UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
        Ok(self.run(sql(text).bind(id.as_i64()).bind(now)).await? > 0)
    }
}

fn token(row: &Row) -> Result<TokenRow, StoreError> {
    let id: i64 = row.get("token_id")?;
    let scopes: String = row.get("scopes")?;
    let unreadable =
        || StoreError::Unreadable { table: "tokens", column: "scopes", row: id.to_string() };
    Ok(TokenRow {
        id: TokenId(id),
        login: LoginId(row.get("login_id")?),
        owner: row.get("owner_name")?,
        name: row.get("token_name")?,
        ending: row.get("ending")?,
        scopes: read_scopes(&scopes).ok_or_else(unreadable)?,
        made_at: row.get("made_at")?,
        expires_at: row.get("expires_at")?,
        used_at: row.opt("used_at")?,
        revoked_at: row.opt("revoked_at")?,
    })
}
