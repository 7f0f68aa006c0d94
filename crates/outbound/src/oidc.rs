//! Sign-in by an OpenID Connect provider: discovery, authorization code with PKCE, checks of the id
//! token, sign-out at the provider and by the provider.
//!
//! Nothing is remembered here but what the provider publishes about itself. What a sign-in needs on
//! its way back (state, nonce, verifier) is handed in both times.

mod fetch;
mod logout;
mod told;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType,
    CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
    CoreResponseMode, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, AuthorizationCode, ClientId, ClientSecret,
    CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, ProviderMetadata, RedirectUrl,
    RequestTokenError, Scope, StandardErrorResponse, StandardTokenResponse, reqwest,
};
use serde::{Deserialize, Serialize};
use tokio::sync::RwLock;

use fetch::{Faulty, fetch};
pub use logout::SignedOut;
pub use told::Told;

/// How far the clocks of the provider and ours may differ, seconds.
pub const SKEW: i64 = 60;
/// What the provider publishes is asked for again after this long, µs: one hour.
const FRESH: i64 = 3_600_000_000;
/// A key that nobody knows makes us ask again at most this often, µs: one minute.
const RETRY: i64 = 60_000_000;
/// An answer of the provider may take this long.
const PATIENCE: Duration = Duration::from_secs(10);

/// A provider as the configuration names it.
#[derive(Clone)]
pub struct Settings {
    /// The issuer's address, exactly as the provider writes it.
    pub issuer: String,
    /// Who we are there.
    pub client_id: String,
    /// The secret that proves it; none for a public client.
    pub client_secret: Option<String>,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// The claim that holds the groups; a dot leads into an object.
    pub group_claim: String,
    /// A certificate (PEM) that is trusted besides the public ones.
    pub authority: Option<String>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("client_secret", &"***")
            .finish_non_exhaustive()
    }
}

/// Why a provider's answer is not believed; the word goes into the record of the refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The person or the provider said no.
    Denied,
    /// The answer is of another issuer.
    Issuer,
    /// The token is for somebody else.
    Audience,
    /// The token answers another question.
    Nonce,
    /// The signature is wrong, missing, or of a way that is not allowed.
    Signature,
    /// No published key signed it.
    Key,
    /// The token is over.
    Expired,
    /// The token is from later than now.
    Early,
    /// The code was used before, is unknown, or was not asked for by us.
    Code,
    /// The answer is not of the form that the protocol has.
    Form,
}

impl Doubt {
    /// Gives the word of the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Nonce => "nonce",
            Self::Signature => "signature",
            Self::Key => "key",
            Self::Expired => "expired",
            Self::Early => "early",
            Self::Code => "code",
            Self::Form => "form",
        }
    }
}

/// Why a provider did not help.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// It cannot be reached, or does not answer as a provider does.
    #[error("the provider {issuer} cannot be used: {why}")]
    Unreachable {
        /// Which.
        issuer: String,
        /// What the library says.
        why: String,
    },
    /// It answered, and the answer is not believed.
    #[error("the answer of the provider is not believed: {}", .0.as_str())]
    Doubted(Doubt),
    /// The configuration cannot be used.
    #[error("the provider {issuer} is set up wrongly: {why}")]
    Settings {
        /// Which.
        issuer: String,
        /// What is wrong.
        why: String,
    },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct More {
    end_session_endpoint: Option<String>,
    authorization_response_iss_parameter_supported: Option<bool>,
}
impl AdditionalProviderMetadata for More {}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Extra {
    #[serde(flatten)]
    all: serde_json::Map<String, serde_json::Value>,
}
impl AdditionalClaims for Extra {}

type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;
type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type Client = openidconnect::Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What the provider said of itself, and when we asked.
#[derive(Debug)]
struct Known {
    metadata: Metadata,
    at: i64,
}

/// What a sign-in carries to the provider and back.
#[derive(Debug, Clone)]
pub struct Way {
    /// Where the provider sends the browser back to.
    pub redirect: String,
    /// What ties the answer to the question.
    pub state: String,
    /// What ties the id token to the question.
    pub nonce: String,
    /// The PKCE verifier.
    pub verifier: String,
}

/// What the browser brings back from the provider.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The code, empty when there is none.
    pub code: String,
    /// Who answers (RFC 9207), if it says so.
    pub issuer: Option<String>,
    /// The error of the provider.
    pub error: Option<String>,
}

/// A provider, ready to be asked.
#[derive(Debug)]
pub struct Provider {
    settings: Settings,
    issuer: IssuerUrl,
    http: reqwest::Client,
    known: RwLock<Option<Arc<Known>>>,
}

