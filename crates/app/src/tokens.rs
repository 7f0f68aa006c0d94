//! Tokens: keys that people make for their scripts; they open a part of what their owner may do.
//!
//! A token is `orchestre_pat_`, forty random letters and eight of a checksum: scanners of secrets
//! know it, and a mistyped one is refused without a look into the database.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use orchestre_domain::clock::instant;
use orchestre_domain::event::EventName;
use orchestre_domain::id::TokenId;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::secret::Secret;
use orchestre_domain::token::{TokenScope, TokenState, write_scopes};
use orchestre_domain::viewer::Viewer;
pub use orchestre_store::TokenRow;
use orchestre_store::{Login, StoreError};

use crate::sessions::{digest, random};
use crate::{App, AppError, Code, Ctx};

/// What every token begins with.
pub const PREFIX: &str = "orchestre_pat_";
/// Random letters of a token: 160 bits.
const LETTERS: usize = 40;
/// Letters of its checksum.
const CHECK: usize = 8;
/// The use of a token is written down at most once in this time: five minutes.
const TOUCH: i64 = 5 * 60_000_000;
/// The longest name of a token.
const NAME: usize = 100;

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// What it opens.
    pub scopes: BTreeSet<TokenScope>,
    /// The last day on which it opens.
    pub expires_on: Date,
}

/// A token that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its id.
    pub id: TokenId,
    /// The token itself; nobody can give it again.
    pub token: Secret,
}

/// What a token opens now.
#[derive(Debug, Clone)]
pub struct Held {
    /// The token's id.
    pub id: TokenId,
    /// Its owner, with all that the owner may do.
    pub viewer: Viewer,
    /// The owner's login.
    pub login: Login,
    /// What it was made for.
    pub scopes: BTreeSet<TokenScope>,
}

/// Gives the longest time a token may have, as its last day from today.
///
/// # Errors
///
/// What the store says.
pub async fn latest(ctx: &Ctx) -> Result<Date, AppError> {
    let (settings, _) = ctx.db().read(async |work| work.settings().await).await?;
    Ok(ctx.today().saturating_add(settings.token_days.days()))
}

/// Gives the tokens of the one who asks, the newest first.
///
/// # Errors
///
/// `forbidden` for the local shell, which has no login.
pub async fn own(ctx: &Ctx) -> Result<Vec<TokenRow>, AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    Ok(ctx.db().read(async |work| work.tokens(Some(login)).await).await?)
}

