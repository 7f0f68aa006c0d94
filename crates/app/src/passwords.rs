//! Passwords: their hash, their strength, their change by the owner.

use std::sync::{LazyLock, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, PasswordHash};
use argon2::{Algorithm, Argon2, Block, Params, PasswordHasher, Version};
use orchestre_domain::event::EventName;
use orchestre_domain::sign_in::SignInRules;
use orchestre_store::Login;
use tokio::sync::Semaphore;

use crate::{AppError, Code, Ctx, notices, sessions};

/// The fewest characters of a password.
pub const SHORTEST: usize = 8;
/// The most characters of a password: more than anybody types, less than what would cost us.
pub const LONGEST: usize = 256;
/// So many characters are looked at for strength; the work grows faster than their number.
const LOOKED_AT: usize = 100;
/// Passwords that are compared at the same time: as many as there are processors, at most four.
static PRESS: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Semaphore::new(cores.min(4))
});
/// The 19 MiB that each comparison takes, emptied and kept for the next: threads that took and gave
/// back such pieces would each keep some of the system's memory.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

#[cfg(test)]
thread_local! {
    /// How often the work of a comparison was done by this test.
    pub(crate) static WORK: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Gives the argon2id hash of a password, made away from the other tasks.
///
/// # Errors
///
/// `internal` when the machine gives no random numbers.
pub async fn hash(password: String) -> Result<String, AppError> {
    let _turn = PRESS.acquire().await.map_err(|_closed| AppError::Code(Code::Internal))?;
    let made = tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash: PasswordHash| hash.to_string())
    });
    made.await.ok().and_then(Result::ok).ok_or(AppError::Code(Code::Internal))
}

/// Compares a password with a hash; without one, the same work is done in vain.
pub(crate) async fn verify(password: String, hash: Option<String>) -> Result<bool, AppError> {
    let hash = hash.filter(|hash| !hash.is_empty() && password.chars().count() <= LONGEST);
    let is_known = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    #[cfg(test)]
    WORK.set(WORK.get() + 1);
    let _turn = PRESS.acquire().await.map_err(|_closed| AppError::Code(Code::Internal))?;
    let done = tokio::task::spawn_blocking(move || {
        let typed: String = password.chars().take(LONGEST).collect();
        PasswordHash::new(&hash).is_ok_and(|hash| fits(typed.as_bytes(), &hash).unwrap_or(false))
    });
    done.await.map(|fits| fits && is_known).map_err(|_panicked| AppError::Code(Code::Internal))
}

/// Does the work of a hash again and says whether the same comes out; `None` for a hash that is
/// not argon2id.
fn fits(password: &[u8], hash: &PasswordHash) -> Option<bool> {
    let algorithm = Algorithm::Argon2id;
    let is_ours =
        hash.algorithm == algorithm.ident() && hash.version == Some(Version::V0x13.into());
    let (salt, wanted) = hash.salt.as_ref().zip(hash.hash.as_ref()).filter(|_| is_ours)?;
    let params = Params::try_from(hash).ok()?;
    let mut memory = kept(Vec::pop).unwrap_or_default();
    memory.resize(params.block_count(), Block::new());
    let mut made = vec![0; wanted.len()];
    let work = Argon2::new(algorithm, Version::V0x13, params);
    let done = work.hash_password_into_with_memory(password, salt, &mut made, &mut memory);
    memory.fill(Block::new());
    kept(|kept| kept.push(memory));
    done.ok()?;
    // Outputs are compared in a time that tells nothing.
    Some(Output::new(&made).ok()? == *wanted)
}

