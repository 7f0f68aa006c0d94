//! `GET`, `POST /api/v1/tokens`; `GET`, `DELETE /api/v1/tokens/{id}`.

use std::collections::BTreeSet;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use orchestre_app::tokens::{self, NewToken, TokenRow};
use orchestre_app::{AppError, Code, Ctx, wire};
use orchestre_domain::id::TokenId;
use orchestre_domain::token::TokenScope;
use serde_json::{Value, json};

use super::{Answer, json as answer};
use crate::door::ApiVisit;

fn written(ctx: &Ctx, token: &TokenRow) -> Value {
    json!(wire::Token::of(token, tokens::state(ctx, token)))
}

/// `GET /api/v1/tokens?all=`: one's own; with `all` everybody's, for who reads logins.
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = match visit.parameter("all") {
        Some(_) => tokens::all(&visit.ctx).await?,
        None => tokens::own(&visit.ctx).await?,
    };
    let items: Value = found.iter().map(|token| written(&visit.ctx, token)).collect();
    Ok(answer(json!({"items": items})))
}

/// `GET /api/v1/tokens/{id}`.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let id = TokenId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let token = tokens::show(&visit.ctx, id).await?;
    Ok(answer(written(&visit.ctx, &token)))
}

/// `POST /api/v1/tokens`: `name`, `scopes`, `expires_on`; the answer holds the token, once.
pub(crate) async fn create(ApiVisit(visit): ApiVisit, body: Bytes) -> Answer {
    let given: wire::NewToken =
        serde_json::from_slice(&body).map_err(|_broken| AppError::from(Code::RequestUnreadable))?;
    let scopes: Option<BTreeSet<TokenScope>> =
        given.scopes.iter().map(|word| TokenScope::parse(word)).collect();
    let invalid = |field| AppError::Field { code: Code::FieldInvalid, field };
    let new = NewToken {
        name: given.name,
        scopes: scopes.ok_or_else(|| invalid("scopes"))?,
        expires_on: given.expires_on.parse::<Date>().map_err(|_not_a_day| invalid("expires_on"))?,
    };
    let made = tokens::create(&visit.ctx, new).await?;
    let token = tokens::show(&visit.ctx, made.id).await?;
    let shown = wire::Token::of(&token, tokens::state(&visit.ctx, &token));
    let made = wire::TokenMade { shown, token: made.token.expose().to_owned() };
    Ok((StatusCode::CREATED, answer(json!(made))).into_response())
}

/// `DELETE /api/v1/tokens/{id}`: takes it back; it stays in the list.
pub(crate) async fn revoke(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let id = TokenId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    tokens::revoke(&visit.ctx, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
