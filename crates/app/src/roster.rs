//! What the administrator does with sign-ins: invites, puts out and lets in again, ends sessions.

use orchestre_domain::event::EventName;
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
pub use orchestre_store::RosterLine as Line;
use orchestre_store::{Login, MailsState, RosterLine, StoreError, Work};

use crate::links::{self, Purpose};
use crate::notices::{self, Way};
use crate::{AppError, Code, Ctx, logins, mails};

/// Failures of mails are told for this long: seven days.
const TOLD: i64 = 7 * 86_400_000_000;

/// The sign-ins and how the mails stand.
#[derive(Debug, Clone)]
pub struct Roster {
    /// The sign-ins, by name.
    pub lines: Vec<RosterLine>,
    /// Whether mail can be sent.
    pub has_mail: bool,
    /// How the mails stand.
    pub mails: MailsState,
    /// Whether the viewer may change something.
    pub can_update: bool,
}

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The address.
    pub email: String,
    /// The name that is shown.
    pub name: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// The language of the mail and the pages.
    pub lang: Lang,
}

/// A link that was made: sent by mail, or to be handed over by whoever made it.
#[derive(Debug, Clone)]
pub enum Made {
    /// It is on its way by mail.
    Sent,
    /// No mail is set up: this is the link.
    Link(String),
}

/// Gives the sign-ins.
///
/// # Errors
///
/// `forbidden`.
pub async fn list(ctx: &Ctx) -> Result<Roster, AppError> {
    asked(ctx, Capability::Read)?;
    let (now, today) = (ctx.now(), ctx.today());
    let (lines, mails) = ctx
        .db()
        .read(async |work| {
            let lines = work.roster(now, today).await?;
            Ok::<_, StoreError>((lines, work.system_mails_state(now - TOLD).await?))
        })
        .await?;
    let can_update = may(&ctx.viewer, Capability::Update, Object::Login, Scope::Company);
    Ok(Roster { lines, has_mail: mails::is_set_up(&ctx.app), mails, can_update })
}

/// Gives one sign-in.
///
/// # Errors
///
/// `forbidden`, `not_found`.
pub async fn show(ctx: &Ctx, id: LoginId) -> Result<RosterLine, AppError> {
    let roster = list(ctx).await?;
    roster.lines.into_iter().find(|line| line.id == id).ok_or(AppError::NOT_FOUND)
}

/// How a link reaches the one whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By mail where one is set up, else by hand.
    Mail,
    /// By the hand of whoever makes it.
    Hand,
}

/// Invites somebody: makes a sign-in without a password and the link by which it gets one.
///
/// # Errors
///
/// `forbidden`; `field_invalid` for an address that is none, `login_taken` for one that has a
/// sign-in, `field_missing` without a name or a role.
pub async fn invite(ctx: &Ctx, invited: Invited, by: By) -> Result<(LoginId, Made), AppError> {
    asked(ctx, Capability::Create)?;
    let missing = |field| AppError::Field { code: Code::FieldMissing, field };
    let name = invited.name.trim().to_owned();
    if name.is_empty() {
        return Err(missing("name"));
    }
    if invited.roles.is_empty() || invited.roles.contains(&Role::Shell) {
        return Err(missing("role"));
    }
    let id = LoginId(ctx.id());
    let login = Login {
        id,
        email: logins::address(&invited.email)?,
        person: None,
        name,
        password_hash: String::new(),
        lang: invited.lang,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    };
    let letter = letter(ctx, &login, by).await?;
    let mut event = ctx.event(EventName::LoginInvited, "login", Some(id.as_i64()));
    let roles: Vec<&str> = invited.roles.iter().map(|role| role.as_str()).collect();
    event.payload = vec![("roles", roles.join(" "))];
    let today = ctx.today();
    let done = ctx
        .db()
        .write(async |work| {
            let person = work.system_person_of_mail(&login.email).await?;
            let login = Login { person, ..login.clone() };
            work.add_login(&login, &invited.roles, today).await?;
            letter.add(work).await?;
            work.record(&event).await
        })
        .await;
    match done {
        Err(StoreError::Taken(_)) => {
            Err(AppError::Field { code: Code::LoginTaken, field: "email" })
        }
        other => Ok(other.map(|()| (id, letter.made))?),
    }
}