fn kept<T>(go: impl FnOnce(&mut Vec<Vec<Block>>) -> T) -> T {
    go(&mut MEMORY.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A hash that belongs to nobody.
pub(crate) const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Refuses a password that is short, endless, or easily guessed by who knows the person.
///
/// # Errors
///
/// `password_short`, `password_weak`, or `field_invalid` for an endless one; the field is `password`.
pub fn check(rules: &SignInRules, password: &str, known: &[&str]) -> Result<(), AppError> {
    let wrong = |code| AppError::Field { code, field: "password" };
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(wrong(Code::PasswordShort));
    }
    if length > LONGEST {
        return Err(wrong(Code::FieldInvalid));
    }
    let looked_at: String = password.chars().take(LOOKED_AT).collect();
    let parts: Vec<&str> =
        known.iter().flat_map(|words| words.split(['@', '.', ' ', '-', '_'])).collect();
    let known: Vec<&str> =
        known.iter().copied().chain(parts).filter(|word| word.len() > 2).collect();
    let score = u8::from(zxcvbn::zxcvbn(&looked_at, &known).score());
    if i64::from(score) < rules.strength { Err(wrong(Code::PasswordWeak)) } else { Ok(()) }
}

/// Gives what somebody who knows a login would try: address, name, the program.
pub(crate) fn known_of(login: &Login) -> [&str; 3] {
    [&login.email, &login.name, "orchestre"]
}

/// Changes one's own password; the other sessions end, `token` names the one that stays.
///
/// # Errors
///
/// `forbidden` for the local shell, `provider_only` where one's password is not kept here,
/// `sign_in_wrong` in the field `present`, [`check`]'s.
pub async fn change(ctx: &Ctx, token: &str, present: &str, new: String) -> Result<(), AppError> {
    let own = ctx.viewer.login.filter(|_| ctx.viewer.watcher.is_none());
    let id = own.ok_or(AppError::FORBIDDEN)?;
    let found = ctx
        .db()
        .read(async |work| {
            let login = work.login_by_id(id).await?;
            let (rules, _) = work.sign_in_rules().await?;
            Ok::<_, orchestre_store::StoreError>(login.map(|login| (login, rules)))
        })
        .await?;
    let (login, rules) = found.ok_or(AppError::NOT_FOUND)?;
    if !is_kept_here(ctx, &login) {
        return Err(Code::ProviderOnly.into());
    }
    sessions::prove_password(&ctx.app, &login, present).await.map_err(|error| match error {
        AppError::Code(code) => AppError::Field { code, field: "present" },
        other => other,
    })?;
    check(&rules, &new, &known_of(&login))?;
    let hash = hash(new).await?;
    let event = ctx.event(EventName::LoginPasswordChanged, "login", Some(id.as_i64()));
    let (kept, now) = (sessions::digest(token), ctx.now());
    let mail = notices::password_changed(&ctx.app, &login)?;
    ctx.db()
        .write(async |work| {
            work.put_password(id, &hash).await?;
            work.end_other_sessions(id, &kept).await?;
            work.end_login_links(Some(id), "reset", now).await?;
            work.put_proved(&kept, now).await?;
            if let Some(mail) = &mail {
                work.add_mail(mail).await?;
            }
            work.record(&event).await
        })
        .await?;
    Ok(())
}

/// Says whether one's own password is kept here: no provider and no directory vouches instead.
///
/// # Errors
///
/// `forbidden` for the local shell.
pub async fn is_own(ctx: &Ctx) -> Result<bool, AppError> {
    let id = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    let login = ctx.db().read(async |work| work.login_by_id(id).await).await?;
    Ok(login.is_some_and(|login| is_kept_here(ctx, &login)))
}

fn is_kept_here(ctx: &Ctx, login: &Login) -> bool {
    login.password_hash != NOBODY && ctx.app.identity.has_own_way(&login.email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_judged_by_what_it_takes_to_guess_it() {
        let rules = SignInRules::default();
        let known = ["sami.haddad@ardenval.example", "Sami Haddad", "orchestre"];
        let code = |password: &str| check(&rules, password, &known).map_err(|error| error.code());
        assert_eq!(code("a7$kQ2!"), Err(Code::PasswordShort));
        for weak in [
            "password",
            "12345678",
            "samihaddad",
            "Haddad.Sami",
            "ardenval1",
            "orchestre1",
            "aaaaaaaaaaaa",
        ] {
            assert_eq!(code(weak), Err(Code::PasswordWeak), "{weak}");
        }
        let fine = [
            "correct horse battery",
            "vélo-citron-42-nuage",
            "数学的幸福の木の下で",
            " spaces inside and around ",
        ];
        for good in fine {
            assert_eq!(code(good), Ok(()), "{good}");
        }
        assert_eq!(code(&"long enough words ".repeat(8)), Ok(()), "144 characters");
        assert_eq!(code(&"x".repeat(LONGEST + 1)), Err(Code::FieldInvalid));
        let lax = SignInRules { strength: 0, ..rules };
        assert!(check(&lax, "password", &known).is_ok());
    }
}
