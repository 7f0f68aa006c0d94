//! Answers that are kept.

use orchestre_domain::id::LoginId;

use super::contract;
use crate::{Claim, Db, KeptAnswer};

contract!(
    an_answer_is_kept_for_its_login_its_key_and_its_request,
    an_answer_is_forgotten_after_a_while_and_can_be_given_back,
);

const ME: (LoginId, &str) = (LoginId(7), "k-1");

async fn claim(db: &Db, who: (LoginId, &str), digest: &str, now: i64) -> Claim {
    let limits = (now - 1_000, now - 100);
    db.write(async |work| work.claim_answer(who, digest, now, limits).await).await.unwrap()
}

async fn an_answer_is_kept_for_its_login_its_key_and_its_request(db: Db) {
    let answer = KeptAnswer {
        status: 201,
        headers: "location: /x".to_owned(),
        body: "{\"é\":1}".to_owned(),
    };
    assert_eq!(claim(&db, ME, "a", 5_000).await, Claim::New);
    assert_eq!(claim(&db, ME, "a", 5_001).await, Claim::Running);
    assert_eq!(claim(&db, ME, "b", 5_001).await, Claim::Other);
    assert_eq!(claim(&db, (LoginId(8), "k-1"), "b", 5_001).await, Claim::New);
    db.write(async |work| work.put_answer(ME, &answer).await).await.unwrap();
    assert_eq!(claim(&db, ME, "a", 5_200).await, Claim::Answered(answer));
}

async fn an_answer_is_forgotten_after_a_while_and_can_be_given_back(db: Db) {
    let answer = KeptAnswer { status: 204, headers: String::new(), body: String::new() };
    assert_eq!(claim(&db, ME, "a", 5_000).await, Claim::New);
    db.write(async |work| work.put_answer(ME, &answer).await).await.unwrap();
    assert_eq!(claim(&db, ME, "a", 6_001).await, Claim::New, "a day later it is forgotten");
    assert_eq!(claim(&db, ME, "a", 6_200).await, Claim::New, "what was lost may be begun again");
    db.write(async |work| work.drop_answer(ME.0, ME.1).await).await.unwrap();
    assert_eq!(claim(&db, ME, "c", 6_201).await, Claim::New, "what was given back is new");
}
