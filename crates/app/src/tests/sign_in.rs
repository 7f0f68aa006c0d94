//! Coming in by more than a password: second steps, links, known devices; and being put out.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::Date;
use orchestre_domain::clock::Clock;
use orchestre_domain::id::LoginId;
use orchestre_domain::permission::Role;
use orchestre_domain::sign_in::SignInRules;
use orchestre_outbound::mail::{Guard, Mailer, Server};
use totp_rs::{Builder, Secret, Totp};

use super::doors::{Doors, PASSWORD, refused, typed};
use super::sink::{Sink, willing};
use crate::links::{self, From};
use crate::passwords::WORK;
use crate::roster::{self, Made};
use crate::sessions::{self, Credentials, Entrance, own};
use crate::{App, AppError, Code, Ctx, Outside, mails, passwords, second_step, sign_in_rules};

pub(super) const HERE: From<'_> = From { network: "192.0.2.7", agent: "a browser", device: None };
pub(super) const NEW: &str = "velvet tractor under nine moons";

/// A clock that is put forward by hand, µs.
#[derive(Debug)]
struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    fn today(&self) -> Date {
        super::TODAY
    }
}

pub(super) struct House {
    _doors: Doors,
    pub(super) shell: Ctx,
    clock: Arc<Hand>,
}

impl House {
    pub(super) async fn new() -> Self {
        let doors = Doors::new().await;
        let mut shell = doors.world.shell.clone();
        let clock = Arc::new(Hand(AtomicI64::new(shell.now())));
        shell.app.clock = Arc::<Hand>::clone(&clock);
        Self { shell, _doors: doors, clock }
    }

    pub(super) async fn with_mail(sink: &Sink) -> Self {
        let mut house = Self::new().await;
        let server = Server {
            host: "127.0.0.1".to_owned(),
            port: sink.port,
            guard: Guard::Plain,
            user: String::new(),
            password: String::new(),
            authority: String::new(),
            from: "kam@ardenval.example".to_owned(),
            patience: std::time::Duration::from_secs(2),
        };
        let mail = Some(Mailer::new(&server).unwrap());
        let outside = Outside { url: "https://kam.example".to_owned(), mail, ..Outside::default() };
        house.shell.app = house.shell.app.clone().with_outside(outside);
        house
    }

    pub(super) fn app(&self) -> &App {
        &self.shell.app
    }

    pub(super) fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    pub(super) async fn opened(&self, name: &str) -> sessions::Opened {
        sessions::sign_in(self.app(), &typed(name, PASSWORD)).await.unwrap()
    }

    pub(super) async fn ctx(&self, token: &str) -> Ctx {
        let open = sessions::find(self.app(), token).await.unwrap().unwrap();
        self.app().ctx(open.viewer)
    }

    pub(super) async fn id(&self, name: &str) -> LoginId {
        let email = format!("{name}@ardenval.example");
        let found = self.app().db.read(async |work| work.system_login(&email).await).await;
        found.unwrap().unwrap().id
    }

    /// Sets up a second step and gives its generator and the recovery codes.
    pub(super) async fn enrolled(&self, name: &str) -> (Totp, Vec<String>) {
        let ctx = self.ctx(&self.opened(name).await.token).await;
        second_step::begin(&ctx).await.unwrap();
        let enrollment = second_step::state(&ctx).await.unwrap().enrollment.unwrap();
        assert!(enrollment.url.contains(&enrollment.secret), "{}", enrollment.url);
        assert_eq!(enrollment.picture.1.len(), enrollment.picture.0.pow(2));
        let secret = Secret::try_from_base32(&enrollment.secret).unwrap();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        let codes = second_step::confirm(&ctx, &self.code(&totp, 0)).await.unwrap();
        (totp, codes)
    }

    fn code(&self, totp: &Totp, later: i64) -> String {
        totp.generate(u64::try_from(self.clock.now().div_euclid(1_000_000) + later).unwrap())
            .to_string()
    }

    async fn half(&self, name: &str) -> String {
        match sessions::come(self.app(), &typed(name, PASSWORD), None).await.unwrap() {
            Entrance::Half(token) => token,
            Entrance::In(_) => panic!("{name} came in by the password alone"),
        }
    }

