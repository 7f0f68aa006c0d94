//! Texts planted in every hidden place, looked for in every output as each who signs in: found by
//! those who may read them wherever they belong, and by nobody else anywhere.
//!
//! A new output is a line of `OUTPUTS`; a new hidden place is a line of `CANARIES` and its planting.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use orchestre_app::actions::{self, NewAction};
use orchestre_app::interactions::{self, Noted};
use orchestre_app::plans::{self, RiskEdit, Texts};
use orchestre_domain::id::AccountId;
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::permission::{Object, reads};

use super::read;
use crate::door::encode;
use crate::tests::story::Story;

/// A planted text: the word, the account's key, the section that hides it.
struct Canary(&'static str, &'static str, Object);

const CANARIES: &[Canary] = &[
    Canary("Lysarel", "LYS0", Object::Account),
    Canary("Hartwenden", "HAR0", Object::Account),
    Canary("Aigue-marine", "LYS0", Object::Plan),
    Canary("Eisvogel", "HAR0", Object::Plan),
    Canary("Kormoran", "HAR0", Object::Action),
    Canary("Goldregen", "LYS0", Object::Interaction),
    Canary("nights without alarms", "LYS0", Object::Opinion),
    Canary("35.0%", "LYS0", Object::Margin),
    Canary("@lysarel.example", "LYS0", Object::Person),
    Canary("@hartwenden.example", "HAR0", Object::Person),
];

/// An output: its path, and what of an account stands there.
struct Output(&'static str, &'static [Object]);

/// `{id}` is the canary's account, `{word}` the canary, `{person}` whom the opinion is about.
const OUTPUTS: &[Output] = &[
    Output("/", &[]),
    Output("/portfolio", &[Object::Account, Object::Margin]),
    Output("/portfolio?sort=margin", &[Object::Account, Object::Margin]),
    Output("/portfolio.csv", &[Object::Account]),
    Output("/portfolio.xlsx", &[Object::Account]),
    Output("/accounts", &[Object::Account]),
    Output("/accounts/{id}", &[Object::Account, Object::Margin]),
    Output("/accounts/{id}/group", &[Object::Account]),
    Output("/accounts/{id}/people", &[Object::Account]),
    Output("/accounts/{id}/history", &[Object::Account, Object::Interaction]),
    Output("/accounts/{id}/score", &[]),
    Output("/accounts/{id}/plan", &[Object::Plan]),
    Output("/accounts/{id}/plan.pdf?lang=en", &[Object::Plan]),
    Output("/people", &[]),
    Output("/people/{person}", &[Object::Person, Object::Opinion]),
    Output("/plans", &[]),
    Output("/events", &[]),
    Output("/search?q={word}", &[]),
    Output("/criteria", &[]),
    Output("/settings/walls", &[]),
    Output("/settings/delegations", &[]),
    Output("/settings/rights", &[]),
    Output("/access", &[]),
    Output("/access?object={id}", &[]),
    Output("/access?object={person}&field=opinion", &[]),
    Output("/api/v1/accounts", &[Object::Account]),
    Output("/api/v1/accounts?sort=name", &[Object::Account]),
    Output("/api/v1/accounts/{id}", &[Object::Account]),
    Output("/api/v1/accounts/{id}/score", &[]),
    Output("/api/v1/accounts/{id}/plan", &[Object::Plan]),
    Output("/events.csv", &[]),
    Output("/events.jsonl", &[]),
    Output("/proposals", &[]),
    Output("/api/v1/accounts.jsonl", &[Object::Account]),
    Output("/api/v1/accounts/{id}/group", &[Object::Account]),
    Output("/api/v1/accounts/{id}/people", &[]),
    Output("/api/v1/accounts/{id}/interactions", &[Object::Interaction]),
    Output("/api/v1/accounts/{id}/events", &[]),
    Output("/api/v1/accounts/{id}/plan.pdf?lang=en", &[Object::Plan]),
    Output("/api/v1/people", &[]),
    Output("/api/v1/people.jsonl", &[]),
    Output("/api/v1/people/{person}", &[Object::Person, Object::Opinion]),
    Output("/api/v1/plans", &[]),
    Output("/api/v1/actions?account={id}", &[Object::Action]),
    Output("/api/v1/events", &[]),
    Output("/api/v1/events.jsonl", &[]),
    Output("/api/v1/week", &[]),
    Output("/api/v1/portfolio.csv", &[Object::Account]),
    Output("/api/v1/portfolio.xlsx", &[Object::Account]),
    Output("/api/v1/accounts/acc_0000000000001?fields={word}", &[]),
    Output("/api/v1/portfolio", &[]),
    Output("/api/v1/search?q={word}", &[]),
    Output("/api/v1/access", &[]),
    Output("/api/v1/access?object={id}", &[]),
    Output("/api/v1/delegations", &[]),
    Output("/accounts/nothing-{id}", &[]),
];

