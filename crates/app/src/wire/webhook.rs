//! Subscriptions and their messages on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::token::instant;
use crate::webhooks;

/// A subscription, without its secret.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Webhook {
    /// Its id.
    #[schema(example = "whk_0000000000001")]
    pub id: String,
    /// Where messages go.
    pub address: String,
    /// Which events; none means all that its owner sees.
    #[schema(example = json!(["plan.updated"]))]
    pub events: Vec<String>,
    /// `on`, `off`, `gone` (the receiver answered 410) or `failing` (given up).
    pub state: String,
    /// The name of its owner.
    pub owner: String,
    /// When it was made.
    pub made_at: Option<String>,
    /// Until when the secret before signs too.
    pub both_sign_until: Option<String>,
    /// Grows with each change; sent back with the next one.
    pub version: i64,
}

impl Webhook {
    /// Gives a subscription as it stands.
    pub fn of(webhook: &webhooks::Webhook) -> Self {
        Self {
            id: webhook.id.to_string(),
            address: webhook.address.clone(),
            events: webhook.names.iter().map(|name| name.as_str().to_owned()).collect(),
            state: webhook.state.as_str().to_owned(),
            owner: webhook.owner.clone(),
            made_at: instant(webhook.made_at),
            both_sign_until: webhook.before.as_ref().and_then(|(_, until)| instant(*until)),
            version: webhook.version,
        }
    }
}

/// A subscription to be made or changed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Subscription {
    /// Where messages go.
    #[schema(example = "https://hooks.example.com/orchestre")]
    pub address: String,
    /// Which events; none means all that its owner sees.
    #[serde(default)]
    pub events: Vec<String>,
    /// Whether messages are sent.
    #[serde(default = "yes")]
    pub is_on: bool,
    /// The version that was read; for a change only.
    #[serde(default)]
    pub version: Option<i64>,
}

const fn yes() -> bool {
    true
}

/// A subscription's secret, given once.
#[derive(Serialize, ToSchema)]
pub struct WebhookMade {
    /// The subscription.
    pub id: String,
    /// The secret by which the receiver knows our messages.
    #[schema(example = "whsec_…")]
    pub secret: String,
}

/// A message to a subscriber.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Delivery {
    /// Its id.
    pub id: String,
    /// The header `webhook-id`, the same at every try.
    pub webhook_id: String,
    /// The event's name.
    pub event: String,
    /// `waiting`, `delivered`, `failed` or `withheld`.
    pub state: String,
    /// How often it was tried.
    pub tries: i64,
    /// When it was written down.
    pub made_at: Option<String>,
    /// When it is tried next, while it waits.
    pub next_at: Option<String>,
    /// When it was taken or given up.
    pub ended_at: Option<String>,
    /// Its number: `below` of the next page.
    pub number: i64,
    /// The body as it is sent; with one message only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The tries; with one message only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<DeliveryTry>,
}

/// A try to deliver.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeliveryTry {
    /// Which one, from 1.
    pub number: i64,
    /// When.
    pub at: Option<String>,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// The status that came back.
    pub status: Option<i64>,
    /// `refused`, `timeout`, `connection` or `secret` when nothing came back.
    pub fault: Option<String>,
    /// The beginning of the answer.
    pub answer: String,
}

impl Delivery {
    /// Gives a message of a list.
    pub fn of(delivery: &webhooks::Delivery) -> Self {
        let waits = delivery.ended_at.is_none();
        Self {
            id: delivery.id.to_string(),
            webhook_id: delivery.event.to_string(),
            event: delivery.name.as_str().to_owned(),
            state: delivery.state.as_str().to_owned(),
            tries: delivery.tries,
            made_at: instant(delivery.made_at),
            next_at: Some(delivery.next_at).filter(|_| waits).and_then(instant),
            ended_at: delivery.ended_at.and_then(instant),
            number: delivery.seq,
            body: None,
            log: Vec::new(),
        }
    }

    /// Gives a message with its body and tries.
    pub fn whole(delivery: &webhooks::Delivery, tries: &[webhooks::Try]) -> Self {
        let log = tries.iter().map(|one| DeliveryTry {
            number: one.number,
            at: instant(one.at),
            took_ms: one.took_ms,
            status: one.status,
            fault: one.fault.map(|fault| fault.as_str().to_owned()),
            answer: one.answer.clone(),
        });
        Self { body: Some(delivery.body.clone()), log: log.collect(), ..Self::of(delivery) }
    }
}
