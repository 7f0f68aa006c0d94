//! Broken cards, calendars and messages, and what is left out of them on purpose.

use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_ingest::{InteractionRow, Options, PersonRow, Rows, read};
use proptest::prelude::*;

fn people(text: &[u8]) -> Vec<PersonRow> {
    match read(None, "people.vcf", text, &Options::default()).rows {
        Rows::People(rows) => rows.into_iter().map(|row| row.value).collect(),
        other => panic!("{other:?}"),
    }
}

fn interactions(name: &str, text: &str) -> (Vec<InteractionRow>, Vec<(IssueCode, u32)>) {
    let reading = read(None, name, text.as_bytes(), &Options::default());
    assert_eq!(reading.kind, Some(ImportKind::Interactions));
    let issues = reading.issues.iter().map(|issue| (issue.code, issue.rows)).collect();
    match reading.rows {
        Rows::Interactions(rows) => (rows.into_iter().map(|row| row.value).collect(), issues),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_card_of_each_version_gives_the_same_person() {
    let old = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:L=E9ger;Zo=E9\r\n\
        FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9 =\r\nL=C3=A9ger\r\n\
        TEL;WORK;VOICE:+33 1\r\nEMAIL;INTERNET:zoe@example.com\r\nEND:VCARD\r\n";
    let three = "BEGIN:VCARD\nVERSION:3.0\nN:Léger;Zoé;;;\nFN:Zoé Lé\n ger\nitem1.EMAIL;type=INTERNET:zoe@example.com\n\
        item1.X-ABLabel:Travail\nTEL;TYPE=home:2\nTEL;TYPE=pref:+33 1\nEND:VCARD\n";
    let four = "BEGIN:VCARD\nVERSION:4.0\nN:Léger;Zoé;;;\nFN:Zoé Léger\nEMAIL;PREF=1:zoe@example.com\n\
        TEL;VALUE=uri:tel:+33 1\nX-BADGE:17\nEND:VCARD\n";
    for text in [&old[..], three.as_bytes(), four.as_bytes()] {
        let people = people(text);
        assert_eq!(people.len(), 1);
        let person = &people[0];
        let said =
            [&person.first_name, &person.last_name, &person.name, &person.email, &person.phone];
        let said = said.map(|text| text.as_deref().unwrap_or_default());
        assert_eq!(said, ["Zoé", "Léger", "Zoé Léger", "zoe@example.com", "+33 1"]);
    }
    let custom = people(four.as_bytes()).remove(0).custom;
    assert_eq!(custom, [("x-badge".to_owned(), "17".to_owned())]);
}

#[test]
fn a_card_that_is_cut_off_does_not_hide_the_next() {
    let text = "BEGIN:VCARD\nVERSION:3.0\nFN:First\nEMAIL:a@b.c\nBEGIN:VCARD\nVERSION:3.0\nFN:Second\n\
        KIND:group\nEND:VCARD\nBEGIN:VCARD\nFN:Third";
    let reading = read(None, "x.vcf", text.as_bytes(), &Options::default());
    assert_eq!((reading.total_rows, reading.rows.len()), (3, 2));
    assert_eq!(reading.issues.iter().map(|i| i.code).collect::<Vec<_>>(), [IssueCode::NotAPerson]);
}

const CALENDAR: &str = "BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:weekly
DTSTART;TZID=\"Romance Standard Time\":20260105T090000
DTEND;TZID=Romance Standard Time:20260105T100000
RRULE:FREQ=WEEKLY;UNTIL=20260202T080000Z
EXDATE;TZID=Romance Standard Time:20260112T090000
SUMMARY:Jour fixe
ORGANIZER;CN=Ann:mailto:Ann@us.example
ATTENDEE;PARTSTAT=DECLINED:mailto:no@them.example
ATTENDEE;CN=\"Bo; Lee\":MAILTO:bo@them.example
ATTENDEE;CUTYPE=ROOM:mailto:room@us.example
BEGIN:VALARM
DESCRIPTION:not the subject
SUMMARY:neither
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:weekly
RECURRENCE-ID:20260119T080000Z
DTSTART;TZID=Romance Standard Time:20260120T140000
SUMMARY:Jour fixe (moved)
END:VEVENT
BEGIN:VEVENT
UID:weekly
RECURRENCE-ID;TZID=Romance Standard Time:20260126T090000
DTSTART;TZID=Romance Standard Time:20260126T090000
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:secret
CLASS:PRIVATE
DTSTART:20260105
END:VEVENT
BEGIN:VEVENT
UID:mine
SUMMARY:[Perso] dentist
DTSTART:20260105
END:VEVENT
this line belongs to nobody

BEGIN:VEVENT
UID:broken
DTSTART:2026-13-45
END:VEVENT
BEGIN:VEVENT
UID:whole day
DTSTART;VALUE=DATE:20260301
DTEND;VALUE=DATE:20260302
";

#[test]
fn a_series_is_told_occurrence_by_occurrence() {
    let (rows, issues) = interactions("calendar.ics", CALENDAR);
    let seen: Vec<(String, Option<&str>)> = rows
        .iter()
        .map(|row| {
            let time = row.time.map(|time| time.strftime(" %H:%M").to_string()).unwrap_or_default();
            (format!("{}{time}", row.date), row.exchange.occurrence.as_deref())
        })
        .collect();
    let wanted = [
        ("2026-01-05 09:00", Some("20260105T090000")),
        ("2026-02-02 09:00", Some("20260202T090000")),
        ("2026-01-20 14:00", Some("20260119T090000")),
        ("2026-03-01", None),
    ];
    assert_eq!(seen, wanted.map(|(at, occurrence)| (at.to_owned(), occurrence)));
    assert_eq!(rows[0].exchange.participants, ["Ann <ann@us.example>", "Bo Lee <bo@them.example>"]);
    assert_eq!((rows[0].subject.as_deref(), rows[0].minutes), (Some("Jour fixe"), Some(60)));
    let codes = [
        (IssueCode::CancelledLeftOut, 1),
        (IssueCode::PrivateLeftOut, 2),
        (IssueCode::DateUnreadable, 1),
    ];
    for code in codes {
        assert!(issues.contains(&code), "{code:?} {issues:?}");
    }
    assert_eq!(issues.len(), codes.len());
}

#[test]
fn a_series_without_an_end_ends_with_the_window() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:19990101T070000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR\n";
    let window = ("2026-01-01".parse().unwrap(), "2026-01-31".parse().unwrap());
    let reading = read(None, "a.ics", text.as_bytes(), &Options { window, ..Options::default() });
    assert_eq!(reading.rows.len(), 31);
}

const MAILBOX: &str = "From ann@us.example Mon Jan  5 09:00:00 2026
From: Ann <ann@us.example>
To: \"Lee, Bo\" <bo@them.example>, undisclosed-recipients:;
Cc: ann@us.example
Date: Mon, 5 Jan 2026 23:30:00 +0100
Subject: =?utf-8?Q?R=C3=A9union?=
 du lundi
Message-ID: <1@us.example>

>From now on no body is read.
From here neither.

From bo@them.example Tue Jan  6 09:00:00 2026
From: bo@them.example
To: ann@us.example
Date: Tue, 6 Jan 2026 08:00:00 +0000
Subject: Re: Réunion
In-Reply-To: <1@us.example>
References: <1@us.example>
Message-ID: <2@them.example>

secret words
From the manual: this begins no message.

From news@shop.example Tue Jan  6 09:00:00 2026
From: news@shop.example
List-Unsubscribe: <mailto:x@y.example>
Date: Tue, 6 Jan 2026 08:00:00 +0000

From MAILER-DAEMON Tue Jan  6 09:00:00 2026
From: Mail <MAILER-DAEMON@them.example>
Date: Tue, 6 Jan 2026 08:00:00 +0000

From ann@us.example Tue Jan  6 09:00:00 2026
From: ann@us.example
Subject: Out of office
Auto-Submitted: auto-replied
Date: Tue, 6 Jan 2026 08:00:00 +0000

From ann@us.example Tue Jan  6 09:00:00 2026
From: ann@us.example
Subject: [perso] midi
Date: Tue, 6 Jan 2026 08:00:00 +0000
";

#[test]
fn a_mailbox_gives_the_messages_between_people() {
    let (rows, issues) = interactions("all.mbox", MAILBOX);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].subject.as_deref(), Some("Réunion du lundi"));
    assert_eq!(rows[0].date.to_string(), "2026-01-05");
    let people = ["Ann <ann@us.example>", "Lee, Bo <bo@them.example>"];
    assert_eq!(rows[0].exchange.participants, people);
    for row in &rows {
        assert_eq!(row.exchange.thread.as_deref(), Some("1@us.example"));
        assert!(!format!("{row:?}").contains("secret"));
    }
    let wanted = [
        (IssueCode::BulkLeftOut, 1),
        (IssueCode::AutomaticLeftOut, 2),
        (IssueCode::PrivateLeftOut, 1),
    ];
    assert_eq!(issues, wanted);
}

