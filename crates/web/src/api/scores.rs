//! Scores and judgements.

use orchestre_app::scores::{self, Judging};
use orchestre_app::wire::words;
use orchestre_app::{AppError, Code, accounts, wire};
use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::id::AccountId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer::{Created, created, one};
use super::body::Sent;
use super::document::parameters as p;
use super::{Answer, Id};
use crate::door::ApiVisit;

/// `GET /api/v1/accounts/{id}/score?set=`: the axes, their criteria, the judgements.
#[utoipa::path(
    get,
    path = "/api/v1/accounts/{id}/score",
    operation_id = "accounts-score",
    tag = "scores",
    params(p::Set, p::Figures, p::Fields<wire::Score>),
    responses((status = 200, body = wire::Score))
)]
pub(crate) async fn show(ApiVisit(visit): ApiVisit, Id(id): Id) -> Answer {
    let asked = visit.asked().await?;
    let account = accounts::find(&visit.ctx, &id).await?;
    let set = visit.parameter("set").and_then(CriteriaSet::parse).unwrap_or(CriteriaSet::Selection);
    let why = scores::why(&visit.ctx, account, set, &asked).await?;
    one(&visit, &wire::score(&why))
}

/// What a judge says of a criterion: points, or a measure in `raw`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewJudgement {
    /// The set.
    #[schema(schema_with = words::criteria_set)]
    set: String,
    /// The criterion's key.
    #[schema(examples("fit"), max_length = 40)]
    criterion: String,
    /// The points.
    #[schema(minimum = 1, maximum = 5, examples(4))]
    value: Option<i64>,
    /// A measure in place of points.
    #[schema(examples(0.12))]
    raw: Option<f64>,
    /// On what it rests.
    #[schema(examples("Road map of the customer, March"), max_length = 2000)]
    evidence: Option<String>,
}

/// `POST /api/v1/accounts/{id}/judgements`.
#[utoipa::path(
    post,
    path = "/api/v1/accounts/{id}/judgements",
    operation_id = "judgements-create",
    tag = "scores",
    request_body = NewJudgement,
    responses((status = 201, body = Created))
)]
pub(crate) async fn judge(
    ApiVisit(visit): ApiVisit,
    id: Id,
    Sent(given): Sent<NewJudgement>,
) -> Answer {
    let account = id.read(AccountId::parse)?;
    let judging = Judging {
        account,
        set: CriteriaSet::parse(&given.set)
            .ok_or(AppError::Field { code: Code::FieldInvalid, field: "set" })?,
        key: given.criterion,
        value: given.value,
        raw: given.raw,
        evidence: given.evidence.unwrap_or_default(),
    };
    let made = scores::judge(&visit.ctx, judging).await?;
    created(&visit, &Created { id: made.to_string() }, &format!("/api/v1/accounts/{account}/score"))
}
