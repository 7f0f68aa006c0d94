//! The list of logins for their administrator, and the sessions of one login.

use jiff::civil::Date;
use orchestre_domain::id::{LoginId, SessionId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A login as its administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// Its id.
    pub id: LoginId,
    /// The address.
    pub email: String,
    /// The name that is shown.
    pub name: String,
    /// The language of its mails.
    pub lang: Lang,
    /// Whether it may come in.
    pub is_active: bool,
    /// Whether it has a password.
    pub has_password: bool,
    /// Whether a second step is asked for.
    pub has_second_step: bool,
    /// Until when an invitation is open, µs.
    pub invited_until: Option<i64>,
    /// When it was last there, µs.
    pub seen_at: Option<i64>,
    /// Open sessions.
    pub sessions: i64,
    /// Its roles today, wherever they reach.
    pub roles: Vec<Role>,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Its id.
    pub id: SessionId,
    /// SHA-256 of its token.
    pub digest: String,
    /// The name that its owner gave it.
    pub name: Option<String>,
    /// What the browser says it is.
    pub agent: String,
    /// Where it was last used from.
    pub network: String,
    /// When it began, µs.
    pub opened_at: i64,
    /// When it was last used, µs.
    pub used_at: i64,
}

const LINE: &str = "SELECT l.id, l.email, l.name, l.lang, l.is_active, \
    CASE WHEN l.password_hash = '' THEN 0 ELSE 1 END AS has_password, \
    COALESCE((SELECT s.is_used FROM second_steps s WHERE s.login_id = l.id), 0) AS has_step, \
    (SELECT MAX(k.expires_at) FROM login_links k WHERE k.login_id = l.id AND k.purpose = 'invitation' \
     AND k.used_at IS NULL AND k.expires_at > $1) AS invited_until, \
    l.seen_at, (SELECT COUNT(*) FROM sessions s WHERE s.login_id = l.id AND s.expires_at > $1) AS sessions \
    FROM logins l";

