//! Coming in: rules, second steps, half sessions, devices, links; the list of logins.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use orchestre_domain::id::{LoginId, SessionId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::sign_in::SignInRules;

use super::contract;
use crate::{Db, Login, LoginLink, SecondStep, SessionRow, StoreError};

contract!(
    rules_are_the_shipped_ones_until_they_are_kept,
    a_second_step_takes_each_step_once,
    a_recovery_code_is_taken_once,
    a_half_session_is_tried_a_few_times,
    a_device_is_known_for_its_login,
    a_link_is_open_until_it_is_used_replaced_or_old,
    the_roster_counts_and_lists,
    sessions_are_named_and_ended_by_their_owner,
);

const DAY: Date = date(2026, 11, 16);
const SAMI: LoginId = LoginId(31);

async fn enrolled(db: &Db, id: LoginId, hash: &str, role: Role) {
    let login = Login {
        id,
        email: format!("p{}@ardenval.example", id.0),
        person: None,
        name: format!("P{}", id.0),
        password_hash: hash.to_owned(),
        lang: Lang::Fr,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    };
    db.write(async |work| work.add_login(&login, &[role], DAY).await).await.unwrap();
}

async fn rules_are_the_shipped_ones_until_they_are_kept(db: Db) {
    let rules = SignInRules {
        strength: 4,
        second_step_roles: BTreeSet::from([Role::Adm, Role::Pd]),
        ..SignInRules::default()
    };
    db.write(async |work| {
        assert_eq!(work.sign_in_rules().await?, (SignInRules::default(), 0));
        let before = work.settings().await?;
        work.put_sign_in_rules(&rules).await?;
        let (kept, version) = work.sign_in_rules().await?;
        assert_eq!((kept, version), (rules.clone(), 7));
        work.put_sign_in_rules(&SignInRules::default()).await?;
        assert_eq!(work.sign_in_rules().await?, (SignInRules::default(), 14));
        assert_eq!(work.settings().await?, before, "other settings are others");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_second_step_takes_each_step_once(db: Db) {
    enrolled(&db, SAMI, "hash", Role::Kam).await;
    let step = SecondStep { sealed: "x1.s".to_owned(), is_used: false, last_step: 0, made_at: 5 };
    db.write(async |work| {
        assert_eq!(work.second_step(SAMI).await?, None);
        assert!(!work.take_step(SAMI, 10).await?, "there is none");
        work.put_second_step(SAMI, &step).await?;
        assert_eq!(work.second_step(SAMI).await?, Some(step.clone()));
        assert!(work.take_step(SAMI, 10).await?);
        assert!(work.second_step(SAMI).await?.unwrap().is_used);
        assert!(!work.take_step(SAMI, 10).await? && !work.take_step(SAMI, 9).await?);
        assert!(work.take_step(SAMI, 11).await?);
        work.put_recovery_codes(SAMI, &["a".to_owned()]).await?;
        assert!(work.remove_second_step(SAMI).await?);
        assert!(!work.remove_second_step(SAMI).await?);
        assert_eq!(work.recovery_codes_left(SAMI).await?, 0);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_recovery_code_is_taken_once(db: Db) {
    enrolled(&db, SAMI, "hash", Role::Kam).await;
    db.write(async |work| {
        work.put_recovery_codes(SAMI, &["a".to_owned(), "b".to_owned()]).await?;
        assert!(work.take_recovery_code(SAMI, "a", 7).await?);
        assert!(!work.take_recovery_code(SAMI, "a", 8).await?);
        assert!(!work.take_recovery_code(SAMI, "c", 8).await?);
        assert!(!work.take_recovery_code(LoginId(99), "b", 8).await?, "somebody else's");
        assert_eq!(work.recovery_codes_left(SAMI).await?, 1);
        work.put_recovery_codes(SAMI, &["a".to_owned()]).await?;
        assert!(!work.take_recovery_code(SAMI, "b", 9).await?, "replaced");
        assert!(work.take_recovery_code(SAMI, "a", 9).await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_half_session_is_tried_a_few_times(db: Db) {
    enrolled(&db, SAMI, "hash", Role::Kam).await;
    db.write(async |work| {
        work.add_half_session("h", SAMI, (100, 200)).await?;
        assert!(work.has_half_session("h", 199).await? && !work.has_half_session("h", 200).await?);
        assert_eq!(work.try_half_session("h", 150, 2).await?, Some(SAMI));
        assert_eq!(work.try_half_session("h", 150, 2).await?, Some(SAMI));
        assert_eq!(work.try_half_session("h", 150, 2).await?, None, "used up");
        work.add_half_session("i", SAMI, (150, 250)).await?;
        assert_eq!(work.try_half_session("i", 250, 2).await?, None, "over");
        work.end_half_session("i").await?;
        assert!(!work.has_half_session("i", 160).await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_device_is_known_for_its_login(db: Db) {
    enrolled(&db, SAMI, "hash", Role::Kam).await;
    db.write(async |work| {
        assert!(!work.knows_device("d", "p31@ardenval.example").await?);
        work.put_device("d", SAMI, 5).await?;
        work.put_device("d", SAMI, 6).await?;
        assert!(work.knows_device("d", "p31@ardenval.example").await?);
        assert!(!work.knows_device("d", "p32@ardenval.example").await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

fn link(digest: &str, login: Option<LoginId>) -> LoginLink {
    LoginLink {
        digest: digest.to_owned(),
        purpose: "reset".to_owned(),
        login,
        made_at: 100,
        expires_at: 200,
    }
}

async fn a_link_is_open_until_it_is_used_replaced_or_old(db: Db) {
    enrolled(&db, SAMI, "hash", Role::Kam).await;
    db.write(async |work| {
        work.add_login_link(&link("a", Some(SAMI))).await?;
        work.add_login_link(&link("n", None)).await?;
        assert_eq!(work.login_link("a", 199).await?, Some(link("a", Some(SAMI))));
        assert_eq!(work.login_link("a", 200).await?, None, "old");
        work.add_login_link(&link("b", Some(SAMI))).await?;
        assert_eq!(work.login_link("a", 150).await?, None, "replaced");
        assert!(!work.use_login_link("a", 150).await?);
        assert!(work.login_link("n", 150).await?.is_some(), "nobody's is another");
        work.put_login_active(SAMI, 0).await?;
        assert_eq!(work.login_link("b", 150).await?, None, "its login is out");
        work.put_login_active(SAMI, 1).await?;
        assert!(!work.use_login_link("b", 200).await?, "old");
        assert!(work.use_login_link("b", 150).await?);
        assert!(!work.use_login_link("b", 150).await?, "once");
        assert_eq!(work.end_login_links(None, "reset", 150).await?, 1);
        assert_eq!(work.login_link("n", 150).await?, None);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn the_roster_counts_and_lists(db: Db) {
    db.write(async |work| {
        assert_eq!(work.login_count().await?, 0);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    enrolled(&db, SAMI, "hash", Role::Adm).await;
    enrolled(&db, LoginId(32), "", Role::Adm).await;
    db.write(async |work| {
        let invitation =
            LoginLink { purpose: "invitation".to_owned(), ..link("i", Some(LoginId(32))) };
        work.add_login_link(&invitation).await?;
        work.put_seen_at(SAMI, 77).await?;
        let lines = work.roster(150, DAY).await?;
        assert_eq!((lines.len(), lines[0].id, lines[0].seen_at), (2, SAMI, Some(77)));
        assert_eq!(lines[0].roles, [Role::Adm]);
        assert_eq!((lines[1].has_password, lines[1].invited_until), (false, Some(200)));
        assert_eq!(work.roster(200, DAY).await?[1].invited_until, None);
        assert_eq!(work.others_with_role(Role::Adm, SAMI, DAY).await?, 0, "without a password");
        work.put_password(LoginId(32), "new").await?;
        assert_eq!(work.others_with_role(Role::Adm, SAMI, DAY).await?, 1);
        assert_eq!(work.login_count().await?, 2);
        let found = work.login_by_id(LoginId(32)).await?.unwrap();
        assert_eq!((found.password_hash.as_str(), found.name.as_str()), ("new", "P32"));
        assert!(work.login_by_id(LoginId(33)).await?.is_none());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn sessions_are_named_and_ended_by_their_owner(db: Db) {
    enrolled(&db, SAMI, "hash", Role::Kam).await;
    let session = |id: i64| SessionRow {
        digest: format!("d{id}"),
        login: SAMI,
        csrf: "token".to_owned(),
        opened_at: 100,
        used_at: 100 + id,
        expires_at: 900,
        agent: "a browser".to_owned(),
        id: Some(SessionId(id)),
        network: "192.0.2.7".to_owned(),
        proved_at: None,
    };
    db.write(async |work| {
        for id in 1..=3 {
            work.add_session(&session(id)).await?;
        }
        let lines = work.sessions_of(SAMI, 500, 1_000).await?;
        assert_eq!(lines.iter().map(|line| line.id.0).collect::<Vec<_>>(), [3, 2, 1]);
        assert!(work.sessions_of(SAMI, 900, 1_000).await?.is_empty(), "over");
        assert!(work.name_session(SAMI, SessionId(2), "home").await?);
        assert!(!work.name_session(LoginId(32), SessionId(2), "x").await?);
        let named = work.sessions_of(SAMI, 500, 1_000).await?;
        assert_eq!(named[1].name.as_deref(), Some("home"));
        assert!(!work.end_session(LoginId(32), SessionId(2)).await?);
        assert!(work.end_session(SAMI, SessionId(2)).await?);
        work.put_proved("d1", 400).await?;
        let (kept, _) = work.system_session("d1", 500, 1_000).await?.unwrap();
        assert_eq!(kept.proved_at, Some(400));
        assert_eq!(work.end_other_sessions(SAMI, "d1").await?, 1);
        assert_eq!(work.sessions_of(SAMI, 500, 1_000).await?.len(), 1);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