/// Sends an invitation again; the link of before ends.
///
/// # Errors
///
/// `forbidden`, `not_found`; `step_refused` for somebody who has a password or is out.
pub async fn invite_again(ctx: &Ctx, id: LoginId) -> Result<Made, AppError> {
    asked(ctx, Capability::Update)?;
    let login = find(ctx, id).await?;
    if !login.password_hash.is_empty() || !login.is_active {
        return Err(Code::StepRefused.into());
    }
    let letter = letter(ctx, &login, By::Mail).await?;
    let event = ctx.event(EventName::LoginInvited, "login", Some(id.as_i64()));
    ctx.db()
        .write(async |work| {
            letter.add(work).await?;
            work.record(&event).await
        })
        .await?;
    Ok(letter.made)
}

/// Takes an invitation back: its link ends and the sign-in is out.
///
/// # Errors
///
/// `forbidden`, `not_found`; `step_refused` for somebody who has a password.
pub async fn revoke_invitation(ctx: &Ctx, id: LoginId) -> Result<(), AppError> {
    asked(ctx, Capability::Update)?;
    let login = find(ctx, id).await?;
    if !login.password_hash.is_empty() {
        return Err(Code::StepRefused.into());
    }
    let event = ctx.event(EventName::LoginInvitationRevoked, "login", Some(id.as_i64()));
    let now = ctx.now();
    ctx.db()
        .write(async |work| {
            work.end_login_links(Some(id), Purpose::Invitation.as_str(), now).await?;
            work.put_login_active(id, 0).await?;
            work.record(&event).await
        })
        .await?;
    Ok(())
}

/// Puts a login out: nothing of it works at the next request.
///
/// # Errors
///
/// `forbidden`, `not_found`; `last_administrator` for oneself and for the last one.
pub async fn deactivate(ctx: &Ctx, id: LoginId) -> Result<(), AppError> {
    asked(ctx, Capability::Update)?;
    let event = ctx.event(EventName::LoginDeactivated, "login", Some(id.as_i64()));
    let (now, today, own) = (ctx.now(), ctx.today(), ctx.viewer.login);
    ctx.db()
        .write(async |work| {
            work.login_by_id(id).await?.ok_or(AppError::NOT_FOUND)?;
            let others = work.others_with_role(Role::Adm, id, today).await?;
            if own == Some(id) || (own.is_some() && others == 0) {
                return Err(AppError::Code(Code::LastAdministrator));
            }
            work.put_login_active(id, 0).await?;
            work.end_other_sessions(id, "").await?;
            for purpose in [Purpose::Reset, Purpose::Invitation] {
                work.end_login_links(Some(id), purpose.as_str(), now).await?;
            }
            Ok(work.record(&event).await?)
        })
        .await
}

/// Lets a login in again.
///
/// # Errors
///
/// `forbidden`, `not_found`.
pub async fn reactivate(ctx: &Ctx, id: LoginId) -> Result<(), AppError> {
    with(ctx, id, EventName::LoginReactivated, async move |work| {
        work.put_login_active(id, 1).await.map(|()| true)
    })
    .await
}

/// Ends every session of a login.
///
/// # Errors
///
/// `forbidden`, `not_found`.
pub async fn end_sessions(ctx: &Ctx, id: LoginId) -> Result<(), AppError> {
    with(ctx, id, EventName::LoginSessionsEnded, async move |work| {
        work.end_other_sessions(id, "").await.map(|_| true)
    })
    .await
}

/// Takes the second step of a login away, for somebody who lost phone and codes.
///
/// # Errors
///
/// `forbidden`, `not_found`.
pub async fn reset_second_step(ctx: &Ctx, id: LoginId) -> Result<(), AppError> {
    with(ctx, id, EventName::LoginSecondStepRemoved, async move |work| {
        work.end_other_sessions(id, "").await?;
        work.remove_second_step(id).await
    })
    .await
}

