//! Looking with another person's eyes.

use axum::Form;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::{AppError, Code, watch};
use orchestre_domain::id::LoginId;

use super::Answer;
use crate::door::{Visit, session_token};
use crate::form::Fields;

/// `POST /view-as`: begins, and shows the first page of that person.
pub(crate) async fn begin(visit: Visit, headers: HeaderMap, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let token = session_token(&headers).ok_or(AppError::Code(Code::SignInNeeded))?;
    watch::may_begin(&visit.ctx)?;
    watch::begin(&visit.ctx, token, fields.word("login", LoginId::parse)?).await?;
    Ok(Redirect::to("/").into_response())
}

/// `POST /view-as/leave`: looks with own eyes again.
pub(crate) async fn end(visit: Visit, headers: HeaderMap, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let token = session_token(&headers).ok_or(AppError::Code(Code::SignInNeeded))?;
    watch::end(&visit.ctx, token).await?;
    Ok(Redirect::to("/").into_response())
}
