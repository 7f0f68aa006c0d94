//! Words that only some may read, looked for in everything that everybody can reach by links.

use std::collections::{BTreeSet, VecDeque};

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
