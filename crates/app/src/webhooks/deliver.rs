//! Sending what waits: at least once, in the order of each account.

use std::sync::Arc;
use std::time::Instant;

use orchestre_domain::event::EventName;
use orchestre_domain::id::EventId;
use orchestre_domain::webhook::{DeliveryState, Outcome, SendFault, WebhookState, after};
use orchestre_outbound::guard::{Doorman, SystemLookup};
use orchestre_outbound::webhook::{Answer, Message, SendError, Sender};
use orchestre_store::{Delivery, Event, Login, Outgoing, Try, Webhook};
use tokio::task::JoinSet;

use super::body;
use crate::{App, AppError, Code};

/// Messages that are sent at the same time.
const MOST: usize = 16;
/// Rounds of one run; what is left waits for the next.
const ROUNDS: usize = 50;
/// Microseconds of a second.
const SECOND: i64 = 1_000_000;
/// A pause grows by up to a tenth by lot, so that receivers are not called all at once.
const JITTER: i64 = 10;

/// Sends what is due; a receiver that fails does not hold the others up.
///
/// # Errors
///
/// What the store says.
pub async fn deliver(app: &App) -> Result<(), AppError> {
    let doorman = Doorman::new(super::targets(app).await?, Arc::new(SystemLookup));
    let sender = Sender::new(doorman).map_err(|_unmade| Code::Internal)?;
    for _ in 0..ROUNDS {
        let now = app.clock.now();
        let due = app.db.read(async |work| work.system_due_deliveries(now, MOST).await).await?;
        if due.is_empty() {
            break;
        }
        let mut sending = JoinSet::new();
        for delivery in due {
            let (app, sender) = (app.clone(), sender.clone());
            sending.spawn(async move { one(&app, &sender, delivery).await });
        }
        while let Some(done) = sending.join_next().await {
            done.map_err(|_panicked| Code::Internal)??;
        }
    }
    Ok(())
}

/// Sends one message, unless its owner may not see it any more, and keeps what came of it.
async fn one(app: &App, sender: &Sender, delivery: Delivery) -> Result<(), AppError> {
    let Some((webhook, owner)) = subscription(app, &delivery).await? else { return Ok(()) };
    if !is_still_seen(app, owner.as_ref(), &delivery).await? {
        let state = DeliveryState::Withheld;
        let kept = Delivery { state, ended_at: Some(app.clock.now()), ..delivery };
        app.db.write(async |work| work.put_delivery(&kept).await).await?;
        return Ok(());
    }
    let id = delivery.event.to_string();
    let (at, begun) = (app.clock.now(), Instant::now());
    let message = Message {
        address: &webhook.address,
        id: &id,
        timestamp: at.div_euclid(SECOND),
        body: &delivery.body,
    };
    let sent = match secrets(app, &webhook) {
        Ok(secrets) => sender.send(&message, &secrets).await,
        Err(_sealed_by_another_key) => Err(SendError::Secret),
    };
    let took_ms = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
    let tried = Try { at, took_ms, ..tried(&sent) };
    keep(app, &webhook, delivery, (&sent, &tried)).await
}

async fn subscription(
    app: &App,
    delivery: &Delivery,
) -> Result<Option<(Webhook, Option<Login>)>, AppError> {
    let known = app.db.read(async |work| work.system_webhooks().await).await?;
    Ok(known.into_iter().find(|(one, _)| one.id == delivery.webhook))
}

async fn is_still_seen(
    app: &App,
    owner: Option<&Login>,
    delivery: &Delivery,
) -> Result<bool, AppError> {
    let Some(owner) = owner else { return Ok(false) };
    let today = app.clock.today();
    app.db
        .read(async |work| {
            let viewer = work.system_viewer(owner, today).await?;
            let found = work.outgoing(&viewer, Outgoing::One(delivery.event)).await?;
            Ok(found.iter().any(|event| body::is_readable(&viewer, event)))
        })
        .await
}

/// Gives the secrets that sign now: the present one, and the one before while both count.
fn secrets(app: &App, webhook: &Webhook) -> Result<Vec<Vec<u8>>, AppError> {
    let mut secrets = vec![app.vault.open(&webhook.secret)?];
    if let Some((before, until)) = &webhook.before
        && *until > app.clock.now()
    {
        secrets.push(app.vault.open(before)?);
    }
    Ok(secrets)
}

