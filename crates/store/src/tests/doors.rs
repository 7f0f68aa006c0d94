//! Ways in: logins, sessions, throttles, and who a login is on a day.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use orchestre_domain::id::{AccountId, LoginId, PersonId, WallId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;

use super::contract;
use super::sample::{HAR, LYS, fill, viewer};
use crate::{Assignment, Db, Login, SessionRow, StoreError, sql};

contract!(
    a_login_comes_back_by_its_address,
    an_address_has_one_login,
    preferences_and_looks_are_kept,
    a_session_ends_by_idleness_by_age_by_leaving_and_with_its_login,
    roles_and_accounts_are_those_of_the_day,
    a_wall_hides_the_rival_from_those_who_serve_the_other,
    a_throttle_is_kept_until_it_is_forgotten,
    a_lease_has_one_holder_until_it_ends,
    an_assignment_takes_the_place_of_the_one_before,
);

const DAY: Date = date(2026, 11, 16);

fn login(id: i64, person: Option<i64>) -> Login {
    Login {
        id: LoginId(id),
        email: format!("p{id}@ardenval.example"),
        person: person.map(PersonId),
        name: "Sami Haddad".to_owned(),
        password_hash: "hash".to_owned(),
        lang: Lang::Fr,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    }
}

async fn enrolled(db: &Db, login: &Login, roles: &[Role]) {
    db.write(async |work| work.add_login(login, roles, date(2026, 1, 1)).await).await.unwrap();
}

async fn a_login_comes_back_by_its_address(db: Db) {
    fill(&db).await;
    let sami = login(31, Some(12));
    enrolled(&db, &sami, &[Role::Kam]).await;
    let found =
        db.read(async |work| work.system_login("p31@ardenval.example").await).await.unwrap();
    assert_eq!(found, Some(sami));
    let other =
        db.read(async |work| work.system_login("P31@ardenval.example").await).await.unwrap();
    assert_eq!(other, None, "addresses are folded above");
}

async fn an_address_has_one_login(db: Db) {
    enrolled(&db, &login(31, None), &[]).await;
    let same = Login { email: login(31, None).email, ..login(32, None) };
    let done = db.write(async |work| work.add_login(&same, &[], DAY).await).await;
    assert!(matches!(done, Err(StoreError::Taken(_))), "{done:?}");
}

async fn preferences_and_looks_are_kept(db: Db) {
    enrolled(&db, &login(31, None), &[]).await;
    db.write(async |work| {
        let usd = Some("USD".to_owned());
        work.put_preferences(LoginId(31), Lang::En, usd, "dark").await?;
        assert_eq!(work.looked_at(LoginId(31)).await?, None);
        work.put_looked_at(LoginId(31), 77).await
    })
    .await
    .unwrap();
    let liked = db.read(async |work| work.preferences(LoginId(31)).await).await.unwrap();
    let usd = orchestre_domain::money::Currency::parse("USD");
    assert_eq!(liked, Some((Lang::En, usd, "dark".to_owned())));
    let found =
        db.read(async |work| work.system_login("p31@ardenval.example").await).await.unwrap();
    let kept = found.unwrap();
    assert_eq!((kept.lang, kept.currency.as_deref()), (Lang::En, Some("USD")));
    assert_eq!((kept.theme.as_deref(), kept.looked_at), (Some("dark"), Some(77)));
    let looked = db.read(async |work| work.looked_at(LoginId(31)).await).await.unwrap();
    assert_eq!(looked, Some(77));
}

fn session(digest: &str) -> SessionRow {
    SessionRow {
        digest: digest.to_owned(),
        login: LoginId(31),
        csrf: "token".to_owned(),
        opened_at: 1_000,
        used_at: 1_000,
        expires_at: 9_000,
        agent: "a browser".to_owned(),
        id: None,
        network: "192.0.2.7".to_owned(),
        proved_at: Some(1_000),
    }
}

