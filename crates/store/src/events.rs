//! Events: written in the unit of work of the change, linked into the chain after the commit.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, EventId, LoginId, PersonId};

use crate::chain;
use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// In whose place something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stead {
    /// With rights that a colleague lent.
    For(LoginId),
    /// While looking with another person's eyes.
    As(LoginId),
}

impl Stead {
    fn line(self) -> String {
        match self {
            Self::For(login) => format!("for={login}"),
            Self::As(login) => format!("as={login}"),
        }
    }
}

/// What was done: ids, closed words and amounts in `payload`; personal values apart in `values`.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Its name.
    pub name: EventName,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// By which login; `None` for the local shell.
    pub login: Option<LoginId>,
    /// By which person.
    pub person: Option<PersonId>,
    /// In whose place; written into the payload as `for=` or `as=`.
    pub stead: Option<Stead>,
    /// The account that it concerns.
    pub account: Option<AccountId>,
    /// The kind of object: `plan`, `import` …
    pub object: &'static str,
    /// The object's number.
    pub object_id: Option<i64>,
    /// Closed words, ids and amounts as `key=value`, in order; never a personal value.
    pub payload: Vec<(&'static str, String)>,
    /// Personal values (names, texts), each with its salt.
    pub values: Vec<(&'static str, String, String)>,
}

impl Work<'_> {
    /// Says whether the same login did the same to the same object later than `since` (µs).
    ///
    /// # Errors
    ///
    /// As [`Work::row`].
    pub async fn has_recorded(&mut self, event: &Event, since: i64) -> Result<bool, StoreError> {
        let text = "SELECT id FROM events WHERE object = $1 AND object_id = $2 AND at > $3 \
                    AND name = $4 AND COALESCE(login_id, 0) = $5 LIMIT 1";
        let row = sql(text).bind(event.object).bind(event.object_id).bind(since);
        let row = row.bind(event.name.as_str()).bind(event.login.map_or(0, LoginId::as_i64));
        Ok(self.row(row).await?.is_some())
    }

    /// Records an event in this unit of work.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn record(&mut self, event: &Event) -> Result<(), StoreError> {
        let mut payload: Vec<String> =
            event.payload.iter().map(|(key, value)| format!("{key}={value}")).collect();
        payload.extend(event.stead.map(Stead::line));
        let text = "INSERT INTO events (id, name, at, login_id, person_id, account_id, object, object_id, payload) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let row = sql(text)
            .bind(event.id.as_i64())
            .bind(event.name.as_str())
            .bind(event.at)
            .bind(event.login.map(LoginId::as_i64))
            .bind(event.person.map(PersonId::as_i64))
            .bind(event.account.map(AccountId::as_i64))
            .bind(event.object)
            .bind(event.object_id)
            .bind(payload.join("\n"));
        self.run(row).await?;
        for (name, value, salt) in &event.values {
            let text = "INSERT INTO event_values (event_id, name, value, salt, digest) VALUES ($1, $2, $3, $4, $5)";
            let digest = chain::digest(salt, name, value);
            let row = sql(text).bind(event.id.as_i64()).bind(*name).bind(value).bind(salt);
            let row = row.bind(digest);
            self.run(row).await?;
        }
        Ok(())
    }
}
