//! A provider of our own that lies on request: every answer of it can be bent.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

/// Who the program is at the provider.
pub(super) const CLIENT: &str = "orchestre";

/// What the provider does when it is asked.
#[derive(Debug, Clone)]
pub(super) struct Mood {
    /// The claims of the next id token; what it should say of `iss`, `aud`, `nonce` when they are absent.
    pub(super) claims: BTreeMap<&'static str, Value>,
    /// Claims that are left out.
    pub(super) without: Vec<&'static str>,
    /// The header's algorithm.
    pub(super) alg: &'static str,
    /// The header's key id.
    pub(super) kid: &'static str,
    /// The key that signs; the published one is 1.
    pub(super) key: u8,
    /// The keys that are published: id and seed.
    pub(super) published: Vec<(&'static str, u8)>,
    /// Changes a letter of the payload after signing.
    pub(super) is_forged: bool,
    /// Answers the code with an error, as for one that was used before.
    pub(super) refuses_code: bool,
}

impl Default for Mood {
    fn default() -> Self {
        Self {
            claims: BTreeMap::new(),
            without: Vec::new(),
            alg: "EdDSA",
            kid: "k1",
            key: 1,
            published: vec![("k1", 1)],
            is_forged: false,
            refuses_code: false,
        }
    }
}

/// A provider that serves on a port of this machine.
#[derive(Debug, Clone)]
pub(super) struct Provider {
    pub(super) issuer: String,
    mood: Arc<Mutex<Mood>>,
    /// What was asked for at the token's address: the form of each request.
    asked: Arc<Mutex<Vec<BTreeMap<String, String>>>>,
    /// What the next id token repeats, and when it is written, seconds.
    question: Arc<Mutex<(String, i64)>>,
}

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

impl Provider {
    /// Starts a provider.
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider =
            Self { issuer, mood: Arc::default(), asked: Arc::default(), question: Arc::default() };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    /// Changes what the provider does.
    pub(super) fn feel(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// Says what the next id token answers, at a second of the clock.
    pub(super) fn question(&self, nonce: &str, now: i64) {
        *self.question.lock().unwrap() = (nonce.to_owned(), now);
    }

    /// Gives the forms that were sent for a code.
    pub(super) fn asked(&self) -> Vec<BTreeMap<String, String>> {
        self.asked.lock().unwrap().clone()
    }

    /// Gives a token that is signed as the mood says.
    pub(super) fn signed(&self, claims: &Value, kind: &str) -> String {
        let mood = self.mood.lock().unwrap().clone();
        let head = json!({"alg": mood.alg, "kid": mood.kid, "typ": kind});
        let part = |value: &Value| BASE64.encode(value.to_string());
        let message = format!("{}.{}", part(&head), part(claims));
        if mood.alg == "none" {
            return format!("{message}.");
        }
        let signature = BASE64.encode(pair(mood.key).sign(message.as_bytes()));
        if mood.is_forged {
            let mut other = claims.clone();
            other["sub"] = json!("somebody-else");
            return format!("{}.{}.{signature}", part(&head), part(&other));
        }
        format!("{message}.{signature}")
    }

    fn id_token(&self) -> String {
        let mood = self.mood.lock().unwrap().clone();
        let (nonce, now) = self.question.lock().unwrap().clone();
        let mut claims = json!({
            "iss": self.issuer, "aud": CLIENT, "sub": "s-1", "nonce": nonce,
            "iat": now, "exp": now + 300, "sid": "at-home",
            "email": "aminata.lefort@ardenval.example", "email_verified": true, "name": "Aminata Lefort",
        });
        for (name, value) in mood.claims {
            claims[name] = value;
        }
        for name in mood.without {
            claims.as_object_mut().unwrap().remove(name);
        }
        self.signed(&claims, "JWT")
    }
}

async fn discovery(State(provider): State<Provider>) -> Json<Value> {
    let issuer = &provider.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "end_session_endpoint": format!("{issuer}/out"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "none", "HS256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn jwks(State(provider): State<Provider>) -> Json<Value> {
    let published = provider.mood.lock().unwrap().published.clone();
    let keys = published.iter().map(|(kid, seed)| {
        let x = BASE64.encode(pair(*seed).public_key());
        json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": x})
    });
    Json(json!({"keys": keys.collect::<Vec<_>>()}))
}

async fn token(
    State(provider): State<Provider>,
    Form(form): Form<BTreeMap<String, String>>,
) -> (axum::http::StatusCode, Json<Value>) {
    provider.asked.lock().unwrap().push(form);
    if provider.mood.lock().unwrap().refuses_code {
        return (axum::http::StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})));
    }
    let token = provider.id_token();
    let answer = json!({"access_token": "a", "token_type": "Bearer", "id_token": token});
    (axum::http::StatusCode::OK, Json(answer))
}