impl Provider {
    /// Gives the provider of these settings; nothing is asked yet.
    ///
    /// # Errors
    ///
    /// [`OidcError::Settings`] for an issuer that is no https address (plain http is for this machine
    /// alone) or a certificate that cannot be read.
    pub fn new(settings: Settings) -> Result<Self, OidcError> {
        let wrong = |why: String| OidcError::Settings { issuer: settings.issuer.clone(), why };
        let issuer =
            IssuerUrl::new(settings.issuer.clone()).map_err(|error| wrong(error.to_string()))?;
        let host = issuer.url().host_str().unwrap_or_default();
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        if issuer.url().scheme() != "https" && !(is_here && issuer.url().scheme() == "http") {
            return Err(wrong("the issuer must be an https address".to_owned()));
        }
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE);
        if let Some(authority) = &settings.authority {
            let certificate = reqwest::Certificate::from_pem(authority.as_bytes())
                .map_err(|error| wrong(error.to_string()))?;
            http = http.add_root_certificate(certificate);
        }
        let http = http.build().map_err(|error| wrong(error.to_string()))?;
        Ok(Self { settings, issuer, http, known: RwLock::new(None) })
    }

    /// Gives the issuer's address.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Gives the address to which the browser is sent.
    ///
    /// # Errors
    ///
    /// [`OidcError::Unreachable`], [`OidcError::Settings`].
    pub async fn address(&self, way: &Way, now: i64) -> Result<String, OidcError> {
        let known = self.known(now, FRESH).await?;
        let client = self.client(&known, way)?;
        let verifier = PkceCodeVerifier::new(way.verifier.clone());
        let (state, nonce) = (way.state.clone(), way.nonce.clone());
        let mut request = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        );
        for scope in &self.settings.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let (address, _, _) = request.set_pkce_challenge(challenge).url();
        Ok(address.into())
    }

    /// Turns what the browser brought back into who somebody is.
    ///
    /// # Errors
    ///
    /// [`OidcError::Doubted`] for whatever does not fit the question; [`OidcError::Unreachable`].
    pub async fn told(&self, way: &Way, answer: &Answer, now: i64) -> Result<Told, OidcError> {
        let known = self.known(now, FRESH).await?;
        self.same_issuer(&known, answer)?;
        if answer.error.is_some() {
            return Err(OidcError::Doubted(Doubt::Denied));
        }
        if answer.code.is_empty() {
            return Err(OidcError::Doubted(Doubt::Form));
        }
        let client = self.client(&known, way)?;
        let ask = |request| fetch(self.http.clone(), request);
        let tokens = client
            .exchange_code(AuthorizationCode::new(answer.code.clone()))
            .map_err(|error| self.unreachable(&error))?
            .set_pkce_verifier(PkceCodeVerifier::new(way.verifier.clone()))
            .request_async(&ask)
            .await
            .map_err(|error| self.refused(&error))?;
        match self.believed(&known, &tokens, &way.nonce, now) {
            Err(OidcError::Doubted(Doubt::Key)) => {
                // The provider may have changed its keys since we asked.
                let known = self.known(now, 0).await?;
                let told = self.believed(&known, &tokens, &way.nonce, now)?;
                self.completed(&client, &tokens, told).await
            }
            other => self.completed(&client, &tokens, other?).await,
        }
    }

    /// Refuses the answer of another issuer than the one that was asked (mix-up, RFC 9207).
    fn same_issuer(&self, known: &Known, answer: &Answer) -> Result<(), OidcError> {
        let more = known.metadata.additional_metadata();
        let says_it = more.authorization_response_iss_parameter_supported == Some(true);
        match answer.issuer.as_deref() {
            Some(issuer) if issuer == self.settings.issuer => Ok(()),
            None if !says_it => Ok(()),
            _ => Err(OidcError::Doubted(Doubt::Issuer)),
        }
    }

    /// Gives what the provider publishes, asked for again when it is older than `age`, µs.
    async fn known(&self, now: i64, age: i64) -> Result<Arc<Known>, OidcError> {
        let before = self.known.read().await.clone();
        if let Some(known) = before.as_ref().filter(|known| age > 0 && now - known.at < age) {
            return Ok(Arc::clone(known));
        }
        let ask = |request| fetch(self.http.clone(), request);
        match Metadata::discover_async(self.issuer.clone(), &ask).await {
            Ok(metadata) => {
                let known = Arc::new(Known { metadata, at: now });
                *self.known.write().await = Some(Arc::clone(&known));
                Ok(known)
            }
            // What was known an hour ago serves until the provider answers again.
            Err(error) => before.filter(|_| age > 0).ok_or_else(|| self.unreachable(&error)),
        }
    }

    fn client(&self, known: &Known, way: &Way) -> Result<Client, OidcError> {
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        let redirect = RedirectUrl::new(way.redirect.clone()).map_err(|error| {
            OidcError::Settings { issuer: self.settings.issuer.clone(), why: error.to_string() }
        })?;
        let id = ClientId::new(self.settings.client_id.clone());
        Ok(Client::from_provider_metadata(known.metadata.clone(), id, secret)
            .set_redirect_uri(redirect))
    }

    fn unreachable(&self, error: &dyn std::error::Error) -> OidcError {
        let mut why = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            why = format!("{why}: {inner}");
            source = inner.source();
        }
        OidcError::Unreachable { issuer: self.settings.issuer.clone(), why }
    }

    fn refused(
        &self,
        error: &RequestTokenError<Faulty, StandardErrorResponse<CoreErrorResponseType>>,
    ) -> OidcError {
        match error {
            RequestTokenError::ServerResponse(_) => OidcError::Doubted(Doubt::Code),
            RequestTokenError::Parse(..) => OidcError::Doubted(Doubt::Form),
            other => self.unreachable(other),
        }
    }
}
