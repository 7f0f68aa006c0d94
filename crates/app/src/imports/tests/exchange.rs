//! Mail and calendars become interactions with the people who are known by their addresses.

use orchestre_domain::id::{AccountId, PartyId};
use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_domain::permission::Role;
use orchestre_domain::person::Identification;
use orchestre_domain::viewer::Viewer;

use super::{World, codes};
use crate::participants::{self, Decision, Participant};
use crate::{Code, Ctx};

const ACCOUNTS: &[u8] = b"id;name;country\nA1;Biolab;FR\nA2;Cimex;FR\n";
const PEOPLE: &[u8] = b"id;side;name;email;organization\n\
    P1;customer;Bo Lee;Bo@biolab.example;A1\n\
    P2;customer;Cy Moss;cy@cimex.example;A2\n\
    S1;supplier;Ann Kay;ann@us.example;\n";
const MAILBOX: &[u8] = b"From a\n\
    From: Ann <ann@us.example>\nTo: bo@biolab.example\nDate: Mon, 5 Jan 2026 09:00:00 +0100\n\
    Subject: Offer\nMessage-ID: <1@us.example>\n\nsecret body\n\n\
    From a\n\
    From: Bo <BO@biolab.example>\nTo: ann@us.example, cy@cimex.example\nDate: Tue, 6 Jan 2026 09:00:00 +0100\n\
    Subject: Re: Offer\nIn-Reply-To: <1@us.example>\nMessage-ID: <2@biolab.example>\n\nsecret body\n\n\
    From a\n\
    From: new@biolab.example\nTo: ann@us.example\nDate: Wed, 7 Jan 2026 09:00:00 +0100\n\
    Message-ID: <3@biolab.example>\n\n";
const CALENDAR: &[u8] = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:jf\nDTSTART:20261102T090000\n\
    RRULE:FREQ=WEEKLY\nSUMMARY:Jour fixe\nATTENDEE:mailto:bo@biolab.example\nEND:VEVENT\nEND:VCALENDAR\n";

async fn told(world: &World) {
    world.import(ImportKind::Accounts, "accounts.csv", ACCOUNTS).await;
    world.import(ImportKind::People, "people.csv", PEOPLE).await;
    mail_goes_in(world).await;
    calendar_goes_in(world).await;
    interactions_are_told(world).await;
    people_are_told(world).await;
    // A card that comes later takes its messages: nobody was made before.
    let card =
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Nia Ew\nEMAIL:new@biolab.example\nORG:Biolab\nEND:VCARD\n";
    world.import(ImportKind::People, "new.vcf", card).await;
    let text = "COUNT(*) AS n FROM interaction_people WHERE person_id IS NULL";
    assert_eq!(world.numbers([text]).await, [0]);
}

async fn mail_goes_in(world: &World) {
    let mail = world.import(ImportKind::Interactions, "all.mbox", MAILBOX).await;
    assert_eq!((mail.rows, mail.created), (3, 3));
    let issues = codes(&mail);
    assert_eq!(issues.get(&IssueCode::PersonUnknown), Some(&1));
    // One message is between two customers, one with somebody unknown: no account is guessed.
    assert_eq!(issues.get(&IssueCode::PartyEmpty), Some(&2));
}

async fn calendar_goes_in(world: &World) {
    let days = world.import(ImportKind::Interactions, "jf.ics", CALENDAR).await;
    // The world's day is the 16th: three Mondays have been, the others come later.
    assert_eq!((days.rows, days.created), (3, 3));
    let again = [&b"\n"[..], CALENDAR].concat();
    let again = world.import(ImportKind::Interactions, "jf.ics", &again).await;
    assert_eq!((again.created, again.unchanged), (0, 3));
}

async fn interactions_are_told(world: &World) {
    let text = "SELECT i.day, i.type, i.subject, p.name AS party FROM interactions i \
                LEFT JOIN parties p ON p.id = i.party_id";
    let seen = world.dump(text, &["day", "type", "subject", "party"]).await;
    let wanted = [
        "2026-01-05|email|Offer|Biolab",
        "2026-01-06|email|Re: Offer|-",
        "2026-01-07|email|-|-",
        "2026-11-02|meeting|Jour fixe|Biolab",
        "2026-11-09|meeting|Jour fixe|Biolab",
        "2026-11-16|meeting|Jour fixe|Biolab",
    ];
    assert_eq!(seen, wanted);
}

