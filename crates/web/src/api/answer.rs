//! Answers of the API: one thing, a page of a list, or all of it as lines.

use std::collections::BTreeSet;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use orchestre_app::{AppError, Code};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::document::fields_of;
use super::gate;
use crate::door::Visit;
use crate::problem::Problem;

/// Things of one page unless asked otherwise, and at most.
pub(crate) const PAGE: (usize, usize) = (100, 200);

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T: ToSchema> {
    /// The things of this page.
    items: Vec<T>,
    /// How many there are in all.
    found: usize,
    /// How many come before this page.
    from: usize,
    /// What brings the next page as `cursor`; null on the last one.
    next_cursor: Option<String>,
}

/// The id of something new.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Created {
    /// The id.
    pub(crate) id: String,
}

/// Where a page begins and how long it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// How many come before it.
    pub(crate) from: usize,
    /// At most how many it has.
    pub(crate) count: usize,
    /// The last thing of the page before: what was put in since moves nothing.
    pub(crate) after: Option<String>,
}

impl Cut {
    /// Reads `cursor` and `limit`, or the older `from` and `count`.
    ///
    /// # Errors
    ///
    /// `parameter_invalid` for a cursor that no page gave.
    pub(crate) fn of(visit: &Visit) -> Result<Self, Problem> {
        let number = |name: &str| visit.parameter(name).and_then(|text| text.parse::<usize>().ok());
        if visit.wants_lines {
            return Ok(Self { from: 0, count: usize::MAX, after: None });
        }
        let count = number("limit").or_else(|| number("count")).unwrap_or(PAGE.0);
        let Some(cursor) = visit.parameter("cursor") else {
            return Ok(Self { from: number("from").unwrap_or(0), count, after: None });
        };
        let (from, after) = opened(cursor).ok_or_else(|| Problem::parameter("cursor"))?;
        Ok(Self { from, count, after: Some(after) })
    }

    /// Cuts a whole list; `key` names a thing.
    fn cut<T>(&self, all: Vec<T>, key: impl Fn(&T) -> String) -> (usize, Vec<T>) {
        let after =
            self.after.as_ref().and_then(|last| all.iter().position(|one| key(one) == *last));
        let from = after.map_or(self.from, |at| at + 1).min(all.len());
        (from, all.into_iter().skip(from).take(self.count).collect())
    }
}

fn closed(from: usize, last: &str) -> String {
    format!("{from}-{last}")
}

fn opened(cursor: &str) -> Option<(usize, String)> {
    let (from, last) = cursor.split_once('-')?;
    Some((from.parse().ok()?, last.to_owned()))
}

/// Gives one thing, with the tag of the whole of it, cut to the fields that are asked for.
///
/// # Errors
///
/// `parameter_invalid` for a field that the thing does not have.
pub(crate) fn one<T: Serialize + ToSchema>(visit: &Visit, value: &T) -> Result<Response, Problem> {
    let bytes = bytes(value)?;
    let tag = gate::tag(&bytes);
    let body = match asked_fields::<T>(visit)? {
        None => bytes,
        Some(fields) => self::bytes(&only(json(value)?, &fields))?,
    };
    let mut answer = ([(header::CONTENT_TYPE, "application/json")], body).into_response();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    Ok(answer)
}

/// Gives something new with its address.
///
/// # Errors
///
/// `internal` when it cannot be written.
pub(crate) fn created<T: Serialize + ToSchema>(
    visit: &Visit,
    value: &T,
    address: &str,
) -> Result<Response, Problem> {
    let mut answer = one(visit, value)?;
    *answer.status_mut() = StatusCode::CREATED;
    if let Ok(address) = HeaderValue::from_str(address) {
        answer.headers_mut().insert(header::LOCATION, address);
    }
    Ok(answer)
}

/// Gives a page of a whole list, or the list as lines; `key` names a thing.
///
/// # Errors
///
/// `parameter_invalid` for a cursor that no page gave or a field that the things do not have.
pub(crate) fn list<T: Serialize + ToSchema>(
    visit: &Visit,
    all: Vec<T>,
    key: impl Fn(&T) -> String,
) -> Result<Response, Problem> {
    let cut = Cut::of(visit)?;
    let found = all.len();
    let (from, items) = cut.cut(all, &key);
    part(visit, &items, (from, found), key)
}

