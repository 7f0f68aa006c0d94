//! Coming in: the rules, second steps, half sessions, known devices, links that are used once.

use orchestre_domain::id::LoginId;
use orchestre_domain::permission::Role;
use orchestre_domain::sign_in::SignInRules;

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// The roles that need a second step are kept under this key; the numbers under their names.
const ROLES: &str = "sign_in.second_step_roles";

/// A second step as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondStep {
    /// The secret, sealed.
    pub sealed: String,
    /// Whether it is asked for; false until its first code came.
    pub is_used: bool,
    /// The last step of which a code was taken.
    pub last_step: i64,
    /// When it was made, µs.
    pub made_at: i64,
}

/// A link that is used once, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginLink {
    /// SHA-256 of its token.
    pub digest: String,
    /// What it is for: `reset`, `invitation`, `first`.
    pub purpose: String,
    /// Whose it is; none for the first administrator's.
    pub login: Option<LoginId>,
    /// When it was made, µs.
    pub made_at: i64,
    /// When it ends, µs.
    pub expires_at: i64,
}

impl Work<'_> {
    /// Gives the rules of signing in, and their version.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn sign_in_rules(&mut self) -> Result<(SignInRules, i64), StoreError> {
        let text =
            "SELECT key, value, version FROM settings WHERE key >= 'sign_in.' AND key < 'sign_in/'";
        let (mut rules, mut version) = (SignInRules::default(), 0);
        for row in self.rows(sql(text)).await? {
            let (key, value): (String, String) = (row.get("key")?, row.get("value")?);
            version += row.get::<i64>("version")?;
            if key == ROLES {
                rules.second_step_roles = value.split(' ').filter_map(Role::parse).collect();
            } else if let (Some(name), Ok(number)) = (key.strip_prefix("sign_in."), value.parse()) {
                rules.set(name, number);
            }
        }
        Ok((rules, version))
    }

    /// Keeps the rules of signing in.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_sign_in_rules(&mut self, rules: &SignInRules) -> Result<(), StoreError> {
        let words: Vec<&str> = rules.second_step_roles.iter().map(|role| role.as_str()).collect();
        let numbers = rules
            .numbers()
            .map(|(name, value, _, _)| (format!("sign_in.{name}"), value.to_string()));
        let all = numbers.into_iter().chain([(ROLES.to_owned(), words.join(" "))]);
        for (key, value) in all {
            let text = "INSERT INTO settings (key, value, version) VALUES ($1, $2, 1) \
                        ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = settings.version + 1";
            self.run(sql(text).bind(key).bind(value)).await?;
        }
        Ok(())
    }

    /// Gives the second step of a login.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn second_step(&mut self, login: LoginId) -> Result<Option<SecondStep>, StoreError> {
        let text =
            "SELECT sealed, is_used, last_step, made_at FROM second_steps WHERE login_id = $1";
        let row = self.row(sql(text).bind(login.as_i64())).await?;
        row.map(|row| {
            Ok(SecondStep {
                sealed: row.get("sealed")?,
                is_used: row.get::<i64>("is_used")? == 1,
                last_step: row.get("last_step")?,
                made_at: row.get("made_at")?,
            })
        })
        .transpose()
    }

    /// Keeps the second step of a login in place of the one before.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_second_step(
        &mut self,
        login: LoginId,
        step: &SecondStep,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO second_steps (login_id, sealed, is_used, last_step, made_at) VALUES ($1, $2, $3, $4, $5) \
                    ON CONFLICT (login_id) DO UPDATE SET sealed = excluded.sealed, is_used = excluded.is_used, \
                    last_step = excluded.last_step, made_at = excluded.made_at";
        let row = sql(text)
            .bind(login.as_i64())
            .bind(&step.sealed)
            .bind(i64::from(step.is_used))
            .bind(step.last_step)
            .bind(step.made_at);
        self.run(row).await?;
        Ok(())
    }

    /// Takes a code's step once; false when it or a later one was taken before.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn take_step(&mut self, login: LoginId, step: i64) -> Result<bool, StoreError> {
        let text = "UPDATE second_steps SET last_step = $2, is_used = 1 WHERE login_id = $1 AND last_step < $2";
        Ok(self.run(sql(text).bind(login.as_i64()).bind(step)).await? == 1)
    }

    /// Removes the second step and the recovery codes of a login; false when it had none.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn remove_second_step(&mut self, login: LoginId) -> Result<bool, StoreError> {
        self.put_recovery_codes(login, &[]).await?;
        let text = "DELETE FROM second_steps WHERE login_id = $1";
        Ok(self.run(sql(text).bind(login.as_i64())).await? == 1)
    }

    /// Keeps the digests of recovery codes in place of those before.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_recovery_codes(
        &mut self,
        login: LoginId,
        digests: &[String],
    ) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM recovery_codes WHERE login_id = $1").bind(login.as_i64()))
            .await?;
        for digest in digests {
            let text = "INSERT INTO recovery_codes (login_id, digest) VALUES ($1, $2)";
            self.run(sql(text).bind(login.as_i64()).bind(digest)).await?;
        }
        Ok(())
    }

    /// Takes a recovery code once; false when it is unknown or was used.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn take_recovery_code(
        &mut self,
        login: LoginId,
        digest: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE recovery_codes SET used_at = $3 WHERE login_id = $1 AND digest = $2 AND used_at IS NULL";
        Ok(self.run(sql(text).bind(login.as_i64()).bind(digest).bind(now)).await? == 1)
    }

    /// Gives how many recovery codes of a login are left.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn recovery_codes_left(&mut self, login: LoginId) -> Result<i64, StoreError> {
        let text =
            "SELECT COUNT(*) AS n FROM recovery_codes WHERE login_id = $1 AND used_at IS NULL";
        let row = self.row(sql(text).bind(login.as_i64())).await?;
        row.map_or(Ok(0), |row| row.get("n"))
    }

    /// Opens a half session: the password was right, the code is to come. Those that are over go.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_half_session(
        &mut self,
        digest: &str,
        login: LoginId,
        times: (i64, i64),
    ) -> Result<(), StoreError> {
        let (now, expires_at) = times;
        self.run(sql("DELETE FROM half_sessions WHERE expires_at <= $1").bind(now)).await?;
        let text = "INSERT INTO half_sessions (digest, login_id, tries, expires_at) VALUES ($1, $2, 0, $3)";
        self.run(sql(text).bind(digest).bind(login.as_i64()).bind(expires_at)).await?;
        Ok(())
    }

    /// Counts a try of a half session and gives whose it is; none when it is over or used up.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn try_half_session(
        &mut self,
        digest: &str,
        now: i64,
        most: i64,
    ) -> Result<Option<LoginId>, StoreError> {
        let text = "UPDATE half_sessions SET tries = tries + 1 \
                    WHERE digest = $1 AND expires_at > $2 AND tries < $3 RETURNING login_id";
        let row = self.row(sql(text).bind(digest).bind(now).bind(most)).await?;
        row.map(|row| Ok(LoginId(row.get("login_id")?))).transpose()
    }

    /// Says whether a half session is open.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn has_half_session(&mut self, digest: &str, now: i64) -> Result<bool, StoreError> {
        let text = "SELECT login_id FROM half_sessions WHERE digest = $1 AND expires_at > $2";
        Ok(self.row(sql(text).bind(digest).bind(now)).await?.is_some())
    }

    /// Ends a half session.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_half_session(&mut self, digest: &str) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM half_sessions WHERE digest = $1").bind(digest)).await?;
        Ok(())
    }

    /// Says whether a login came in from a device before.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn knows_device(&mut self, digest: &str, email: &str) -> Result<bool, StoreError> {
        let text = "SELECT d.used_at FROM devices d JOIN logins l ON l.id = d.login_id \
                    WHERE d.digest = $1 AND l.email = $2";
        Ok(self.row(sql(text).bind(digest).bind(email)).await?.is_some())
    }

    /// Keeps that a login came in from a device.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_device(
        &mut self,
        digest: &str,
        login: LoginId,
        now: i64,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO devices (digest, login_id, used_at) VALUES ($1, $2, $3) \
                    ON CONFLICT (digest, login_id) DO UPDATE SET used_at = excluded.used_at";
        self.run(sql(text).bind(digest).bind(login.as_i64()).bind(now)).await?;
        Ok(())
    }

    /// Adds a link; those of the same login and purpose end.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_login_link(&mut self, link: &LoginLink) -> Result<(), StoreError> {
        self.end_login_links(link.login, &link.purpose, link.made_at).await?;
        let text = "INSERT INTO login_links (digest, purpose, login_id, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
        let row = sql(text)
            .bind(&link.digest)
            .bind(&link.purpose)
            .bind(link.login.map(LoginId::as_i64))
            .bind(link.made_at)
            .bind(link.expires_at);
        self.run(row).await?;
        Ok(())
    }

    /// Ends the open links of a login (or of nobody) for a purpose; gives how many there were.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_login_links(
        &mut self,
        login: Option<LoginId>,
        purpose: &str,
        now: i64,
    ) -> Result<u64, StoreError> {
        let text = "UPDATE login_links SET used_at = $3 WHERE COALESCE(login_id, 0) = $1 AND purpose = $2 AND used_at IS NULL";
        let whose = login.map_or(0, LoginId::as_i64);
        self.run(sql(text).bind(whose).bind(purpose).bind(now)).await
    }

    /// Gives an open link.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn login_link(
        &mut self,
        digest: &str,
        now: i64,
    ) -> Result<Option<LoginLink>, StoreError> {
        let text = "SELECT k.digest, k.purpose, k.login_id, k.made_at, k.expires_at FROM login_links k \
                    LEFT JOIN logins l ON l.id = k.login_id \
                    WHERE k.digest = $1 AND k.expires_at > $2 AND k.used_at IS NULL AND COALESCE(l.is_active, 1) = 1";
        let row = self.row(sql(text).bind(digest).bind(now)).await?;
        row.map(|row| {
            Ok(LoginLink {
                digest: row.get("digest")?,
                purpose: row.get("purpose")?,
                login: row.opt("login_id")?.map(LoginId),
                made_at: row.get("made_at")?,
                expires_at: row.get("expires_at")?,
            })
        })
        .transpose()
    }

    /// Uses a link up; false when somebody was quicker.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn use_login_link(&mut self, digest: &str, now: i64) -> Result<bool, StoreError> {
        let text = "UPDATE login_links SET used_at = $2 WHERE digest = $1 AND used_at IS NULL AND expires_at > $2";
        Ok(self.run(sql(text).bind(digest).bind(now)).await? == 1)
    }
}
