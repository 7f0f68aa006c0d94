//! Webhooks: people subscribe an address to events; messages have their owner's rights.

mod body;
mod deliver;
mod gather;
mod log;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use orchestre_domain::event::EventName;
use orchestre_domain::id::WebhookId;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::secret::Secret;
use orchestre_domain::webhook::{OVERLAP, WebhookState};
use orchestre_outbound::guard::Targets;
pub use orchestre_store::{Delivery, Try, Webhook};

use crate::{App, AppError, Code, Ctx};

pub use deliver::deliver;
pub use gather::gather;
pub use log::{list, replay, show_delivery};

/// Bytes of a secret.
const SECRET: usize = 32;

/// What somebody subscribes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Where messages go.
    pub address: String,
    /// Which events; none means all that the owner sees.
    pub names: Vec<EventName>,
    /// Whether messages are sent.
    pub state: Wanted,
}

/// Whether messages are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// They are sent.
    On,
    /// They are not.
    Off,
}

/// A subscription with its secret, which is shown once.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its id.
    pub id: WebhookId,
    /// The secret by which the receiver knows our messages.
    pub secret: Secret,
}

/// Does what is due: writes messages down from the events, then sends what waits.
///
/// # Errors
///
/// What the store says.
pub async fn run(app: &App) -> Result<(), AppError> {
    gather(app).await?;
    deliver(app).await
}

/// Says whether there is anything to do.
///
/// # Errors
///
/// What the store says.
pub async fn is_due(app: &App) -> Result<bool, AppError> {
    let now = app.clock.now();
    app.db
        .read(async |work| {
            let known = work.system_webhooks().await?;
            if known.is_empty() {
                return Ok(false);
            }
            let last = work.system_last_seq().await?;
            Ok(known.iter().any(|(one, _)| one.read_seq < last)
                || !work.system_due_deliveries(now, 1).await?.is_empty())
        })
        .await
}

/// Gives the subscriptions of the one who asks, the newest first.
///
/// # Errors
///
/// `forbidden` for the local shell, which has no login.
pub async fn own(ctx: &Ctx) -> Result<Vec<Webhook>, AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    Ok(ctx.db().read(async |work| work.webhooks(Some(login)).await).await?)
}

/// Gives everybody's subscriptions, the newest first.
///
/// # Errors
///
/// `forbidden` for whoever reads no logins.
pub async fn all(ctx: &Ctx) -> Result<Vec<Webhook>, AppError> {
    if !may(&ctx.viewer, Capability::Read, Object::Login, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    Ok(ctx.db().read(async |work| work.webhooks(None).await).await?)
}

/// Gives a subscription of the one who asks.
///
/// # Errors
///
/// `not_found`.
pub async fn show(ctx: &Ctx, id: WebhookId) -> Result<Webhook, AppError> {
    own(ctx).await?.into_iter().find(|one| one.id == id).ok_or(AppError::NOT_FOUND)
}

/// Subscribes an address.
///
/// # Errors
///
/// `forbidden` for the local shell; `address_refused` on `address` that the settings do not allow.
pub async fn create(ctx: &Ctx, new: Subscription) -> Result<Made, AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    check_address(ctx, &new.address).await?;
    let secret = fresh()?;
    let webhook = Webhook {
        id: WebhookId(ctx.id()),
        login,
        owner: String::new(),
        address: new.address.trim().to_owned(),
        names: new.names,
        state: state_of(new.state),
        secret: ctx.app.vault.seal(&secret)?,
        before: None,
        read_seq: 0,
        made_at: ctx.now(),
        version: 1,
    };
    let event = told(ctx, EventName::WebhookCreated, &webhook);
    ctx.db()
        .write(async |work| {
            work.add_webhook(&webhook).await?;
            work.record(&event).await
        })
        .await?;
    Ok(Made { id: webhook.id, secret: shown(&secret) })
}

/// Changes a subscription; one that ended by itself may be turned on again.
///
/// # Errors
///
/// `changed_since`, and as [`create`].
pub async fn put(
    ctx: &Ctx,
    id: WebhookId,
    version: i64,
    edit: Subscription,
) -> Result<(), AppError> {
    let before = show(ctx, id).await?;
    check_address(ctx, &edit.address).await?;
    let after = Webhook {
        address: edit.address.trim().to_owned(),
        names: edit.names,
        state: state_of(edit.state),
        version,
        ..before
    };
    keep(ctx, &after).await
}

/// Gives a subscription a new secret; for a day both sign.
///
/// # Errors
///
/// `changed_since`, `not_found`.
pub async fn rotate(ctx: &Ctx, id: WebhookId, version: i64) -> Result<Made, AppError> {
    let before = show(ctx, id).await?;
    let secret = fresh()?;
    let after = Webhook {
        secret: ctx.app.vault.seal(&secret)?,
        before: Some((before.secret.clone(), ctx.now() + OVERLAP)),
        version,
        ..before
    };
    keep(ctx, &after).await?;
    Ok(Made { id, secret: shown(&secret) })
}

/// Takes a subscription away with its log.
///
/// # Errors
///
/// `not_found`.
pub async fn remove(ctx: &Ctx, id: WebhookId) -> Result<(), AppError> {
    let webhook = show(ctx, id).await?;
    let event = told(ctx, EventName::WebhookRemoved, &webhook);
    ctx.db()
        .write(async |work| {
            work.drop_webhook(id).await?;
            work.record(&event).await
        })
        .await?;
    Ok(())
}

async fn keep(ctx: &Ctx, webhook: &Webhook) -> Result<(), AppError> {
    let event = told(ctx, EventName::WebhookUpdated, webhook);
    ctx.db()
        .write(async |work| {
            if !work.put_webhook(webhook).await? {
                return Err(Code::ChangedSince.into());
            }
            Ok(work.record(&event).await?)
        })
        .await
}

/// Gives the places that may be called.
///
/// # Errors
///
/// What the store says.
pub async fn targets(app: &App) -> Result<Targets, AppError> {
    let (settings, _) = app.db.read(async |work| work.settings().await).await?;
    // The settings hold only what could be read when they were kept.
    Ok(Targets::parse(&settings.webhook_targets).unwrap_or_default())
}

async fn check_address(ctx: &Ctx, address: &str) -> Result<(), AppError> {
    if address.trim().is_empty() {
        return Err(AppError::Field { code: Code::FieldMissing, field: "address" });
    }
    let refused = AppError::Field { code: Code::AddressRefused, field: "address" };
    targets(&ctx.app).await?.check(address).map(drop).map_err(|_refusal| refused)
}

const fn state_of(wanted: Wanted) -> WebhookState {
    match wanted {
        Wanted::On => WebhookState::On,
        Wanted::Off => WebhookState::Off,
    }
}

fn told(ctx: &Ctx, name: EventName, webhook: &Webhook) -> orchestre_store::Event {
    let mut event = ctx.event(name, "login", Some(webhook.login.as_i64()));
    event.payload = vec![("webhook", webhook.id.to_string()), ("state", webhook.state.to_string())];
    event
}

fn fresh() -> Result<[u8; SECRET], AppError> {
    let mut secret = [0; SECRET];
    getrandom::fill(&mut secret).map_err(|_no_numbers| AppError::Code(Code::Internal))?;
    Ok(secret)
}

fn shown(secret: &[u8]) -> Secret {
    Secret::new(format!("{}{}", orchestre_outbound::webhook::PREFIX, STANDARD.encode(secret)))
}