/// Gives a part of a list that was cut already: what comes before it, how many there are in all.
///
/// # Errors
///
/// As [`list`].
pub(crate) fn part<T: Serialize + ToSchema>(
    visit: &Visit,
    items: &[T],
    (from, found): (usize, usize),
    key: impl Fn(&T) -> String,
) -> Result<Response, Problem> {
    let fields = asked_fields::<T>(visit)?;
    let last = items.last().map(&key);
    let until = from + items.len();
    let items: Vec<Value> = items.iter().map(json).collect::<Result<_, _>>()?;
    let items: Vec<Value> = match &fields {
        None => items,
        Some(fields) => items.into_iter().map(|item| only(item, fields)).collect(),
    };
    if visit.wants_lines {
        let lines: Vec<String> = items.iter().map(|item| format!("{item}\n")).collect();
        return Ok(([(header::CONTENT_TYPE, "application/jsonl")], lines.concat()).into_response());
    }
    let next = last.filter(|_| until < found).map(|last| closed(until, &last));
    let mut page = Map::new();
    page.insert("items".to_owned(), Value::Array(items));
    page.insert("found".to_owned(), found.into());
    page.insert("from".to_owned(), from.into());
    page.insert("next_cursor".to_owned(), next.clone().into());
    let mut answer = axum::Json(Value::Object(page)).into_response();
    let link = next.map(|next| format!("<{}>; rel=\"next\"", visit.with("cursor", &next)));
    if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
        answer.headers_mut().insert(header::LINK, link);
    }
    Ok(answer)
}

/// Gives an answer without a body.
pub(crate) fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

fn json<T: Serialize>(value: &T) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|_unwritable| Problem::from(Code::Internal))
}

fn bytes<T: Serialize>(value: &T) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|_unwritable| Problem::from(Code::Internal))
}

fn asked_fields<T: ToSchema>(visit: &Visit) -> Result<Option<BTreeSet<String>>, Problem> {
    let Some(asked) = visit.parameter("fields") else { return Ok(None) };
    let known = fields_of::<T>();
    let fields: BTreeSet<String> = asked.split(',').map(|name| name.trim().to_owned()).collect();
    if fields.is_subset(&known) { Ok(Some(fields)) } else { Err(Problem::parameter("fields")) }
}

fn only(value: Value, fields: &BTreeSet<String>) -> Value {
    match value {
        Value::Object(all) => {
            Value::Object(all.into_iter().filter(|(name, _)| fields.contains(name)).collect())
        }
        other => other,
    }
}

impl Visit {
    /// Refuses a change of something that the asker knows in another form than the present one.
    ///
    /// # Errors
    ///
    /// `changed_since` with the present tag.
    pub(crate) fn guard<T: Serialize>(&self, present: &T) -> Result<(), Problem> {
        let tag = gate::tag(&bytes(present)?);
        match &self.if_match {
            Some(wanted) if gate::names(wanted, &tag) => Ok(()),
            _ => Err(Problem::from(AppError::from(Code::ChangedSince)).tagged(tag)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cut, closed, opened};

    #[test]
    fn paging_shows_no_thing_twice_and_misses_none_when_some_come_in() {
        let key = |one: &u32| one.to_string();
        let mut all: Vec<u32> = (0..10).map(|at| at * 10).collect();
        let mut seen = Vec::new();
        let mut cut = Cut { from: 0, count: 3, after: None };
        loop {
            let (from, items) = cut.cut(all.clone(), key);
            let Some(last) = items.last().copied() else { break };
            let (from, after) = opened(&closed(from + items.len(), &last.to_string())).unwrap();
            seen.extend(items);
            cut = Cut { from, count: 3, after: Some(after) };
            all.insert(0, 1_000 + last);
        }
        assert_eq!(seen, (0..10).map(|at| at * 10).collect::<Vec<u32>>());
    }

    #[test]
    fn a_cursor_that_no_page_gave_is_refused() {
        for bad in ["", "x", "0", "-x", "x-1"] {
            assert_eq!(opened(bad), None, "{bad}");
        }
    }
}