/// Makes a link for a new password: sent by mail, or given to be handed over.
///
/// # Errors
///
/// `forbidden`, `not_found`; `step_refused` for somebody who is out.
pub async fn new_password(ctx: &Ctx, id: LoginId) -> Result<Made, AppError> {
    asked(ctx, Capability::Update)?;
    let login = find(ctx, id).await?;
    if !login.is_active {
        return Err(Code::StepRefused.into());
    }
    let (rules, _) = ctx.db().read(async |work| work.sign_in_rules().await).await?;
    let (token, link) = links::make(&ctx.app, Purpose::Reset, Some(id), rules.reset())?;
    let address = links::address(&ctx.app, &token);
    let way = Way { address: &address, until: link.expires_at };
    let mail = notices::reset(&ctx.app, &login.email, Some(&login), way)?;
    let mail = Some(mail).filter(|_| mails::is_set_up(&ctx.app));
    let made = if mail.is_some() { Made::Sent } else { Made::Link(address.clone()) };
    let event = ctx.event(EventName::LoginResetAsked, "login", Some(id.as_i64()));
    let letter = Letter { link, mail, made };
    ctx.db()
        .write(async |work| {
            letter.add(work).await?;
            work.record(&event).await
        })
        .await?;
    Ok(letter.made)
}

/// A link with its mail, to be added together.
struct Letter {
    link: orchestre_store::LoginLink,
    mail: Option<orchestre_store::NewMail>,
    made: Made,
}

impl Letter {
    async fn add(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        work.add_login_link(&self.link).await?;
        match &self.mail {
            Some(mail) => work.add_mail(mail).await,
            None => Ok(()),
        }
    }
}

async fn letter(ctx: &Ctx, login: &Login, way: By) -> Result<Letter, AppError> {
    let own = ctx.viewer.login;
    let (rules, company, by) = ctx
        .db()
        .read(async |work| {
            let (rules, _) = work.sign_in_rules().await?;
            let (settings, _) = work.settings().await?;
            let by = match own {
                Some(id) => work.login_by_id(id).await?.map(|login| login.name),
                None => None,
            };
            Ok::<_, StoreError>((rules, settings.company, by.unwrap_or_default()))
        })
        .await?;
    let (token, link) =
        links::make(&ctx.app, Purpose::Invitation, Some(login.id), rules.invitation())?;
    let address = links::address(&ctx.app, &token);
    if way == By::Hand || !mails::is_set_up(&ctx.app) {
        return Ok(Letter { link, mail: None, made: Made::Link(address) });
    }
    let way = Way { address: &address, until: link.expires_at };
    let mail = notices::invitation(&ctx.app, login, (&company, &by), way)?;
    Ok(Letter { link, mail: Some(mail), made: Made::Sent })
}

/// The words of [`change`].
pub const CHANGES: [&str; 7] = [
    "invitation",
    "revocation",
    "password",
    "sessions",
    "second-step",
    "deactivation",
    "reactivation",
];

/// Does what the end of an address names, and gives the link that was made, if one was.
///
/// The words: `invitation` (again), `revocation` of it, `password` (a link for a new one),
/// `sessions` (their end), `second-step` (its end), `deactivation`, `reactivation`.
///
/// # Errors
///
/// `not_found` for any other word; those of the function that does it.
pub async fn change(ctx: &Ctx, id: LoginId, word: &str) -> Result<Option<Made>, AppError> {
    match word {
        "invitation" => return invite_again(ctx, id).await.map(Some),
        "password" => return new_password(ctx, id).await.map(Some),
        "revocation" => revoke_invitation(ctx, id).await?,
        "sessions" => end_sessions(ctx, id).await?,
        "second-step" => reset_second_step(ctx, id).await?,
        "deactivation" => deactivate(ctx, id).await?,
        "reactivation" => reactivate(ctx, id).await?,
        _ => return Err(AppError::NOT_FOUND),
    }
    Ok(None)
}

async fn with(
    ctx: &Ctx,
    id: LoginId,
    name: EventName,
    what: impl AsyncFnOnce(&mut Work<'_>) -> Result<bool, StoreError> + Clone,
) -> Result<(), AppError> {
    asked(ctx, Capability::Update)?;
    let event = ctx.event(name, "login", Some(id.as_i64()));
    ctx.db()
        .write(async |work| {
            work.login_by_id(id).await?.ok_or(AppError::NOT_FOUND)?;
            if what(work).await? {
                work.record(&event).await?;
            }
            Ok(())
        })
        .await
}

async fn find(ctx: &Ctx, id: LoginId) -> Result<Login, AppError> {
    let found = ctx.db().read(async |work| work.login_by_id(id).await).await?;
    found.ok_or(AppError::NOT_FOUND)
}

fn asked(ctx: &Ctx, capability: Capability) -> Result<(), AppError> {
    if may(&ctx.viewer, capability, Object::Login, Scope::Company) {
        Ok(())
    } else {
        Err(AppError::FORBIDDEN)
    }
}
