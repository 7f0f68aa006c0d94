//! Signing in, the session that follows, and signing out.

use orchestre_domain::event::EventName;
use orchestre_domain::id::SessionId;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Login, SessionOrigin, SessionRow, StoreError};
use sha2::{Digest, Sha256};

use crate::second_step;
use crate::throttle::Names;
use crate::{App, AppError, Code, identity, watch};

pub mod own;

pub use crate::passwords::hash;

/// The use of a session is written down at most once in this time: five minutes.
const TOUCH: i64 = 5 * 60_000_000;
/// The code of the second step is waited for this long: ten minutes.
const HALF: i64 = 10 * 60_000_000;
/// Codes that may be tried before the password is asked again.
const TRIES: i64 = 5;

/// What somebody types to come in.
#[derive(Clone)]
pub struct Credentials {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// Where the request comes from.
    pub network: String,
    /// What the browser says it is.
    pub agent: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(***)")
    }
}

/// A session that was opened: its token is shown once.
#[derive(Clone)]
pub struct Opened {
    /// 32 random bytes in hexadecimal.
    pub token: String,
    /// The token of the device, to be kept by the browser.
    pub device: String,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opened(***)")
    }
}

/// How far somebody came with the password.
#[derive(Debug, Clone)]
pub enum Entrance {
    /// In.
    In(Opened),
    /// Half way: this token waits for the code of the second step.
    Half(String),
}

/// How somebody came in who is known by now.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    /// The way's word in the record.
    pub(crate) way: &'static str,
    /// What the browser says it is.
    pub(crate) agent: &'a str,
    /// Where the request comes from.
    pub(crate) network: &'a str,
    /// The token of the device that was known before.
    pub(crate) device: Option<&'a str>,
    /// The names whose failures are forgotten.
    pub(crate) forgiven: Option<&'a Names>,
    /// Who vouched, a provider or a device; its digest is filled in here.
    pub(crate) origin: Option<SessionOrigin>,
}

/// An open session.
#[derive(Debug, Clone)]
pub struct Open {
    /// Who looks.
    pub viewer: Viewer,
    /// The name that is shown.
    pub name: String,
    /// The token that forms send back.
    pub csrf: String,
    /// The report currency of one's own choice.
    pub currency: Option<Currency>,
    /// Light or dark.
    pub theme: String,
    /// Whose eyes the session looks with, when they are not one's own.
    pub watched: Option<String>,
    /// Whether a second step must be set up before anything else.
    pub must_set_up: bool,
    /// Whether the owner proved a short while ago who is there.
    pub is_fresh: bool,
}

/// Opens a session with a password alone.
///
/// # Errors
///
/// As [`come`]; `second_step_needed` for a login with a second step.
pub async fn sign_in(app: &App, credentials: &Credentials) -> Result<Opened, AppError> {
    match come(app, credentials, None).await? {
        Entrance::In(opened) => Ok(opened),
        Entrance::Half(_) => Err(Code::SecondStepNeeded.into()),
    }
}

/// Takes a password: opens a session, or goes half way for a login with a second step.
///
/// An unknown address, a wrong password and a login that is out answer alike, after the same work.
///
/// # Errors
///
/// `sign_in_wrong`; [`AppError::Wait`] after repeated failures of the address or the network;
/// what [`identity::known`] says.
pub async fn come(
    app: &App,
    credentials: &Credentials,
    device: Option<&str>,
) -> Result<Entrance, AppError> {
    let email = credentials.email.trim().to_lowercase();
    let names = Names::of(app, &email, &credentials.network, device).await?;
    names.check(app).await?;
    let (way, found) = identity::known(app, &email, credentials).await?;
    let Some(login) = found else { return Err(refuse(app, &names, way).await) };
    let has_step = app.db.read(async |work| work.second_step(login.id).await).await?;
    if has_step.is_some_and(|step| step.is_used) {
        let (token, now) = (random()?, app.clock.now());
        let times = (now, now + HALF);
        let name = digest(&token);
        app.db.write(async |work| work.add_half_session(&name, login.id, times).await).await?;
        return Ok(Entrance::Half(token));
    }
    let entry = Entry {
        way,
        agent: &credentials.agent,
        network: &credentials.network,
        device,
        forgiven: Some(&names),
        origin: None,
    };
    enter(app, &login, entry).await.map(Entrance::In)
}