/// Gives everybody's tokens, the newest first.
///
/// # Errors
///
/// `forbidden` for whoever reads no logins.
pub async fn all(ctx: &Ctx) -> Result<Vec<TokenRow>, AppError> {
    if !may(&ctx.viewer, Capability::Read, Object::Login, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    Ok(ctx.db().read(async |work| work.tokens(None).await).await?)
}

/// Makes a token of the one who asks.
///
/// # Errors
///
/// `forbidden` for the local shell; `field_missing` on `name` or `scopes`; `field_invalid` on
/// `name` that is too long and on `expires_on` that is past or later than the settings allow.
pub async fn create(ctx: &Ctx, new: NewToken) -> Result<Made, AppError> {
    let login = ctx.viewer.login.ok_or(AppError::FORBIDDEN)?;
    let name = new.name.trim().to_owned();
    let wrong = |code, field| Err(AppError::Field { code, field });
    if name.is_empty() {
        return wrong(Code::FieldMissing, "name");
    }
    if name.chars().count() > NAME {
        return wrong(Code::FieldInvalid, "name");
    }
    if new.scopes.is_empty() {
        return wrong(Code::FieldMissing, "scopes");
    }
    if new.expires_on < ctx.today() || new.expires_on > latest(ctx).await? {
        return wrong(Code::FieldInvalid, "expires_on");
    }
    let token = fresh()?;
    let row = TokenRow {
        id: TokenId(ctx.id()),
        login,
        owner: String::new(),
        name,
        ending: ending(&token),
        scopes: new.scopes,
        made_at: ctx.now(),
        expires_at: instant(new.expires_on.saturating_add(1.day())),
        used_at: None,
        revoked_at: None,
    };
    let mut event = ctx.event(EventName::TokenCreated, "login", Some(login.as_i64()));
    event.payload = vec![
        ("token", row.id.to_string()),
        ("scopes", write_scopes(&row.scopes)),
        ("until", new.expires_on.to_string()),
    ];
    let digest = digest(&token);
    ctx.db()
        .write(async |work| {
            work.add_token(&row, &digest).await?;
            work.record(&event).await
        })
        .await?;
    Ok(Made { id: row.id, token: Secret::new(token) })
}

/// Gives a token: one's own, or anybody's for whoever reads logins.
///
/// # Errors
///
/// `not_found`.
pub async fn show(ctx: &Ctx, id: TokenId) -> Result<TokenRow, AppError> {
    let is_admin = may(&ctx.viewer, Capability::Read, Object::Login, Scope::Company);
    let found = if is_admin { all(ctx).await? } else { own(ctx).await? };
    found.into_iter().find(|one| one.id == id).ok_or(AppError::NOT_FOUND)
}

/// Takes a token back: one's own, or anybody's for whoever changes logins.
///
/// # Errors
///
/// `not_found` for a token that one does not see; `forbidden` for one that is not one's own;
/// `step_refused` when it was taken back before.
pub async fn revoke(ctx: &Ctx, id: TokenId) -> Result<(), AppError> {
    let token = show(ctx, id).await?;
    let is_own = Some(token.login) == ctx.viewer.login;
    if !is_own && !may(&ctx.viewer, Capability::Update, Object::Login, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let now = ctx.now();
    ctx.db()
        .write(async |work| {
            if !work.revoke_token(id, now).await? {
                return Err(Code::StepRefused.into());
            }
            let owner = Some(token.login.as_i64());
            let mut event = ctx.event(EventName::TokenRevoked, "login", owner);
            event.payload = vec![("token", id.to_string())];
            Ok(work.record(&event).await?)
        })
        .await
}

/// Gives what a token opens; `None` when it is unknown, over or taken back, or its owner is out.
///
/// # Errors
///
/// What the store says.
pub async fn find(app: &App, token: &str) -> Result<Option<Held>, AppError> {
    if !is_whole(token) {
        return Ok(None);
    }
    let (digest, now, today) = (digest(token), app.clock.now(), app.clock.today());
    let found = app
        .db
        .read(async |work| {
            let Some((token, login)) = work.system_token(&digest, now).await? else {
                return Ok(None);
            };
            let viewer = work.system_viewer(&login, today).await?;
            Ok::<_, StoreError>(Some((token, login, viewer)))
        })
        .await?;
    let Some((token, login, viewer)) = found else { return Ok(None) };
    if token.used_at.is_none_or(|used| now - used > TOUCH) {
        app.db.write(async |work| work.put_token_used(token.id, now).await).await?;
    }
    Ok(Some(Held { id: token.id, viewer, login, scopes: token.scopes }))
}

/// Gives how a token stands now.
pub fn state(ctx: &Ctx, token: &TokenRow) -> TokenState {
    TokenState::at(ctx.now(), token.expires_at, token.revoked_at)
}

/// Says whether a text is a token by its form and its checksum.
pub fn is_whole(token: &str) -> bool {
    let Some(letters) = token.strip_prefix(PREFIX) else { return false };
    letters
        .split_at_checked(LETTERS)
        .is_some_and(|(random, check)| check.len() == CHECK && check == checksum(random))
}

fn fresh() -> Result<String, AppError> {
    let random: String = random()?.chars().take(LETTERS).collect();
    let check = checksum(&random);
    Ok(format!("{PREFIX}{random}{check}"))
}

fn checksum(random: &str) -> String {
    digest(&format!("{PREFIX}{random}")).chars().take(CHECK).collect()
}

fn ending(token: &str) -> String {
    token.chars().skip(token.len() - 4).collect()
}

#[cfg(test)]
mod tests {
    use super::{CHECK, LETTERS, PREFIX, ending, fresh, is_whole};

    #[test]
    fn a_token_with_one_letter_changed_is_refused_by_its_form() {
        let token = fresh().unwrap();
        assert_eq!(token.len(), PREFIX.len() + LETTERS + CHECK);
        assert!(is_whole(&token));
        for at in 0..token.len() {
            let mut other: Vec<char> = token.chars().collect();
            other[at] = if other[at] == '0' { '1' } else { '0' };
            assert!(!is_whole(&other.into_iter().collect::<String>()), "letter {at}");
        }
        for short in ["", PREFIX, token.get(..token.len() - 1).unwrap(), "orchestre_pat_é"] {
            assert!(!is_whole(short), "{short}");
        }
        assert!(token.ends_with(&ending(&token)));
    }
}
