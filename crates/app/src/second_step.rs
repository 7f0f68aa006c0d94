//! The second step: a code of a phone, each once, and recovery codes for the day without it.

use orchestre_domain::event::EventName;
use orchestre_domain::id::LoginId;
use orchestre_store::{SecondStep, StoreError};
use totp_rs::{Builder, Totp};

use crate::sessions::digest;
use crate::{App, AppError, Code, Ctx};

/// Bytes of the secret, as RFC 4226 wants them.
const SECRET: usize = 20;
/// Recovery codes that are made at once.
const CODES: usize = 10;
/// Letters of a recovery code, five bits each: 80 bits cannot be tried out.
const LETTERS: usize = 16;
/// Letters that are told apart when read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Seconds of a step, as every phone counts them.
const STEP: u64 = 30;

/// What a phone is given.
#[derive(Clone)]
pub struct Enrollment {
    /// The secret as text, for typing.
    pub secret: String,
    /// The address that the picture holds.
    pub url: String,
    /// The picture: its width, and for each square from the top left whether it is dark.
    pub picture: (usize, Vec<bool>),
}

impl std::fmt::Debug for Enrollment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrollment(***)")
    }
}

/// How one's own second step stands.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Since when it is asked for, µs.
    pub since: Option<i64>,
    /// Recovery codes that are left.
    pub codes_left: i64,
    /// Whether a role of one's own needs it.
    pub is_required: bool,
    /// What a phone is to be given, while the first code is waited for.
    pub enrollment: Option<Enrollment>,
}

/// Gives how one's own second step stands.
///
/// # Errors
///
/// `forbidden` for the local shell.
pub async fn state(ctx: &Ctx) -> Result<State, AppError> {
    let id = owner(ctx)?;
    let (step, codes_left, rules, login) = ctx
        .db()
        .read(async |work| {
            let (rules, _) = work.sign_in_rules().await?;
            let left = work.recovery_codes_left(id).await?;
            Ok::<_, StoreError>((
                work.second_step(id).await?,
                left,
                rules,
                work.login_by_id(id).await?,
            ))
        })
        .await?;
    let email = login.ok_or(AppError::NOT_FOUND)?.email;
    let is_required = rules.needs_second_step(&ctx.viewer.roles);
    let since = step.as_ref().filter(|step| step.is_used).map(|step| step.made_at);
    let enrollment = match step.filter(|step| !step.is_used) {
        Some(step) => Some(enrollment(&totp(&ctx.app, &step.sealed, &email)?)?),
        None => None,
    };
    Ok(State { since, codes_left, is_required, enrollment })
}

/// Begins: makes a secret that is asked for once its first code came.
///
/// # Errors
///
/// `step_refused` when there is a second step already.
pub async fn begin(ctx: &Ctx) -> Result<(), AppError> {
    let id = owner(ctx)?;
    let mut secret = [0; SECRET];
    getrandom::fill(&mut secret).map_err(|_no_numbers| Code::Internal)?;
    let sealed = ctx.app.vault.seal(&secret)?;
    let new = SecondStep { sealed, is_used: false, last_step: 0, made_at: ctx.now() };
    ctx.db()
        .write(async |work| {
            if work.second_step(id).await?.is_some_and(|step| step.is_used) {
                return Err(Code::StepRefused.into());
            }
            Ok(work.put_second_step(id, &new).await?)
        })
        .await
}

/// Takes the first code and gives the recovery codes, which are shown this once.
///
/// # Errors
///
/// `code_wrong` in the field `code`; `step_refused` when nothing was begun.
pub async fn confirm(ctx: &Ctx, code: &str) -> Result<Vec<String>, AppError> {
    let id = owner(ctx)?;
    let step = ctx.db().read(async |work| work.second_step(id).await).await?;
    if step.is_none_or(|step| step.is_used) {
        return Err(Code::StepRefused.into());
    }
    if !is_code(code) || !take(&ctx.app, id, code).await? {
        return Err(AppError::Field { code: Code::CodeWrong, field: "code" });
    }
    let event = ctx.event(EventName::LoginSecondStepSet, "login", Some(id.as_i64()));
    let (codes, digests) = fresh_codes(id)?;
    ctx.db()
        .write(async |work| {
            work.put_recovery_codes(id, &digests).await?;
            work.record(&event).await
        })
        .await?;
    Ok(codes)
}