    async fn finish(&self, half: &str, code: &str) -> Result<sessions::Opened, Code> {
        let from = ("192.0.2.7", "a browser", None);
        sessions::finish(self.app(), half, code, from).await.map_err(|error| error.code())
    }
}

#[tokio::test]
async fn the_same_work_is_done_for_every_address() {
    let house = House::new().await;
    let invited = super::links::invite(&house, "ines").await;
    assert!(matches!(invited.1, Made::Link(_)));
    for name in ["aminata", "nobody", "ines"] {
        let before = WORK.get();
        assert_eq!(refused(&house.shell, &typed(name, "wrong")).await, Code::SignInWrong);
        assert_eq!(WORK.get() - before, 1, "{name}");
    }
    let huge = Credentials { password: "x".repeat(100_000), ..typed("aminata", "") };
    assert_eq!(refused(&house.shell, &huge).await, Code::SignInWrong);
}

#[tokio::test]
async fn the_owner_on_a_known_device_does_not_wait_for_the_failures_of_others() {
    let house = House::new().await;
    let device = house.opened("aminata").await.device;
    for _ in 0..30 {
        let other = Credentials { network: "198.51.100.9".to_owned(), ..typed("aminata", "wrong") };
        refused(&house.shell, &other).await;
    }
    let right = typed("aminata", PASSWORD);
    let wait = sessions::come(house.app(), &right, None).await.unwrap_err();
    assert!(matches!(wait, AppError::Wait(seconds) if (1..=300).contains(&seconds)), "{wait:?}");
    let known = sessions::come(house.app(), &right, Some(&device)).await;
    assert!(matches!(known, Ok(Entrance::In(_))));
    let forged = sessions::come(house.app(), &right, Some("0123")).await;
    assert!(matches!(forged, Err(AppError::Wait(_))));
    let others = sessions::come(house.app(), &typed("tobias", "wrong"), Some(&device)).await;
    assert_eq!(others.unwrap_err().code(), Code::SignInWrong, "a device is known to its owner");
    house.pass(301);
    assert!(sessions::come(house.app(), &right, None).await.is_ok(), "nobody is locked out");
}

#[tokio::test]
async fn a_second_step_takes_each_code_once_and_a_little_skew() {
    let house = House::new().await;
    let (totp, _) = house.enrolled("aminata").await;
    let replayed = house.code(&totp, 0);
    let half = house.half("aminata").await;
    assert_eq!(house.finish(&half, &replayed).await.unwrap_err(), Code::CodeWrong, "used before");
    assert_eq!(house.finish(&half, &house.code(&totp, 60)).await.unwrap_err(), Code::CodeWrong);
    let ahead = house.code(&totp, 30);
    assert!(house.finish(&half, &ahead).await.is_ok(), "a clock that is half a minute ahead");
    assert_eq!(house.finish(&half, &ahead).await.unwrap_err(), Code::SignInOver, "half no more");
    house.pass(90);
    let half = house.half("aminata").await;
    let behind = house.code(&totp, -30);
    let spaced = format!("{} {}", &behind.split_at(3).0, &behind.split_at(3).1);
    assert!(house.finish(&half, &spaced).await.is_ok(), "a clock that is half a minute behind");
    let alone = sessions::sign_in(house.app(), &typed("aminata", PASSWORD)).await.unwrap_err();
    assert_eq!(alone.code(), Code::SecondStepNeeded);
}