async fn a_session_ends_by_idleness_by_age_by_leaving_and_with_its_login(db: Db) {
    enrolled(&db, &login(31, None), &[]).await;
    db.write(async |work| {
        work.add_session(&session("a")).await?;
        work.add_session(&session("b")).await?;
        let found = work.system_session("a", 1_500, 600).await?;
        assert_eq!(found, Some((session("a"), login(31, None))));
        assert_eq!(work.system_session("c", 1_500, 600).await?, None, "unknown");
        assert_eq!(work.system_session("a", 1_600, 600).await?, None, "idle");
        work.put_session_used("a", 8_900).await?;
        assert!(work.system_session("a", 8_999, 600).await?.is_some(), "used");
        assert_eq!(work.system_session("a", 9_000, 600).await?, None, "old");
        work.put_login_active(LoginId(31), 0).await?;
        assert_eq!(work.system_session("b", 1_500, 600).await?, None, "its login is out");
        work.put_login_active(LoginId(31), 1).await?;
        work.close_session("a", 2_000).await?;
        assert_eq!(work.system_session("a", 8_950, 600).await?, None, "left");
        assert!(work.system_session("b", 1_500, 600).await?.is_some(), "the other stays");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn roles_and_accounts_are_those_of_the_day(db: Db) {
    fill(&db).await;
    let sami = login(31, Some(12));
    enrolled(&db, &sami, &[Role::Kam, Role::Sp]).await;
    db.read(async |work| {
        let now = work.system_viewer(&sami, DAY).await?;
        assert_eq!(now.roles, BTreeSet::from([Role::Kam, Role::Sp]));
        assert_eq!((now.own, now.person), (BTreeSet::from([LYS]), Some(PersonId(12))));
        let before = work.system_viewer(&sami, date(2025, 6, 1)).await?;
        assert!(before.roles.is_empty(), "the roles begin in 2026");
        assert_eq!(before.own, BTreeSet::from([HAR]));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_wall_hides_the_rival_from_those_who_serve_the_other(db: Db) {
    fill(&db).await;
    let sami = login(31, Some(12));
    enrolled(&db, &sami, &[Role::Kam]).await;
    enrolled(&db, &login(32, None), &[Role::Pd]).await;
    let both = "INSERT INTO assignments (id, person_id, account_id, role, valid_from, valid_to) \
                VALUES (9, 12, 102, 'KAM', '2026-06-01', '9999-12-31')";
    db.write(async |work| {
        work.add_wall(WallId(1), (HAR, LYS), (date(2026, 3, 1), date(9999, 12, 31))).await?;
        let before = work.system_viewer(&sami, date(2026, 2, 28)).await?;
        assert!(before.walled.is_empty(), "the wall came later");
        let walled = work.system_viewer(&sami, DAY).await?.walled;
        assert_eq!(walled, BTreeSet::from([HAR]));
        let director = work.system_viewer(&login(32, None), DAY).await?;
        assert!(director.walled.is_empty(), "serves neither");
        work.run(sql(both)).await?;
        let walled = work.system_viewer(&sami, DAY).await?.walled;
        assert_eq!(walled, BTreeSet::<AccountId>::from([LYS, HAR]), "walls win over both sides");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_throttle_is_kept_until_it_is_forgotten(db: Db) {
    db.write(async |work| {
        assert_eq!(work.throttle("network:1").await?, (0, 0));
        work.put_throttle("network:1", 1, 50).await?;
        work.put_throttle("network:1", 2, 70).await?;
        assert_eq!(work.throttle("network:1").await?, (2, 70));
        work.put_throttle("network:1", 0, 0).await?;
        assert_eq!(work.throttle("network:1").await?, (0, 0));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_lease_has_one_holder_until_it_ends(db: Db) {
    db.write(async |work| {
        assert!(work.lease("chain", 1, 100, 200).await?);
        assert!(work.lease("chain", 1, 150, 250).await?, "renewed");
        assert!(!work.lease("chain", 2, 249, 400).await?, "held");
        assert!(work.lease("chain", 2, 251, 400).await?, "ended");
        assert!(!work.lease("chain", 1, 260, 400).await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn an_assignment_takes_the_place_of_the_one_before(db: Db) {
    fill(&db).await;
    let new = Assignment {
        id: 50,
        person: PersonId(12),
        account: LYS,
        role: Role::Kam,
        fte_ppm: Some(500_000),
        from: date(2026, 6, 1),
        to: date(9999, 12, 31),
    };
    let director = viewer(Role::Pd, &[], &[]);
    db.write(async |work| {
        work.add_assignment(&new).await?;
        let open = "SELECT id FROM assignments WHERE account_id = 101 AND valid_to = '9999-12-31'";
        assert_eq!(work.rows(sql(open)).await?.len(), 1, "the one before has ended");
        let team = work.account_team(&director, LYS, DAY).await?;
        assert_eq!((team.len(), team[0].from), (1, date(2026, 6, 1)));
        assert_eq!(work.account_team(&director, LYS, date(2026, 5, 31)).await?.len(), 1);
        let place = (PersonId(12), LYS);
        assert!(!work.end_assignment(place, Role::Tm, DAY).await?, "another role");
        assert!(work.end_assignment(place, Role::Kam, DAY).await?);
        assert!(work.account_team(&director, LYS, DAY).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    let nobody = Assignment { id: 51, person: PersonId(999), ..new };
    let done = db.write(async |work| work.add_assignment(&nobody).await).await;
    assert!(matches!(done, Err(StoreError::Dangling(_))), "{done:?}");
}
