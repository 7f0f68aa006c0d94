//! Identities at outside providers, sign-ins on their way over one, and where sessions came from.

use orchestre_domain::id::LoginId;

use crate::error::StoreError;
use crate::logins::Login;
use crate::sql::sql;
use crate::work::Work;

/// A login that an outside provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who vouches.
    pub issuer: String,
    /// Who it is there; never used again for somebody else.
    pub subject: String,
    /// Who it is here.
    pub login: LoginId,
    /// Since when, µs.
    pub linked_at: i64,
    /// When it was last used, µs.
    pub used_at: i64,
}

/// A sign-in on its way over a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLogin {
    /// The digest of the state.
    pub digest: String,
    /// The digest of the secret that only the browser has.
    pub browser: String,
    /// The provider's name in the configuration.
    pub provider: String,
    /// Where to go afterwards.
    pub next: String,
    /// Until when it may come back, µs.
    pub expires_at: i64,
}

/// Where a session came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionOrigin {
    /// The digest of the session's token.
    pub digest: String,
    /// The provider's name in the configuration.
    pub provider: String,
    /// Who vouched.
    pub issuer: String,
    /// For whom.
    pub subject: String,
    /// The provider's own session.
    pub sid: Option<String>,
    /// What the provider wants to see again when somebody signs out, sealed.
    pub hint: Option<String>,
}

impl Work<'_> {
    /// Gives the identity of an issuer's subject, with its login.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_identity(
        &mut self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<Login>, StoreError> {
        let text = "SELECT l.email FROM identities i JOIN logins l ON l.id = i.login_id \
                    WHERE i.issuer = $1 AND i.subject = $2";
        match self.row(sql(text).bind(issuer).bind(subject)).await? {
            Some(row) => self.system_login(&row.get::<String>("email")?).await,
            None => Ok(None),
        }
    }

    /// Gives the identities of a login, the oldest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn identities(&mut self, login: LoginId) -> Result<Vec<Identity>, StoreError> {
        let text = "SELECT issuer, subject, login_id, linked_at, used_at FROM identities \
                    WHERE login_id = $1 ORDER BY linked_at, issuer, subject";
        let rows = self.rows(sql(text).bind(login.as_i64())).await?;
        rows.iter()
            .map(|row| {
                Ok(Identity {
                    issuer: row.get("issuer")?,
                    subject: row.get("subject")?,
                    login: LoginId(row.get("login_id")?),
                    linked_at: row.get("linked_at")?,
                    used_at: row.get("used_at")?,
                })
            })
            .collect()
    }

    /// Links an identity, or keeps that it was used.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_identity(&mut self, identity: &Identity) -> Result<(), StoreError> {
        let text = "INSERT INTO identities (issuer, subject, login_id, linked_at, used_at) \
                    VALUES ($1, $2, $3, $4, $5) \
                    ON CONFLICT (issuer, subject) DO UPDATE SET used_at = excluded.used_at";
        let row = sql(text)
            .bind(&identity.issuer)
            .bind(&identity.subject)
            .bind(identity.login.as_i64())
            .bind(identity.linked_at)
            .bind(identity.used_at);
        self.run(row).await?;
        Ok(())
    }

    /// Takes an identity from a login; gives how many there were.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn remove_identity(
        &mut self,
        login: LoginId,
        issuer: &str,
        subject: &str,
    ) -> Result<u64, StoreError> {
        let text = "DELETE FROM identities WHERE login_id = $1 AND issuer = $2 AND subject = $3";
        self.run(sql(text).bind(login.as_i64()).bind(issuer).bind(subject)).await
    }

    /// Keeps a sign-in on its way.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_pending_login(&mut self, pending: &PendingLogin) -> Result<(), StoreError> {
        let text = "INSERT INTO pending_logins (digest, browser, provider, next, expires_at) \
                    VALUES ($1, $2, $3, $4, $5)";
        let row = sql(text)
            .bind(&pending.digest)
            .bind(&pending.browser)
            .bind(&pending.provider)
            .bind(&pending.next)
            .bind(pending.expires_at);
        self.run(row).await?;
        Ok(())
    }

    /// Gives a sign-in on its way and forgets it: it comes back once.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn take_pending_login(
        &mut self,
        digest: &str,
    ) -> Result<Option<PendingLogin>, StoreError> {
        let text = "SELECT digest, browser, provider, next, expires_at FROM pending_logins WHERE digest = $1";
        let Some(row) = self.row(sql(text).bind(digest)).await? else { return Ok(None) };
        self.run(sql("DELETE FROM pending_logins WHERE digest = $1").bind(digest)).await?;
        Ok(Some(PendingLogin {
            digest: row.get("digest")?,
            browser: row.get("browser")?,
            provider: row.get("provider")?,
            next: row.get("next")?,
            expires_at: row.get("expires_at")?,
        }))
    }

    /// Keeps where a session came from.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_session_origin(&mut self, origin: &SessionOrigin) -> Result<(), StoreError> {
        let text = "INSERT INTO session_origins (digest, provider, issuer, subject, sid, hint) \
                    VALUES ($1, $2, $3, $4, $5, $6)";
        let row = sql(text)
            .bind(&origin.digest)
            .bind(&origin.provider)
            .bind(&origin.issuer)
            .bind(&origin.subject)
            .bind(&origin.sid)
            .bind(&origin.hint);
        self.run(row).await?;
        Ok(())
    }

    /// Gives where a session came from; none for one that a password opened.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn session_origin(
        &mut self,
        digest: &str,
    ) -> Result<Option<SessionOrigin>, StoreError> {
        let text = "SELECT digest, provider, issuer, subject, sid, hint FROM session_origins WHERE digest = $1";
        let row = self.row(sql(text).bind(digest)).await?;
        row.map(|row| {
            Ok(SessionOrigin {
                digest: row.get("digest")?,
                provider: row.get("provider")?,
                issuer: row.get("issuer")?,
                subject: row.get("subject")?,
                sid: row.opt("sid")?,
                hint: row.opt("hint")?,
            })
        })
        .transpose()
    }

    /// Closes the sessions of an identity that were open at an instant, µs; of one session of the
    /// provider when `sid` names it. Gives how many were closed.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn close_sessions_of_identity(
        &mut self,
        issuer: &str,
        (subject, sid): (Option<&str>, Option<&str>),
        opened_by: i64,
    ) -> Result<u64, StoreError> {
        if subject.is_none() && sid.is_none() {
            return Ok(0);
        }
        let text = "DELETE FROM sessions WHERE opened_at <= $2 AND digest IN \
                    (SELECT digest FROM session_origins WHERE issuer = $1 \
                    AND (CAST($3 AS TEXT) IS NULL OR subject = $3) AND (CAST($4 AS TEXT) IS NULL OR sid = $4))";
        self.run(sql(text).bind(issuer).bind(opened_by).bind(subject).bind(sid)).await
    }

    /// Removes sign-ins and ceremonies that did not come back by an instant, µs.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn forget_late_logins(&mut self, now: i64) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM pending_logins WHERE expires_at < $1").bind(now)).await?;
        self.run(sql("DELETE FROM ceremonies WHERE expires_at < $1").bind(now)).await?;
        Ok(())
    }
}
