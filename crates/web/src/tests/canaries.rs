//! Words that only some may read, looked for in everything that everybody can reach by links.

mod markup;
mod planted;
mod still;

use std::collections::{BTreeSet, VecDeque};
use std::io::Read as _;

use flate2::read::DeflateDecoder;

use super::story::Story;

/// Pages of one crawl at most.
const MOST: usize = 160;

/// Follows every link from the first page and the API; gives the addresses and their bodies.
async fn crawl(story: &Story, token: &str) -> Vec<(String, String)> {
    let mut queue: VecDeque<String> = [
        "/",
        "/portfolio",
        "/portfolio.csv",
        "/accounts",
        "/people",
        "/plans",
        "/events",
        "/search?q=a",
        "/api/v1/accounts",
        "/api/v1/portfolio",
        "/api/v1/search?q=l",
    ]
    .map(str::to_owned)
    .into();
    let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(path) = queue.pop_front() {
        if pages.len() >= MOST {
            break;
        }
        let (_, body) = story.send(token, "GET", &path).await;
        for link in body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.replace("&amp;", "&");
            let leads_inside = link.starts_with('/')
                && !["/assets", "/methods", "/help", "/styleguide"]
                    .iter()
                    .any(|start| link.starts_with(start));
            let is_document =
                link.contains(".pdf") || link.contains(".xlsx") || link.contains("sort=");
            if leads_inside && !is_document && seen.insert(link.clone()) {
                queue.push_back(link);
            }
        }
        pages.push((path, body));
    }
    pages
}