/// Gives new recovery codes, shown this once; those of before end.
///
/// # Errors
///
/// `step_refused` without a second step.
pub async fn renew_codes(ctx: &Ctx) -> Result<Vec<String>, AppError> {
    let id = owner(ctx)?;
    let event = ctx.event(EventName::LoginRecoveryCodesMade, "login", Some(id.as_i64()));
    let (codes, digests) = fresh_codes(id)?;
    ctx.db()
        .write(async |work| {
            if !work.second_step(id).await?.is_some_and(|step| step.is_used) {
                return Err(AppError::Code(Code::StepRefused));
            }
            work.put_recovery_codes(id, &digests).await?;
            Ok(work.record(&event).await?)
        })
        .await?;
    Ok(codes)
}

/// Removes one's own second step.
///
/// # Errors
///
/// `second_step_required` when a role needs it.
pub async fn remove(ctx: &Ctx) -> Result<(), AppError> {
    let id = owner(ctx)?;
    let event = ctx.event(EventName::LoginSecondStepRemoved, "login", Some(id.as_i64()));
    let roles = ctx.viewer.roles.clone();
    ctx.db()
        .write(async |work| {
            if work.sign_in_rules().await?.0.needs_second_step(&roles) {
                return Err(AppError::Code(Code::SecondStepRequired));
            }
            if work.remove_second_step(id).await? {
                work.record(&event).await?;
            }
            Ok(())
        })
        .await
}

/// Takes a code of the phone or a recovery code, each once.
pub(crate) async fn take(app: &App, id: LoginId, code: &str) -> Result<bool, AppError> {
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').take(64).collect();
    let now = app.clock.now();
    if !is_code(&code) {
        let digest = code_digest(id, &code.to_lowercase());
        let taken = app.db.write(async |work| work.take_recovery_code(id, &digest, now).await);
        return Ok(taken.await?);
    }
    let Some(step) = app.db.read(async |work| work.second_step(id).await).await? else {
        return Ok(false);
    };
    let seconds = u64::try_from(now.div_euclid(1_000_000)).unwrap_or_default();
    let fits = totp(app, &step.sealed, "x")?.check(&code, seconds);
    match fits.and_then(|step| i64::try_from(step).ok()) {
        Some(step) => Ok(app.db.write(async |work| work.take_step(id, step).await).await?),
        None => Ok(false),
    }
}

fn is_code(code: &str) -> bool {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn totp(app: &App, sealed: &str, account: &str) -> Result<Totp, AppError> {
    let made = Builder::new()
        .with_secret(app.vault.open(sealed)?)
        .with_skew(1)
        .with_step_duration(STEP)
        .with_account_name(account.replace(':', " "))
        .with_issuer(Some("Orchestre"))
        .build();
    made.map_err(|_settings| Code::Internal.into())
}

fn enrollment(totp: &Totp) -> Result<Enrollment, AppError> {
    let url = totp.to_url().map_err(|_unwritten| Code::Internal)?;
    let code = qrcode::QrCode::new(url.as_bytes()).map_err(|_too_long| Code::Internal)?;
    let picture =
        (code.width(), code.to_colors().iter().map(|color| color.select(true, false)).collect());
    Ok(Enrollment { secret: totp.secret().to_base32(), url, picture })
}

fn fresh_codes(id: LoginId) -> Result<(Vec<String>, Vec<String>), AppError> {
    let mut bytes = [0_u8; CODES * LETTERS];
    getrandom::fill(&mut bytes).map_err(|_no_numbers| Code::Internal)?;
    let codes: Vec<String> = bytes
        .chunks_exact(LETTERS)
        .map(|chunk| {
            let letters = chunk.iter().map(|byte| letter(*byte));
            letters.enumerate().fold(String::new(), |mut code, (at, letter)| {
                if at > 0 && at % 4 == 0 {
                    code.push('-');
                }
                code.push(letter);
                code
            })
        })
        .collect();
    let digests = codes.iter().map(|code| code_digest(id, &code.replace('-', ""))).collect();
    Ok((codes, digests))
}

fn letter(byte: u8) -> char {
    ALPHABET.get(usize::from(byte & 31)).copied().map_or('0', char::from)
}

fn code_digest(id: LoginId, code: &str) -> String {
    digest(&format!("{id} {code}"))
}

/// Gives whose it is; whoever looks with somebody's eyes owns nothing of theirs.
fn owner(ctx: &Ctx) -> Result<LoginId, AppError> {
    let own = ctx.viewer.login.filter(|_| ctx.viewer.watcher.is_none());
    own.ok_or(AppError::FORBIDDEN)
}
