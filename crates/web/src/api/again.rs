//! `Idempotency-Key`: the same request sent again is answered again and not done again.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use orchestre_app::answers::{self, Claim, KeptAnswer};
use orchestre_app::{AppError, Code, Ctx, settings};
use sha2::{Digest, Sha256};

use super::gate;
use crate::door::Visit;
use crate::problem::Problem;
use crate::spoken;

/// The header's name.
pub(super) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Headers that are kept with an answer.
const KEPT: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::ETAG];
/// Letters of a key at most.
const LONGEST: usize = 64;

/// Gives the key of a request.
///
/// # Errors
///
/// `parameter_invalid` for one that is empty, too long or of other letters.
pub(super) fn key(request: &Request) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get(&KEY) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if text.is_empty() || text.len() > LONGEST || !is_plain {
        return Err(Problem::parameter("Idempotency-Key"));
    }
    Ok(Some(text.to_owned()))
}

/// Answers a request with a key.
pub(super) async fn answer(visit: &Visit, key: String, request: Request, next: Next) -> Response {
    match once(&visit.ctx, key, request, next).await {
        Ok(answer) => answer,
        Err(problem) => problem.into_response(),
    }
}

async fn once(ctx: &Ctx, key: String, request: Request, next: Next) -> Result<Response, Problem> {
    let limit = settings::get(ctx).await?.settings.upload_limit;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::try_from(limit).unwrap_or(usize::MAX))
        .await
        .map_err(|_too_large| Problem::from(Code::UploadTooLarge))?;
    let mut digest = Sha256::new();
    for part in [parts.method.as_str(), &parts.uri.to_string()] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    digest.update(&body);
    let digest = gate::letters(&digest.finalize());
    match answers::claim(ctx, &key, &digest).await? {
        Claim::Answered(kept) => return Ok(told(&kept)),
        Claim::Running => return Err(Code::KeyRunning.into()),
        Claim::Other => return Err(Code::KeyReused.into()),
        Claim::New => {}
    }
    // The work goes on when the one who asks hangs up: its answer waits for the next try.
    let (request, ctx) = (Request::from_parts(parts, Body::from(body)), ctx.clone());
    let work = spoken::carried(async move { kept(&ctx, &key, next.run(request).await).await });
    match tokio::spawn(work).await {
        Ok(answer) => answer.map_err(Problem::from),
        Err(_panicked) => Err(Code::Internal.into()),
    }
}

/// Keeps an answer and gives it; what failed by our fault may be tried again.
async fn kept(ctx: &Ctx, key: &str, answer: Response) -> Result<Response, AppError> {
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let text = std::str::from_utf8(&bytes).ok();
    let headers = KEPT
        .iter()
        .filter_map(|name| Some(format!("{name}: {}\n", parts.headers.get(name)?.to_str().ok()?)));
    let own = text.filter(|_| !parts.status.is_server_error()).map(|text| KeptAnswer {
        status: i64::from(parts.status.as_u16()),
        headers: headers.collect(),
        body: text.to_owned(),
    });
    answers::keep(ctx, key, own.as_ref()).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn told(kept: &KeptAnswer) -> Response {
    let status = u16::try_from(kept.status).ok().and_then(|code| StatusCode::from_u16(code).ok());
    let mut answer = Response::new(Body::from(kept.body.clone()));
    *answer.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in kept.headers.lines().filter_map(|line| line.split_once(": ")) {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}
