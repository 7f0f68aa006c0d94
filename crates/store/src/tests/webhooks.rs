//! Subscriptions, the events that go out, and messages in their order.

use jiff::civil::date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, DeliveryId, EventId, LoginId, WebhookId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::webhook::{DeliveryState, SendFault, WebhookState};

use super::contract;
use super::sample::{HAR, LYS, fill, viewer};
use crate::{Db, Delivery, Event, Login, Outgoing, StoreError, Try, Webhook};

contract!(
    a_subscription_is_kept_changed_and_taken_away,
    only_the_subscriptions_that_are_on_are_read_on,
    events_go_out_in_the_order_of_commits_to_those_who_see_them,
    each_account_waits_for_its_first_message,
    a_subscription_that_ended_gives_up_what_waits,
);

fn webhook(id: i64) -> Webhook {
    Webhook {
        id: WebhookId(id),
        login: LoginId(31),
        owner: "Sami Haddad".to_owned(),
        address: "https://hooks.example.com/<b>".to_owned(),
        names: vec![EventName::PlanUpdated, EventName::ActionCreated],
        state: WebhookState::On,
        secret: "sealed".to_owned(),
        before: None,
        read_seq: 0,
        made_at: 1_000 + id,
        version: 1,
    }
}

async fn enrol(db: &Db) {
    let login = Login {
        id: LoginId(31),
        email: "sami@ardenval.example".to_owned(),
        person: None,
        name: "Sami Haddad".to_owned(),
        password_hash: "hash".to_owned(),
        lang: Lang::Fr,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    };
    db.write(async |work| work.add_login(&login, &[], date(2026, 1, 1)).await).await.unwrap();
}

fn event(id: i64, account: Option<AccountId>, object: &'static str) -> Event {
    Event {
        id: EventId(id),
        name: EventName::PlanUpdated,
        at: 77,
        login: Some(LoginId(31)),
        person: None,
        stead: None,
        account,
        object,
        object_id: Some(5),
        payload: vec![("state", "draft".to_owned())],
        values: Vec::new(),
    }
}

fn delivery(id: i64, account: Option<AccountId>) -> Delivery {
    Delivery {
        id: DeliveryId(id),
        webhook: WebhookId(1),
        event: EventId(100 + id),
        seq: id,
        account,
        name: EventName::PlanUpdated,
        body: r#"{"type":"plan.updated"}"#.to_owned(),
        state: DeliveryState::Waiting,
        tries: 0,
        next_at: 500,
        made_at: 400,
        ended_at: None,
    }
}

