//! Rights given, lent, walled and looked at, as people do it.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, LoginId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Basis, Country, Object, Refusal, Role, reads};

use super::World;
use super::story::told;
use crate::access::{self, Target};
use crate::assignments::{self, Assigned};
use crate::delegations::{self, NewDelegation};
use crate::logins::{self, NewLogin};
use crate::rights::{self, Held, NewRole, NewScope, OPEN};
use crate::sessions::{self, Credentials};
use crate::{AppError, Code, Ctx, accounts, feed, units, walls, watch};

const PASSWORD: &str = "correct horse battery";

struct Doors {
    told: World,
    lys: AccountId,
    har: AccountId,
}

impl Doors {
    async fn open() -> Self {
        let told = told().await;
        let (lys, har) = (told.account("LYS0").await, told.account("HAR0").await);
        walls::add(&told.shell, lys, har).await.unwrap();
        for (email, role) in [
            ("solene.kermarrec", Role::Pd),
            ("aminata.lefort", Role::Kam),
            ("annika.feldhaus", Role::Kam),
            ("tobias.reinholt", Role::Kam),
            ("no.body", Role::Adm),
        ] {
            let new = NewLogin {
                email: format!("{email}@ardenval.example"),
                name: email.to_owned(),
                password: PASSWORD.to_owned(),
                roles: vec![role],
                person: None,
                lang: Lang::En,
            };
            logins::create(&told.shell, new).await.unwrap();
        }
        Self { told, lys, har }
    }

    async fn token(&self, name: &str) -> String {
        let credentials = Credentials {
            email: format!("{name}@ardenval.example"),
            password: PASSWORD.to_owned(),
            network: String::new(),
            agent: String::new(),
        };
        sessions::sign_in(&self.told.shell.app, &credentials).await.unwrap().token
    }

    async fn at(&self, token: &str) -> Ctx {
        let app = &self.told.shell.app;
        app.ctx(sessions::find(app, token).await.unwrap().unwrap().viewer)
    }

    async fn of(&self, name: &str) -> Ctx {
        self.at(&self.token(name).await).await
    }

    async fn login(&self, name: &str) -> LoginId {
        self.of(name).await.viewer.login.unwrap()
    }
}