fn tried(sent: &Result<Answer, SendError>) -> Try {
    let (status, fault, answer) = match sent {
        Ok(answer) => (Some(i64::from(answer.status)), None, answer.body.replace('\0', "")),
        Err(error) => (None, Some(fault(*error)), String::new()),
    };
    Try { number: 0, at: 0, took_ms: 0, status, fault, answer }
}

const fn fault(error: SendError) -> SendFault {
    match error {
        SendError::Refused(_) => SendFault::Refused,
        SendError::Timeout => SendFault::Timeout,
        SendError::Connection => SendFault::Connection,
        SendError::Secret => SendFault::Secret,
    }
}

async fn keep(
    app: &App,
    webhook: &Webhook,
    before: Delivery,
    (sent, log): (&Result<Answer, SendError>, &Try),
) -> Result<(), AppError> {
    let now = app.clock.now();
    let tries = before.tries + 1;
    let status = sent.as_ref().ok().map(|answer| answer.status);
    let wish = sent.as_ref().ok().and_then(|answer| wish(answer, now));
    let outcome = after(tries, status, wish);
    let (state, next_at, ended_at) = match outcome {
        Outcome::Taken => (DeliveryState::Delivered, before.next_at, Some(now)),
        Outcome::Again(pause) => (DeliveryState::Waiting, now + jittered(pause), None),
        Outcome::Gone | Outcome::GivenUp => (DeliveryState::Failed, before.next_at, Some(now)),
    };
    let ended = match outcome {
        Outcome::Gone => Some(WebhookState::Gone),
        Outcome::GivenUp => Some(WebhookState::Failing),
        Outcome::Taken | Outcome::Again(_) => None,
    };
    let kept = Delivery { tries, state, next_at, ended_at, ..before };
    app.db
        .write(async |work| {
            work.system_add_try(kept.id, log).await?;
            work.put_delivery(&kept).await?;
            if let Some(state) = ended {
                work.system_end_webhook(webhook.id, state, now).await?;
                work.record(&ended_event(app, webhook, state)).await?;
            }
            Ok(())
        })
        .await
}

fn ended_event(app: &App, webhook: &Webhook, state: WebhookState) -> Event {
    let now = app.clock.now();
    Event {
        id: EventId(app.ids.next(now)),
        name: EventName::WebhookDisabled,
        at: now,
        login: None,
        person: None,
        stead: None,
        account: None,
        object: "login",
        object_id: Some(webhook.login.as_i64()),
        payload: vec![("webhook", webhook.id.to_string()), ("state", state.to_string())],
        values: Vec::new(),
    }
}

/// Reads `Retry-After`: seconds or a date; `None` for anything else.
fn wish(answer: &Answer, now: i64) -> Option<i64> {
    let text = answer.retry_after.as_deref()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(at.as_second() - now.div_euclid(SECOND))
}

/// Gives a pause in µs with its part by lot; without random numbers it is the plain pause.
fn jittered(seconds: i64) -> i64 {
    let pause = seconds.saturating_mul(SECOND);
    let lot = getrandom::u32().map_or(0, i64::from);
    let part = pause.div_euclid(JITTER).saturating_mul(lot >> 16);
    pause + part.div_euclid(65_536)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_receiver_says_how_long_in_seconds_or_by_a_date() {
        let at: Timestamp = "2026-11-16T09:00:00Z".parse().unwrap();
        let asked = |text: &str| {
            let retry_after = Some(text.to_owned());
            wish(&Answer { status: 429, body: String::new(), retry_after }, at.as_microsecond())
        };
        assert_eq!(asked("120"), Some(120));
        assert_eq!(asked("Mon, 16 Nov 2026 09:10:00 GMT"), Some(600));
        assert_eq!(asked("soon"), None);
    }

    #[test]
    fn a_pause_grows_by_a_tenth_at_most() {
        for _ in 0..100 {
            let pause = jittered(300);
            assert!((300 * SECOND..=330 * SECOND).contains(&pause), "{pause}");
        }
    }
}
