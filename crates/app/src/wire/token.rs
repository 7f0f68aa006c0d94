//! Tokens on the wire.

use jiff::Timestamp;
use orchestre_domain::token::TokenState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tokens::TokenRow;

/// A token, without its secret.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Token {
    /// Its id.
    #[schema(example = "tok_0000000000001")]
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// The last letters of the secret.
    pub ending: String,
    /// Whose it is.
    pub owner: TokenOwner,
    /// What it opens.
    #[schema(example = json!(["accounts:read"]))]
    pub scopes: Vec<String>,
    /// `open`, `expired` or `revoked`.
    pub state: String,
    /// When it was made.
    pub made_at: Option<String>,
    /// When it ends.
    pub expires_at: Option<String>,
    /// When it was last used, to five minutes.
    pub used_at: Option<String>,
    /// When it was taken back.
    pub revoked_at: Option<String>,
}

/// A token that was made just now, with its secret.
#[derive(Serialize, ToSchema)]
pub struct TokenMade {
    /// The token as it is listed.
    #[serde(flatten)]
    pub shown: Token,
    /// The token itself; it is not given again.
    #[schema(example = "orchestre_pat_…")]
    pub token: String,
}

/// Whose a token is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TokenOwner {
    /// The login.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A token to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What its owner calls it.
    #[schema(example = "nightly import")]
    pub name: String,
    /// What it opens.
    #[schema(example = json!(["accounts:read", "plans:read"]))]
    pub scopes: Vec<String>,
    /// The last day on which it opens.
    #[schema(example = "2027-01-31")]
    pub expires_on: String,
}

impl Token {
    /// Gives a token as it stands.
    pub fn of(token: &TokenRow, state: TokenState) -> Self {
        Self {
            id: token.id.to_string(),
            name: token.name.clone(),
            ending: token.ending.clone(),
            owner: TokenOwner { id: token.login.to_string(), name: token.owner.clone() },
            scopes: token.scopes.iter().map(|scope| scope.as_str().to_owned()).collect(),
            state: state.as_str().to_owned(),
            made_at: instant(token.made_at),
            expires_at: instant(token.expires_at),
            used_at: token.used_at.and_then(instant),
            revoked_at: token.revoked_at.and_then(instant),
        }
    }
}

/// Writes an instant as RFC 3339; `None` when it is out of range.
pub(crate) fn instant(micros: i64) -> Option<String> {
    Timestamp::from_microsecond(micros).ok().map(|at| at.to_string())
}