fn code<T: std::fmt::Debug>(done: Result<T, AppError>) -> Code {
    done.unwrap_err().code()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_of_a_country_is_given_and_ended() {
    let doors = Doors::open().await;
    let (solene, annika) =
        (doors.of("solene.kermarrec").await, doors.login("annika.feldhaus").await);
    let aho = doors.told.account("AHO0").await;
    assert!(!reads(&doors.of("annika.feldhaus").await.viewer, Object::Account, aho));
    let spain = NewScope::Country(Country::parse("ES").unwrap());
    let from = solene.today();
    let new = NewRole { login: annika, role: Role::Rel, scope: spain, from, to: OPEN };
    assert_eq!(code(rights::give(&doors.of("annika.feldhaus").await, new).await), Code::Forbidden);
    let own = NewRole { login: solene.viewer.login.unwrap(), ..new };
    assert_eq!(code(rights::give(&solene, own).await), Code::OwnRight);
    assert_eq!(code(rights::give(&solene, NewRole { to: from, ..new }).await), Code::FieldInvalid);
    rights::give(&solene, new).await.unwrap();
    let now = doors.of("annika.feldhaus").await;
    assert!(reads(&now.viewer, Object::Sales, aho), "it has sites in Spain");
    assert!(!reads(&now.viewer, Object::Margin, aho), "a relay reads no margins");
    let shown = rights::show(&solene, annika).await.unwrap();
    let held = shown.holder.roles.iter().find_map(|line| line.id).unwrap();
    assert!(shown.may_change && shown.assignments.len() >= 3);
    let today = solene.today();
    rights::end(&solene, annika, Held::Grant(held), today).await.unwrap();
    assert!(!reads(&doors.of("annika.feldhaus").await.viewer, Object::Account, aho));
    let again = rights::end(&solene, annika, Held::Grant(held), today).await;
    assert_eq!(code(again), Code::NotFound);
    rights::end(&solene, annika, Held::Role(Role::Kam), today).await.unwrap();
    assert!(doors.of("annika.feldhaus").await.viewer.roles.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_gives_roles_and_reads_no_account() {
    let doors = Doors::open().await;
    let admin = doors.of("no.body").await;
    let annika = doors.login("annika.feldhaus").await;
    let shown = rights::show(&admin, annika).await.unwrap();
    assert!(shown.may_change && shown.accounts.is_empty() && shown.assignments.is_empty());
    let from = admin.today();
    let scope = NewScope::Account(doors.lys);
    let new = NewRole { login: annika, role: Role::Kam, scope, from, to: OPEN };
    assert_eq!(code(rights::give(&admin, new).await), Code::NotFound, "an account is not seen");
    let unit = units::create(&admin, " Health & Cold ").await.unwrap();
    assert_eq!(code(units::add(&admin, unit, doors.lys).await), Code::NotFound);
    let solene = doors.of("solene.kermarrec").await;
    units::add(&solene, unit, doors.lys).await.unwrap();
    rights::give(&admin, NewRole { scope: NewScope::Unit(unit), ..new }).await.unwrap();
    assert!(reads(&doors.of("annika.feldhaus").await.viewer, Object::Opinion, doors.lys));
    assert_eq!(units::list(&admin).await.unwrap()[0].accounts, []);
    units::remove(&solene, unit, doors.lys).await.unwrap();
    assert!(!reads(&doors.of("annika.feldhaus").await.viewer, Object::Account, doors.lys));
    assert_eq!(code(walls::list(&admin).await), Code::Forbidden);
    assert_eq!(code(access::what(&admin, annika).await), Code::Forbidden);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_made_twice_and_nobody_is_put_on_both_sides_of_a_wall() {
    let doors = Doors::open().await;
    let solene = doors.of("solene.kermarrec").await;
    assert_eq!(code(walls::add(&solene, doors.har, doors.lys).await), Code::WallStands);
    let wall = walls::list(&solene).await.unwrap()[0].wall.id;
    let day = solene.today();
    walls::end(&solene, wall, day).await.unwrap();
    walls::add(&solene, doors.har, doors.lys).await.unwrap();
    let unit = units::create(&solene, "Pharma").await.unwrap();
    let twice = units::create(&solene, " PHARMA ").await;
    assert!(matches!(twice, Err(AppError::Field { code: Code::NameTaken, field: "name" })));
    assert_eq!(units::list(&solene).await.unwrap().iter().filter(|one| one.id == unit).count(), 1);
    let shown = walls::list(&solene).await.unwrap().remove(0);
    let served = shown.people.iter().flatten().next().unwrap();
    let there = if served.account == doors.lys { doors.har } else { doors.lys };
    let person = served.person;
    let assigned = Assigned { person, account: there, role: Role::Tm, fte_ppm: None };
    assert_eq!(code(assignments::set(&solene, assigned).await), Code::WallBetween);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_says_to_whom() {
    let doors = Doors::open().await;
    let solene = doors.of("solene.kermarrec").await;
    let annika = doors.login("annika.feldhaus").await;
    watch::begin(&solene, &doors.token("solene.kermarrec").await, annika).await.unwrap();
    let ask = feed::FeedAsk { limit: 50, ..feed::FeedAsk::default() };
    let rows = feed::find(&solene, &ask).await.unwrap();
    let begun = rows.iter().find(|row| row.name == EventName::WatchBegun).unwrap();
    assert_eq!(begun.whom.as_deref(), Some("annika.feldhaus"));
    let words = feed::Words { folded: "annika".to_owned(), names: Vec::new() };
    let found = feed::find(&solene, &feed::FeedAsk { words: Some(words), ..ask }).await.unwrap();
    assert!(found.iter().any(|row| row.id == begun.id), "and it is found by the name");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loan_for_a_holiday_is_used_in_the_lenders_name() {
    let doors = Doors::open().await;
    let (aminata, annika) =
        (doors.of("aminata.lefort").await, doors.login("annika.feldhaus").await);
    let begins = aminata.today();
    let new = NewDelegation {
        to: annika,
        accounts: Some(BTreeSet::from([doors.lys])),
        begins,
        ends: begins.saturating_add(14.days()),
    };
    let tobias = NewDelegation { to: doors.login("tobias.reinholt").await, ..new.clone() };
    assert_eq!(code(delegations::lend(&aminata, tobias).await), Code::WallBetween);
    let rival = NewDelegation { accounts: Some(BTreeSet::from([doors.har])), ..new.clone() };
    assert_eq!(code(delegations::lend(&aminata, rival).await), Code::NotFound);
    for ends in [begins, begins.saturating_add(400.days())] {
        let wrong = NewDelegation { ends, ..new.clone() };
        assert_eq!(code(delegations::lend(&aminata, wrong).await), Code::FieldInvalid);
    }
    let loan = delegations::lend(&aminata, new).await.unwrap();
    let now = doors.of("annika.feldhaus").await;
    assert_eq!(delegations::lenders(&now).await.unwrap(), ["aminata.lefort"]);
    let action = crate::actions::NewAction {
        account: doors.lys,
        plan: None,
        objective: None,
        text: "Call Lysarel back".to_owned(),
        due_on: None,
        owner: None,
    };
    crate::actions::add(&now, action).await.unwrap();
    let told = feed::account(&aminata, doors.lys, 1).await.unwrap();
    assert_eq!(told[0].stead, Some(("for", "aminata.lefort".to_owned())));
    let lent_on = NewDelegation {
        to: aminata.viewer.login.unwrap(),
        accounts: Some(BTreeSet::from([doors.lys])),
        begins,
        ends: begins.saturating_add(1.days()),
    };
    assert_eq!(code(delegations::lend(&now, lent_on).await), Code::NotFound, "not one's own");
    assert_eq!(code(delegations::end(&now, loan).await), Code::Forbidden);
    let tobias = doors.of("tobias.reinholt").await;
    assert_eq!(code(delegations::end(&tobias, loan).await), Code::NotFound);
    delegations::end(&doors.of("solene.kermarrec").await, loan).await.unwrap();
    assert!(!reads(&doors.of("annika.feldhaus").await.viewer, Object::Account, doors.lys));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_director_looks_with_other_eyes_and_both_ends_are_recorded() {
    let doors = Doors::open().await;
    let token = doors.token("solene.kermarrec").await;
    let solene = doors.at(&token).await;
    let aminata = doors.of("aminata.lefort").await.viewer;
    let watched = aminata.login.unwrap();
    let kam = doors.token("annika.feldhaus").await;
    let refused = watch::begin(&doors.at(&kam).await, &kam, watched).await;
    assert_eq!(code(refused), Code::Forbidden);
    let own = watch::begin(&solene, &token, solene.viewer.login.unwrap()).await;
    assert_eq!(code(own), Code::FieldInvalid);
    assert_eq!(code(watch::begin(&solene, &token, LoginId(1)).await), Code::NotFound);
    watch::begin(&solene, &token, watched).await.unwrap();
    let now = doors.at(&token).await;
    assert_eq!(now.viewer.watcher, solene.viewer.login);
    assert_eq!((&now.viewer.own, &now.viewer.walled), (&aminata.own, &aminata.walled));
    assert_eq!(code(accounts::find(&now, &doors.har.to_string()).await), Code::NotFound);
    watch::end(&now, &token).await.unwrap();
    let back = doors.at(&token).await;
    assert_eq!((back.viewer.watcher, back.viewer.login), (None, solene.viewer.login));
    let told =
        feed::find(&back, &feed::FeedAsk { limit: 200, ..feed::FeedAsk::default() }).await.unwrap();
    let names: Vec<(&str, Option<LoginId>)> =
        told.iter().take(2).map(|row| (row.name.as_str(), row.login)).collect();
    let director = solene.viewer.login;
    assert_eq!(names, [("watch.ended", director), ("watch.begun", director)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_names_whom_it_concerns_and_ends() {
    let doors = Doors::open().await;
    let solene = doors.of("solene.kermarrec").await;
    let shown = walls::list(&solene).await.unwrap();
    assert_eq!(shown.len(), 1);
    let names = |at: usize| shown[0].people[at].iter().map(|one| one.name.as_str());
    let sides: Vec<Vec<&str>> = vec![names(0).collect(), names(1).collect()];
    assert!(sides.iter().any(|side| side.contains(&"Aminata Lefort")), "{sides:?}");
    assert!(sides.iter().any(|side| side.contains(&"Tobias Reinholt")), "{sides:?}");
    let same = walls::add(&solene, doors.lys, doors.lys).await;
    assert_eq!(code(same), Code::FieldInvalid);
    let tobias = doors.of("tobias.reinholt").await;
    assert_eq!(code(walls::list(&tobias).await), Code::Forbidden);
    let past = walls::end(&solene, shown[0].wall.id, date(2020, 1, 1)).await;
    assert_eq!(code(past), Code::FieldInvalid);
    walls::end(&solene, shown[0].wall.id, solene.today()).await.unwrap();
    assert!(walls::list(&solene).await.unwrap().is_empty());
    let again = walls::end(&solene, shown[0].wall.id, solene.today()).await;
    assert_eq!(code(again), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_told_who_can_see_and_why() {
    let doors = Doors::open().await;
    let solene = doors.of("solene.kermarrec").await;
    let target = Target::Account(doors.lys);
    let found = access::who(&solene, target, Object::Margin).await.unwrap();
    let seers: Vec<(&str, Basis)> =
        found.seers.iter().map(|seer| (seer.name.as_str(), seer.bases[0])).collect();
    let wanted = [
        ("aminata.lefort", Basis::Assigned(Role::Kam)),
        ("solene.kermarrec", Basis::Whole(Role::Pd)),
    ];
    assert_eq!(seers, wanted);
    let refused = found.refused.unwrap();
    let reason = |name: &str| refused.iter().find(|one| one.1 == name).map(|one| one.2);
    assert_eq!(reason("tobias.reinholt"), Some(Refusal::Wall));
    assert_eq!(reason("annika.feldhaus"), Some(Refusal::NotOwn));
    assert_eq!(reason("no.body"), Some(Refusal::NoRole));
    let aminata = doors.of("aminata.lefort").await;
    let own = access::who(&aminata, target, Object::Margin).await.unwrap();
    assert_eq!((own.seers.len(), own.refused), (2, None), "walls are not told");
    let tobias = doors.of("tobias.reinholt").await;
    assert_eq!(code(access::who(&tobias, target, Object::Margin).await), Code::NotFound);
    let seen = access::what(&solene, aminata.viewer.login.unwrap()).await.unwrap();
    assert_eq!(seen.accounts.len(), 3);
    assert!(seen.accounts.iter().all(|one| one.sections.contains(&Object::Margin)));
}
