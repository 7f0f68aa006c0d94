//! Ways in: logins with their first roles, sessions, throttles.

use jiff::civil::Date;
use orchestre_domain::id::{LoginId, PersonId, SessionId};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::permission::Role;

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::sql;
use crate::work::Work;

/// A way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Its id.
    pub id: LoginId,
    /// The address, in lower case.
    pub email: String,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// The name that is shown.
    pub name: String,
    /// The hash of the password.
    pub password_hash: String,
    /// The language of pages.
    pub lang: Lang,
    /// The report currency of one's own choice.
    pub currency: Option<String>,
    /// Light or dark.
    pub theme: Option<String>,
    /// False: out at the next request.
    pub is_active: bool,
    /// When the changes of the week were last marked as seen, µs.
    pub looked_at: Option<i64>,
}

/// A session as it is kept: only the digest of its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of the token, in hexadecimal.
    pub digest: String,
    /// Whose it is.
    pub login: LoginId,
    /// The token that forms send back.
    pub csrf: String,
    /// When it began, µs.
    pub opened_at: i64,
    /// When it was last used, µs.
    pub used_at: i64,
    /// When it ends whatever happens, µs.
    pub expires_at: i64,
    /// What the browser says it is.
    pub agent: String,
    /// Its number for its owner; none for sessions of before there were numbers.
    pub id: Option<SessionId>,
    /// Where it was opened from.
    pub network: String,
    /// When its owner last proved who is there, µs.
    pub proved_at: Option<i64>,
}

pub(crate) const LOGIN: &str = "l.id, l.email, l.person_id, l.name, l.password_hash, l.lang, l.currency, l.theme, l.is_active, l.looked_at";