async fn a_subscription_is_kept_changed_and_taken_away(db: Db) {
    enrol(&db).await;
    db.write(async |work| {
        work.add_webhook(&webhook(1)).await?;
        work.add_webhook(&webhook(2)).await?;
        assert_eq!(work.webhooks(Some(LoginId(31))).await?, [webhook(2), webhook(1)]);
        assert!(work.webhooks(Some(LoginId(32))).await?.is_empty());
        assert_eq!(work.webhooks(None).await?.len(), 2);
        let before = Some(("older".to_owned(), 9_000));
        let state = WebhookState::Off;
        let changed = Webhook { names: Vec::new(), before, state, ..webhook(1) };
        assert!(work.put_webhook(&changed).await?);
        assert!(!work.put_webhook(&changed).await?, "changed since");
        let found = work.webhooks(None).await?;
        assert_eq!(found[1], Webhook { version: 2, ..changed });
        work.system_add_delivery(&delivery(1, None)).await?;
        let tried =
            Try { number: 1, at: 5, took_ms: 3, status: None, fault: None, answer: String::new() };
        work.system_add_try(DeliveryId(1), &tried).await?;
        work.drop_webhook(WebhookId(1)).await?;
        assert_eq!(work.webhooks(None).await?, [webhook(2)]);
        assert_eq!(work.delivery(WebhookId(1), DeliveryId(1)).await?, None);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    let nobody = Webhook { login: LoginId(99), ..webhook(3) };
    let done = db.write(async |work| work.add_webhook(&nobody).await).await;
    assert!(matches!(done, Err(StoreError::Dangling(_))), "{done:?}");
}

async fn only_the_subscriptions_that_are_on_are_read_on(db: Db) {
    enrol(&db).await;
    db.write(async |work| {
        work.record(&event(1, None, "plan")).await?;
        assert_eq!(work.system_last_seq().await?, 0, "not linked yet");
        work.system_seal().await?;
        assert_eq!(work.system_last_seq().await?, 1);
        work.add_webhook(&webhook(1)).await?;
        work.add_webhook(&Webhook { state: WebhookState::Gone, ..webhook(2) }).await?;
        let found = work.system_webhooks().await?;
        assert_eq!((found.len(), found[0].0.read_seq), (1, 1), "it hears what comes from now on");
        assert!(found[0].1.is_some());
        work.put_webhook_read(WebhookId(1), 7).await?;
        work.put_webhook_read(WebhookId(1), 4).await?;
        work.put_login_active(LoginId(31), 0).await?;
        let found = work.system_webhooks().await?;
        assert_eq!((found[0].0.read_seq, found[0].1.is_none()), (7, true), "never back");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn events_go_out_in_the_order_of_commits_to_those_who_see_them(db: Db) {
    fill(&db).await;
    db.write(async |work| {
        work.record(&event(9, Some(LYS), "plan")).await?;
        work.system_seal().await?;
        work.record(&event(2, Some(HAR), "plan")).await?;
        work.system_seal().await?;
        work.record(&event(4, None, "import")).await?;
        work.record(&event(5, None, "login")).await?;
        work.system_seal().await?;
        work.record(&event(6, Some(LYS), "plan")).await?;
        let last = work.system_last_seq().await?;
        let all = Outgoing::Between(last - 4, last);
        let ids = |events: Vec<crate::OutEvent>| events.iter().map(|e| e.id.0).collect::<Vec<_>>();
        let director = viewer(Role::Pd, &[], &[]);
        let found = work.outgoing(&director, all).await?;
        assert_eq!((found[0].seq, found[0].payload.as_str()), (last - 3, "state=draft"));
        assert_eq!(ids(found), [9, 2, 4], "no ways in, and nothing without a number");
        let rival = viewer(Role::Kam, &[HAR], &[LYS]);
        assert_eq!(ids(work.outgoing(&rival, all).await?), [2]);
        let walled = viewer(Role::Pd, &[], &[LYS]);
        assert_eq!(ids(work.outgoing(&walled, all).await?), [2, 4]);
        assert!(work.outgoing(&rival, Outgoing::One(EventId(9))).await?.is_empty());
        assert_eq!(ids(work.outgoing(&director, Outgoing::One(EventId(9))).await?), [9]);
        assert!(work.outgoing(&director, Outgoing::One(EventId(6))).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn each_account_waits_for_its_first_message(db: Db) {
    enrol(&db).await;
    db.write(async |work| {
        work.add_webhook(&webhook(1)).await?;
        for one in [
            delivery(1, Some(LYS)),
            delivery(2, Some(LYS)),
            delivery(3, Some(HAR)),
            delivery(4, None),
        ] {
            work.system_add_delivery(&one).await?;
        }
        work.system_add_delivery(&Delivery { id: DeliveryId(9), ..delivery(1, None) }).await?;
        let due = work.system_due_deliveries(500, 9).await?;
        assert_eq!(due, [delivery(1, Some(LYS)), delivery(3, Some(HAR)), delivery(4, None)]);
        assert!(work.system_due_deliveries(499, 9).await?.is_empty());
        assert_eq!(work.system_due_deliveries(500, 1).await?.len(), 1);
        let later = Delivery { tries: 1, next_at: 900, ..delivery(1, Some(LYS)) };
        work.put_delivery(&later).await?;
        let tried = Try {
            number: 1,
            at: 500,
            took_ms: 12,
            status: Some(500),
            fault: None,
            answer: "no <b>".to_owned(),
        };
        work.system_add_try(later.id, &tried).await?;
        let fault = Some(SendFault::Timeout);
        let second = Try { number: 2, status: None, fault, ..tried.clone() };
        work.system_add_try(later.id, &second).await?;
        assert_eq!(work.system_due_deliveries(800, 9).await?.len(), 2, "the second still waits");
        let (found, log) = work.delivery(WebhookId(1), later.id).await?.expect("a message");
        assert_eq!((found, log), (later.clone(), vec![tried, second]));
        assert_eq!(work.delivery(WebhookId(2), later.id).await?, None, "of another");
        let state = DeliveryState::Delivered;
        work.put_delivery(&Delivery { state, ended_at: Some(901), ..later }).await?;
        let due = work.system_due_deliveries(900, 9).await?;
        assert_eq!(due[0], delivery(2, Some(LYS)), "now it is its turn");
        let listed = work.deliveries(WebhookId(1), 4, 2).await?;
        assert_eq!(listed.iter().map(|one| one.seq).collect::<Vec<_>>(), [3, 2]);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_subscription_that_ended_gives_up_what_waits(db: Db) {
    enrol(&db).await;
    db.write(async |work| {
        work.add_webhook(&webhook(1)).await?;
        work.system_add_delivery(&delivery(1, None)).await?;
        work.system_end_webhook(WebhookId(1), WebhookState::Gone, 800).await?;
        assert!(work.system_due_deliveries(900, 9).await?.is_empty());
        let (found, _) = work.delivery(WebhookId(1), DeliveryId(1)).await?.expect("a message");
        assert_eq!((found.state, found.ended_at), (DeliveryState::Failed, Some(800)));
        assert_eq!(work.webhooks(None).await?[0].state, WebhookState::Gone);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
