//! Messages to subscribers: what waits, in the order of each account, and the log of tries.

use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, DeliveryId, EventId, WebhookId};
use orchestre_domain::webhook::{DeliveryState, SendFault, WebhookState};

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A message to a subscriber.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// To which subscription.
    pub webhook: WebhookId,
    /// The event that it tells.
    pub event: EventId,
    /// The event's number.
    pub seq: i64,
    /// The account that it concerns.
    pub account: Option<AccountId>,
    /// The event's name.
    pub name: EventName,
    /// The body as it is sent, the same at every try.
    pub body: String,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried next, µs.
    pub next_at: i64,
    /// When it was written down, µs.
    pub made_at: i64,
    /// When it was taken or given up, µs.
    pub ended_at: Option<i64>,
}

/// A try to deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    /// Which one, from 1.
    pub number: i64,
    /// When, µs.
    pub at: i64,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// The status that came back.
    pub status: Option<i64>,
    /// Why nothing came back.
    pub fault: Option<SendFault>,
    /// The beginning of the answer.
    pub answer: String,
}

const COLUMNS: &str = "d.id, d.webhook_id, d.event_id, d.seq, d.account_id, d.name, d.body, \
                       d.state, d.tries, d.next_at, d.made_at, d.ended_at";

impl Work<'_> {
    /// Adds a message, unless its subscription has one of this event.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] without a subscription.
    pub async fn system_add_delivery(&mut self, delivery: &Delivery) -> Result<(), StoreError> {
        let text = "INSERT INTO deliveries (id, webhook_id, event_id, seq, account_id, name, body, \
                    state, tries, next_at, made_at, ended_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
                    ON CONFLICT (webhook_id, event_id) DO NOTHING";
        let row = sql(text)
            .bind(delivery.id.as_i64())
            .bind(delivery.webhook.as_i64())
            .bind(delivery.event.as_i64())
            .bind(delivery.seq)
            .bind(delivery.account.map_or(0, AccountId::as_i64))
            .bind(delivery.name.as_str())
            .bind(&delivery.body)
            .bind(delivery.state.as_str())
            .bind(delivery.tries)
            .bind(delivery.next_at)
            .bind(delivery.made_at)
            .bind(delivery.ended_at);
        self.run(row).await?;
        Ok(())
    }

    /// Gives what is due: of each subscription that is on, the first that waits of each account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_due_deliveries(
        &mut self,
        now: i64,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS} FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id \
             WHERE d.state = 'waiting' AND d.next_at <= $1 AND w.state = 'on' AND NOT EXISTS \
             (SELECT 1 FROM deliveries f WHERE f.webhook_id = d.webhook_id \
             AND f.account_id = d.account_id AND f.state = 'waiting' AND f.seq < d.seq) \
             ORDER BY d.next_at, d.seq, d.id LIMIT {limit}"
        );
        self.rows(Sql::built(text).bind(now)).await?.iter().map(delivery).collect()
    }

    /// Keeps how a message stands after a try, or before another: state, tries, next and end.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_delivery(&mut self, delivery: &Delivery) -> Result<(), StoreError> {
        let text = "UPDATE deliveries SET state = $2, tries = $3, next_at = $4, ended_at = $5 \
                    WHERE id = $1";
        let row = sql(text)
            .bind(delivery.id.as_i64())
            .bind(delivery.state.as_str())
            .bind(delivery.tries)
            .bind(delivery.next_at)
            .bind(delivery.ended_at);
        self.run(row).await?;
        Ok(())
    }

    /// Adds a try to the log of a message.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] without a message.
    pub async fn system_add_try(&mut self, id: DeliveryId, tried: &Try) -> Result<(), StoreError> {
        let text = "INSERT INTO delivery_tries (delivery_id, number, at, took_ms, status, fault, answer) \
                    SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, CAST($4 AS BIGINT), CAST($5 AS TEXT), \
                    CAST($6 AS TEXT) FROM delivery_tries WHERE delivery_id = $1";
        let row = sql(text)
            .bind(id.as_i64())
            .bind(tried.at)
            .bind(tried.took_ms)
            .bind(tried.status)
            .bind(tried.fault.map(|fault| fault.as_str().to_owned()))
            .bind(&tried.answer);
        self.run(row).await?;
        Ok(())
    }

    /// Gives the messages of a subscription, the newest first, below a number.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn deliveries(
        &mut self,
        webhook: WebhookId,
        below: i64,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        let text = format!(
            "SELECT {COLUMNS} FROM deliveries d WHERE d.webhook_id = $1 AND d.seq < $2 \
             ORDER BY d.seq DESC LIMIT {limit}"
        );
        let asked = Sql::built(text).bind(webhook.as_i64()).bind(below);
        self.rows(asked).await?.iter().map(delivery).collect()
    }

    /// Gives a message of a subscription with its tries.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn delivery(
        &mut self,
        webhook: WebhookId,
        id: DeliveryId,
    ) -> Result<Option<(Delivery, Vec<Try>)>, StoreError> {
        let text =
            format!("SELECT {COLUMNS} FROM deliveries d WHERE d.id = $1 AND d.webhook_id = $2");
        let asked = Sql::built(text).bind(id.as_i64()).bind(webhook.as_i64());
        let Some(row) = self.row(asked).await? else { return Ok(None) };
        let text = "SELECT number, at, took_ms, status, fault, answer FROM delivery_tries \
                    WHERE delivery_id = $1 ORDER BY number";
        let tries = self.rows(sql(text).bind(id.as_i64())).await?;
        Ok(Some((delivery(&row)?, tries.iter().map(tried).collect::<Result<_, _>>()?)))
    }

    /// Turns a subscription off by what its receiver did; what waits is given up.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_end_webhook(
        &mut self,
        id: WebhookId,
        state: WebhookState,
        now: i64,
    ) -> Result<(), StoreError> {
        let text = "UPDATE webhooks SET state = $2, version = version + 1 WHERE id = $1";
        self.run(sql(text).bind(id.as_i64()).bind(state.as_str())).await?;
        let text = "UPDATE deliveries SET state = 'failed', ended_at = $2 \
                    WHERE webhook_id = $1 AND state = 'waiting'";
        self.run(sql(text).bind(id.as_i64()).bind(now)).await?;
        Ok(())
    }
}

fn delivery(row: &Row) -> Result<Delivery, StoreError> {
    let account: i64 = row.get("account_id")?;
    Ok(Delivery {
        id: DeliveryId(row.get("id")?),
        webhook: WebhookId(row.get("webhook_id")?),
        event: EventId(row.get("event_id")?),
        seq: row.get("seq")?,
        account: Some(account).filter(|id| *id != 0).map(AccountId),
        name: row.word("name", EventName::parse)?,
        body: row.get("body")?,
        state: row.word("state", DeliveryState::parse)?,
        tries: row.get("tries")?,
        next_at: row.get("next_at")?,
        made_at: row.get("made_at")?,
        ended_at: row.opt("ended_at")?,
    })
}

fn tried(row: &Row) -> Result<Try, StoreError> {
    let fault: Option<String> = row.opt("fault")?;
    Ok(Try {
        number: row.get("number")?,
        at: row.get("at")?,
        took_ms: row.get("took_ms")?,
        status: row.opt("status")?,
        fault: fault.as_deref().and_then(SendFault::parse),
        answer: row.get("answer")?,
    })
}
