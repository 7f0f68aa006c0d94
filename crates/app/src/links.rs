//! Links that are used once: a new password, an invitation, the first administrator.

use orchestre_domain::event::EventName;
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Login, LoginLink, StoreError, Work};

use crate::logins::{self, NewLogin};
use crate::notices::{self, Way};
use crate::passwords;
use crate::sessions::{self, Entry, Opened, digest};
use crate::{App, AppError, Code, mails};

/// Mails with a link that an address, or a network, is sent in an hour.
const MAILS: [i64; 2] = [3, 20];
/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;
/// The link of the first administrator holds for a day.
const FIRST: i64 = 24 * HOUR;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new password.
    Reset,
    /// An invitation.
    Invitation,
    /// The first administrator.
    First,
}

impl Purpose {
    /// Gives the word that is kept.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Invitation => "invitation",
            Self::First => "first",
        }
    }
}

/// An open link.
#[derive(Debug, Clone)]
pub struct OpenLink {
    /// What it is for.
    pub purpose: Purpose,
    /// Whose it is.
    pub login: Option<Login>,
}

/// What somebody fills in behind a link.
#[derive(Clone, Default)]
pub struct Filled {
    /// The address; only for the first administrator.
    pub email: String,
    /// The name; only for the first administrator.
    pub name: String,
    /// The new password.
    pub password: String,
}

impl std::fmt::Debug for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Filled(***)")
    }
}

/// Where somebody comes from.
#[derive(Debug, Clone, Copy)]
pub struct From<'a> {
    /// The network.
    pub network: &'a str,
    /// What the browser says it is.
    pub agent: &'a str,
    /// The token of the device.
    pub device: Option<&'a str>,
}

/// Gives the full address of a link.
pub fn address(app: &App, token: &str) -> String {
    format!("{}/sign-in/link/{token}", app.outside.url)
}

/// Makes a link, to be added in a unit of work: its token and its row.
pub(crate) fn make(
    app: &App,
    purpose: Purpose,
    login: Option<LoginId>,
    length: i64,
) -> Result<(String, LoginLink), AppError> {
    let token = sessions::random()?;
    let now = app.clock.now();
    let link = LoginLink {
        digest: digest(&token),
        purpose: purpose.as_str().to_owned(),
        login,
        made_at: now,
        expires_at: now + length,
    };
    Ok((token, link))
}