async fn people_are_told(world: &World) {
    let text = "SELECT i.day, t.person_ref, t.side, p.name FROM interaction_people t \
                JOIN interactions i ON i.id = t.interaction_id \
                LEFT JOIN persons p ON p.id = t.person_id WHERE i.type = 'email'";
    let people = world.dump(text, &["day", "person_ref", "side", "name"]).await;
    let wanted = [
        "2026-01-05|ann@us.example|supplier|Ann Kay",
        "2026-01-05|bo@biolab.example|customer|Bo Lee",
        "2026-01-06|ann@us.example|supplier|Ann Kay",
        "2026-01-06|bo@biolab.example|customer|Bo Lee",
        "2026-01-06|cy@cimex.example|customer|Cy Moss",
        "2026-01-07|ann@us.example|supplier|Ann Kay",
        "2026-01-07|new@biolab.example|customer|-",
    ];
    assert_eq!(people, wanted);
}

#[tokio::test]
async fn mail_and_calendars_find_their_people_and_accounts() {
    told(&World::new().await).await;
    if let Some(world) = World::on_postgres("exchange").await {
        told(&world).await;
    }
}

const NEW: &str = "new@biolab.example";

async fn parties(world: &World) -> Vec<String> {
    let text = "SELECT i.day, p.name FROM interactions i LEFT JOIN parties p ON p.id = i.party_id";
    world.dump(text, &["day", "name"]).await
}

async fn only(world: &World) -> Participant {
    let found = participants::list(&world.ctx).await.unwrap();
    assert_eq!(found.len(), 1);
    found.into_iter().next().unwrap()
}

async fn decided(world: &World, decision: Decision) -> Result<(), Code> {
    participants::decide(&world.ctx, NEW, decision).await.map_err(|error| error.code())
}

const UNPLACED: [&str; 3] = ["2026-01-05|Biolab", "2026-01-06|-", "2026-01-07|-"];
const PLACED: [&str; 3] = ["2026-01-05|Biolab", "2026-01-06|-", "2026-01-07|Biolab"];

async fn somebody_decides(world: &World) {
    world.import(ImportKind::Accounts, "accounts.csv", ACCOUNTS).await;
    world.import(ImportKind::People, "people.csv", PEOPLE).await;
    world.import(ImportKind::Interactions, "all.mbox", MAILBOX).await;
    let one = only(world).await;
    assert_eq!((&*one.address, one.interactions, one.state), (NEW, 1, Identification::Open));
    let company = one.company.unwrap();
    let [(bo, _)] = &*company.people else { panic!("{company:?}") };
    decided_and_asked_again(world, Decision::Known(*bo), PLACED).await;
    decided_and_asked_again(world, Decision::Ignore, UNPLACED).await;
    somebody_is_added(world).await;
    rivals_see_nothing_of_it(world).await;
}

async fn decided_and_asked_again(world: &World, decision: Decision, placed: [&str; 3]) {
    decided(world, decision.clone()).await.unwrap();
    assert_eq!(parties(world).await, placed);
    assert_eq!(only(world).await.state, decision.state());
    assert_eq!(decided(world, decision).await, Err(Code::StepRefused));
    decided(world, Decision::Ask).await.unwrap();
    assert_eq!(parties(world).await, UNPLACED);
}

async fn somebody_is_added(world: &World) {
    let party = participants::party_named(&world.ctx, "biolab").await.unwrap();
    let add = |name: &str, party| Decision::Add { name: name.to_owned(), title: None, party };
    assert_eq!(decided(world, add(" ", party)).await, Err(Code::FieldMissing));
    assert_eq!(decided(world, add("Nia", PartyId(7))).await, Err(Code::FieldInvalid));
    decided(world, add("Nia Ew", party)).await.unwrap();
    assert_eq!(parties(world).await, PLACED);
    assert_eq!(only(world).await.person.unwrap().1, "Nia Ew");
}

/// Who serves another account, and who is behind a wall to this one, see no address of it.
async fn rivals_see_nothing_of_it(world: &World) {
    let text = "SELECT a.id AS n FROM accounts a JOIN parties p ON p.id = a.party_id \
                WHERE p.name = ";
    let biolab = AccountId(world.number(&format!("{text}'Biolab'")).await);
    let cimex = AccountId(world.number(&format!("{text}'Cimex'")).await);
    let serves = |own: AccountId| Viewer {
        roles: [Role::Kam].into(),
        own: [own].into(),
        ..world.ctx.viewer.clone()
    };
    let walled = Viewer { walled: [biolab].into(), ..world.ctx.viewer.clone() };
    for (viewer, seen) in [(serves(biolab), 1), (serves(cimex), 0), (walled, 0)] {
        let ctx = Ctx { viewer, ..world.ctx.clone() };
        assert_eq!(participants::list(&ctx).await.unwrap().len(), seen);
        if seen == 0 {
            let done = participants::decide(&ctx, NEW, Decision::Ask).await;
            assert_eq!(done.unwrap_err().code(), Code::NotFound);
        }
    }
}

#[tokio::test]
async fn unknown_participants_are_decided_by_somebody() {
    somebody_decides(&World::new().await).await;
    if let Some(world) = World::on_postgres("review").await {
        somebody_decides(&world).await;
    }
}