/// Gives the addresses at which a word stands.
fn places<'a>(pages: &'a [(String, String)], word: &str) -> Vec<&'a str> {
    pages.iter().filter(|(_, body)| body.contains(word)).map(|(path, _)| path.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walled_rival_is_in_no_output_of_the_other_side_and_in_those_of_its_own() {
    let story = Story::load().await;
    for (reader, own, hidden) in [
        ("aminata.lefort", ["Lysarel", "Montaland"], ["Hartwenden", "Brandlhuber"]),
        ("tobias.reinholt", ["Hartwenden", "Brandlhuber"], ["Lysarel", "Montaland"]),
        ("florian.bickelmann", ["Lysarel", "Sollinger"], ["Hartwenden", "Oelkers"]),
    ] {
        let token = story.sign_in(reader).await;
        let pages = crawl(&story, &token).await;
        assert!(pages.len() > 20, "{reader} reaches {} pages", pages.len());
        for word in own {
            assert!(!places(&pages, word).is_empty(), "{reader} does not find {word}");
        }
        for word in hidden {
            assert_eq!(places(&pages, word), Vec::<&str>::new(), "{reader} reads {word}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_see_both_sides_finds_both() {
    let story = Story::load().await;
    let token = story.sign_in("thomas.weckerlin").await;
    let pages = crawl(&story, &token).await;
    for word in ["Lysarel", "Hartwenden"] {
        assert!(!places(&pages, word).is_empty(), "{word}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_that_may_not_be_read_is_absent_from_every_output() {
    let story = Story::load().await;
    let relay = crawl(&story, &story.sign_in("florian.bickelmann").await).await;
    let finance = crawl(&story, &story.sign_in("thomas.weckerlin").await).await;
    // The margin of Lysarel is 35.0 %, and one opinion's motive names alarms at night.
    for word in ["35.0%", "nights without alarms", "\"margin\"", "class=\"stance\""] {
        assert_eq!(places(&relay, word), Vec::<&str>::new(), "a relay reads {word}");
    }
    assert!(!places(&finance, "35.0%").is_empty(), "finance reads margins");
}

/// What gives rows of many accounts, and the word by which a side is known there.
const LISTS: &[(&str, Known)] = &[
    ("/", Known::Account),
    ("/portfolio", Known::Account),
    ("/portfolio.csv", Known::Account),
    ("/portfolio.xlsx", Known::Account),
    ("/accounts", Known::Account),
    ("/plans", Known::Account),
    ("/search?q={}", Known::Account),
    ("/people", Known::Person),
    ("/api/v1/accounts", Known::Account),
    ("/api/v1/accounts?q={}", Known::Account),
    ("/api/v1/search?q={}", Known::Account),
];

/// What gives one account.
const OWN: &[&str] = &["", "/group", "/people", "/score", "/plan", "/history", "/plan.pdf"];

#[derive(Clone, Copy)]
enum Known {
    Account,
    Person,
}

/// A side of the wall: who reads it, its account, its words.
struct Side {
    reader: &'static str,
    key: &'static str,
    account: &'static str,
    person: &'static str,
}

const SIDES: [Side; 2] = [
    Side { reader: "aminata.lefort", key: "LYS0", account: "Lysarel", person: "Montaland" },
    Side { reader: "tobias.reinholt", key: "HAR0", account: "Hartwenden", person: "Brandlhuber" },
];

/// Gives what a reader sees of an output as text; a workbook is unpacked.
async fn read(story: &Story, token: &str, path: &str) -> (u16, String) {
    let (status, bytes) = story.send_for_bytes(token, "GET", path).await;
    let bytes = if bytes.starts_with(b"PK") { unpacked(&bytes) } else { bytes };
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

/// Gives the parts of a workbook, one after the other.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    let number = |at: usize| {
        usize::from(*bytes.get(at).unwrap_or(&0))
            + 256 * usize::from(*bytes.get(at + 1).unwrap_or(&0))
    };
    let starts = bytes.windows(4).enumerate().filter(|(_, start)| start == b"PK\x03\x04");
    for at in starts.map(|(at, _)| at) {
        let content = at + 30 + number(at + 26) + number(at + 28);
        let mut part = DeflateDecoder::new(bytes.get(content..).unwrap_or_default());
        // What is stored without packing is no part with words.
        drop(part.read_to_end(&mut all));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_output_finds_ones_own_side_and_nothing_of_the_rival() {
    let story = Story::load().await;
    let (mut found, mut hidden) = (0, 0);
    for [own, rival] in [[0, 1], [1, 0]].map(|pair| pair.map(|at: usize| &SIDES[at])) {
        let token = story.sign_in(own.reader).await;
        let other = story.account(rival.key).await;
        for (path, known) in LISTS {
            let word = |side: &Side| match known {
                Known::Account => side.account,
                Known::Person => side.person,
            };
            let (status, body) = read(&story, &token, &path.replace("{}", word(own))).await;
            assert_eq!(status, 200, "{path}");
            assert!(body.contains(word(own)), "{} does not find itself at {path}", own.reader);
            found += 1;
            let asked = path.replace("{}", word(rival));
            let (_, body) = read(&story, &token, &asked).await;
            // A search repeats its words; what it finds has an address.
            let is_search = path.contains("{}");
            assert!(is_search || !body.contains(word(rival)), "{} at {path}", own.reader);
            assert!(!body.contains(&other.to_string()), "{} at {asked}", own.reader);
            hidden += 1;
        }
        let account = story.account(own.key).await;
        for tab in OWN {
            let (status, _) = read(&story, &token, &format!("/accounts/{account}{tab}")).await;
            assert_eq!(status, 200, "{tab}");
            found += 1;
            let (status, body) = read(&story, &token, &format!("/accounts/{other}{tab}")).await;
            assert_eq!(status, 404, "{tab}");
            assert!(!body.contains(rival.account) && !body.contains(rival.person), "{tab}");
            hidden += 1;
        }
    }
    println!("{found} outputs find their own side, {hidden} hide the other");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_for_the_rival_leaves_the_address_there() {
    let story = Story::load().await;
    let token = story.sign_in("tobias.reinholt").await;
    let (_, people) = story.send(&token, "GET", "/people?as_of=2025-06-30&q=grandval").await;
    let link = people.split("href=\"").find(|rest| rest.starts_with("/people/per_"));
    let path = link.and_then(|rest| rest.split('"').next()).expect("a past colleague");
    let (status, page) = story.send(&token, "GET", path).await;
    assert_eq!(status, 200);
    assert!(page.contains("Grandval") && !page.contains("lysarel.example"), "{page}");
    let token = story.sign_in("aminata.lefort").await;
    let (_, page) = story.send(&token, "GET", path).await;
    assert!(page.contains("mathieu.grandval@lysarel.example"), "{page}");
}
