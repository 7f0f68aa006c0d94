//! Signing out at the provider, and what the provider says when somebody signed out there.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm as Alg};
use openidconnect::{JsonWebKey as _, url::Url};
use serde_json::Value;

use super::{Doubt, FRESH, Known, OidcError, Provider, RETRY, SKEW};

/// The event that makes a token one of signing out.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// A token of signing out is believed this long, seconds.
const BELIEVED: i64 = 120;

/// Whom a provider signed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedOut {
    /// All sessions of this subject, unless one is named.
    pub subject: Option<String>,
    /// The provider's own session.
    pub sid: Option<String>,
    /// Sessions opened later than this, µs, are not meant.
    pub opened_by: i64,
}

impl Provider {
    /// Gives the address at which somebody signs out of the provider; none when it has no such one.
    ///
    /// # Errors
    ///
    /// [`OidcError::Unreachable`].
    pub async fn way_out(
        &self,
        hint: Option<&str>,
        back: &str,
        now: i64,
    ) -> Result<Option<String>, OidcError> {
        let known = self.known(now, FRESH).await?;
        let end = known.metadata.additional_metadata().end_session_endpoint.as_deref();
        let Some(mut address) = end.and_then(|end| Url::parse(end).ok()) else { return Ok(None) };
        {
            let mut query = address.query_pairs_mut();
            query.append_pair("client_id", &self.settings.client_id);
            query.append_pair("post_logout_redirect_uri", back);
            if let Some(hint) = hint {
                query.append_pair("id_token_hint", hint);
            }
        }
        Ok(Some(address.into()))
    }

    /// Reads a token by which the provider says that somebody signed out (back-channel logout).
    ///
    /// # Errors
    ///
    /// [`OidcError::Doubted`], [`OidcError::Unreachable`].
    pub async fn signed_out(&self, token: &str, now: i64) -> Result<SignedOut, OidcError> {
        let known = self.known(now, FRESH).await?;
        match self.read_out(&known, token, now) {
            Err(Doubt::Key) => {
                let known = self.known(now, RETRY).await?;
                self.read_out(&known, token, now).map_err(OidcError::Doubted)
            }
            other => other.map_err(OidcError::Doubted),
        }
    }

    fn read_out(&self, known: &Known, token: &str, now: i64) -> Result<SignedOut, Doubt> {
        let claims = signed(known.metadata.jwks().keys(), token)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let number = |name: &str| claims.get(name).and_then(Value::as_i64);
        if text("iss") != Some(&self.settings.issuer) {
            return Err(Doubt::Issuer);
        }
        let is_ours = match claims.get("aud") {
            Some(Value::String(one)) => *one == self.settings.client_id,
            Some(Value::Array(many)) => {
                many.iter().any(|one| one.as_str() == Some(&self.settings.client_id))
            }
            _ => false,
        };
        if !is_ours {
            return Err(Doubt::Audience);
        }
        if claims.get("nonce").is_some() {
            return Err(Doubt::Nonce);
        }
        let seconds = now.div_euclid(1_000_000);
        let issued = number("iat").ok_or(Doubt::Form)?;
        if issued > seconds + SKEW {
            return Err(Doubt::Early);
        }
        let ends = number("exp").unwrap_or(issued + BELIEVED).min(issued + BELIEVED);
        if seconds >= ends + SKEW {
            return Err(Doubt::Expired);
        }
        let is_event = claims.get("events").and_then(|events| events.get(EVENT)).is_some();
        let (subject, sid) = (text("sub").map(str::to_owned), text("sid").map(str::to_owned));
        if !is_event || text("jti").is_none() || (subject.is_none() && sid.is_none()) {
            return Err(Doubt::Form);
        }
        Ok(SignedOut { subject, sid, opened_by: (issued + SKEW) * 1_000_000 })
    }
}

/// Gives the claims of a token that one of the keys signed.
fn signed(keys: &[CoreJsonWebKey], token: &str) -> Result<Value, Doubt> {
    let (message, signature) = token.rsplit_once('.').ok_or(Doubt::Form)?;
    let (head, claims) = message.split_once('.').ok_or(Doubt::Form)?;
    let read = |text: &str| {
        let bytes = BASE64.decode(text).map_err(|_no_text| Doubt::Form)?;
        serde_json::from_slice::<Value>(&bytes).map_err(|_no_json| Doubt::Form)
    };
    let head = read(head)?;
    let alg = match head.get("alg").and_then(Value::as_str) {
        Some("RS256") => Alg::RsaSsaPkcs1V15Sha256,
        Some("RS384") => Alg::RsaSsaPkcs1V15Sha384,
        Some("RS512") => Alg::RsaSsaPkcs1V15Sha512,
        Some("PS256") => Alg::RsaSsaPssSha256,
        Some("ES256") => Alg::EcdsaP256Sha256,
        Some("ES384") => Alg::EcdsaP384Sha384,
        Some("EdDSA") => Alg::EdDsa,
        _ => return Err(Doubt::Signature),
    };
    let kid = head.get("kid").and_then(Value::as_str);
    let mut fitting = keys
        .iter()
        .filter(|key| kid.is_none() || key.key_id().map(|id| id.as_str()) == kid)
        .peekable();
    if fitting.peek().is_none() {
        return Err(Doubt::Key);
    }
    let signature = BASE64.decode(signature).map_err(|_no_text| Doubt::Form)?;
    if fitting.any(|key| key.verify_signature(&alg, message.as_bytes(), &signature).is_ok()) {
        read(claims)
    } else {
        Err(Doubt::Signature)
    }
}
