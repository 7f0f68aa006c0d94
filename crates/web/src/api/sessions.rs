//! Signing in and out by the API.

use std::net::SocketAddr;

use axum::Extension;
use axum::extract::{ConnectInfo, State as Shared};
use axum::http::{HeaderMap, header};
use orchestre_app::Code;
use orchestre_app::sessions::{self, Credentials, Entrance};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Answer;
use super::answer::nothing;
use super::body::Sent;
use crate::door;
use crate::problem::Problem;
use crate::state::State;

/// What somebody sends to come in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSession {
    /// The address.
    #[schema(max_length = 254)]
    email: String,
    /// The password.
    #[schema(max_length = 1000, examples("correct horse battery staple"))]
    password: String,
    /// The code of the second step, for a login that has one.
    #[schema(max_length = 40, pattern = "^[0-9A-Za-z -]*$", examples("123456"))]
    code: Option<String>,
}

/// A session that was opened.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// What to send as `Authorization: Bearer …`; shown once.
    #[schema(examples("6f1e…"))]
    token: String,
}

/// `POST /api/v1/sessions`.
#[utoipa::path(
    post,
    path = "/api/v1/sessions",
    operation_id = "sessions-create",
    tag = "sessions",
    request_body = NewSession,
    responses((status = 201, body = Session))
)]
pub(crate) async fn create(
    Shared(state): Shared<State>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Sent(new): Sent<NewSession>,
) -> Answer {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let credentials = Credentials {
        email: new.email,
        password: new.password,
        network: peer.map_or_else(String::new, |peer| peer.0.0.ip().to_string()),
        agent: agent.unwrap_or_default().chars().take(200).collect(),
    };
    let opened = match (sessions::come(&state.app, &credentials, None).await?, new.code) {
        (Entrance::In(opened), _) => opened,
        (Entrance::Half(half), Some(code)) => {
            let from = (credentials.network.as_str(), credentials.agent.as_str(), None);
            sessions::finish(&state.app, &half, &code, from).await?
        }
        (Entrance::Half(_), None) => return Err(Code::SecondStepNeeded.into()),
    };
    let body = serde_json::to_string(&Session { token: opened.token })
        .map_err(|_unwritable| Problem::from(Code::Internal))?;
    Ok(axum::response::IntoResponse::into_response((
        axum::http::StatusCode::CREATED,
        [(header::CONTENT_TYPE, "application/json")],
        body,
    )))
}

/// `DELETE /api/v1/sessions/current`: nobody learns whether there was one.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions/current",
    operation_id = "sessions-delete",
    tag = "sessions",
    responses((status = 204))
)]
pub(crate) async fn delete(Shared(state): Shared<State>, headers: HeaderMap) -> Answer {
    if let Some(token) = door::bearer(&headers) {
        sessions::close(&state.app, token).await?;
    }
    Ok(nothing())
}