/// Sends a link for a new password to an address, if it has a sign-in; answers alike if not, after
/// the same work.
///
/// # Errors
///
/// `mail_absent` where no mail is set up.
pub async fn ask_reset(app: &App, email: &str, network: &str) -> Result<(), AppError> {
    if !mails::is_set_up(app) {
        return Err(Code::MailAbsent.into());
    }
    let email: String = email.trim().to_lowercase().chars().take(320).collect();
    let (found, rules) = app
        .db
        .read(async |work| {
            let (rules, _) = work.sign_in_rules().await?;
            Ok::<_, StoreError>((work.system_login(&email).await?, rules))
        })
        .await?;
    // A password of ours would open nothing to whom a provider or the directory has to vouch for.
    let is_of_use = app.identity.has_own_way(&email);
    let found = found.filter(|login| login.is_active && is_of_use);
    let (token, link) =
        make(app, Purpose::Reset, found.as_ref().map(|login| login.id), rules.reset())?;
    let way = Way { address: &address(app, &token), until: link.expires_at };
    // Whoever watches the clock learns nothing: words are written for unknown addresses too.
    let mail = notices::reset(app, &email, found.as_ref(), way)?;
    let names = [format!("reset:{}", digest(&email)), format!("resets:{network}")];
    let now = app.clock.now();
    app.db
        .write(async |work| {
            let may_send = count(work, &names, now).await?;
            if let Some(login) = found.as_ref().filter(|_| may_send) {
                let mut event = sessions::of(app, login).event(
                    EventName::LoginResetAsked,
                    "login",
                    Some(login.id.as_i64()),
                );
                event.login = None;
                work.add_login_link(&link).await?;
                work.add_mail(&mail).await?;
                work.record(&event).await?;
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Counts a mail under both names and says whether it may go.
async fn count(work: &mut Work<'_>, names: &[String; 2], now: i64) -> Result<bool, StoreError> {
    let mut may_send = true;
    for (name, most) in names.iter().zip(MAILS) {
        let (sent, until) = work.throttle(name).await?;
        let (sent, until) = if now >= until { (0, now + HOUR) } else { (sent, until) };
        may_send &= sent < most;
        work.put_throttle(name, sent + 1, until).await?;
    }
    Ok(may_send)
}

/// Gives an open link.
///
/// # Errors
///
/// `link_over` for one that is unknown, used, revoked or too old.
pub async fn find(app: &App, token: &str) -> Result<OpenLink, AppError> {
    let (digest, now) = (digest(token), app.clock.now());
    let found = app
        .db
        .read(async |work| {
            let Some(link) = work.login_link(&digest, now).await? else { return Ok(None) };
            let login = match link.login {
                Some(id) => work.login_by_id(id).await?,
                None => None,
            };
            Ok::<_, StoreError>(Some((link, login)))
        })
        .await?;
    let (link, login) = found.ok_or(Code::LinkOver)?;
    let purpose = match link.purpose.as_str() {
        "reset" => Purpose::Reset,
        "invitation" => Purpose::Invitation,
        _ => Purpose::First,
    };
    Ok(OpenLink { purpose, login })
}

/// Uses a link up. An invitation and the first administrator come in at once; a new password must
/// be used at the door, where a second step is still asked for.
///
/// # Errors
///
/// `link_over`; [`passwords::check`]'s; those of [`logins::create`] for the first administrator.
pub async fn follow(
    app: &App,
    token: &str,
    filled: Filled,
    from: From<'_>,
) -> Result<Option<Opened>, AppError> {
    let link = find(app, token).await?;
    let (rules, _) = app.db.read(async |work| work.sign_in_rules().await).await?;
    let Some(login) = link.login else {
        return first(app, token, filled, from).await.map(Some);
    };
    if !app.identity.has_own_way(&login.email) {
        return Err(Code::ProviderOnly.into());
    }
    passwords::check(&rules, &filled.password, &passwords::known_of(&login))?;
    let hash = passwords::hash(filled.password).await?;
    let is_reset = link.purpose == Purpose::Reset;
    let name = if is_reset { EventName::LoginPasswordChanged } else { EventName::LoginJoined };
    let event = sessions::of(app, &login).event(name, "login", Some(login.id.as_i64()));
    let mail = if is_reset { notices::password_changed(app, &login)? } else { None };
    let (used, now, id) = (digest(token), app.clock.now(), login.id);
    let known = from.device.map(digest);
    app.db
        .write(async |work| {
            if !work.use_login_link(&used, now).await? {
                return Err(AppError::Code(Code::LinkOver));
            }
            work.put_password(id, &hash).await?;
            work.end_other_sessions(id, "").await?;
            work.end_login_links(Some(id), "reset", now).await?;
            if let Some(device) = &known {
                work.put_device(device, id, now).await?;
            }
            if let Some(mail) = &mail {
                work.add_mail(mail).await?;
            }
            Ok(work.record(&event).await?)
        })
        .await?;
    let has_step = app.db.read(async |work| work.second_step(id).await).await?.is_some();
    if is_reset || has_step {
        return Ok(None);
    }
    entered(app, &login, "invitation", from).await.map(Some)
}

async fn entered(
    app: &App,
    login: &Login,
    way: &'static str,
    from: From<'_>,
) -> Result<Opened, AppError> {
    let entry = Entry {
        way,
        agent: from.agent,
        network: from.network,
        device: from.device,
        forgiven: None,
        origin: None,
    };
    sessions::enter(app, login, entry).await
}

/// Makes the link of the first administrator; `None` when somebody can sign in already.
///
/// # Errors
///
/// What the store says.
pub async fn make_first(app: &App) -> Result<Option<String>, AppError> {
    let (token, link) = make(app, Purpose::First, None, FIRST)?;
    let is_first = app
        .db
        .write(async |work| {
            if work.login_count().await? > 0 {
                return Ok::<_, StoreError>(false);
            }
            work.add_login_link(&link).await?;
            Ok(true)
        })
        .await?;
    Ok(is_first.then(|| address(app, &token)))
}

async fn first(app: &App, token: &str, filled: Filled, from: From<'_>) -> Result<Opened, AppError> {
    let name = filled.name.trim().to_owned();
    if name.is_empty() {
        return Err(AppError::Field { code: Code::FieldMissing, field: "name" });
    }
    let new = NewLogin {
        email: filled.email,
        name,
        password: filled.password,
        roles: vec![Role::Adm],
        person: None,
        lang: Lang::En,
    };
    let new = logins::checked(app, new).await?;
    let (used, now) = (digest(token), app.clock.now());
    let ctx = app.ctx(Viewer::shell(Lang::En));
    let is_used = app.db.write(async |work| work.use_login_link(&used, now).await).await?;
    if !is_used {
        return Err(Code::LinkOver.into());
    }
    let email = new.email.trim().to_lowercase();
    logins::create(&ctx, new).await?;
    let login = app.db.read(async |work| work.system_login(&email).await).await?;
    entered(app, &login.ok_or(AppError::NOT_FOUND)?, "first", from).await
}