/// Takes the code of the second step: opens the session that a password went half way to.
///
/// # Errors
///
/// `sign_in_expired` when the password must be typed again; `code_wrong`; [`AppError::Wait`].
pub async fn finish(
    app: &App,
    half: &str,
    code: &str,
    from: (&str, &str, Option<&str>),
) -> Result<Opened, AppError> {
    let (network, agent, device) = from;
    let (half, now) = (digest(half), app.clock.now());
    let whose = app
        .db
        .write(async |work| match work.try_half_session(&half, now, TRIES).await? {
            Some(id) => work.login_by_id(id).await,
            None => Ok(None),
        })
        .await?;
    let login = whose.filter(|login| login.is_active).ok_or(Code::SignInOver)?;
    let names = Names::of(app, &login.email, network, device).await?;
    names.check(app).await?;
    if !second_step::take(app, login.id, code).await? {
        return Err(match refuse(app, &names, "code").await {
            AppError::Code(Code::SignInWrong) => Code::CodeWrong.into(),
            other => other,
        });
    }
    app.db.write(async |work| work.end_half_session(&half).await).await?;
    let entry =
        Entry { way: "second_step", agent, network, device, forgiven: Some(&names), origin: None };
    enter(app, &login, entry).await
}

/// Says whether a half session is open.
///
/// # Errors
///
/// What the store says.
pub async fn is_half_open(app: &App, half: &str) -> Result<bool, AppError> {
    let (half, now) = (digest(half), app.clock.now());
    Ok(app.db.read(async |work| work.has_half_session(&half, now).await).await?)
}

/// Opens a session for somebody who is known by now.
pub(crate) async fn enter(app: &App, login: &Login, entry: Entry<'_>) -> Result<Opened, AppError> {
    let (token, csrf) = (random()?, random()?);
    let device = match entry.device.filter(|device| device.len() == 64) {
        Some(device) => device.to_owned(),
        None => random()?,
    };
    let (rules, _) = app.db.read(async |work| work.sign_in_rules().await).await?;
    let now = app.clock.now();
    let session = SessionRow {
        id: Some(SessionId(app.ids.next(now))),
        digest: digest(&token),
        login: login.id,
        csrf,
        opened_at: now,
        used_at: now,
        expires_at: now + rules.longest(),
        agent: entry.agent.to_owned(),
        network: entry.network.to_owned(),
        proved_at: Some(now),
    };
    let mut event =
        of(app, login).event(EventName::SessionOpened, "login", Some(login.id.as_i64()));
    event.payload = vec![("way", entry.way.to_owned())];
    let known = digest(&device);
    let origin = entry.origin.map(|origin| SessionOrigin { digest: digest(&token), ..origin });
    app.db
        .write(async |work| {
            work.add_session(&session).await?;
            if let Some(origin) = &origin {
                work.add_session_origin(origin).await?;
            }
            work.put_device(&known, login.id, now).await?;
            work.put_seen_at(login.id, now).await?;
            if let Some(names) = entry.forgiven {
                names.forget(work).await?;
            }
            work.record(&event).await
        })
        .await?;
    Ok(Opened { token, device })
}

/// Gives the context of a login's owner, for the record.
pub(crate) fn of(app: &App, login: &Login) -> crate::Ctx {
    app.ctx(Viewer { login: Some(login.id), person: login.person, ..Viewer::shell(login.lang) })
}

