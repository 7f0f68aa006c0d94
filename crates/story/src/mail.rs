//! `mail.mbox`: what came to the mailbox of the story in the week before T. Nobody in it is known
//! but ours, so no account's contacts change; the newsletter, the bounce and the private message
//! stay out.

use jiff::civil::{Date, time};
use jiff::{ToSpan as _, tz};

use crate::StoryFile;
use crate::people::address;

/// A message: days before T, from, to (a name of ours), subject, other headers.
type Message = (i64, &'static str, &'static str, &'static str, &'static str);

const ASSISTANT: &str = "\"H. Assistant\" <assistant.h@hartwenden.example>";
const PLANNER: &str = "=?utf-8?q?L=C3=A9a_Marchetti?= <lea.marchetti@castelune.example>";

const MESSAGES: [Message; 8] = [
    (
        6,
        ASSISTANT,
        "Tobias Reinholt",
        "Quarterly review: room and agenda",
        "Message-ID: <q1@hartwenden.example>",
    ),
    (5, PLANNER, "Solène Kermarrec", "Crates for the spring", "Message-ID: <c1@castelune.example>"),
    (
        5,
        "Trade Weekly <news@tradeweekly.example>",
        "Solène Kermarrec",
        "This week in packaging",
        "List-Unsubscribe: <https://tradeweekly.example/out>",
    ),
    (
        4,
        "Mailer Daemon <mailer-daemon@ardenval.example>",
        "Tobias Reinholt",
        "Undelivered mail",
        "Auto-Submitted: auto-replied",
    ),
    (
        4,
        "Office Shop <orders@officeshop.example>",
        "Solène Kermarrec",
        "Your order of labels",
        "Message-ID: <o1@officeshop.example>",
    ),
    (
        3,
        ASSISTANT,
        "Tobias Reinholt",
        "Re: Quarterly review: room and agenda",
        "Message-ID: <q2@hartwenden.example>\nIn-Reply-To: <q1@hartwenden.example>\nReferences: <q1@hartwenden.example>",
    ),
    (
        3,
        ASSISTANT,
        "Tobias Reinholt",
        "Re: Quarterly review: room and agenda",
        "Message-ID: <q2@hartwenden.example>\nIn-Reply-To: <q1@hartwenden.example>\nReferences: <q1@hartwenden.example>",
    ),
    (3, PLANNER, "Solène Kermarrec", "[perso] Saturday", "Message-ID: <p1@castelune.example>"),
];

/// Gives the mailbox.
pub(crate) fn file(t: Date) -> StoryFile {
    let text = MESSAGES.iter().map(|message| written(t, *message)).collect();
    StoryFile { name: "mail.mbox", kind: "interactions", text }
}

fn written(t: Date, (before, from, to, subject, more): Message) -> String {
    let day = t.saturating_sub(before.days()).to_datetime(time(9, 20, 0, 0));
    let date = day
        .to_zoned(tz::TimeZone::fixed(tz::offset(1)))
        .map(|moment| moment.strftime("%a, %-d %b %Y %H:%M:%S %z").to_string())
        .unwrap_or_default();
    let to = address(to, "ardenval");
    format!(
        "From story\nFrom: {from}\nTo: {to}\nDate: {date}\nSubject: {subject}\n{more}\n\n\
         What is written here is never read.\n\n"
    )
}
