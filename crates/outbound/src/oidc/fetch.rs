//! One request to a provider, with a limit on what it may answer.

use openidconnect::{HttpRequest, HttpResponse, http, reqwest};

/// The most bytes that a provider may answer: metadata, keys and tokens are far smaller.
const MOST: usize = 1 << 20;

/// Why a request got no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Faulty {
    /// The network or TLS said no.
    #[error("no answer")]
    Network(#[from] reqwest::Error),
    /// The answer is too long.
    #[error("the answer is too long")]
    TooLong,
    /// The answer cannot be read.
    #[error("the answer cannot be read")]
    Unreadable(#[from] http::Error),
}

/// Sends a request and reads the answer up to the limit.
pub(super) async fn fetch(
    client: reqwest::Client,
    request: HttpRequest,
) -> Result<HttpResponse, Faulty> {
    let mut answer = client.execute(request.try_into()?).await?;
    let mut made = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        made = made.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        if body.len() + piece.len() > MOST {
            return Err(Faulty::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    Ok(made.body(body)?)
}
