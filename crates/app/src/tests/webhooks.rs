//! Webhooks against a receiver with faults.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use orchestre_domain::clock::{Clock, FixedClock};
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, LoginId, WebhookId};
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::webhook::{DeliveryState, SendFault, WebhookState};
use orchestre_store::{Delivery, Event, Try};

use super::receiver::{Got, Mood, Receiver};
use super::{TODAY, World};
use crate::logins::NewLogin;
use crate::vault::Vault;
use crate::webhooks::{self, Made, Subscription, Wanted};
use crate::{App, Code, Ctx, chain, logins, settings};

const SECOND: i64 = 1_000_000;

/// A clock that is set by the test.
#[derive(Debug)]
struct Steps(AtomicI64);

impl Clock for Steps {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Post {
    _world: World,
    app: App,
    clock: Arc<Steps>,
    director: Ctx,
    accounts: [AccountId; 2],
}

impl Post {
    /// Two accounts, a director, and a machine of our own that may be called.
    async fn open() -> Self {
        let world = World::new().await;
        let rows = "id,name,kind,country\nlys,Lysarel,group,FR\nhar,Hartwenden,group,DE\n";
        world.import(ImportKind::Accounts, rows).await;
        let accounts = [world.account("lys").await, world.account("har").await];
        let clock = Arc::new(Steps(AtomicI64::new(FixedClock::at(TODAY).now())));
        let app = App { clock: Arc::<Steps>::clone(&clock), ..world.shell.app.clone() };
        let app = app.with_vault(Vault::of([7; 32]));
        let shell = app.ctx(world.shell.viewer.clone());
        let login = login(&shell, "pd@ardenval.example", Role::Pd).await;
        let mut viewer = world.as_role(Role::Pd, &[], &[]).viewer;
        viewer.login = Some(login);
        let post = Self { _world: world, director: app.ctx(viewer), app, clock, accounts };
        post.allow("127.0.0.1").await;
        post
    }

    async fn allow(&self, targets: &str) {
        let shell = self.app.ctx(orchestre_domain::viewer::Viewer::shell(Lang::En));
        let mut known = settings::get(&shell).await.unwrap();
        known.settings.webhook_targets = targets.to_owned();
        settings::put(&shell, known.settings, known.version).await.unwrap();
    }

    async fn subscribe(&self, receiver: &Receiver) -> Made {
        self.seal().await;
        let new = Subscription {
            address: receiver.address.clone(),
            names: vec![EventName::PlanUpdated],
            state: Wanted::On,
        };
        webhooks::create(&self.director, new).await.unwrap()
    }

    /// Changes a plan of an account, as far as the chain sees it.
    async fn happen(&self, account: AccountId, number: i64) {
        let event = self.director.account_event(EventName::PlanUpdated, account, "plan", number);
        let event = Event { payload: vec![("goals", "secret value".to_owned())], ..event };
        self.app.db.write(async |work| work.record(&event).await).await.unwrap();
        self.seal().await;
    }

    async fn seal(&self) {
        chain::seal(&self.app, 1).await.unwrap();
    }

    async fn run(&self) {
        webhooks::run(&self.app).await.unwrap();
    }

    fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * SECOND, Ordering::Relaxed);
    }

    async fn log(&self, id: WebhookId) -> Vec<Delivery> {
        webhooks::list(&self.director, id, i64::MAX, 100).await.unwrap()
    }

    async fn tries(&self, id: WebhookId) -> Vec<Try> {
        let newest = self.log(id).await.remove(0);
        webhooks::show_delivery(&self.director, id, newest.id).await.unwrap().1
    }

    async fn state(&self, id: WebhookId) -> WebhookState {
        webhooks::show(&self.director, id).await.unwrap().state
    }
}

async fn login(shell: &Ctx, email: &str, role: Role) -> LoginId {
    let new = NewLogin {
        email: email.to_owned(),
        name: "Ada".to_owned(),
        password: "a password for tests, four words and more".to_owned(),
        roles: vec![role],
        person: None,
        lang: Lang::En,
    };
    logins::create(shell, new).await.unwrap()
}

