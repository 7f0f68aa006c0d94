//! Mail: a message is one row of date, people, subject and thread. Its body is never read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use mail_parser::{Address, HeaderName, HeaderValue, Message, MessageParser, Received};

use crate::issue::{Issue, IssueCode};
use crate::item::{Items, is_marked_private, participant};
use crate::options::Options;

/// So much of a file is looked at to see whether it is mail.
const SAMPLE: usize = 16_384;
/// So much of a message may be headers.
const HEADERS: usize = 262_144;

/// Names of headers that only mail has.
const SIGNS: [&str; 12] = [
    "from",
    "to",
    "cc",
    "date",
    "subject",
    "message-id",
    "received",
    "return-path",
    "delivered-to",
    "mime-version",
    "content-type",
    "reply-to",
];

/// Says whether a file begins with the headers of a message.
pub(crate) fn looks_like_mail(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    let sample = sample.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(sample);
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for (place, line) in sample.split(|b| *b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mbox = place == 0 && is_separator(line);
        match header_name(line) {
            Some(name) => found.extend(SIGNS.iter().find(|sign| **sign == name)),
            None if mbox || place > 0 && line.starts_with(b" ") || line.starts_with(b"\t") => {}
            None => break,
        }
    }
    found.len() >= 3 || found.len() == 2 && found.contains(&"from")
}

/// Says whether a line begins a message of a mailbox; some programs write `From  :`, a header.
fn is_separator(line: &[u8]) -> bool {
    line.strip_prefix(b"From ").is_some_and(|rest| !rest.trim_ascii_start().starts_with(b":"))
}

/// Gives the name of the header that a line begins.
fn header_name(line: &[u8]) -> Option<String> {
    let end = line.iter().position(|b| *b == b':')?;
    let name = line.get(..end).filter(|name| !name.is_empty())?;
    let is_name = name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    is_name.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

/// Gives the messages of a file.
pub(crate) fn items(bytes: &[u8], options: &Options) -> Items {
    let mut items = Items::default();
    let parser = MessageParser::default();
    for (line, message) in messages(bytes) {
        let headers = message.get(..message.len().min(HEADERS)).unwrap_or_default();
        match parser.parse_headers(headers) {
            Some(message) if !message.headers().is_empty() => {
                take(&mut items, line, &message, options);
            }
            _ => items.refuse(Issue::row(IssueCode::RowUnreadable, line)),
        }
    }
    items
}

/// Cuts a mailbox at the lines that begin a message; gives each with its line.
fn messages(bytes: &[u8]) -> Vec<(u32, &[u8])> {
    let mut start = 0;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if line.iter().any(|b| !b.is_ascii_whitespace()) {
            break;
        }
        start += line.len();
    }
    let whole = bytes.get(start..).unwrap_or_default();
    if !is_separator(whole) {
        return vec![(1, whole)];
    }
    let mut places: Vec<(u32, usize, usize)> = Vec::new();
    let (mut place, mut after_gap) = (0, true);
    for (line, content) in (1_u32..).zip(bytes.split_inclusive(|b| *b == b'\n')) {
        let next = place + content.len();
        let begins = after_gap && is_separator(content);
        let follows = || {
            let next = bytes.get(next..).unwrap_or_default();
            next.split(|b| *b == b'\n')
                .next()
                .is_some_and(|line| header_name(line).is_some() || line.starts_with(b">From "))
        };
        if begins && follows() {
            places.push((line, place, next));
        }
        after_gap = content.iter().all(u8::is_ascii_whitespace);
        place = next;
    }
    let ends = places.iter().skip(1).map(|(_, begin, _)| *begin).chain([bytes.len()]);
    let cut = places.iter().zip(ends);
    cut.map(|((line, _, from), to)| (*line, bytes.get(*from..to).unwrap_or_default())).collect()
}

fn take(items: &mut Items, line: u32, message: &Message<'_>, options: &Options) {
    if let Some(code) = why_not(message) {
        return items.leave_out(code, line);
    }
    let raw = message.header_raw("Date").map(str::trim).unwrap_or_default();
    let Some(date) = moment(message, raw) else {
        let code =
            if raw.is_empty() { IssueCode::RequiredMissing } else { IssueCode::DateUnreadable };
        return items.refuse(Issue::row(code, line).in_column("Date").with_value(raw));
    };
    let cells = cells(message, date);
    if date.date() < options.window.0 || date.date() > options.window.1 {
        return items.leave_out(IssueCode::OutsideWindow, line);
    }
    items.push(line, cells);
}

