//! What strikes those who sign in to the demo story, and what rivals never find.

use jiff::civil::date;
use orchestre_domain::id::AccountId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;

use super::listing;
use super::story::told;
use crate::logins::{self, NewLogin};
use crate::sessions::{self, Credentials};
use crate::week::{self, AlarmCode, Week};
use crate::{Ctx, accounts, asked, feed, people, plans, search, walls};

const T: jiff::civil::Date = orchestre_story::FROZEN_T;

/// Gives the contexts of those who sign in to the story, by code.
async fn signed_in(shell: &Ctx) -> Vec<(String, Ctx)> {
    let programme = orchestre_story::programme(T);
    for (one, other) in &programme.walls {
        let one = accounts::find(shell, one).await.unwrap();
        let other = accounts::find(shell, other).await.unwrap();
        walls::add(shell, one, other).await.unwrap();
    }
    let mut all = Vec::new();
    for login in programme.logins {
        let password = "correct horse battery".to_owned();
        let new = NewLogin {
            email: login.email.clone(),
            name: login.name,
            password: password.clone(),
            roles: vec![Role::parse(&login.role).unwrap()],
            person: None,
            lang: Lang::En,
        };
        logins::create(shell, new).await.unwrap();
        let (network, agent) = ("192.0.2.1".to_owned(), String::new());
        let credentials = Credentials { email: login.email, password, network, agent };
        let opened = sessions::sign_in(&shell.app, &credentials).await.unwrap();
        let open = sessions::find(&shell.app, &opened.token).await.unwrap().unwrap();
        all.push((login.code, shell.app.ctx(open.viewer)));
    }
    all
}

fn who<'a>(all: &'a [(String, Ctx)], code: &str) -> &'a Ctx {
    all.iter().find(|(known, _)| known == code).map(|(_, ctx)| ctx).unwrap()
}

fn has(week: &Week, code: AlarmCode, person: &str, days: Option<i64>) -> bool {
    week.alarms.iter().any(|alarm| {
        let name = alarm.person.as_ref().map_or("", |(_, name)| name);
        alarm.code == code && name.contains(person) && alarm.value == days
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_one_finds_in_the_week_what_must_strike() {
    let world = told().await;
    let all = signed_in(&world.shell).await;
    let aminata = week::show(who(&all, "S09"), T).await.unwrap();
    assert_eq!(aminata.accounts.len(), 3);
    assert!(
        has(&aminata, AlarmCode::ChampionSilent, "Montaland", Some(34)),
        "{:?}",
        aminata.alarms
    );
    assert!(has(&aminata, AlarmCode::ActionLate, "Benmansour", Some(10)), "A05 is late");
    let tobias = week::show(who(&all, "S10"), T).await.unwrap();
    let never = tobias.alarms.iter().filter(|alarm| alarm.code == AlarmCode::DeciderNotMet);
    assert!(never.count() > 0, "HAR-a was never met: {:?}", tobias.alarms);
    let wolfgang = week::show(who(&all, "S05"), T).await.unwrap();
    let blocked = wolfgang.this_week.iter().chain(&wolfgang.today).any(|action| {
        action.text.in_lang(Lang::En).contains("first meeting")
            || action.due_on == T.checked_add(jiff::Span::new().days(5)).ok()
    });
    assert!(blocked, "A06 waits for him: {:?}", wolfgang.this_week);
    let florian = week::show(who(&all, "S24"), T).await.unwrap();
    let opinions = florian.alarms.iter().filter(|alarm| alarm.person.is_some()).count();
    assert_eq!((florian.accounts.len(), opinions), (1, 0), "no stances of others");
    assert_eq!(date(2026, 11, 16).weekday(), T.weekday(), "the story is told on a Monday");
}

/// Writes a secret into the plan of an account, as whoever leads it does.
async fn hide(ctx: &Ctx, account: AccountId, secret: &str) {
    let shown = plans::of_account(ctx, account, T).await.unwrap().unwrap();
    let goals = shown.goals.iter().map(|goal| goal.in_lang(Lang::En).to_owned()).collect();
    let texts = plans::Texts { situation: secret.to_owned(), goals, decision: secret.to_owned() };
    plans::put_texts(ctx, shown.plan.id, shown.plan.version, texts).await.unwrap();
}

async fn hits(ctx: &Ctx, text: &str) -> usize {
    search::find(ctx, text, 50).await.unwrap().len()
}

/// Everything of an account that somebody on the other side of its wall could ask for.
async fn finds_nothing(outside: &Ctx, account: AccountId, name: &str) {
    asks_in_vain(outside, account).await;
    let week = week::show(outside, T).await.unwrap();
    assert!(!format!("{week:?}").to_lowercase().contains(name), "{name} is in the week");
    let plans = plans::list(outside).await.unwrap();
    assert!(!format!("{plans:?}").to_lowercase().contains(name), "{name} is among the plans");
}

async fn asks_in_vain(outside: &Ctx, account: AccountId) {
    let asked = asked::of(outside, Some(T), None, None).await.unwrap();
    assert!(accounts::show(outside, account, &asked).await.is_err());
    assert!(plans::of_account(outside, account, T).await.is_err());
    assert!(plans::print(outside, account, Lang::En, T).await.is_err());
    assert!(feed::account(outside, account, 50).await.unwrap().is_empty());
    let seen = listing(outside, &asked).await;
    assert!(!seen.rows.is_empty() && seen.rows.iter().all(|row| row.id != account));
    let seen = people::list(outside, "", T, 999).await.unwrap();
    assert!(!seen.is_empty() && seen.iter().all(|line| line.account != account));
}

#[tokio::test(flavor = "multi_thread")]
async fn rivals_find_nothing_of_each_other() {
    let world = told().await;
    let all = signed_in(&world.shell).await;
    let (tobias, aminata) = (who(&all, "S10"), who(&all, "S09"));
    let director = who(&all, "S02");
    let (lys, har) = (world.account("LYS0").await, world.account("HAR0").await);
    hide(aminata, lys, "Aigue-marine").await;
    hide(tobias, har, "Eisvogel").await;
    for (inside, outside, canaries, account) in [
        (aminata, tobias, ["lysarel", "montaland", "aigue marine"], lys),
        (tobias, aminata, ["hartwenden", "lohmann", "eisvogel"], har),
    ] {
        for word in canaries {
            assert!(hits(inside, word).await > 0, "{word} is there");
            assert!(hits(director, word).await > 0, "{word} is there for the director");
            assert_eq!(hits(outside, word).await, 0, "{word} is hidden");
        }
        finds_nothing(outside, account, canaries[0]).await;
    }
}
