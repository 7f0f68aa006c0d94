//! `GET /api/v1/accounts/{id}/score`; `POST …/judgements`.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use orchestre_app::scores::{self, Judging};
use orchestre_app::{AppError, Code, accounts, wire};
use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::id::AccountId;
use serde_json::{Value, json};

use super::{Answer, json as answer};
use crate::door::ApiVisit;

/// `GET /api/v1/accounts/{id}/score?set=`: the axes, their criteria, the judgements.
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Path(id): Path<String>) -> Answer {
    let asked = visit.asked().await?;
    let account = accounts::find(&visit.ctx, &id).await?;
    let set = visit.parameter("set").and_then(CriteriaSet::parse).unwrap_or(CriteriaSet::Selection);
    let why = scores::why(&visit.ctx, account, set, &asked).await?;
    Ok(answer(wire::score(&why)))
}

/// `POST /api/v1/accounts/{id}/judgements`: `set`, `criterion`, `value` or `raw`, `evidence`.
pub(crate) async fn judge(
    ApiVisit(visit): ApiVisit,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let account = AccountId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let given: Value = serde_json::from_slice(&body).map_err(|_broken| invalid("body"))?;
    let text = |field: &str| given.get(field).and_then(Value::as_str).unwrap_or_default();
    let judging = Judging {
        account,
        set: CriteriaSet::parse(text("set")).ok_or(invalid("set"))?,
        key: text("criterion").to_owned(),
        value: given.get("value").and_then(Value::as_i64),
        raw: given.get("raw").and_then(Value::as_f64),
        evidence: text("evidence").to_owned(),
    };
    let id = scores::judge(&visit.ctx, judging).await?;
    Ok((StatusCode::CREATED, answer(json!({"id": id.to_string()}))).into_response())
}

fn invalid(field: &'static str) -> AppError {
    AppError::Field { code: Code::FieldInvalid, field }
}
