//! Bodies of the API: JSON into a typed struct that knows all its fields.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use orchestre_app::Code;
use orchestre_domain::float;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::Problem;
use crate::state::State;

/// Whole numbers below this one are exact as floats.
const LARGEST: f64 = 9_007_199_254_740_992.0;
/// The largest body of JSON: 1 MiB.
const MOST: usize = 1024 * 1024;

/// A body of JSON.
#[derive(Debug)]
pub(crate) struct Sent<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<State> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &State) -> Result<Self, Problem> {
        let value = value(request, &["application/json"]).await?;
        typed(value).map(Self)
    }
}

/// A change of something: what it names is replaced, null takes away, the rest stays (RFC 7396).
#[derive(Debug)]
pub(crate) struct Patch(Value);

impl FromRequest<State> for Patch {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &State) -> Result<Self, Problem> {
        let value = value(request, &["application/merge-patch+json", "application/json"]).await?;
        if value.is_object() { Ok(Self(value)) } else { Err(Code::RequestUnreadable.into()) }
    }
}

impl Patch {
    /// Gives what `present` becomes by the change.
    ///
    /// # Errors
    ///
    /// `request_unreadable` with the place of what cannot be.
    pub(crate) fn over<T: serde::Serialize + DeserializeOwned>(
        self,
        present: &T,
    ) -> Result<T, Problem> {
        let mut value =
            serde_json::to_value(present).map_err(|_unwritable| Problem::from(Code::Internal))?;
        merge(&mut value, self.0);
        typed(value)
    }
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(changes) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Some(fields) = target.as_object_mut() else { return };
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(&name);
        } else {
            merge(fields.entry(name).or_insert(Value::Null), change);
        }
    }
}

fn is_of(headers: &HeaderMap, kinds: &[&str]) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind =
        kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim().to_lowercase();
    kinds.contains(&kind.as_str())
}

async fn value(request: Request, kinds: &[&str]) -> Result<Value, Problem> {
    if !is_of(request.headers(), kinds) {
        return Err(Code::MediaType.into());
    }
    let bytes = to_bytes(request.into_body(), MOST)
        .await
        .map_err(|_too_large| Problem::from(Code::BodyTooLarge))?;
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|_not_json| Problem::from(Code::RequestUnreadable))?;
    if has_nul(&value) { Err(Code::RequestUnreadable.into()) } else { Ok(whole(value)) }
}

/// Writes whole numbers as such: 1.0 is the same number as 1, and is read where 1 is.
fn whole(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) if float.fract() == 0.0 && float.abs() < LARGEST => {
                float::round(float).into()
            }
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(whole).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, whole(value))).collect()
        }
        other => other,
    }
}

/// No text has a NUL in it; one of the two databases cannot hold it.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Reads a value; the problem names the place of what cannot be read.
fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().iter().map(|part| match part {
            serde_path_to_error::Segment::Seq { index } => format!("/{index}"),
            serde_path_to_error::Segment::Map { key } => format!("/{}", escaped(key)),
            serde_path_to_error::Segment::Enum { variant } => format!("/{}", escaped(variant)),
            serde_path_to_error::Segment::Unknown => String::new(),
        });
        Problem::from(Code::RequestUnreadable).at(path.collect::<String>())
    })
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merge;

    #[test]
    fn a_change_replaces_what_it_names_and_null_takes_away() {
        // The example of RFC 7396, section 3.
        let mut target = json!({"title": "Goodbye!", "author": {"givenName": "John", "familyName": "Doe"}, "tags": ["example", "sample"], "content": "x"});
        let patch = json!({"title": "Hello!", "phoneNumber": "+01-123-456-7890", "author": {"familyName": null}, "tags": ["example"]});
        merge(&mut target, patch);
        let wanted = json!({"title": "Hello!", "author": {"givenName": "John"}, "tags": ["example"], "content": "x", "phoneNumber": "+01-123-456-7890"});
        assert_eq!(target, wanted);
    }
}
