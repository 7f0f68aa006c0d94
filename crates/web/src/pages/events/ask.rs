//! What an address asks of the feed: the same words on the page, in its files and by the API.

use jiff::ToSpan as _;
use jiff::civil::Date;
use orchestre_app::feed::{FeedAsk, Words};
use orchestre_app::{AppError, Code};
use orchestre_domain::clock::instant;
use orchestre_domain::event::EventName;
use orchestre_domain::fold::fold;
use orchestre_domain::id::{AccountId, LoginId};
use orchestre_domain::lang::Lang;
use orchestre_view::text;

use crate::door::Visit;

/// Words of an address that say what is looked for, without the place in the list.
pub(crate) const ASKED: [&str; 8] =
    ["q", "event", "since", "until", "account", "login", "object", "object_id"];

/// Reads what is asked: `q`, `event`, `since`, `until` (days, both included), `account`, `login`,
/// `object`, `object_id`, and `before`, the place in the list.
///
/// # Errors
///
/// `field_invalid` with the name of what cannot be read.
pub(crate) fn ask(visit: &Visit, limit: usize) -> Result<FeedAsk, AppError> {
    let names = read(visit, "event", EventName::parse)?;
    let next = |day: Date| instant(day.saturating_add(1.day()));
    Ok(FeedAsk {
        account: read(visit, "account", AccountId::parse)?,
        login: read(visit, "login", LoginId::parse)?,
        object: visit.parameter("object").map(str::to_owned),
        object_id: read(visit, "object_id", |text| text.parse().ok())?,
        names: names.into_iter().collect(),
        since: read(visit, "since", day)?.map(|day| instant(day) - 1),
        until: read(visit, "until", day)?.map(next),
        words: visit.parameter("q").map(|query| words(visit.lang(), query)),
        before: read(visit, "before", place)?,
        limit,
    })
}

fn read<T>(
    visit: &Visit,
    name: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, AppError> {
    let invalid = AppError::Field { code: Code::FieldInvalid, field: name };
    visit.parameter(name).map(|text| parse(text).ok_or(invalid)).transpose()
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn place(text: &str) -> Option<(i64, i64)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// Gives the folded text, and the events that are called so in a language.
fn words(lang: Lang, query: &str) -> Words {
    let folded = fold(query);
    let is_called = |name: &&EventName| fold(&called(lang, **name)).contains(&folded);
    let names = EventName::ALL.iter().filter(is_called).copied().collect();
    Words { folded, names }
}

/// Gives an event's name in words.
pub(crate) fn called(lang: Lang, name: EventName) -> String {
    text(lang, &format!("event-{}", name.as_str().replace('.', "-")))
}
