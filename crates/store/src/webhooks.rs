//! Subscriptions to events: who wants to hear what, where, and how far it was read.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, EventId, LoginId, WebhookId};
use orchestre_domain::viewer::Viewer;
use orchestre_domain::webhook::WebhookState;

use crate::error::StoreError;
use crate::feed::seen;
use crate::logins::{LOGIN, Login, login};
use crate::row::Row;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// A subscription; its secrets are sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Whose rights it has.
    pub login: LoginId,
    /// The name of its owner.
    pub owner: String,
    /// Where messages go.
    pub address: String,
    /// Which events; none means all.
    pub names: Vec<EventName>,
    /// How it stands.
    pub state: WebhookState,
    /// The sealed secret.
    pub secret: String,
    /// The sealed secret before, and until when (µs) it signs too.
    pub before: Option<(String, i64)>,
    /// The number of the last event that was read.
    pub read_seq: i64,
    /// When it was made, µs.
    pub made_at: i64,
    /// Grows with each change by people.
    pub version: i64,
}

/// An event on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutEvent {
    /// The event.
    pub id: EventId,
    /// Its number in the order of commits.
    pub seq: i64,
    /// Its name.
    pub name: EventName,
    /// When, µs.
    pub at: i64,
    /// By which login.
    pub login: Option<LoginId>,
    /// The account that it concerns.
    pub account: Option<AccountId>,
    /// The kind of object.
    pub object: String,
    /// The object's number.
    pub object_id: Option<i64>,
    /// Closed words, ids and amounts, one `key=value` a line.
    pub payload: String,
}

/// Which events are on their way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outgoing {
    /// Those after the first number, up to and with the second.
    Between(i64, i64),
    /// This one.
    One(EventId),
}

const COLUMNS: &str = "w.id AS webhook_id, w.login_id, l.name AS owner_name, w.address, w.names, \
                       w.state, w.secret, w.secret_before, w.before_until, w.read_seq, w.made_at, \
                       w.version";