fn ids(got: &[Got]) -> Vec<&str> {
    got.iter().map(|one| one.header("webhook-id")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_fails_three_times_gets_the_message_once_with_the_same_id() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[Mood::Says(500), Mood::Hangs, Mood::Says(302)]).await;
    let made = post.subscribe(&receiver).await;
    post.happen(post.accounts[0], 5).await;
    assert!(webhooks::is_due(&post.app).await.unwrap());
    for pause in [0, 6, 331, 1_981] {
        post.pass(pause);
        post.run().await;
    }
    let got = receiver.got();
    assert_eq!(got.len(), 4, "{got:?}");
    assert!(ids(&got).windows(2).all(|pair| pair[0] == pair[1]), "the same id");
    assert!(got.windows(2).all(|pair| pair[0].body == pair[1].body), "the same body");
    let log = post.log(made.id).await;
    assert_eq!((log.len(), log[0].state, log[0].tries), (1, DeliveryState::Delivered, 4));
    let statuses: Vec<_> = post.tries(made.id).await.iter().map(|one| one.status).collect();
    assert_eq!(statuses, [Some(500), None, Some(302), Some(204)]);
    post.pass(864_000);
    post.run().await;
    assert_eq!(receiver.got().len(), 4, "never again");
    assert!(!webhooks::is_due(&post.app).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_signed_by_the_form_and_holds_no_value() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[]).await;
    let made = post.subscribe(&receiver).await;
    post.happen(post.accounts[0], 5).await;
    post.run().await;
    let got = receiver.got().remove(0);
    let (id, at) = (got.header("webhook-id"), got.header("webhook-timestamp"));
    assert!(id.starts_with("evt_"), "{id}");
    let key = standardwebhooks::Webhook::new(made.secret.expose()).unwrap();
    let sign = |body: &str| key.sign(id, at.parse().unwrap(), body.as_bytes()).unwrap();
    assert_eq!(got.header("webhook-signature"), sign(&got.body));
    assert_ne!(got.header("webhook-signature"), sign(&got.body.replace("plan", "plaN")));
    let body: serde_json::Value = serde_json::from_str(&got.body).unwrap();
    assert_eq!(body["type"], "plan.updated");
    assert_eq!(body["timestamp"], "2026-11-16T09:00:00Z");
    assert_eq!(body["data"]["account_id"], post.accounts[0].to_string());
    assert_eq!(body["data"]["object_id"], "pln_0000000000005");
    assert_eq!(body["data"]["fields"], serde_json::json!(["goals"]));
    assert!(!got.body.contains("secret value") && !got.body.contains("Lysarel"), "{}", got.body);
    let rows = post
        .app
        .db
        .read(async |work| work.rows(orchestre_store::sql("SELECT secret FROM webhooks")).await);
    let kept: String = rows.await.unwrap()[0].get("secret").unwrap();
    let plain = made.secret.expose().trim_start_matches("whsec_").to_owned();
    assert!(!kept.contains(&plain), "sealed");
    assert_eq!(STANDARD.decode(plain).unwrap().len(), 32);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_dies_between_commit_and_send_loses_nothing() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[]).await;
    let made = post.subscribe(&receiver).await;
    let event = post.director.account_event(EventName::PlanUpdated, post.accounts[0], "plan", 5);
    post.app.db.write(async |work| work.record(&event).await).await.unwrap();
    // It died here: the change is committed, nothing is linked, written down or sent.
    post.pass(600);
    let next = post.app.clone();
    chain::seal(&next, 2).await.unwrap();
    webhooks::gather(&next).await.unwrap();
    assert!(receiver.got().is_empty());
    // And here again: the message is written down, not sent.
    webhooks::run(&next).await.unwrap();
    webhooks::gather(&post.app).await.unwrap();
    webhooks::run(&post.app).await.unwrap();
    assert_eq!(receiver.got().len(), 1, "another node does not write it down again");
    assert_eq!(post.log(made.id).await[0].state, DeliveryState::Delivered);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_waits_for_its_first_message_and_holds_no_other_up() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[Mood::Says(500)]).await;
    post.subscribe(&receiver).await;
    let [lys, har] = post.accounts;
    post.happen(lys, 1).await;
    post.run().await;
    post.happen(lys, 2).await;
    post.happen(har, 3).await;
    post.run().await;
    post.pass(6);
    post.run().await;
    let told: Vec<i64> = receiver
        .got()
        .iter()
        .map(|got| got.body.split("pln_").nth(1).unwrap().chars().nth(12).unwrap())
        .map(|letter| i64::from(letter.to_digit(10).unwrap()))
        .collect();
    assert_eq!(told, [1, 3, 1, 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_ends_its_subscription() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[Mood::Says(410)]).await;
    let made = post.subscribe(&receiver).await;
    post.happen(post.accounts[0], 1).await;
    post.happen(post.accounts[0], 2).await;
    post.run().await;
    assert_eq!(post.state(made.id).await, WebhookState::Gone);
    assert!(post.log(made.id).await.iter().all(|one| one.state == DeliveryState::Failed));
    post.happen(post.accounts[0], 3).await;
    post.run().await;
    assert_eq!(receiver.got().len(), 1);
    let newest = post.log(made.id).await.remove(0);
    let refused = webhooks::replay(&post.director, made.id, newest.id).await.unwrap_err().code();
    assert_eq!(refused, Code::StepRefused, "it is off");
    let webhook = webhooks::show(&post.director, made.id).await.unwrap();
    let again = Subscription { address: webhook.address, names: webhook.names, state: Wanted::On };
    webhooks::put(&post.director, made.id, webhook.version, again).await.unwrap();
    webhooks::replay(&post.director, made.id, newest.id).await.unwrap();
    post.run().await;
    let got = receiver.got();
    assert_eq!(got.len(), 3, "the message again, and what happened meanwhile");
    assert_eq!(got[1].header("webhook-id"), newest.event.to_string(), "the same id again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_asks_for_patience_gets_it_and_ten_failures_are_the_end() {
    let post = Post::open().await;
    let mut moods = vec![Mood::SaysWith(429, "retry-after: 900\r\n")];
    moods.extend([Mood::Says(500); 9]);
    let receiver = Receiver::start(&moods).await;
    let made = post.subscribe(&receiver).await;
    post.happen(post.accounts[0], 1).await;
    post.run().await;
    post.pass(899);
    post.run().await;
    assert_eq!(receiver.got().len(), 1, "patience");
    post.pass(100);
    for _ in 0..9 {
        post.run().await;
        post.pass(100_000);
    }
    assert_eq!(receiver.got().len(), 10);
    assert_eq!(post.state(made.id).await, WebhookState::Failing);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_owner_may_not_see_is_never_sent() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[]).await;
    let made = post.subscribe(&receiver).await;
    let id = post.director.viewer.login.unwrap();
    let role = async |role: &str| {
        let text = "UPDATE login_roles SET role = $2 WHERE login_id = $1";
        let change = || orchestre_store::sql(text).bind(id.as_i64()).bind(role);
        post.app.db.write(async |work| work.run(change()).await).await.unwrap();
    };
    role("KAM").await;
    post.happen(post.accounts[0], 1).await;
    post.run().await;
    assert!(receiver.got().is_empty(), "not an account of the owner's");
    role("PD").await;
    post.happen(post.accounts[0], 2).await;
    webhooks::gather(&post.app).await.unwrap();
    role("KAM").await;
    post.run().await;
    assert!(receiver.got().is_empty(), "the right went away between writing down and sending");
    role("PD").await;
    let log = post.log(made.id).await;
    assert_eq!((log.len(), log[0].state), (1, DeliveryState::Withheld));
    post.app.db.write(async |work| work.put_login_active(id, 0).await).await.unwrap();
    post.happen(post.accounts[0], 3).await;
    post.run().await;
    assert!(receiver.got().is_empty(), "the owner is out");
    post.app.db.write(async |work| work.put_login_active(id, 1).await).await.unwrap();
    post.happen(post.accounts[0], 4).await;
    post.run().await;
    assert_eq!(receiver.got().len(), 1, "what was passed over stays so");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_secrets_sign_for_a_day_after_a_change() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[]).await;
    let made = post.subscribe(&receiver).await;
    let version = webhooks::show(&post.director, made.id).await.unwrap().version;
    let new = webhooks::rotate(&post.director, made.id, version).await.unwrap();
    let twice = webhooks::rotate(&post.director, made.id, version).await.unwrap_err().code();
    assert_eq!(twice, Code::ChangedSince);
    for (number, wait) in [(1, 86_000), (2, 0)] {
        post.happen(post.accounts[0], number).await;
        post.run().await;
        post.pass(wait + 1_000);
    }
    let signed = |got: &Got| -> Vec<String> {
        let at = got.header("webhook-timestamp").parse().unwrap();
        let sign = |secret: &str| {
            let key = standardwebhooks::Webhook::new(secret).unwrap();
            key.sign(got.header("webhook-id"), at, got.body.as_bytes()).unwrap()
        };
        vec![sign(new.secret.expose()), sign(made.secret.expose())]
    };
    let got = receiver.got();
    assert_eq!(got[0].header("webhook-signature"), signed(&got[0]).join(" "));
    assert_eq!(got[1].header("webhook-signature"), signed(&got[1])[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_inside_is_refused_when_it_is_typed_and_when_it_is_called() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[]).await;
    let made = post.subscribe(&receiver).await;
    post.allow("*").await;
    for address in [receiver.address.as_str(), "http://localhost:1/", "http://[::1]/", "ftp://x/"] {
        let new =
            Subscription { address: address.to_owned(), names: Vec::new(), state: Wanted::On };
        let done = webhooks::create(&post.director, new).await.map(drop).map_err(|e| e.code());
        assert_eq!(done, Err(Code::AddressRefused), "{address}");
    }
    post.happen(post.accounts[0], 1).await;
    post.run().await;
    assert!(receiver.got().is_empty(), "the settings changed since");
    assert_eq!(post.tries(made.id).await[0].fault, Some(SendFault::Refused));
    post.allow("").await;
    let new = Subscription {
        address: "https://hooks.example.com/".to_owned(),
        names: Vec::new(),
        state: Wanted::On,
    };
    let done = webhooks::create(&post.director, new).await.map(drop).map_err(|e| e.code());
    assert_eq!(done, Err(Code::AddressRefused), "nothing is allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_is_its_owners_alone() {
    let post = Post::open().await;
    let receiver = Receiver::start(&[]).await;
    let made = post.subscribe(&receiver).await;
    let shell = post.app.ctx(orchestre_domain::viewer::Viewer::shell(Lang::En));
    let other = login(&shell, "fin@ardenval.example", Role::Fin).await;
    let mut viewer = post.director.viewer.clone();
    viewer.login = Some(other);
    let other = post.app.ctx(viewer);
    assert!(webhooks::own(&other).await.unwrap().is_empty());
    let code = |done: Result<(), crate::AppError>| done.unwrap_err().code();
    assert_eq!(code(webhooks::remove(&other, made.id).await), Code::NotFound);
    assert_eq!(code(webhooks::rotate(&other, made.id, 1).await.map(drop)), Code::NotFound);
    assert_eq!(code(webhooks::list(&other, made.id, 9, 9).await.map(drop)), Code::NotFound);
    assert_eq!(code(webhooks::all(&other).await.map(drop)), Code::Forbidden);
    assert_eq!(code(webhooks::own(&shell).await.map(drop)), Code::Forbidden, "no login");
    webhooks::remove(&post.director, made.id).await.unwrap();
    assert_eq!(code(webhooks::show(&post.director, made.id).await.map(drop)), Code::NotFound);
}