/// Whose eyes look.
const READERS: [&str; 9] = [
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

/// Writes the words where they are hidden, as the local shell.
async fn plant(story: &Story) {
    let shell = story.shell();
    for (key, secret) in [("LYS0", "Aigue-marine"), ("HAR0", "Eisvogel")] {
        let account = story.account(key).await;
        if plans::of_account(&shell, account, shell.today()).await.unwrap().is_none() {
            plans::create(&shell, account).await.unwrap();
        }
        let found = plans::of_account(&shell, account, shell.today()).await.unwrap().unwrap();
        let plan = &found.plan;
        let goals = vec![format!("{secret} as a goal")];
        let (situation, decision) = (format!("About {secret}"), secret.to_owned());
        let texts = Texts { situation, goals, decision };
        plans::put_texts(&shell, plan.id, plan.version, texts).await.unwrap();
        let risk = RiskEdit {
            text: format!("{secret} leaks"),
            probability: Some(3),
            impact: None,
            sign: String::new(),
            prevention: String::new(),
            reaction: String::new(),
            owner: None,
        };
        plans::add_risk(&shell, plan.id, risk).await.unwrap();
    }
    let account = story.account("HAR0").await;
    let text = "Prepare Kormoran".to_owned();
    let new = NewAction { account, plan: None, objective: None, text, due_on: None, owner: None };
    actions::add(&shell, new).await.unwrap();
    let account = story.account("LYS0").await;
    let (kind, subject) = (InteractionType::Meeting, "Goldregen, in private".to_owned());
    interactions::note(&shell, Noted { account, kind, day: shell.today(), subject }).await.unwrap();
}

/// Gives an output as words; a PDF by `pdftotext`, which the machine may lack.
fn words(body: (u16, String, Vec<u8>)) -> String {
    if !body.2.starts_with(b"%PDF") {
        return body.1;
    }
    let child = Command::new("pdftotext")
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        println!("skipped: pdftotext is not there");
        return String::new();
    };
    child.stdin.take().unwrap().write_all(&body.2).unwrap();
    String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout).into_owned()
}

/// Whom an opinion is about, by the director's list of people.
async fn person(story: &Story, token: &str, name: &str) -> String {
    let (_, page) = story.send(token, "GET", &format!("/people?q={name}")).await;
    let link = page.split("href=\"").find(|rest| rest.starts_with("/people/per_")).unwrap();
    let id = link.strip_prefix("/people/").unwrap();
    id.split(['"', '?']).next().unwrap().to_owned()
}

/// Counts of one reader.
#[derive(Default)]
struct Tally {
    found: usize,
    hidden: usize,
    faults: Vec<String>,
}

struct Look<'a> {
    story: &'a Story,
    accounts: BTreeMap<&'static str, (AccountId, String)>,
    has_pdf: bool,
}

impl Look<'_> {
    /// Looks for every canary in every output as one reader.
    async fn as_reader(&self, reader: &str, tally: &mut Tally) {
        let (token, viewer) = (self.story.sign_in(reader).await, self.story.viewer(reader).await);
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for Canary(word, key, section) in CANARIES {
            let (account, person) = &self.accounts[key];
            let may =
                reads(&viewer, Object::Account, *account) && reads(&viewer, *section, *account);
            for Output(path, belongs) in OUTPUTS {
                let path = path
                    .replace("{id}", &account.to_string())
                    .replace("{person}", person)
                    .replace("{word}", &encode(word));
                if !known.contains_key(&path) {
                    let (status, text) = read(self.story, &token, &path).await;
                    let bytes = if path.contains(".pdf") {
                        self.story.send_for_bytes(&token, "GET", &path).await.1
                    } else {
                        Vec::new()
                    };
                    known.insert(path.clone(), words((status, text, bytes)));
                }
                // A search repeats its own words; what it finds has an address.
                let is_search = path.contains("?q=");
                let wanted = if is_search { account.to_string() } else { (*word).to_owned() };
                let is_there = known[&path].contains(&wanted);
                let is_skipped = path.contains(".pdf") && !self.has_pdf;
                if may && belongs.contains(section) && !is_skipped {
                    tally.found += 1;
                    if !is_there {
                        tally.faults.push(format!("{reader} does not find {word} at {path}"));
                    }
                }
                let may_address = is_search && reads(&viewer, Object::Account, *account);
                // Another account may have the same figure by chance.
                let is_chance = *section == Object::Margin && !path.contains(&account.to_string());
                if !may && !may_address && !is_chance {
                    tally.hidden += 1;
                    if is_there {
                        tally.faults.push(format!("{reader} reads {word} at {path}"));
                    }
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_planted_text_is_found_by_those_who_may_and_by_nobody_else() {
    let story = Story::load().await;
    plant(&story).await;
    let director = story.sign_in("solene.kermarrec").await;
    let mut accounts = BTreeMap::new();
    for (key, name) in [("LYS0", "Ouahbi"), ("HAR0", "Brandlhuber")] {
        let person = person(&story, &director, name).await;
        accounts.insert(key, (story.account(key).await, person));
    }
    let has_pdf = Command::new("pdftotext").arg("-v").output().is_ok();
    let look = Look { story: &story, accounts, has_pdf };
    let mut tally = Tally::default();
    for reader in READERS {
        look.as_reader(reader, &mut tally).await;
    }
    let Tally { found, hidden, faults } = tally;
    println!(
        "{} canaries × {} outputs: {found} found, {hidden} hidden",
        CANARIES.len(),
        OUTPUTS.len()
    );
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
    assert!(found > 180 && hidden > 1_400, "{found} found, {hidden} hidden");
}
