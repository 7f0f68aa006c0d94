//! Answers that are kept so that a request sent again is not done again.

use orchestre_domain::id::LoginId;

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// An answer that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The HTTP status.
    pub status: i64,
    /// Headers, one `name: value` a line.
    pub headers: String,
    /// The body.
    pub body: String,
}

/// What is known of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is new, and now it is being answered.
    New,
    /// It was answered so.
    Answered(KeptAnswer),
    /// It is being answered.
    Running,
    /// The key came with another request.
    Other,
}

impl Work<'_> {
    /// Claims a key of a login for a request with this digest. What is older than `forgotten` (µs)
    /// is gone; what began before `lost` without an answer may be begun again.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn claim_answer(
        &mut self,
        (login, key): (LoginId, &str),
        digest: &str,
        now: i64,
        (forgotten, lost): (i64, i64),
    ) -> Result<Claim, StoreError> {
        let gone = "DELETE FROM api_answers WHERE at < $1 OR (status = 0 AND at < $2)";
        self.run(sql(gone).bind(forgotten).bind(lost)).await?;
        let text = "SELECT digest, status, headers, body FROM api_answers WHERE login_id = $1 AND key = $2";
        let Some(row) = self.row(sql(text).bind(login.as_i64()).bind(key)).await? else {
            let text = "INSERT INTO api_answers (login_id, key, digest, at, status, headers, body) \
                        VALUES ($1, $2, $3, $4, 0, '', '')";
            self.run(sql(text).bind(login.as_i64()).bind(key).bind(digest).bind(now)).await?;
            return Ok(Claim::New);
        };
        if row.get::<String>("digest")? != digest {
            return Ok(Claim::Other);
        }
        let status: i64 = row.get("status")?;
        if status == 0 {
            return Ok(Claim::Running);
        }
        let (headers, body) = (row.get("headers")?, row.get("body")?);
        Ok(Claim::Answered(KeptAnswer { status, headers, body }))
    }

    /// Keeps the answer to a request that was claimed.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_answer(
        &mut self,
        (login, key): (LoginId, &str),
        answer: &KeptAnswer,
    ) -> Result<(), StoreError> {
        let text = "UPDATE api_answers SET status = $3, headers = $4, body = $5 WHERE login_id = $1 AND key = $2";
        let asked = sql(text).bind(login.as_i64()).bind(key).bind(answer.status);
        self.run(asked.bind(answer.headers.as_str()).bind(answer.body.as_str())).await?;
        Ok(())
    }

    /// Gives a key back: the request failed by our fault and may be sent again.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn drop_answer(&mut self, login: LoginId, key: &str) -> Result<(), StoreError> {
        let text = "DELETE FROM api_answers WHERE login_id = $1 AND key = $2";
        self.run(sql(text).bind(login.as_i64()).bind(key)).await?;
        Ok(())
    }
}
