//! Identities at providers, sign-ins on their way, origins of sessions, roles by group, passkeys.

use jiff::civil::{Date, date};
use orchestre_domain::id::{GrantId, LoginId, PasskeyId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;

use super::contract;
use crate::{
    Ceremony, Db, Identity, Login, NewScope, PasskeyRow, PendingLogin, SessionOrigin, SessionRow,
    StoreError,
};

contract!(
    an_identity_leads_to_its_login,
    a_sign_in_comes_back_once,
    a_provider_closes_the_sessions_of_one_subject_or_of_one_sid,
    a_role_of_groups_is_one_no_more_when_a_hand_gives_it,
    a_passkey_belongs_to_one_login,
    a_ceremony_is_finished_once,
);

const DAY: Date = date(2026, 11, 16);
const ISSUER: &str = "https://sso.example";

async fn enrolled(db: &Db, id: i64, roles: &[Role]) {
    let login = Login {
        id: LoginId(id),
        email: format!("p{id}@ardenval.example"),
        person: None,
        name: "Sami Haddad".to_owned(),
        password_hash: "hash".to_owned(),
        lang: Lang::Fr,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    };
    db.write(async |work| work.add_login(&login, roles, date(2026, 1, 1)).await).await.unwrap();
}

fn identity(subject: &str, login: i64) -> Identity {
    Identity {
        issuer: ISSUER.to_owned(),
        subject: subject.to_owned(),
        login: LoginId(login),
        linked_at: 5,
        used_at: 5,
    }
}

async fn an_identity_leads_to_its_login(db: Db) {
    enrolled(&db, 31, &[]).await;
    enrolled(&db, 32, &[]).await;
    db.write(async |work| {
        work.put_identity(&identity("one", 31)).await?;
        let again = Identity { used_at: 9, ..identity("one", 32) };
        work.put_identity(&again).await?;
        let found = work.system_identity(ISSUER, "one").await?;
        assert_eq!(found.map(|login| login.id), Some(LoginId(31)), "a subject never moves");
        assert_eq!(work.system_identity("https://other.example", "one").await?, None);
        let kept = work.identities(LoginId(31)).await?;
        assert_eq!(kept, [Identity { used_at: 9, ..identity("one", 31) }]);
        assert_eq!(work.remove_identity(LoginId(32), ISSUER, "one").await?, 0, "not theirs");
        assert_eq!(work.remove_identity(LoginId(31), ISSUER, "one").await?, 1);
        assert_eq!(work.identities(LoginId(31)).await?, []);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_sign_in_comes_back_once(db: Db) {
    let pending = PendingLogin {
        digest: "d".to_owned(),
        browser: "b".to_owned(),
        provider: "house".to_owned(),
        next: "/portfolio".to_owned(),
        expires_at: 50,
    };
    db.write(async |work| {
        work.add_pending_login(&pending).await?;
        assert_eq!(work.take_pending_login("other").await?, None);
        assert_eq!(work.take_pending_login("d").await?, Some(pending.clone()));
        assert_eq!(work.take_pending_login("d").await?, None);
        work.add_pending_login(&pending).await?;
        work.forget_late_logins(50).await?;
        assert_eq!(work.take_pending_login("d").await?, Some(pending.clone()), "still in time");
        work.add_pending_login(&pending).await?;
        work.forget_late_logins(51).await?;
        assert_eq!(work.take_pending_login("d").await?, None);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn opened(db: &Db, digest: &str, (subject, sid): (&str, Option<&str>), opened_at: i64) {
    let session = SessionRow {
        id: None,
        network: String::new(),
        proved_at: None,
        digest: digest.to_owned(),
        login: LoginId(31),
        csrf: "c".to_owned(),
        opened_at,
        used_at: 100,
        expires_at: 1000,
        agent: String::new(),
    };
    let origin = SessionOrigin {
        digest: digest.to_owned(),
        provider: "house".to_owned(),
        issuer: ISSUER.to_owned(),
        subject: subject.to_owned(),
        sid: sid.map(str::to_owned),
        hint: None,
    };
    db.write(async |work| {
        work.add_session(&session).await?;
        work.add_session_origin(&origin).await?;
        assert_eq!(work.session_origin(digest).await?, Some(origin.clone()));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_provider_closes_the_sessions_of_one_subject_or_of_one_sid(db: Db) {
    enrolled(&db, 31, &[]).await;
    opened(&db, "a", ("one", Some("s1")), 10).await;
    opened(&db, "b", ("one", Some("s2")), 10).await;
    opened(&db, "c", ("two", None), 10).await;
    opened(&db, "d", ("one", Some("s2")), 90).await;
    db.write(async |work| {
        let close = async |work: &mut crate::Work<'_>, issuer, who| {
            work.close_sessions_of_identity(issuer, who, 50).await
        };
        assert_eq!(close(work, ISSUER, (None, None)).await?, 0, "nobody is named");
        assert_eq!(close(work, "https://other.example", (Some("one"), None)).await?, 0);
        assert_eq!(close(work, ISSUER, (None, Some("s1"))).await?, 1);
        assert_eq!(close(work, ISSUER, (Some("two"), Some("s2"))).await?, 0, "not theirs");
        assert_eq!(close(work, ISSUER, (Some("one"), None)).await?, 1, "not the later one");
        let left = async |work: &mut crate::Work<'_>, digest| {
            Ok::<_, StoreError>(work.system_session(digest, 100, 1000).await?.is_some())
        };
        assert!(!left(work, "a").await? && !left(work, "b").await?);
        assert!(left(work, "c").await? && left(work, "d").await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_role_of_groups_is_one_no_more_when_a_hand_gives_it(db: Db) {
    enrolled(&db, 31, &[]).await;
    enrolled(&db, 32, &[]).await;
    let (login, days) = (LoginId(31), (DAY, date(9999, 12, 31)));
    db.write(async |work| {
        work.add_group_role(login, Role::Kam, ISSUER).await?;
        work.add_group_role(login, Role::Kam, ISSUER).await?;
        work.add_group_role(login, Role::Kam, "ldap:dc=example").await?;
        work.add_group_role(login, Role::Aud, ISSUER).await?;
        let both = |role| (ISSUER.to_owned(), role);
        let directory = ("ldap:dc=example".to_owned(), Role::Kam);
        let found = work.system_group_roles(login).await?;
        assert_eq!(found, [both(Role::Aud), both(Role::Kam), directory.clone()]);
        assert_eq!(work.system_group_roles(LoginId(32)).await?, []);
        work.remove_group_role(login, Role::Aud, ISSUER).await?;
        assert_eq!(work.system_group_roles(login).await?, [both(Role::Kam), directory.clone()]);
        work.add_role(GrantId(1), (login, Role::Pd), NewScope::Company, days).await?;
        assert_eq!(work.system_group_roles(login).await?.len(), 2, "another role");
        work.add_role(GrantId(2), (login, Role::Kam), NewScope::Company, days).await?;
        assert_eq!(work.system_group_roles(login).await?, []);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_passkey_belongs_to_one_login(db: Db) {
    enrolled(&db, 31, &[]).await;
    enrolled(&db, 32, &[]).await;
    let key = PasskeyRow {
        id: PasskeyId(1),
        login: LoginId(31),
        credential: "abc".to_owned(),
        name: "laptop".to_owned(),
        content: "{}".to_owned(),
        added_at: 7,
        used_at: None,
    };
    db.write(async |work| work.add_passkey(&key).await).await.unwrap();
    let stolen = PasskeyRow { id: PasskeyId(2), login: LoginId(32), ..key.clone() };
    let done = db.write(async |work| work.add_passkey(&stolen).await).await;
    assert!(matches!(done, Err(StoreError::Taken(_))), "{done:?}");
    db.write(async |work| {
        assert_eq!(work.passkeys(LoginId(31)).await?, std::slice::from_ref(&key));
        assert_eq!(work.rename_passkey(LoginId(32), key.id, "mine").await?, 0, "not theirs");
        assert_eq!(work.rename_passkey(LoginId(31), key.id, "phone").await?, 1);
        work.put_passkey_used(key.id, "{1}", 9).await?;
        let used = PasskeyRow {
            name: "phone".to_owned(),
            content: "{1}".to_owned(),
            used_at: Some(9),
            ..key.clone()
        };
        let found = work.system_passkey("abc").await?;
        assert_eq!(found, Some((used, "p31@ardenval.example".to_owned())));
        assert_eq!(work.system_passkey("abd").await?, None);
        assert_eq!(work.remove_passkey(LoginId(32), key.id).await?, 0, "not theirs");
        assert_eq!(work.remove_passkey(LoginId(31), key.id).await?, 1);
        assert_eq!(work.passkeys(LoginId(31)).await?, []);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_ceremony_is_finished_once(db: Db) {
    let ceremony =
        Ceremony { digest: "d".to_owned(), login: None, content: "x".to_owned(), expires_at: 50 };
    db.write(async |work| {
        work.add_ceremony(&ceremony).await?;
        assert_eq!(work.take_ceremony("d").await?, Some(ceremony.clone()));
        assert_eq!(work.take_ceremony("d").await?, None);
        work.add_ceremony(&ceremony).await?;
        work.forget_late_logins(51).await?;
        assert_eq!(work.take_ceremony("d").await?, None);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