/// Gives the reason for which a message is no exchange between people.
fn why_not(message: &Message<'_>) -> Option<IssueCode> {
    let raw = |name: &'static str| message.header_raw(name).map(|text| text.trim().to_lowercase());
    let has = |name: &'static str| raw(name).is_some_and(|text| !text.is_empty());
    let says = |name: &'static str, words: &[&str]| {
        raw(name).is_some_and(|text| words.iter().any(|word| text.contains(word)))
    };
    let sender = message.from().and_then(Address::first).and_then(|from| from.address());
    let sender = sender.unwrap_or_default().to_lowercase();
    let local = sender.split('@').next().unwrap_or_default();
    let machine =
        ["mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply"];
    let is_report = says("Content-Type", &["multipart/report"]);
    let is_answer = raw("Auto-Submitted").is_some_and(|text| !text.is_empty() && text != "no");
    let is_answer = is_answer
        || has("X-Autoreply")
        || has("X-Autorespond")
        || says("Precedence", &["auto_reply"]);
    let empty_path = raw("Return-Path").is_some_and(|path| path == "<>");
    let failed = has("X-Failed-Recipients");
    if is_report || is_answer || empty_path || failed || machine.contains(&local) {
        return Some(IssueCode::AutomaticLeftOut);
    }
    let is_list = has("List-Id")
        || has("List-Unsubscribe")
        || has("List-Post")
        || says("Precedence", &["bulk", "list", "junk"]);
    if is_list {
        return Some(IssueCode::BulkLeftOut);
    }
    let sensitive = says("Sensitivity", &["private", "personal", "confidential"]);
    let marked = subject(message).is_some_and(is_marked_private);
    (sensitive || marked).then_some(IssueCode::PrivateLeftOut)
}

/// Gives the moment of a message as its sender saw it: from its date, or from the last server's.
fn moment(message: &Message<'_>, raw: &str) -> Option<DateTime> {
    let written = message.date().copied().filter(|date| date.year > 0 && date.is_valid());
    if let Some(date) = written.and_then(civil).or_else(|| loose(raw)) {
        return Some(date);
    }
    let received = message.received().and_then(Received::date);
    received.filter(|_| raw.is_empty()).and_then(civil)
}

fn civil(date: mail_parser::DateTime) -> Option<DateTime> {
    let small = |number: u8| i8::try_from(number).ok();
    let year = i16::try_from(date.year).ok().filter(|year| *year < 3000)?;
    let (month, day) = (small(date.month)?, small(date.day)?);
    DateTime::new(year, month, day, small(date.hour)?, small(date.minute)?, 0, 0).ok()
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date as old programs wrote it: short years, no seconds, no zone.
fn loose(raw: &str) -> Option<DateTime> {
    let words: Vec<String> = raw
        .split([' ', '\t', ',', '-'])
        .map(|word| word.trim().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let is_month = |word: &String| MONTHS.iter().position(|month| word.starts_with(month));
    let place = words.iter().position(|word| word.len() >= 3 && is_month(word).is_some())?;
    let month = i8::try_from(is_month(words.get(place)?)? + 1).ok()?;
    let day: i8 = words.get(place.checked_sub(1)?)?.parse().ok()?;
    let year: i16 = words.get(place + 1)?.parse().ok()?;
    let year = match year {
        0..50 => year + 2000,
        50..100 => year + 1900,
        _ => year,
    };
    let mut clock = words.get(place + 2).map_or("", String::as_str).split(':');
    let mut part = || clock.next().and_then(|text| text.parse::<i8>().ok());
    let (hour, minute) = (part().unwrap_or(0), part().unwrap_or(0));
    DateTime::new(year, month, day, hour, minute, 0, 0)
        .ok()
        .filter(|_| (1970..3000).contains(&year))
}

fn cells(message: &Message<'_>, date: DateTime) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    let mut say = |name: &str, value: String| {
        if !value.trim().is_empty() {
            cells.insert(name.to_owned(), value);
        }
    };
    say("date", date.date().to_string());
    say("time", date.strftime("%H:%M").to_string());
    say("type", "email".to_owned());
    let subject = subject(message).unwrap_or_default();
    say("subject", subject.split_whitespace().collect::<Vec<_>>().join(" "));
    say("participants", participants(message).join("; "));
    let id = message.message_id().unwrap_or_default().trim().to_owned();
    // The first message of a thread stands first in the references of all others.
    let first = ids(message.references()).into_iter().chain(ids(message.in_reply_to())).next();
    say("thread", first.unwrap_or_else(|| id.clone()));
    say("id", id);
    say("source", "mail".to_owned());
    cells
}

/// Gives the first subject; a second one is a mistake.
fn subject<'a>(message: &'a Message<'_>) -> Option<&'a str> {
    let first = message.headers().iter().find(|header| header.name == HeaderName::Subject);
    first?.value.as_text()
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let texts = match value {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(list) => list.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    texts.into_iter().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect()
}

/// Gives who wrote and who received, each once.
fn participants(message: &Message<'_>) -> Vec<String> {
    let from = message.from().or_else(|| message.sender());
    let all = from.into_iter().chain(message.all_to()).chain(message.all_cc());
    let mut known = BTreeSet::new();
    let people = all.flat_map(Address::iter).filter_map(|person| {
        let address = person.address()?;
        let text = participant(person.name(), address)?;
        known.insert(address.to_lowercase()).then_some(text)
    });
    people.collect()
}
