//! Mails on their way out: added with their cause, taken by one node at a time, ended.

use orchestre_domain::id::LoginId;

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::sql;
use crate::work::Work;

/// A mail that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Its id.
    pub id: i64,
    /// What it is for, a closed word.
    pub purpose: String,
    /// The address.
    pub recipient: String,
    /// Whose it is, when it is to a login.
    pub login: Option<LoginId>,
    /// Its words, sealed.
    pub sealed: String,
    /// When it was made and is due, µs.
    pub made_at: i64,
    /// When it is worth nothing any more, µs.
    pub until_at: i64,
}

/// A mail that was taken to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenMail {
    /// Its id.
    pub id: i64,
    /// The address.
    pub recipient: String,
    /// Its words, sealed.
    pub sealed: String,
    /// When it was made, µs.
    pub made_at: i64,
    /// When it is worth nothing any more, µs.
    pub until_at: i64,
    /// How often it was taken, with this time.
    pub tries: i64,
}

/// How the mails stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailsState {
    /// Mails that wait.
    pub waiting: i64,
    /// Mails that were given up.
    pub failed: i64,
    /// Why the last one that did not go did not.
    pub result: Option<String>,
}

impl Work<'_> {
    /// Adds a mail in the unit of work of its cause.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_mail(&mut self, mail: &NewMail) -> Result<(), StoreError> {
        let text = "INSERT INTO mails (id, purpose, recipient, login_id, sealed, made_at, due_at, until_at, tries) \
                    VALUES ($1, $2, $3, $4, $5, $6, $6, $7, 0)";
        let row = sql(text)
            .bind(mail.id)
            .bind(&mail.purpose)
            .bind(&mail.recipient)
            .bind(mail.login.map(LoginId::as_i64))
            .bind(&mail.sealed)
            .bind(mail.made_at)
            .bind(mail.until_at);
        self.run(row).await?;
        Ok(())
    }

    /// Says whether a mail is due.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_has_due_mail(&mut self, now: i64) -> Result<bool, StoreError> {
        let text = "SELECT id FROM mails WHERE ended_at IS NULL AND due_at <= $1 LIMIT 1";
        Ok(self.row(sql(text).bind(now)).await?.is_some())
    }

    /// Takes the mail that has been due for longest; others see it again after `until`.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_take_mail(
        &mut self,
        now: i64,
        until: i64,
    ) -> Result<Option<TakenMail>, StoreError> {
        let text = "UPDATE mails SET due_at = $2, tries = tries + 1 WHERE id = \
                    (SELECT id FROM mails WHERE ended_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT 1) \
                    RETURNING id, recipient, sealed, made_at, until_at, tries";
        self.row(sql(text).bind(now).bind(until)).await?.as_ref().map(taken).transpose()
    }

    /// Keeps that a mail is tried again at an instant, and why.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_delay_mail(
        &mut self,
        id: i64,
        due_at: i64,
        result: &str,
    ) -> Result<(), StoreError> {
        let text = "UPDATE mails SET due_at = $2, result = $3 WHERE id = $1";
        self.run(sql(text).bind(id).bind(due_at).bind(result)).await?;
        Ok(())
    }

    /// Ends a mail: it was sent (`sent`) or given up; its words are removed.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_end_mail(
        &mut self,
        id: i64,
        now: i64,
        result: &str,
    ) -> Result<(), StoreError> {
        let text = "UPDATE mails SET ended_at = $2, result = $3, sealed = '' WHERE id = $1";
        self.run(sql(text).bind(id).bind(now).bind(result)).await?;
        Ok(())
    }

    /// Gives how the mails stand, failures since an instant.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_mails_state(&mut self, since: i64) -> Result<MailsState, StoreError> {
        let text = "SELECT id, made_at, ended_at, result FROM mails WHERE ended_at IS NULL \
                    UNION ALL SELECT id, made_at, ended_at, result FROM mails \
                    WHERE ended_at >= $1 AND result <> 'sent' ORDER BY made_at DESC, id DESC LIMIT 1000";
        let mut state = MailsState::default();
        for row in self.rows(sql(text).bind(since)).await? {
            match row.opt::<i64>("ended_at")? {
                Some(_) => state.failed += 1,
                None => state.waiting += 1,
            }
            if state.result.is_none() {
                state.result = row.opt("result")?;
            }
        }
        Ok(state)
    }
}

fn taken(row: &Row) -> Result<TakenMail, StoreError> {
    Ok(TakenMail {
        id: row.get("id")?,
        recipient: row.get("recipient")?,
        sealed: row.get("sealed")?,
        made_at: row.get("made_at")?,
        until_at: row.get("until_at")?,
        tries: row.get("tries")?,
    })
}
