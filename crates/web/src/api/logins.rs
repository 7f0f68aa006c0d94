//! `GET|POST /api/v1/logins`; `GET /api/v1/logins/{id}`; `POST /api/v1/logins/{id}/{change}`.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use orchestre_app::roster::{self, By, Invited, Line, Made};
use orchestre_app::{AppError, Code};
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use serde_json::{Value, json};

use super::{Answer, json as answer};
use crate::door::ApiVisit;

/// `GET /api/v1/logins`: every sign-in, by name.
pub(crate) async fn list(ApiVisit(visit): ApiVisit) -> Answer {
    let roster = roster::list(&visit.ctx).await?;
    let items: Vec<Value> = roster.lines.iter().map(written).collect();
    Ok(answer(json!({"items": items, "has_mail": roster.has_mail})))
}

/// `GET /api/v1/logins/{id}`.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let id = LoginId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    Ok(answer(written(&roster::show(&visit.ctx, id).await?)))
}

/// `POST /api/v1/logins`: `email`, `name`, `roles`, `lang`; `link` is there where no mail is set up.
pub(crate) async fn invite(ApiVisit(visit): ApiVisit, body: Bytes) -> Answer {
    let given: Value = serde_json::from_slice(&body).map_err(|_broken| invalid("body"))?;
    let word = |field: &str| given.get(field).and_then(Value::as_str).unwrap_or_default();
    let roles = given.get("roles").and_then(Value::as_array).cloned().unwrap_or_default();
    let roles = roles.iter().map(|role| role.as_str().and_then(Role::parse));
    let invited = Invited {
        email: word("email").to_owned(),
        name: word("name").to_owned(),
        roles: roles.collect::<Option<_>>().ok_or(invalid("role"))?,
        lang: Lang::parse(word("lang")).unwrap_or(visit.lang()),
    };
    let (id, made) = roster::invite(&visit.ctx, invited, By::Mail).await?;
    let made = json!({"id": id.to_string(), "link": link(made)});
    Ok((StatusCode::CREATED, answer(made)).into_response())
}

/// `POST /api/v1/logins/{id}/{change}`: `invitation`, `revocation`, `password`, `sessions`,
/// `second-step`, `deactivation`, `reactivation`.
pub(crate) async fn change(
    ApiVisit(visit): ApiVisit,
    Path((id, change)): Path<(String, String)>,
) -> Answer {
    let id = LoginId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let made = roster::change(&visit.ctx, id, &change).await?;
    let line = roster::show(&visit.ctx, id).await?;
    let mut body = written(&line);
    if let (Some(made), Some(fields)) = (made, body.as_object_mut()) {
        fields.insert("link".to_owned(), json!(link(made)));
    }
    Ok(answer(body))
}

fn link(made: Made) -> Option<String> {
    match made {
        Made::Sent => None,
        Made::Link(link) => Some(link),
    }
}

fn written(line: &Line) -> Value {
    let roles: Vec<&str> = line.roles.iter().map(|role| role.as_str()).collect();
    json!({
        "id": line.id.to_string(),
        "email": line.email,
        "name": line.name,
        "roles": roles,
        "is_active": line.is_active,
        "has_password": line.has_password,
        "has_second_step": line.has_second_step,
        "sessions": line.sessions,
    })
}

fn invalid(field: &'static str) -> AppError {
    AppError::Field { code: Code::FieldInvalid, field }
}
