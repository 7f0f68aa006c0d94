//! Webhooks: signed messages to addresses that people subscribed.
//!
//! # Source
//!
//! Standard Webhooks 1.0.0.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::redirect::Policy;
use standardwebhooks::Webhook;

use crate::guard::{Doorman, Refusal};

/// An answer has this long.
const TIMEOUT: Duration = Duration::from_secs(15);
/// A connection has this long.
const CONNECT: Duration = Duration::from_secs(5);
/// Bytes of an answer that are read.
const ANSWER: usize = 2_048;
/// What every secret begins with.
pub const PREFIX: &str = "whsec_";

/// A message, ready to be sent.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// Where it goes.
    pub address: &'a str,
    /// Its id, the same at every try.
    pub id: &'a str,
    /// When it is sent, in seconds since 1970.
    pub timestamp: i64,
    /// The body, JSON.
    pub body: &'a str,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The beginning of the body.
    pub body: String,
    /// How the receiver wants to be left alone: seconds or a date, as it wrote it.
    pub retry_after: Option<String>,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The address may not be called.
    #[error("the address may not be called")]
    Refused(#[from] Refusal),
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// No connection, or it broke.
    #[error("no connection, or it broke")]
    Connection,
    /// The secret cannot be used.
    #[error("the secret cannot be used")]
    Secret,
}

/// Sends messages where the doorman lets them.
#[derive(Debug, Clone)]
pub struct Sender {
    doorman: Doorman,
    client: reqwest::Client,
}

impl Sender {
    /// Gives a sender; it follows no redirect and uses no proxy of the environment.
    ///
    /// # Errors
    ///
    /// [`SendError::Connection`] when the client cannot be made.
    pub fn new(doorman: Doorman) -> Result<Self, SendError> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT)
            .pool_max_idle_per_host(0)
            .user_agent("Orchestre-Webhooks/1")
            .dns_resolver(Arc::new(doorman.clone()))
            .build()
            .map_err(|_unmade| SendError::Connection)?;
        Ok(Self { doorman, client })
    }

    /// Sends a message, signed with each secret, and gives what came back.
    ///
    /// # Errors
    ///
    /// See [`SendError`].
    pub async fn send(
        &self,
        message: &Message<'_>,
        secrets: &[Vec<u8>],
    ) -> Result<Answer, SendError> {
        let url = self.doorman.targets().check(message.address)?;
        let request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(standardwebhooks::HEADER_WEBHOOK_ID, message.id)
            .header(standardwebhooks::HEADER_WEBHOOK_TIMESTAMP, message.timestamp)
            .header(standardwebhooks::HEADER_WEBHOOK_SIGNATURE, signatures(message, secrets)?)
            .body(message.body.to_owned());
        let mut answer = request.send().await.map_err(|error| failure(&error))?;
        let status = answer.status().as_u16();
        let retry_after = answer.headers().get(RETRY_AFTER);
        let retry_after = retry_after.and_then(|text| text.to_str().ok()).map(str::to_owned);
        let mut body = Vec::new();
        // A body that breaks off does not change what the status said.
        while body.len() < ANSWER {
            let Ok(Some(chunk)) = answer.chunk().await else { break };
            body.extend_from_slice(&chunk);
        }
        body.truncate(ANSWER);
        Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned(), retry_after })
    }
}

/// Gives the signatures of a message, one for each secret, with a space between.
fn signatures(message: &Message<'_>, secrets: &[Vec<u8>]) -> Result<String, SendError> {
    let signed = secrets.iter().map(|secret| {
        Webhook::from_bytes(secret.clone())
            .and_then(|key| key.sign(message.id, message.timestamp, message.body.as_bytes()))
    });
    let signed: Result<Vec<String>, _> = signed.collect();
    match signed {
        Ok(signed) if !signed.is_empty() => Ok(signed.join(" ")),
        _ => Err(SendError::Secret),
    }
}

/// Sorts what went wrong; a refusal of the doorman is found behind the client's words.
fn failure(error: &reqwest::Error) -> SendError {
    if error.is_timeout() {
        return SendError::Timeout;
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if let Some(refusal) = one.downcast_ref::<Refusal>() {
            return SendError::Refused(*refusal);
        }
        let inner = one.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        if let Some(refusal) = inner.and_then(|inner| inner.downcast_ref::<Refusal>()) {
            return SendError::Refused(*refusal);
        }
        cause = one.source();
    }
    SendError::Connection
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    /// The example of the specification, computed by its reference library.
    #[test]
    fn a_signature_is_that_of_the_specification() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let message = Message {
            address: "",
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330,
            body: r#"{"test": 2432232314}"#,
        };
        let one = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signatures(&message, std::slice::from_ref(&secret)).unwrap(), one);
        let two = signatures(&message, &[secret, vec![7; 32]]).unwrap();
        assert_eq!(two.split(' ').count(), 2);
        assert!(two.starts_with(one));
        assert_eq!(signatures(&message, &[]), Err(SendError::Secret));
    }
}
