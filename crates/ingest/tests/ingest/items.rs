//! Contact cards, calendars and mail of other people against the answers published with them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_ingest::{InteractionRow, Options, PersonRow, Reading, Row, Rows, read};
use serde_json::Value;

use crate::real_files::shared;

fn answers(folder: &str) -> Option<serde_json::Map<String, Value>> {
    let (_, bytes) = shared(&format!("{folder}/expected/parsed.json"))?;
    let mut answers: Value = serde_json::from_slice(&bytes).expect(folder);
    Some(answers["files"].as_object_mut().map(std::mem::take).unwrap_or_default())
}

fn file(folder: &str, name: &str, options: &Options) -> Reading {
    let (_, bytes) = shared(&format!("{folder}/{name}")).expect(name);
    read(None, name, &bytes, options)
}

fn people(reading: &Reading) -> &[Row<PersonRow>] {
    let Rows::People(rows) = &reading.rows else { return &[] };
    rows
}

fn interactions(reading: &Reading) -> &[Row<InteractionRow>] {
    let Rows::Interactions(rows) = &reading.rows else { return &[] };
    rows
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn cards_say_what_another_reader_sees() {
    let Some(answers) = answers("import_vcard") else { return };
    assert_eq!(answers.len(), 12);
    for (name, answer) in answers {
        let reading = file("import_vcard", &name, &Options::default());
        assert_eq!(reading.kind, Some(ImportKind::People), "{name}");
        let begun = answer["begin_vcard_lines"].as_u64().and_then(|n| usize::try_from(n).ok());
        assert_eq!(Some(reading.total_rows), begun, "{name}");
        let rows = people(&reading);
        if answer["vobject_error"].is_null() {
            assert_eq!(rows.len(), answer["cards"].as_array().expect("cards").len(), "{name}");
        }
        for (row, card) in rows.iter().zip(answer["cards"].as_array().expect("cards")) {
            same_card(&name, &row.value, card);
        }
    }
}

fn same_card(name: &str, row: &PersonRow, card: &Value) {
    let custom: BTreeMap<&str, &str> =
        row.custom.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let plain = |text: &str| text.replace("\\:", ":").trim().trim_start_matches("tel:").to_owned();
    if let Some(full) = texts(&card["fn"]).first() {
        // The other reader stops at a comma that should have been escaped.
        let said = row.name.as_deref().unwrap_or_default();
        assert!(said.starts_with(&plain(full)), "{name} {said}");
    }
    let all = |first: &Option<String>, rest: &str| -> BTreeSet<String> {
        let rest = custom.get(rest).into_iter().flat_map(|cell| cell.split("; "));
        let rest = rest.map(|text| text.rsplit(": ").next().unwrap_or(text).to_owned());
        first.iter().cloned().chain(rest).collect()
    };
    for (list, first, rest) in
        [("email", &row.email, "vcard email"), ("tel", &row.phone, "vcard tel")]
    {
        let wanted: BTreeSet<String> = texts(&card[list]).into_iter().map(plain).collect();
        assert_eq!(all(first, rest), wanted, "{name} {list}");
    }
    if let Some(organization) = card["org"][0][0].as_str().map(plain) {
        assert_eq!(row.organization.as_ref(), Some(&organization), "{name}");
    }
    assert_eq!(row.title, texts(&card["title"]).first().map(|text| plain(text)), "{name}");
    if let Some(url) = texts(&card["url"]).first() {
        let said = custom.get("url").map(|said| plain(said)).unwrap_or_default();
        assert!(said.contains(&plain(url)), "{name} {said}");
    }
    for property in texts(&card["properties"]) {
        let ours = ["email", "fn", "n", "org", "tel", "title", "version", "uid", "role", "lang"];
        let bytes =
            ["photo", "logo", "sound", "key", "rev", "prodid", "x-ablabel", "x-ms-ol-design"];
        let is_kept = custom.keys().any(|key| key.trim_start_matches("vcard ") == property);
        assert!(
            is_kept || ours.contains(&property) || bytes.contains(&property),
            "{name}: {property} is lost: {custom:?}"
        );
    }
}

#[test]
fn events_are_those_another_reader_sees() {
    let Some(answers) = answers("import_ical") else { return };
    assert_eq!(answers.len(), 119);
    let mut events = 0;
    for (name, answer) in answers {
        let reading = file("import_ical", &name, &Options::default());
        assert_eq!(reading.kind, Some(ImportKind::Interactions), "{name}");
        let seen = interactions(&reading);
        let (_, bytes) = shared(&format!("import_ical/{name}")).expect("a file");
        let is_elsewhere = String::from_utf8_lossy(&bytes).contains("X-WR-TIMEZONE");
        for event in answer["events"].as_array().into_iter().flatten() {
            let mut event = event.clone();
            if is_elsewhere {
                event["elsewhere"] = Value::Bool(true);
            }
            let event = &event;
            events += 1;
            let found = seen.iter().map(|row| &row.value).find(|row| same_event(row, event));
            let refused = reading.issues.iter().any(|issue| {
                matches!(issue.code, IssueCode::RequiredMissing | IssueCode::DateUnreadable)
            });
            let is_dated = event["dtstart"].is_string() && event["dtstart"] != "?";
            assert!(found.is_some() || !is_dated && refused, "{name} {event}\n{reading:?}");
        }
    }
    assert_eq!(events, 104);
}

fn same_event(row: &InteractionRow, event: &Value) -> bool {
    let start = event["dtstart"].as_str().unwrap_or_default();
    let time = row.time.map(|time| time.strftime("T%H:%M").to_string()).unwrap_or_default();
    let organizer = event["organizer"].as_str().into_iter();
    let people = texts(&event["attendees"]).into_iter().chain(organizer);
    let people =
        people.filter_map(|text| text.to_lowercase().strip_prefix("mailto:").map(str::to_owned));
    let knows =
        |person: String| row.exchange.participants.iter().any(|p| p.contains(person.trim()));
    // A calendar that names its zone shows its times in UTC there.
    // The first occurrence of a series may have been moved.
    let is_series = event["rrule"].is_string() && row.exchange.occurrence.is_some();
    let is_elsewhere = start.ends_with("+00:00") && event["elsewhere"].is_boolean();
    let time = if is_elsewhere { String::new() } else { time };
    (["", "?"].contains(&start) || is_series || start.starts_with(&format!("{}{time}", row.date)))
        && row.id.as_deref() == event["uid"].as_str().filter(|uid| !uid.is_empty())
        && row.subject.as_deref()
            == event["summary"].as_str().map(str::trim).filter(|s| !s.is_empty())
        && people.into_iter().all(knows)
}

/// Files in which we take an event that the other reader gives up.
const MORE: [&str; 2] = [
    "icalendar__calendars__issue_1081_invalid_rrule_freq.ics",
    "icalendar__calendars__issue_165_missing_event.ics",
];

#[test]
fn occurrences_are_those_another_reader_counts() {
    let Some(answers) = answers("import_ical") else { return };
    let mut files = 0;
    for (name, answer) in answers {
        let wanted = &answer["occurrences_first_366_days"];
        let day = |field: &str| wanted[field].as_str().and_then(|day| day.parse::<Date>().ok());
        let (Some(from), Some(to)) = (day("from"), day("to")) else { continue };
        files += 1;
        let window = (from, to.yesterday().expect("a day before"));
        let reading = file("import_ical", &name, &Options { window, ..Options::default() });
        let mut seen: Vec<String> = interactions(&reading)
            .iter()
            .map(|row| {
                let time = row.value.time.map(|time| time.strftime("T%H:%M").to_string());
                format!("{}{}", row.value.date, time.unwrap_or_default())
            })
            .collect();
        seen.sort();
        if MORE.contains(&name.as_str()) {
            assert!(!seen.is_empty(), "{name}");
            continue;
        }
        assert_eq!(u64::try_from(seen.len()).ok(), wanted["count"].as_u64(), "{name} {seen:?}");
        for (ours, theirs) in seen.iter().zip(texts(&wanted["starts"])) {
            assert!(theirs.starts_with(ours), "{name}: {ours} {theirs}");
        }
    }
    assert_eq!(files, 12);
}

#[test]
fn messages_say_what_another_reader_sees() {
    let Some(answers) = answers("import_eml") else { return };
    assert_eq!(answers.len(), 160);
    let (mut taken, mut left, mut other) = (0, BTreeMap::new(), Vec::new());
    for (name, answer) in &answers {
        let reading = file("import_eml", name, &Options::default());
        assert_eq!(reading.kind, Some(ImportKind::Interactions), "{name}");
        assert_eq!(reading.total_rows, 1, "{name}");
        let Some(row) = interactions(&reading).first() else {
            let code = reading.issues.first().map(|issue| issue.code);
            // A message without a day is no interaction of any day.
            let is_dated = answer["date"].is_string();
            assert!(code != Some(IssueCode::RequiredMissing) || !is_dated, "{name}");
            *left.entry(code.map(IssueCode::as_str)).or_insert(0) += 1;
            continue;
        };
        taken += 1;
        other.extend(different(&row.value, answer).map(|what| format!("{name}: {what}")));
    }
    let left: Vec<(&str, i32)> = left.into_iter().filter_map(|(c, n)| Some((c?, n))).collect();
    let wanted = [
        ("automatic_left_out", 16),
        ("bulk_left_out", 6),
        ("date_unreadable", 1),
        ("required_missing", 39),
        ("row_unreadable", 2),
    ];
    assert_eq!((taken, left), (96, wanted.to_vec()), "{other:#?}");
    // The other reader takes a whole broken sender for an address.
    assert_eq!(other.len(), 1, "{other:?}");
    assert!(other[0].starts_with("mail__plain_emails__mix_caps_content_type.eml"), "{other:?}");
}

fn different(row: &InteractionRow, answer: &Value) -> Option<String> {
    let date = answer["date"].as_str()?;
    let time = row.time.map(|time| time.strftime("%H:%M").to_string()).unwrap_or_default();
    if !date.starts_with(&format!("{}T{time}", row.date)) {
        return Some(format!("{date} {} {time}", row.date));
    }
    let subject = answer["subject"].as_str().unwrap_or_default();
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if row.subject.clone().unwrap_or_default() != subject {
        return Some(format!("{:?} {subject:?}", row.subject));
    }
    let people = ["from", "to", "cc"].map(|field| texts(&answer[field]));
    let lost = people.into_iter().flatten().map(str::to_lowercase).find(|person| {
        person.contains('@')
            && !row.exchange.participants.iter().any(|p| p.contains(person.as_str()))
    });
    if let Some(lost) = lost {
        return Some(format!("{lost} {:?}", row.exchange.participants));
    }
    let id = answer["message_id"].as_str().unwrap_or_default();
    let id = id.trim().trim_matches(['<', '>']);
    (row.id.as_deref().unwrap_or_default() != id).then(|| format!("{id} {:?}", row.id))
}