impl Work<'_> {
    /// Adds a subscription that hears what is numbered from now on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] without a login.
    pub async fn add_webhook(&mut self, webhook: &Webhook) -> Result<(), StoreError> {
        let text = "INSERT INTO webhooks (id, login_id, address, names, state, secret, secret_before, \
                    before_until, made_at, read_seq, version) \
                    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, COALESCE(MAX(seq), 0), 1 FROM events";
        let row =
            written(sql(text).bind(webhook.id.as_i64()).bind(webhook.login.as_i64()), webhook);
        self.run(row.bind(webhook.made_at)).await?;
        Ok(())
    }

    /// Keeps address, names, state and secrets; false when it was changed since its version.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_webhook(&mut self, webhook: &Webhook) -> Result<bool, StoreError> {
        let text = "UPDATE webhooks SET address = $3, names = $4, state = $5, secret = $6, \
                    secret_before = $7, before_until = $8, version = version + 1 \
                    WHERE id = $1 AND version = $2";
        let row = written(sql(text).bind(webhook.id.as_i64()).bind(webhook.version), webhook);
        Ok(self.run(row).await? > 0)
    }

    /// Takes a subscription away with its log.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn drop_webhook(&mut self, id: WebhookId) -> Result<(), StoreError> {
        for text in [
            "DELETE FROM delivery_tries WHERE delivery_id IN \
             (SELECT id FROM deliveries WHERE webhook_id = $1)",
            "DELETE FROM deliveries WHERE webhook_id = $1",
            "DELETE FROM webhooks WHERE id = $1",
        ] {
            self.run(sql(text).bind(id.as_i64())).await?;
        }
        Ok(())
    }

    /// Gives the subscriptions of a login, or of everybody; the newest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn webhooks(&mut self, of: Option<LoginId>) -> Result<Vec<Webhook>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS} FROM webhooks w JOIN logins l ON l.id = w.login_id \
             WHERE CAST($1 AS BIGINT) IS NULL OR w.login_id = $1 ORDER BY w.made_at DESC, w.id DESC"
        );
        let asked = Sql::built(text).bind(of.map(LoginId::as_i64));
        self.rows(asked).await?.iter().map(webhook).collect()
    }

    /// Gives the subscriptions that are on, with their owner's login when it is in.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_webhooks(&mut self) -> Result<Vec<(Webhook, Option<Login>)>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS}, {LOGIN} FROM webhooks w JOIN logins l ON l.id = w.login_id \
             WHERE w.state = 'on' ORDER BY w.id"
        );
        let rows = self.rows(Sql::built(text)).await?;
        rows.iter()
            .map(|row| Ok((webhook(row)?, Some(login(row)?).filter(|login| login.is_active))))
            .collect()
    }

    /// Gives the number of the last event that has one; 0 before the first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_last_seq(&mut self) -> Result<i64, StoreError> {
        let row = self.row(sql("SELECT COALESCE(MAX(seq), 0) AS seq FROM events")).await?;
        row.map_or(Ok(0), |row| row.get("seq"))
    }

    /// Keeps how far a subscription was read.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_webhook_read(&mut self, id: WebhookId, seq: i64) -> Result<(), StoreError> {
        let text = "UPDATE webhooks SET read_seq = $2 WHERE id = $1 AND read_seq < $2";
        self.run(sql(text).bind(id.as_i64()).bind(seq)).await?;
        Ok(())
    }

    /// Gives events that have a number and that the viewer may see, in the order of commits; the
    /// same that the feed shows.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn outgoing(
        &mut self,
        viewer: &Viewer,
        which: Outgoing,
    ) -> Result<Vec<OutEvent>, StoreError> {
        let (wanted, mut values): (&str, Vec<Value>) = match which {
            Outgoing::Between(after, to) => {
                ("e.seq > $1 AND e.seq <= $2", vec![after.into(), to.into()])
            }
            Outgoing::One(id) => {
                ("e.seq > $1 AND e.id = $2", vec![0_i64.into(), id.as_i64().into()])
            }
        };
        let (seen, some) = seen(viewer, 3);
        values.extend(some);
        let text = format!(
            "SELECT e.id, e.seq, e.name, e.at, e.login_id, e.account_id, e.object, e.object_id, \
             e.payload FROM events e WHERE {wanted} AND {seen} ORDER BY e.seq"
        );
        let mut events = Vec::new();
        for row in self.rows(Sql::built(text).bind_all(values)).await? {
            let Some(name) = EventName::parse(&row.get::<String>("name")?) else { continue };
            events.push(OutEvent {
                id: EventId(row.get("id")?),
                seq: row.get("seq")?,
                name,
                at: row.get("at")?,
                login: row.opt("login_id")?.map(LoginId),
                account: row.opt("account_id")?.map(AccountId),
                object: row.get("object")?,
                object_id: row.opt("object_id")?,
                payload: row.get("payload")?,
            });
        }
        Ok(events)
    }
}

/// Binds `$3` … `$8`.
fn written(statement: Sql, webhook: &Webhook) -> Sql {
    let names: Vec<&str> = webhook.names.iter().map(|name| name.as_str()).collect();
    statement
        .bind(&webhook.address)
        .bind(names.join(" "))
        .bind(webhook.state.as_str())
        .bind(&webhook.secret)
        .bind(webhook.before.as_ref().map(|(secret, _)| secret.clone()))
        .bind(webhook.before.as_ref().map(|(_, until)| *until))
}

fn webhook(row: &Row) -> Result<Webhook, StoreError> {
    let names: String = row.get("names")?;
    let before = match (row.opt("secret_before")?, row.opt("before_until")?) {
        (Some(secret), Some(until)) => Some((secret, until)),
        _ => None,
    };
    Ok(Webhook {
        id: WebhookId(row.get("webhook_id")?),
        login: LoginId(row.get("login_id")?),
        owner: row.get("owner_name")?,
        address: row.get("address")?,
        names: names.split_whitespace().filter_map(EventName::parse).collect(),
        state: row.word("state", WebhookState::parse)?,
        secret: row.get("secret")?,
        before,
        read_seq: row.get("read_seq")?,
        made_at: row.get("made_at")?,
        version: row.get("version")?,
    })
}
