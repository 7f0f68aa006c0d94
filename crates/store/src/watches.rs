//! Looks with another person's eyes: at most one a session.

use orchestre_domain::id::LoginId;

use crate::error::StoreError;
use crate::logins::{LOGIN, Login, login};
use crate::sql::{Sql, sql};
use crate::work::Work;

impl Work<'_> {
    /// Lets a session look with a login's eyes.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such login.
    pub async fn put_watch(
        &mut self,
        digest: &str,
        watched: LoginId,
        now: i64,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO watches (digest, login_id, since) VALUES ($1, $2, $3) \
                    ON CONFLICT (digest) DO UPDATE SET login_id = excluded.login_id, since = excluded.since";
        self.run(sql(text).bind(digest).bind(watched.as_i64()).bind(now)).await?;
        Ok(())
    }

    /// Ends the look of a session; says whether there was one.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn drop_watch(&mut self, digest: &str) -> Result<bool, StoreError> {
        Ok(self.run(sql("DELETE FROM watches WHERE digest = $1").bind(digest)).await? > 0)
    }

    /// Gives the login with whose eyes a session looks; none when it looks with its own, or when
    /// that login is out.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_watched(&mut self, digest: &str) -> Result<Option<Login>, StoreError> {
        let text = format!(
            "SELECT {LOGIN} FROM watches w JOIN logins l ON l.id = w.login_id \
             WHERE w.digest = $1 AND l.is_active = 1"
        );
        let row = self.row(Sql::built(text).bind(digest)).await?;
        row.as_ref().map(login).transpose()
    }
}
