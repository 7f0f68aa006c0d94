//! Signing in, the session that follows, and signing out.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use orchestre_domain::event::EventName;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Login, SessionRow, StoreError};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::{App, AppError, Code, watch};

/// A session ends after this much idleness: twelve hours.
const IDLE: i64 = 12 * 3_600_000_000;
/// A session ends whatever happens after thirty days.
const LONGEST: i64 = 30 * 24 * 3_600_000_000;
/// The use of a session is written down at most once in this time: five minutes.
const TOUCH: i64 = 5 * 60_000_000;
/// Failures that cost nothing, of an address and of a network; each further one doubles the wait.
const FREE_FAILURES: [i64; 2] = [5, 20];
/// Failures are forgotten when the last wait ended this long ago: fifteen minutes.
const FORGOTTEN: i64 = 15 * 60_000_000;
/// Passwords that are compared at the same time; each takes 19 MiB and a processor.
static PRESS: Semaphore = Semaphore::const_new(4);

/// What somebody types to come in.
#[derive(Debug, Clone)]
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

/// A session that was opened: its token is shown once.
#[derive(Debug, Clone)]
pub struct Opened {
    /// 32 random bytes in hexadecimal.
    pub token: String,
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
}

/// Opens a session.
///
/// An unknown address, a wrong password and a login that is out answer alike, after the same work.
///
/// # Errors
///
/// `sign_in_wrong`; `too_many_tries` after repeated failures of the address or the network.
pub async fn sign_in(app: &App, credentials: &Credentials) -> Result<Opened, AppError> {
    let email = credentials.email.trim().to_lowercase();
    let names = [format!("email:{}", digest(&email)), format!("network:{}", credentials.network)];
    let now = app.clock.now();
    let found = app
        .db
        .read(async |work| {
            for name in &names {
                if work.throttle(name).await?.1 > now {
                    return Err(AppError::Code(Code::TooManyTries));
                }
            }
            Ok(work.system_login(&email).await?)
        })
        .await?;
    let hash = found.as_ref().map(|login| login.password_hash.clone());
    let fits = verify(credentials.password.clone(), hash).await?;
    match found.filter(|login| fits && login.is_active) {
        Some(login) => open(app, &login, &names, credentials).await,
        None => refuse(app, &names).await,
    }
}

async fn open(
    app: &App,
    login: &Login,
    names: &[String; 2],
    credentials: &Credentials,
) -> Result<Opened, AppError> {
    let (token, csrf) = (random()?, random()?);
    let now = app.clock.now();
    let session = SessionRow {
        digest: digest(&token),
        login: login.id,
        csrf,
        opened_at: now,
        used_at: now,
        expires_at: now + LONGEST,
        agent: credentials.agent.clone(),
    };
    let ctx = app.ctx(Viewer {
        login: Some(login.id),
        person: login.person,
        ..Viewer::shell(login.lang)
    });
    let event = ctx.event(EventName::SessionOpened, "login", Some(login.id.as_i64()));
    app.db
        .write(async |work| {
            work.add_session(&session).await?;
            // The network keeps its failures: one good password must not open the way for others.
            let [email, _] = names;
            work.put_throttle(email, 0, 0).await?;
            work.record(&event).await
        })
        .await?;
    Ok(Opened { token })
}

async fn refuse(app: &App, names: &[String; 2]) -> Result<Opened, AppError> {
    let now = app.clock.now();
    let event = app.ctx(Viewer::shell(Lang::En)).event(EventName::SessionRefused, "login", None);
    app.db
        .write(async |work| {
            for (name, free) in names.iter().zip(FREE_FAILURES) {
                let (before, until) = work.throttle(name).await?;
                let failures = if now > until + FORGOTTEN { 1 } else { before + 1 };
                work.put_throttle(name, failures, now + wait(failures - free)).await?;
            }
            work.record(&event).await
        })
        .await?;
    Err(AppError::Code(Code::SignInWrong))
}

/// Gives how long a name waits after so many failures that are not free: 1 s, 2 s … 5 min.
fn wait(failures: i64) -> i64 {
    let over = u32::try_from(failures).unwrap_or(0).min(10);
    if over == 0 { 0 } else { (1_000_000_i64 << (over - 1)).min(300_000_000) }
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
            let Some((session, login)) = work.system_session(&digest, now, IDLE).await? else {
                return Ok(None);
            };
            let viewer = work.system_viewer(&login, today).await?;
            let (viewer, watched) = watch::eyes(work, viewer, (&digest, today)).await?;
            Ok::<_, StoreError>(Some((session, login, viewer, watched)))
        })
        .await?;
    let Some((session, login, viewer, watched)) = found else { return Ok(None) };
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

/// Gives the argon2id hash of a password, made away from the other tasks.
///
/// # Errors
///
/// `internal` when the machine gives no random numbers.
pub async fn hash(password: String) -> Result<String, AppError> {
    let made = tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash: PasswordHash| hash.to_string())
    });
    made.await.ok().and_then(Result::ok).ok_or(AppError::Code(Code::Internal))
}

/// Compares a password with a hash; without one, the same work is done in vain.
async fn verify(password: String, hash: Option<String>) -> Result<bool, AppError> {
    let known = hash.is_some();
    let hash = match hash {
        Some(hash) => hash,
        None => NOBODY.to_owned(),
    };
    let _turn = PRESS.acquire().await.map_err(|_closed| AppError::Code(Code::Internal))?;
    let done = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    done.await.map(|fits| fits && known).map_err(|_panicked| AppError::Code(Code::Internal))
}

/// A hash that belongs to nobody.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

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
