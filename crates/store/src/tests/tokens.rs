//! Tokens: found by their digest while they are open.

use std::collections::BTreeSet;

use jiff::civil::date;
use orchestre_domain::id::{LoginId, TokenId};
use orchestre_domain::lang::Lang;
use orchestre_domain::token::TokenScope;

use super::contract;
use crate::{Db, Login, StoreError, TokenRow};

contract!(
    a_token_opens_until_it_is_over_taken_back_or_its_login_is_out,
    tokens_are_listed_newest_first
);

fn token(id: i64, login: i64) -> TokenRow {
    TokenRow {
        id: TokenId(id),
        login: LoginId(login),
        owner: format!("Owner {login}"),
        name: "nightly <b>".to_owned(),
        ending: "9f3a".to_owned(),
        scopes: BTreeSet::from([TokenScope::PlansRead, TokenScope::AccountsRead]),
        made_at: 1_000 + id,
        expires_at: 9_000,
        used_at: None,
        revoked_at: None,
    }
}

async fn enrol(db: &Db, id: i64) {
    let login = Login {
        id: LoginId(id),
        email: format!("p{id}@ardenval.example"),
        person: None,
        name: format!("Owner {id}"),
        password_hash: "hash".to_owned(),
        lang: Lang::Fr,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    };
    db.write(async |work| work.add_login(&login, &[], date(2026, 1, 1)).await).await.unwrap();
}

async fn a_token_opens_until_it_is_over_taken_back_or_its_login_is_out(db: Db) {
    enrol(&db, 31).await;
    db.write(async |work| {
        work.add_token(&token(1, 31), "d1").await?;
        work.add_token(&token(2, 31), "d2").await?;
        let (found, login) = work.system_token("d1", 8_999).await?.expect("open");
        assert_eq!((found, login.id), (token(1, 31), LoginId(31)));
        assert_eq!(work.system_token("d3", 2_000).await?, None, "unknown");
        assert_eq!(work.system_token("d1", 9_000).await?, None, "over");
        work.put_token_used(TokenId(1), 5_000).await?;
        let (found, _) = work.system_token("d1", 6_000).await?.expect("open");
        assert_eq!(found.used_at, Some(5_000));
        assert!(work.revoke_token(TokenId(1), 7_000).await?);
        assert!(!work.revoke_token(TokenId(1), 7_001).await?, "once");
        assert_eq!(work.system_token("d1", 7_500).await?, None, "taken back");
        work.put_login_active(LoginId(31), 0).await?;
        assert_eq!(work.system_token("d2", 7_500).await?, None, "its login is out");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    let twice = db.write(async |work| work.add_token(&token(3, 31), "d2").await).await;
    assert!(matches!(twice, Err(StoreError::Taken(_))), "{twice:?}");
    let nobody = db.write(async |work| work.add_token(&token(4, 99), "d4").await).await;
    assert!(matches!(nobody, Err(StoreError::Dangling(_))), "{nobody:?}");
}

async fn tokens_are_listed_newest_first(db: Db) {
    enrol(&db, 31).await;
    enrol(&db, 32).await;
    db.write(async |work| {
        for (id, login) in [(1, 31), (2, 32), (3, 31)] {
            work.add_token(&token(id, login), &format!("d{id}")).await?;
        }
        assert_eq!(work.tokens(Some(LoginId(31))).await?, [token(3, 31), token(1, 31)]);
        assert_eq!(work.tokens(None).await?.len(), 3);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
