//! What the page "who can see this" says is what the addresses answer: 1,000 random questions.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_app::people;
use serde_json::Value;

use super::story::Story;

/// Who signs in.
const PEOPLE: [&str; 9] = [
    "solene.kermarrec",
    "aminata.lefort",
    "tobias.reinholt",
    "wolfgang.ehrensberg",
    "thomas.weckerlin",
    "florian.bickelmann",
    "karim.oumeddour",
    "annika.feldhaus",
    "kerstin.vollrath",
];

/// A field, the address at which it stands, and its name in a list there; without a name the status
/// says it.
const FIELDS: [(&str, &str, &str); 5] = [
    ("account", "/api/v1/accounts/{id}", ""),
    ("margin", "/api/v1/accounts?count=100", "margin"),
    ("score", "/api/v1/accounts/{id}/score", ""),
    ("plan", "/accounts/{id}/plan", ""),
    ("turnover", "/api/v1/accounts?count=100", "turnover_12m_minor"),
];

/// Numbers that are the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }
}

/// Answers that were given already.
struct Asked<'a> {
    story: &'a Story,
    tokens: BTreeMap<&'static str, String>,
    answers: BTreeMap<(&'static str, String), (u16, String)>,
}

impl Asked<'_> {
    async fn get(&mut self, who: &'static str, path: String) -> (u16, String) {
        if let Some(known) = self.answers.get(&(who, path.clone())) {
            return known.clone();
        }
        let answer = self.story.send(&self.tokens[who], "GET", &path).await;
        self.answers.insert((who, path), answer.clone());
        answer
    }

    /// Gives the addresses of those who can see it, as the director reads them.
    async fn seers(&mut self, object: &str, field: &str) -> BTreeSet<String> {
        let path = format!("/api/v1/access?object={object}&field={field}");
        let (status, body) = self.get(PEOPLE[0], path).await;
        assert_eq!(status, 200, "{object} {field}: {body}");
        let parsed: Value = serde_json::from_str(&body).unwrap();
        let names = parsed["seers"].as_array().unwrap().iter();
        names.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    }
}

/// Says whether a list has a field of an account.
fn stands(body: &str, account: &str, field: &str) -> bool {
    let parsed: Value = serde_json::from_str(body).unwrap();
    let mut items = parsed["items"].as_array().unwrap().iter();
    items.any(|one| one["id"] == account && one.get(field).is_some())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_can_see_this_is_what_a_thousand_random_requests_see() {
    let story = Story::load().await;
    let shell = story.shell();
    let all =
        story.send(&story.sign_in(PEOPLE[0]).await, "GET", "/api/v1/accounts?count=100").await;
    let listed: Value = serde_json::from_str(&all.1).unwrap();
    let accounts: Vec<String> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    let persons = people::list(&shell, "", shell.today(), 999).await.unwrap();
    let mut tokens = BTreeMap::new();
    for who in PEOPLE {
        tokens.insert(who, story.sign_in(who).await);
    }
    let logins = orchestre_app::rights::list(&shell).await.unwrap();
    let name = |who: &str| {
        let email = format!("{who}@ardenval.example");
        logins.iter().find(|one| one.login.email == email).unwrap().login.name.clone()
    };
    let mut asked = Asked { story: &story, tokens, answers: BTreeMap::new() };
    let mut random = Random(20_261_116);
    let (mut yes, mut no) = (0, 0);
    for _ in 0..1_000 {
        let who = PEOPLE[random.below(PEOPLE.len())];
        let at = random.below(FIELDS.len() + 1);
        let (object, field, path, words) = if let Some((field, path, words)) = FIELDS.get(at) {
            let id = &accounts[random.below(accounts.len())];
            (id.clone(), *field, path.replace("{id}", id), *words)
        } else {
            let person = persons[random.below(persons.len())].id.to_string();
            (person.clone(), "person", format!("/people/{person}"), "")
        };
        let said = asked.seers(&object, field).await.contains(&name(who));
        let (status, body) = asked.get(who, path.clone()).await;
        let is_here = words.is_empty() || stands(&body, &object, words);
        let seen = status == 200 && is_here;
        assert_eq!(said, seen, "{who} {field} at {path}: {status}");
        if seen { yes += 1 } else { no += 1 }
    }
    println!("{yes} seen and {no} not, as the page says");
    assert!(yes > 250 && no > 250, "{yes} and {no}");
}