#[tokio::test]
async fn wrong_codes_ask_for_the_password_again_and_wait() {
    let house = House::new().await;
    let (totp, _) = house.enrolled("aminata").await;
    house.pass(30);
    let half = house.half("aminata").await;
    for code in ["000000", "", "abc", "99999999", &"1".repeat(10_000)] {
        assert_eq!(house.finish(&half, code).await.unwrap_err(), Code::CodeWrong, "{code:.9}");
    }
    assert_eq!(house.finish(&half, &house.code(&totp, 0)).await.unwrap_err(), Code::SignInOver);
    assert_eq!(house.finish("forged", "000000").await.unwrap_err(), Code::SignInOver);
    let half = house.half("aminata").await;
    assert_eq!(house.finish(&half, "000000").await.unwrap_err(), Code::CodeWrong);
    assert_eq!(house.finish(&half, "000000").await.unwrap_err(), Code::TooManyTries);
    house.pass(700);
    assert_eq!(house.finish(&half, &house.code(&totp, 0)).await.unwrap_err(), Code::SignInOver);
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_new_ones_end_the_old() {
    let house = House::new().await;
    let (_, codes) = house.enrolled("aminata").await;
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
    let half = house.half("aminata").await;
    let opened = house.finish(&half, &codes[0].to_uppercase()).await.unwrap();
    let half = house.half("aminata").await;
    assert_eq!(house.finish(&half, &codes[0]).await.unwrap_err(), Code::CodeWrong, "once");
    let ctx = house.ctx(&opened.token).await;
    assert_eq!(second_step::state(&ctx).await.unwrap().codes_left, 9);
    let new = second_step::renew_codes(&ctx).await.unwrap();
    assert_eq!(house.finish(&half, &codes[1]).await.unwrap_err(), Code::CodeWrong, "old");
    assert!(house.finish(&half, &new[1]).await.is_ok());
    let other = house.ctx(&house.opened("tobias").await.token).await;
    assert_eq!(second_step::renew_codes(&other).await.unwrap_err().code(), Code::StepRefused);
}

#[tokio::test]
async fn no_secret_stands_in_the_database_in_clear() {
    let sink = Sink::open(willing).await;
    let house = House::with_mail(&sink).await;
    let opened = house.opened("aminata").await;
    let ctx = house.ctx(&opened.token).await;
    second_step::begin(&ctx).await.unwrap();
    let secret = second_step::state(&ctx).await.unwrap().enrollment.unwrap().secret;
    links::ask_reset(house.app(), "tobias@ardenval.example", "192.0.2.7").await.unwrap();
    let mut all = String::new();
    for table in ["second_steps", "sessions", "devices", "login_links", "mails", "half_sessions"] {
        let columns = match table {
            "second_steps" => "sealed",
            "mails" => "sealed || recipient",
            _ => "digest",
        };
        let text = format!("SELECT {columns} AS words FROM {table}");
        let rows =
            house.app().db.read(async |work| work.rows(orchestre_store::Sql::built(text)).await);
        for row in rows.await.unwrap() {
            all.push_str(&row.get::<String>("words").unwrap());
        }
    }
    mails::tick(house.app()).await.unwrap();
    let letter = sink.letters().remove(0);
    let link = letter.split("/sign-in/link/").nth(1).unwrap().get(..64).unwrap().to_owned();
    for hidden in [&opened.token, &opened.device, &secret, &link] {
        assert!(!all.contains(hidden.as_str()));
    }
}

#[tokio::test]
async fn a_role_of_the_rules_needs_a_second_step_and_the_administrator_may_take_it_away() {
    let house = House::new().await;
    let rules =
        SignInRules { second_step_roles: BTreeSet::from([Role::Kam]), ..SignInRules::default() };
    sign_in_rules::put(&house.shell, rules.clone(), 0).await.unwrap();
    let stale = sign_in_rules::put(&house.shell, rules, 0).await.unwrap_err();
    assert_eq!(stale.code(), Code::ChangedSince);
    let must =
        async |token: &str| sessions::find(house.app(), token).await.unwrap().unwrap().must_set_up;
    assert!(must(&house.opened("aminata").await.token).await);
    assert!(!must(&house.opened("solene").await.token).await);
    let (_, codes) = house.enrolled("aminata").await;
    let half = house.half("aminata").await;
    let opened = house.finish(&half, &codes[3]).await.unwrap();
    assert!(!must(&opened.token).await);
    let ctx = house.ctx(&opened.token).await;
    assert_eq!(second_step::remove(&ctx).await.unwrap_err().code(), Code::SecondStepRequired);
    let id = house.id("aminata").await;
    let by_director = house.ctx(&house.opened("solene").await.token).await;
    let refused = roster::reset_second_step(&by_director, id).await.unwrap_err();
    assert_eq!(refused.code(), Code::Forbidden);
    roster::reset_second_step(&house.shell, id).await.unwrap();
    assert!(sessions::find(house.app(), &opened.token).await.unwrap().is_none());
    assert!(must(&house.opened("aminata").await.token).await, "to be set up anew");
}

#[tokio::test]
async fn a_session_ends_by_the_rules_of_the_day() {
    let house = House::new().await;
    let opened = house.opened("aminata").await;
    let is_open = async || sessions::find(house.app(), &opened.token).await.unwrap().is_some();
    house.pass(7 * 3_600);
    assert!(is_open().await);
    house.pass(8 * 3_600 + 1);
    assert!(!is_open().await, "idle");
    let opened = house.opened("aminata").await;
    let rules = SignInRules { longest_hours: 2, ..SignInRules::default() };
    sign_in_rules::put(&house.shell, rules, 0).await.unwrap();
    house.pass(2 * 3_600 - 1);
    assert!(sessions::find(house.app(), &opened.token).await.unwrap().is_some());
    house.pass(1);
    assert!(sessions::find(house.app(), &opened.token).await.unwrap().is_none(), "age");
}

#[tokio::test]
async fn ones_own_sessions_are_told_apart_named_and_ended_and_nobody_elses() {
    let house = House::new().await;
    let (one, two) = (house.opened("aminata").await, house.opened("aminata").await);
    let ctx = house.ctx(&one.token).await;
    let list = own::list(&ctx, &one.token).await.unwrap();
    assert_eq!(list.iter().filter(|one| one.is_this).count(), 1);
    let other = list.iter().find(|one| !one.is_this).unwrap().line.clone();
    assert_eq!((other.agent.as_str(), other.network.as_str()), ("a browser", "192.0.2.7"));
    own::name(&ctx, other.id, "home").await.unwrap();
    let stranger = house.ctx(&house.opened("tobias").await.token).await;
    for refused in [own::end(&stranger, other.id).await, own::name(&stranger, other.id, "x").await]
    {
        assert_eq!(refused.unwrap_err().code(), Code::NotFound);
    }
    let named = own::list(&ctx, &one.token).await.unwrap();
    assert!(named.iter().any(|one| one.line.name.as_deref() == Some("home")));
    own::end(&ctx, other.id).await.unwrap();
    assert!(sessions::find(house.app(), &two.token).await.unwrap().is_none());
    house.opened("aminata").await;
    assert_eq!(own::end_others(&ctx, &one.token).await.unwrap(), 1);
    assert!(sessions::find(house.app(), &one.token).await.unwrap().is_some());
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_asks_for_the_present_one() {
    let house = House::new().await;
    let (one, two) = (house.opened("aminata").await, house.opened("aminata").await);
    let ctx = house.ctx(&one.token).await;
    let change = async |present: &str, new: &str| {
        let done = passwords::change(&ctx, &one.token, present, new.to_owned()).await;
        done.map_err(|error| match error {
            AppError::Field { code, field } => (code, field),
            other => (other.code(), ""),
        })
    };
    assert_eq!(change("wrong", NEW).await, Err((Code::SignInWrong, "present")));
    assert_eq!(change(PASSWORD, "aminata1").await, Err((Code::PasswordWeak, "password")));
    assert_eq!(change(PASSWORD, NEW).await, Ok(()));
    assert!(sessions::find(house.app(), &two.token).await.unwrap().is_none());
    assert!(sessions::find(house.app(), &one.token).await.unwrap().unwrap().is_fresh);
    assert_eq!(refused(&house.shell, &typed("aminata", PASSWORD)).await, Code::SignInWrong);
    assert!(sessions::sign_in(house.app(), &typed("aminata", NEW)).await.is_ok());
    house.pass(16 * 60);
    assert!(!sessions::find(house.app(), &one.token).await.unwrap().unwrap().is_fresh);
    own::prove(&ctx, &one.token, NEW, "").await.unwrap();
    assert!(sessions::find(house.app(), &one.token).await.unwrap().unwrap().is_fresh);
}
