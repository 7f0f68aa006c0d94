//! What a provider tells of somebody: the checks of the id token, and what is taken from it.

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{CoreGenderClaim, CoreJsonWebKey, CoreJwsSigningAlgorithm as Alg};
use openidconnect::{
    AccessTokenHash, ClaimsVerificationError, ClientId, IdTokenClaims, IdTokenVerifier, Nonce,
    OAuth2TokenResponse as _, SignatureVerificationError, TokenResponse as _, UserInfoClaims,
};
use serde_json::Value;

use super::{Client, Doubt, Extra, Known, OidcError, Provider, SKEW, Tokens, fetch};

/// The ways of signing that are believed: keys that the provider publishes, never a shared secret.
const ALLOWED: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

/// Who somebody is at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who it is there; never used again for somebody else.
    pub subject: String,
    /// The address, in lower case; empty when it was not told.
    pub email: String,
    /// Whether the provider has proved that the address is theirs.
    pub is_email_verified: bool,
    /// The name; empty when it was not told.
    pub name: String,
    /// The groups; `None` when the claim is not there at all.
    pub groups: Option<Vec<String>>,
    /// The provider's own session.
    pub sid: Option<String>,
    /// The id token, which the provider wants to see again when somebody signs out.
    pub id_token: String,
}

impl Provider {
    /// Checks the id token of an answer.
    pub(super) fn believed(
        &self,
        known: &Known,
        tokens: &Tokens,
        nonce: &str,
        now: i64,
    ) -> Result<Told, OidcError> {
        let doubt = |doubt| OidcError::Doubted(doubt);
        let now = DateTime::<Utc>::from_timestamp_micros(now).ok_or(doubt(Doubt::Form))?;
        let skew = TimeDelta::seconds(SKEW);
        let token = tokens.id_token().ok_or(doubt(Doubt::Form))?;
        let verifier: IdTokenVerifier<'_, CoreJsonWebKey> = IdTokenVerifier::new_public_client(
            ClientId::new(self.settings.client_id.clone()),
            self.issuer.clone(),
            known.metadata.jwks().clone(),
        )
        .set_allowed_algs(ALLOWED)
        .set_time_fn(move || now - skew)
        .set_issue_time_verifier_fn(|_| Ok(()));
        let claims = token
            .claims(&verifier, &Nonce::new(nonce.to_owned()))
            .map_err(|error| doubt(doubt_of(&error)))?;
        let from = claims.additional_claims().all.get("nbf").and_then(Value::as_i64);
        let from = from.and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0));
        if [Some(claims.issue_time()), from].into_iter().flatten().any(|at| at > now + skew) {
            return Err(doubt(Doubt::Early));
        }
        if claims.authorized_party().is_some_and(|party| **party != self.settings.client_id) {
            return Err(doubt(Doubt::Audience));
        }
        if let Some(hash) = claims.access_token_hash() {
            let made = token.signing_alg().ok().zip(token.signing_key(&verifier).ok());
            let made = made.and_then(|(alg, key)| {
                AccessTokenHash::from_token(tokens.access_token(), alg, key).ok()
            });
            if made.as_ref() != Some(hash) {
                return Err(doubt(Doubt::Signature));
            }
        }
        Ok(self.taken(claims, token.to_string()))
    }

    fn taken(&self, claims: &IdTokenClaims<Extra, CoreGenderClaim>, id_token: String) -> Told {
        let all = &claims.additional_claims().all;
        let name = claims.name().and_then(|name| name.get(None));
        Told {
            subject: claims.subject().to_string(),
            email: claims.email().map_or_else(String::new, |email| email.trim().to_lowercase()),
            is_email_verified: claims.email_verified() == Some(true),
            name: name.map_or_else(String::new, |name| name.trim().to_owned()),
            groups: groups(all, &self.settings.group_claim),
            sid: all.get("sid").and_then(Value::as_str).map(str::to_owned),
            id_token,
        }
    }

    /// Asks the provider for what the id token left out: many tell addresses there only.
    pub(super) async fn completed(
        &self,
        client: &Client,
        tokens: &Tokens,
        told: Told,
    ) -> Result<Told, OidcError> {
        let wants_groups = !self.settings.group_claim.is_empty() && told.groups.is_none();
        if !told.email.is_empty() && !wants_groups {
            return Ok(told);
        }
        let subject = openidconnect::SubjectIdentifier::new(told.subject.clone());
        let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) else {
            return Ok(told);
        };
        let ask = |request| fetch(self.http.clone(), request);
        let info: UserInfoClaims<Extra, CoreGenderClaim> =
            request.request_async(&ask).await.map_err(|error| match error {
                openidconnect::UserInfoError::ClaimsVerification(_) => {
                    OidcError::Doubted(Doubt::Form)
                }
                other => self.unreachable(&other),
            })?;
        let found = info.email().map(|email| email.trim().to_lowercase());
        let name = info.name().and_then(|name| name.get(None)).map(|name| name.trim().to_owned());
        let groups = groups(&info.additional_claims().all, &self.settings.group_claim);
        let mut told = Told { groups: told.groups.or(groups), ..told };
        if let Some(email) = found.filter(|_| told.email.is_empty()) {
            told.email = email;
            told.is_email_verified = info.email_verified() == Some(true);
        }
        if told.name.is_empty() {
            told.name = name.unwrap_or_default();
        }
        Ok(told)
    }
}

/// Reads the groups of a claim: a list of texts, or one text; a dot leads into an object.
fn groups(all: &serde_json::Map<String, Value>, claim: &str) -> Option<Vec<String>> {
    let direct = all.get(claim);
    let found = direct.or_else(|| {
        let mut parts = claim.split('.');
        let first = all.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    })?;
    match found {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(many) => {
            Some(many.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        _ => None,
    }
}

fn doubt_of(error: &ClaimsVerificationError) -> Doubt {
    match error {
        ClaimsVerificationError::Expired(_) => Doubt::Expired,
        ClaimsVerificationError::InvalidAudience(_) => Doubt::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Doubt::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => Doubt::Nonce,
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        ) => Doubt::Key,
        ClaimsVerificationError::SignatureVerification(_) => Doubt::Signature,
        _ => Doubt::Form,
    }
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn groups_are_read_from_a_list_a_text_or_an_object() {
        let all = serde_json::json!({
            "groups": ["a", 1, "b"], "role": "c", "realm_access": {"roles": ["d"]},
            "https://x.example/g": ["e"], "n": 3
        });
        let all = all.as_object().unwrap();
        let read = |claim| groups(all, claim);
        assert_eq!(read("groups"), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(read("role"), Some(vec!["c".to_owned()]));
        assert_eq!(read("realm_access.roles"), Some(vec!["d".to_owned()]));
        assert_eq!(read("https://x.example/g"), Some(vec!["e".to_owned()]));
        for absent in ["", "n", "nothing", "realm_access.nothing", "role.x"] {
            assert_eq!(read(absent), None, "{absent}");
        }
    }
}