/// Gives the record of sessions that somebody else closed.
#[cfg(feature = "oidc")]
pub(crate) fn closed_from_outside(app: &App, way: &'static str) -> orchestre_store::Event {
    let mut event = app.ctx(Viewer::shell(Lang::En)).event(EventName::SessionClosed, "login", None);
    event.payload = vec![("way", way.to_owned())];
    event
}

/// Counts a failure and gives the answer to it.
async fn refuse(app: &App, names: &Names, way: &'static str) -> AppError {
    let now = app.clock.now();
    let mut event =
        app.ctx(Viewer::shell(Lang::En)).event(EventName::SessionRefused, "login", None);
    event.payload = vec![("way", way.to_owned())];
    event.payload.extend(names.network().map(|network| ("network", network.to_owned())));
    let kept = app
        .db
        .write(async |work| {
            names.failed(work, now).await?;
            work.record(&event).await
        })
        .await;
    kept.map_or_else(AppError::from, |()| Code::SignInWrong.into())
}

/// Takes the password of somebody who is in, counted as at the door.
pub(crate) async fn prove_password(
    app: &App,
    login: &Login,
    password: &str,
) -> Result<(), AppError> {
    let names = Names::of(app, &login.email, &format!("own {}", login.id), None).await?;
    names.check(app).await?;
    if identity::fits(app, login, password).await? {
        return Ok(app.db.write(async |work| names.forget(work).await).await?);
    }
    Err(refuse(app, &names, "again").await)
}

/// Gives the open session of a token; `None` when it is over, unknown or its login is out.
///
/// # Errors
///
/// What the store says.
pub async fn find(app: &App, token: &str) -> Result<Option<Open>, AppError> {
    let (digest, now, today) = (digest(token), app.clock.now(), app.clock.today());
    let found = app
        .db
        .read(async |work| {
            let (rules, _) = work.sign_in_rules().await?;
            let Some((session, login)) = work.system_session(&digest, now, rules.idle()).await?
            else {
                return Ok(None);
            };
            let viewer = work.system_viewer(&login, today).await?;
            let needs_step = rules.needs_second_step(&viewer.roles)
                && !work.second_step(login.id).await?.is_some_and(|step| step.is_used)
                // A provider or a passkey has asked for its own second step.
                && work.session_origin(&digest).await?.is_none();
            let (viewer, watched) = watch::eyes(work, viewer, (&digest, today)).await?;
            Ok::<_, StoreError>(Some((session, login, (viewer, watched), (rules, needs_step))))
        })
        .await?;
    let Some((session, login, (viewer, watched), (rules, must_set_up))) = found else {
        return Ok(None);
    };
    if now - session.opened_at >= rules.longest() {
        return Ok(None);
    }
    if now - session.used_at > TOUCH {
        app.db.write(async |work| work.put_session_used(&digest, now).await).await?;
    }
    Ok(Some(Open {
        viewer,
        name: login.name,
        csrf: session.csrf,
        currency: login.currency.as_deref().and_then(Currency::parse),
        theme: login.theme.unwrap_or_default(),
        watched,
        must_set_up,
        is_fresh: session.proved_at.is_some_and(|at| now - at < rules.fresh()),
    }))
}

/// Closes the session of a token.
///
/// # Errors
///
/// What the store says.
pub async fn close(app: &App, token: &str) -> Result<(), AppError> {
    let (digest, now) = (digest(token), app.clock.now());
    let event = app.ctx(Viewer::shell(Lang::En)).event(EventName::SessionClosed, "login", None);
    app.db
        .write(async |work| {
            work.close_session(&digest, now).await?;
            work.record(&event).await
        })
        .await?;
    Ok(())
}

/// Gives SHA-256 in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

/// Gives 32 random bytes in hexadecimal.
///
/// # Errors
///
/// `internal` when the machine gives no random numbers.
pub fn random() -> Result<String, AppError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_no_numbers| AppError::Code(Code::Internal))?;
    Ok(hexadecimal(&bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
        text
    })
}
