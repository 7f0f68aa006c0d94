//! Ways in besides a password, as JSON.

use orchestre_store::Identity;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::token::instant;
use crate::identity::mine;
use crate::identity::passkeys::{Asked, PasskeyRow};

/// A passkey.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Passkey {
    /// The id.
    #[schema(examples("pky_00gq4s6k00401"))]
    pub id: String,
    /// What its owner calls it.
    #[schema(examples("Work laptop"))]
    pub name: String,
    /// Since when.
    #[schema(format = DateTime)]
    pub added_at: Option<String>,
    /// When it was last used; null for never.
    #[schema(format = DateTime)]
    pub used_at: Option<String>,
}

/// Gives a passkey.
pub fn passkey(row: &PasskeyRow) -> Passkey {
    Passkey {
        id: row.id.to_string(),
        name: row.name.clone(),
        added_at: instant(row.added_at),
        used_at: row.used_at.and_then(instant),
    }
}

/// What a browser is asked for a new passkey.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PasskeyAsked {
    /// The options of `navigator.credentials.create`; bytes are base64url.
    #[schema(value_type = Object)]
    pub options: Value,
    /// What to send back with the answer, within five minutes.
    #[schema(examples("6f1e…"))]
    pub secret: String,
}

/// Gives what a browser is asked.
pub fn passkey_asked(asked: Asked) -> PasskeyAsked {
    PasskeyAsked { options: asked.options, secret: asked.secret }
}

/// A link with somebody who vouches for one: a provider, or the directory.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LinkedIdentity {
    /// The id.
    #[schema(examples("3c9909afec25354d"))]
    pub id: String,
    /// Who vouches.
    #[schema(examples("https://sso.example.com"))]
    pub issuer: String,
    /// For whom, in their words.
    #[schema(examples("248289761001"))]
    pub subject: String,
    /// Since when.
    #[schema(format = DateTime)]
    pub linked_at: Option<String>,
    /// When it was last used.
    #[schema(format = DateTime)]
    pub used_at: Option<String>,
}

/// Gives a link.
pub fn linked_identity(identity: &Identity) -> LinkedIdentity {
    LinkedIdentity {
        id: mine::id(identity),
        issuer: identity.issuer.clone(),
        subject: identity.subject.clone(),
        linked_at: instant(identity.linked_at),
        used_at: instant(identity.used_at),
    }
}