impl Work<'_> {
    /// Gives every login with its roles, in the order of names.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn roster(&mut self, now: i64, day: Date) -> Result<Vec<RosterLine>, StoreError> {
        let text = format!("{LINE} ORDER BY l.name, l.id");
        let rows = self.rows(Sql::built(text).bind(now)).await?;
        let mut lines: Vec<RosterLine> = rows.iter().map(line).collect::<Result<_, _>>()?;
        let text = "SELECT login_id, role FROM login_roles WHERE valid_from <= $1 AND $1 < valid_to \
                    UNION SELECT login_id, role FROM scoped_roles \
                    WHERE valid_from <= $1 AND $1 < valid_to ORDER BY role";
        for row in self.rows(sql(text).bind(day.to_string())).await? {
            let id = LoginId(row.get("login_id")?);
            let role = Role::parse(&row.get::<String>("role")?);
            if let Some(line) = lines.iter_mut().find(|line| line.id == id) {
                line.roles.extend(role);
            }
        }
        Ok(lines)
    }

    /// Gives a login by its id, with its address, name and language.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn login_by_id(&mut self, id: LoginId) -> Result<Option<crate::Login>, StoreError> {
        let row = self.row(sql("SELECT email FROM logins WHERE id = $1").bind(id.as_i64())).await?;
        match row {
            Some(row) => {
                let email: String = row.get("email")?;
                self.system_login(&email).await
            }
            None => Ok(None),
        }
    }

    /// Gives how many logins there are.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn login_count(&mut self) -> Result<i64, StoreError> {
        let row = self.row(sql("SELECT COUNT(*) AS n FROM logins")).await?;
        row.map_or(Ok(0), |row| row.get("n"))
    }

    /// Gives how many active logins with a password have a role on a day, one of them left out.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn others_with_role(
        &mut self,
        role: Role,
        but: LoginId,
        day: Date,
    ) -> Result<i64, StoreError> {
        let text = "SELECT COUNT(DISTINCT l.id) AS n FROM logins l JOIN login_roles r ON r.login_id = l.id \
                    WHERE r.role = $1 AND l.id <> $2 AND l.is_active = 1 AND l.password_hash <> '' \
                    AND r.valid_from <= $3 AND $3 < r.valid_to";
        let asked = sql(text).bind(role.as_str()).bind(but.as_i64()).bind(day.to_string());
        self.row(asked).await?.map_or(Ok(0), |row| row.get("n"))
    }

    /// Keeps a new password and its owner's name.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_password(&mut self, id: LoginId, hash: &str) -> Result<(), StoreError> {
        let text = "UPDATE logins SET password_hash = $2, version = version + 1 WHERE id = $1";
        self.run(sql(text).bind(id.as_i64()).bind(hash)).await?;
        Ok(())
    }

    /// Keeps when a login was last there.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_seen_at(&mut self, id: LoginId, now: i64) -> Result<(), StoreError> {
        self.run(sql("UPDATE logins SET seen_at = $2 WHERE id = $1").bind(id.as_i64()).bind(now))
            .await?;
        Ok(())
    }

    /// Gives the open sessions of a login, the last used first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn sessions_of(
        &mut self,
        login: LoginId,
        now: i64,
        idle: i64,
    ) -> Result<Vec<SessionLine>, StoreError> {
        let text = "SELECT id, digest, name, agent, network, opened_at, used_at FROM sessions \
                    WHERE login_id = $1 AND expires_at > $2 AND used_at > $3 AND id IS NOT NULL \
                    ORDER BY used_at DESC, id DESC";
        let rows = self.rows(sql(text).bind(login.as_i64()).bind(now).bind(now - idle)).await?;
        rows.iter()
            .map(|row| {
                Ok(SessionLine {
                    id: SessionId(row.get("id")?),
                    digest: row.get("digest")?,
                    name: row.opt("name")?,
                    agent: row.opt("agent")?.unwrap_or_default(),
                    network: row.opt("network")?.unwrap_or_default(),
                    opened_at: row.get("opened_at")?,
                    used_at: row.get("used_at")?,
                })
            })
            .collect()
    }

    /// Names a session of a login; false when there is none.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn name_session(
        &mut self,
        login: LoginId,
        id: SessionId,
        name: &str,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE sessions SET name = $3 WHERE login_id = $1 AND id = $2";
        let row = sql(text).bind(login.as_i64()).bind(id.as_i64()).bind(name);
        Ok(self.run(row).await? == 1)
    }

    /// Ends a session of a login; false when there is none.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_session(&mut self, login: LoginId, id: SessionId) -> Result<bool, StoreError> {
        let text = "DELETE FROM sessions WHERE login_id = $1 AND id = $2";
        Ok(self.run(sql(text).bind(login.as_i64()).bind(id.as_i64())).await? == 1)
    }

    /// Ends every session of a login but the one of a digest; gives how many.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_other_sessions(
        &mut self,
        login: LoginId,
        digest: &str,
    ) -> Result<u64, StoreError> {
        let text = "DELETE FROM half_sessions WHERE login_id = $1";
        self.run(sql(text).bind(login.as_i64())).await?;
        let text = "DELETE FROM sessions WHERE login_id = $1 AND digest <> $2";
        self.run(sql(text).bind(login.as_i64()).bind(digest)).await
    }

    /// Keeps that the owner of a session proved again who is there.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_proved(&mut self, digest: &str, now: i64) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE sessions SET proved_at = $2 WHERE digest = $1").bind(digest).bind(now),
        )
        .await?;
        Ok(())
    }
}

fn line(row: &Row) -> Result<RosterLine, StoreError> {
    Ok(RosterLine {
        id: LoginId(row.get("id")?),
        email: row.get("email")?,
        name: row.get("name")?,
        lang: Lang::parse(&row.get::<String>("lang")?).unwrap_or(Lang::En),
        is_active: row.get::<i64>("is_active")? == 1,
        has_password: row.get::<i64>("has_password")? == 1,
        has_second_step: row.get::<i64>("has_step")? == 1,
        invited_until: row.opt("invited_until")?,
        seen_at: row.opt("seen_at")?,
        sessions: row.get("sessions")?,
        roles: Vec::new(),
    })
}