impl Work<'_> {
    /// Adds a login with its roles, valid from `day` on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Taken`] when the address has a login.
    pub async fn add_login(
        &mut self,
        login: &Login,
        roles: &[Role],
        day: Date,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO logins (id, email, person_id, name, password_hash, lang, currency, theme, is_active, version) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 1)";
        let row = sql(text)
            .bind(login.id.as_i64())
            .bind(&login.email)
            .bind(login.person.map(PersonId::as_i64))
            .bind(&login.name)
            .bind(&login.password_hash)
            .bind(login.lang.as_str())
            .bind(&login.currency)
            .bind(&login.theme);
        self.run(row).await?;
        for role in roles {
            let text = "INSERT INTO login_roles (login_id, role, valid_from, valid_to) VALUES ($1, $2, $3, '9999-12-31')";
            let row = sql(text).bind(login.id.as_i64()).bind(role.as_str()).bind(day.to_string());
            self.run(row).await?;
        }
        Ok(())
    }

    /// Gives the login of an address.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_login(&mut self, email: &str) -> Result<Option<Login>, StoreError> {
        let text = format!("SELECT {LOGIN} FROM logins l WHERE l.email = $1");
        let row = self.row(crate::sql::Sql::built(text).bind(email)).await?;
        row.as_ref().map(login).transpose()
    }

    /// Gives language, currency and theme of a login.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn preferences(
        &mut self,
        id: LoginId,
    ) -> Result<Option<(Lang, Option<Currency>, String)>, StoreError> {
        let text = "SELECT lang, currency, theme FROM logins WHERE id = $1";
        let Some(row) = self.row(sql(text).bind(id.as_i64())).await? else { return Ok(None) };
        let lang = Lang::parse(&row.get::<String>("lang")?).unwrap_or(Lang::En);
        let theme: Option<String> = row.opt("theme")?;
        Ok(Some((lang, row.opt_currency("currency")?, theme.unwrap_or_default())))
    }

    /// Changes language, currency and theme of a login.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_preferences(
        &mut self,
        id: LoginId,
        lang: Lang,
        currency: Option<String>,
        theme: &str,
    ) -> Result<(), StoreError> {
        let text = "UPDATE logins SET lang = $2, currency = $3, theme = $4, version = version + 1 WHERE id = $1";
        self.run(sql(text).bind(id.as_i64()).bind(lang.as_str()).bind(currency).bind(theme))
            .await?;
        Ok(())
    }

    /// Lets a login in, or out at its next request.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_login_active(
        &mut self,
        id: LoginId,
        is_active: i64,
    ) -> Result<(), StoreError> {
        let text = "UPDATE logins SET is_active = $2, version = version + 1 WHERE id = $1";
        self.run(sql(text).bind(id.as_i64()).bind(is_active)).await?;
        Ok(())
    }

    /// Keeps when the changes of the week were marked as seen.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_looked_at(&mut self, id: LoginId, at: i64) -> Result<(), StoreError> {
        self.run(sql("UPDATE logins SET looked_at = $2 WHERE id = $1").bind(id.as_i64()).bind(at))
            .await?;
        Ok(())
    }

    /// Gives when the changes of the week were last marked as seen.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn looked_at(&mut self, id: LoginId) -> Result<Option<i64>, StoreError> {
        let row =
            self.row(sql("SELECT looked_at FROM logins WHERE id = $1").bind(id.as_i64())).await?;
        row.map_or(Ok(None), |row| row.opt("looked_at"))
    }

    /// Opens a session.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_session(&mut self, session: &SessionRow) -> Result<(), StoreError> {
        let text = "INSERT INTO sessions (digest, login_id, csrf, opened_at, used_at, expires_at, agent, id, network, proved_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let row = sql(text)
            .bind(&session.digest)
            .bind(session.login.as_i64())
            .bind(&session.csrf)
            .bind(session.opened_at)
            .bind(session.used_at)
            .bind(session.expires_at)
            .bind(&session.agent)
            .bind(session.id.map(SessionId::as_i64))
            .bind(&session.network)
            .bind(session.proved_at);
        self.run(row).await?;
        Ok(())
    }

    /// Gives an open session with its login; none when it is over or the login is out.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_session(
        &mut self,
        digest: &str,
        now: i64,
        idle: i64,
    ) -> Result<Option<(SessionRow, Login)>, StoreError> {
        let text = format!(
            "SELECT s.digest, s.login_id, s.csrf, s.opened_at, s.used_at, s.expires_at, s.agent, s.id AS session_id, s.network, s.proved_at, {LOGIN} \
             FROM sessions s JOIN logins l ON l.id = s.login_id \
             WHERE s.digest = $1 AND s.expires_at > $2 AND s.used_at > $3 AND l.is_active = 1"
        );
        let row =
            self.row(crate::sql::Sql::built(text).bind(digest).bind(now).bind(now - idle)).await?;
        row.map(|row| Ok((session(&row)?, login(&row)?))).transpose()
    }

    /// Keeps that a session was used.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_session_used(&mut self, digest: &str, now: i64) -> Result<(), StoreError> {
        self.run(sql("UPDATE sessions SET used_at = $2 WHERE digest = $1").bind(digest).bind(now))
            .await?;
        Ok(())
    }

    /// Closes a session, and forgets those that are over.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn close_session(&mut self, digest: &str, now: i64) -> Result<(), StoreError> {
        self.run(
            sql("DELETE FROM sessions WHERE digest = $1 OR expires_at < $2").bind(digest).bind(now),
        )
        .await?;
        Ok(())
    }

    /// Gives how often a name failed and until when it waits.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn throttle(&mut self, name: &str) -> Result<(i64, i64), StoreError> {
        let row = self
            .row(sql("SELECT failures, wait_until FROM throttles WHERE name = $1").bind(name))
            .await?;
        row.map_or(Ok((0, 0)), |row| Ok((row.get("failures")?, row.get("wait_until")?)))
    }

    /// Keeps how often a name failed; no failure forgets it.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_throttle(
        &mut self,
        name: &str,
        failures: i64,
        wait_until: i64,
    ) -> Result<(), StoreError> {
        if failures == 0 {
            self.run(sql("DELETE FROM throttles WHERE name = $1").bind(name)).await?;
            return Ok(());
        }
        let text = "INSERT INTO throttles (name, failures, wait_until) VALUES ($1, $2, $3) \
                    ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, wait_until = excluded.wait_until";
        self.run(sql(text).bind(name).bind(failures).bind(wait_until)).await?;
        Ok(())
    }
}

pub(crate) fn login(row: &Row) -> Result<Login, StoreError> {
    let lang: String = row.get("lang")?;
    Ok(Login {
        id: LoginId(row.get("id")?),
        email: row.get("email")?,
        person: row.opt("person_id")?.map(PersonId),
        name: row.get("name")?,
        password_hash: row.get("password_hash")?,
        lang: Lang::parse(&lang).unwrap_or(Lang::En),
        currency: row.opt("currency")?,
        theme: row.opt("theme")?,
        is_active: row.get::<i64>("is_active")? == 1,
        looked_at: row.opt("looked_at")?,
    })
}

fn session(row: &Row) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        digest: row.get("digest")?,
        login: LoginId(row.get("login_id")?),
        csrf: row.get("csrf")?,
        opened_at: row.get("opened_at")?,
        used_at: row.get("used_at")?,
        expires_at: row.get("expires_at")?,
        agent: row.opt("agent")?.unwrap_or_default(),
        id: row.opt("session_id")?.map(SessionId),
        network: row.opt("network")?.unwrap_or_default(),
        proved_at: row.opt("proved_at")?,
    })
}
