//! Time-stamps: an authority signs that a text was known at an instant.
//!
//! # Source
//!
//! RFC 3161, over HTTP. The signature of the authority is checked by whoever audits (`openssl ts
//! -verify`), with a certificate that they chose; here the answer is held against the question.

use std::time::Duration;

use cms::cert::x509::spki::AlgorithmIdentifier;
use cms::signed_data::SignedData;
use der::asn1::{Int, OctetString};
use der::oid::db::rfc5912::ID_SHA_256;
use der::{Any, Decode, Encode};
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use sha2::{Digest as _, Sha256};
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion, TstInfo};

/// An answer has this long.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Bytes of an answer that are read: 256 KiB.
const MOST: usize = 1 << 18;

/// Why there is no time-stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StampError {
    /// No connection, no answer in time, or another status than 200.
    #[error("the time-stamp authority does not answer")]
    Unreachable,
    /// The answer is no time-stamp.
    #[error("the answer is no time-stamp")]
    Unreadable,
    /// The authority refuses.
    #[error("the time-stamp authority refuses")]
    Refused,
    /// The time-stamp is of another text or answers another question.
    #[error("the time-stamp is of another text")]
    Foreign,
}

/// Asks one authority.
#[derive(Debug, Clone)]
pub struct Stamper {
    url: String,
    client: reqwest::Client,
}

impl Stamper {
    /// Gives a stamper for an authority's address; it follows no redirect.
    ///
    /// # Errors
    ///
    /// [`StampError::Unreachable`] when the client cannot be made.
    pub fn new(url: &str) -> Result<Self, StampError> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .timeout(TIMEOUT)
            .user_agent("Orchestre")
            .build()
            .map_err(|_unmade| StampError::Unreachable)?;
        Ok(Self { url: url.to_owned(), client })
    }

    /// Gives the answer of the authority (DER) for a text, held against the question.
    ///
    /// `nonce` is a random number that the answer must repeat.
    ///
    /// # Errors
    ///
    /// See [`StampError`].
    pub async fn stamp(&self, text: &[u8], nonce: u64) -> Result<Vec<u8>, StampError> {
        let question = question(text, nonce).map_err(|_unwritten| StampError::Unreadable)?;
        let request = self.client.post(&self.url);
        let request = request.header(CONTENT_TYPE, "application/timestamp-query").body(question);
        let mut answer = request.send().await.map_err(|_unsent| StampError::Unreachable)?;
        if answer.status().as_u16() != 200 {
            return Err(StampError::Unreachable);
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_broken| StampError::Unreachable)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MOST {
                return Err(StampError::Unreadable);
            }
        }
        check(&bytes, text, nonce)?;
        Ok(bytes)
    }
}

fn imprint(text: &[u8]) -> der::Result<MessageImprint> {
    Ok(MessageImprint {
        hash_algorithm: AlgorithmIdentifier { oid: ID_SHA_256, parameters: Some(Any::null()) },
        hashed_message: OctetString::new(Sha256::digest(text).to_vec())?,
    })
}

/// Writes a number as DER wants it: without leading zeroes, and positive.
fn number(nonce: u64) -> der::Result<Int> {
    let bytes = nonce.to_be_bytes();
    let from = bytes.iter().position(|byte| *byte != 0).unwrap_or(7);
    let digits = bytes.get(from..).unwrap_or_default();
    let sign = digits.first().is_some_and(|byte| *byte >= 0x80);
    let all: Vec<u8> = sign.then_some(0).into_iter().chain(digits.iter().copied()).collect();
    Int::new(&all)
}

fn question(text: &[u8], nonce: u64) -> der::Result<Vec<u8>> {
    let question = TimeStampReq {
        version: TspVersion::V1,
        message_imprint: imprint(text)?,
        req_policy: None,
        nonce: Some(number(nonce)?),
        cert_req: true,
        extensions: None,
    };
    question.to_der()
}

/// Holds an answer against the question.
fn check(answer: &[u8], text: &[u8], nonce: u64) -> Result<(), StampError> {
    let info = info(answer)?;
    let asked = imprint(text).and_then(|imprint| Ok((imprint, number(nonce)?)));
    let (imprint, nonce) = asked.map_err(|_unwritten| StampError::Unreadable)?;
    let is_same = info.message_imprint.hash_algorithm.oid == imprint.hash_algorithm.oid
        && info.message_imprint.hashed_message == imprint.hashed_message
        && info.nonce.as_ref() == Some(&nonce);
    if is_same { Ok(()) } else { Err(StampError::Foreign) }
}

/// Reads what the authority says.
fn info(answer: &[u8]) -> Result<TstInfo, StampError> {
    let unreadable = |_broken: der::Error| StampError::Unreadable;
    let answer = TimeStampResp::from_der(answer).map_err(unreadable)?;
    let token = answer.time_stamp_token.ok_or(StampError::Refused)?;
    let signed: SignedData = token.content.decode_as().map_err(unreadable)?;
    let content = signed.encap_content_info.econtent.ok_or(StampError::Unreadable)?;
    TstInfo::from_der(content.value()).map_err(unreadable)
}

#[cfg(test)]
mod tests;