/// Lines of which broken files are made.
const LINES: [&str; 30] = [
    "BEGIN:VCARD",
    "END:VCARD",
    "VERSION:2.1",
    "N;ENCODING=QUOTED-PRINTABLE;CHARSET=x:=E9=\n=",
    "FN:",
    "item1.EMAIL;TYPE=:@",
    "PHOTO;ENCODING=b:////",
    "KIND:group",
    "BEGIN:VCALENDAR",
    "BEGIN:VEVENT",
    "END:VEVENT",
    "DTSTART:99991231T235959Z",
    "DTSTART;TZID=Nowhere/Else:00010101T000000",
    "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=-53SU;COUNT=4294967295",
    "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=-366;INTERVAL=65535",
    "EXDATE:20260101",
    "RDATE;VALUE=PERIOD:99991231T235959Z/P9999999W",
    "DURATION:P99999999999999D",
    "RECURRENCE-ID:0",
    "BEGIN:VTIMEZONE",
    "TZID:Nowhere/Else",
    "From a b",
    "From: =?utf-8?b?////?= <a@b>",
    "Date: Mon, 99 Foo 0",
    "Date: 1 Jan 1 99:99",
    "To: <<>>,;:",
    "References: <",
    "",
    " folded",
];

proptest! {
    #[test]
    fn no_file_of_items_stops_a_reader(
        lines in proptest::collection::vec((0..LINES.len(), ".{0,12}"), 0..40),
        name in proptest::sample::select(vec!["a.vcf", "a.ics", "a.eml", "a.mbox", "a"]),
    ) {
        let mut text = String::new();
        for (line, noise) in lines {
            text.push_str(LINES[line]);
            text.push_str(&noise);
            text.push_str(if noise.len() == 3 { "" } else { "\r\n" });
        }
        let reading = read(None, name, text.as_bytes(), &Options::default());
        prop_assert!(reading.rows.len() <= reading.total_rows);
    }

    #[test]
    fn no_bytes_stop_a_reader(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        begin in proptest::sample::select(vec!["BEGIN:VCARD\r\n", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "From a\r\nFrom: "]),
        name in proptest::sample::select(vec!["a.vcf", "a.ics", "a.eml", "a"]),
    ) {
        let mut text = begin.as_bytes().to_vec();
        text.extend(bytes);
        read(None, name, &text, &Options::default());
    }
}
