//! Tokens of scripts: one's own, and everybody's for who reads logins.

use std::collections::BTreeSet;

use orchestre_app::tokens::{self, NewToken, TokenRow};
use orchestre_app::{AppError, Ctx, wire};
use orchestre_domain::id::TokenId;
use orchestre_domain::token::TokenScope;

use super::answer::{Page, created, list as page, nothing, one};
use super::body::Sent;
use super::document::parameters as p;
use super::given::needed;
use super::{Answer, Id};
use crate::door::ApiVisit;

fn written(ctx: &Ctx, token: &TokenRow) -> wire::Token {
    wire::Token::of(token, tokens::state(ctx, token))
}

/// `GET /api/v1/tokens?all=`: one's own; with `all` everybody's, for who reads logins.
#[utoipa::path(
    get,
    path = "/api/v1/tokens",
    operation_id = "tokens-list",
    tag = "tokens",
    params(p::Everybodys, p::Paging, p::Fields<wire::Token>),
    responses((status = 200, body = Page<wire::Token>))
)]
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let found = match visit.parameter("all") {
        Some(_) => tokens::all(&visit.ctx).await?,
        None => tokens::own(&visit.ctx).await?,
    };
    let items = found.iter().map(|token| written(&visit.ctx, token)).collect();
    page(&visit, items, |one: &wire::Token| one.id.clone())
}

/// `GET /api/v1/tokens/{id}`.
#[utoipa::path(
    get,
    path = "/api/v1/tokens/{id}",
    operation_id = "tokens-show",
    tag = "tokens",
    params(p::Fields<wire::Token>),
    responses((status = 200, body = wire::Token))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let token = tokens::show(&visit.ctx, id.read(TokenId::parse)?).await?;
    one(&visit, &written(&visit.ctx, &token))
}

/// `POST /api/v1/tokens`: the answer holds the token, once; no token opens this.
#[utoipa::path(
    post,
    path = "/api/v1/tokens",
    operation_id = "tokens-create",
    tag = "tokens",
    request_body = wire::NewToken,
    responses((status = 201, body = wire::TokenMade))
)]
pub(crate) async fn create(ApiVisit(visit): ApiVisit, Sent(sent): Sent<wire::NewToken>) -> Answer {
    let scopes = sent.scopes.iter().map(|word| needed("scopes", word, TokenScope::parse));
    let new = NewToken {
        name: sent.name,
        scopes: scopes.collect::<Result<BTreeSet<_>, AppError>>()?,
        expires_on: needed("expires_on", &sent.expires_on, |day| day.parse().ok())?,
    };
    let made = tokens::create(&visit.ctx, new).await?;
    let shown = written(&visit.ctx, &tokens::show(&visit.ctx, made.id).await?);
    let whole = wire::TokenMade { shown, token: made.token.expose().to_owned() };
    created(&visit, &whole, &format!("/api/v1/tokens/{}", made.id))
}

/// `DELETE /api/v1/tokens/{id}`: takes it back; it stays in the list. No token opens this.
#[utoipa::path(
    delete,
    path = "/api/v1/tokens/{id}",
    operation_id = "tokens-revoke",
    tag = "tokens",
    responses((status = 204))
)]
pub(crate) async fn revoke(ApiVisit(visit): ApiVisit, id: Id) -> Answer {
    let token = tokens::show(&visit.ctx, id.read(TokenId::parse)?).await?;
    visit.guard(&written(&visit.ctx, &token))?;
    tokens::revoke(&visit.ctx, token.id).await?;
    Ok(nothing())
}
