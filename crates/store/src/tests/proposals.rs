//! Proposals: seen by whose they are, decided once.

use jiff::civil::date;
use orchestre_domain::id::{LoginId, ProposalId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::proposal::{ProposalKind, ProposalState};

use super::contract;
use super::sample::{HAR, LYS, fill, viewer};
use crate::{Db, Login, Proposal, StoreError};

contract!(a_proposal_is_its_owners_for_accounts_that_are_seen_and_decided_once);

fn sami() -> Login {
    Login {
        id: LoginId(31),
        email: "sami@ardenval.example".to_owned(),
        person: None,
        name: "Sami".to_owned(),
        password_hash: "hash".to_owned(),
        lang: Lang::Fr,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    }
}

async fn a_proposal_is_its_owners_for_accounts_that_are_seen_and_decided_once(db: Db) {
    fill(&db).await;
    let one = Proposal {
        id: ProposalId(1),
        login: LoginId(31),
        account: LYS,
        account_name: String::new(),
        kind: ProposalKind::Action,
        text: "Call <b>".to_owned(),
        day: Some(date(2026, 12, 1)),
        word: String::new(),
        reason: "silent for 90 days".to_owned(),
        state: ProposalState::Open,
        made_at: 500,
        ended_at: None,
        version: 1,
    };
    let mut own = viewer(Role::Kam, &[LYS, HAR], &[]);
    own.login = Some(LoginId(31));
    let mut walled = own.clone();
    walled.walled.insert(LYS);
    let mut other = own.clone();
    other.login = Some(LoginId(32));
    db.write(async |work| {
        work.add_login(&sami(), &[], date(2026, 1, 1)).await?;
        work.add_proposal(&one).await?;
        let two =
            Proposal { id: ProposalId(2), account: HAR, day: None, made_at: 600, ..one.clone() };
        work.add_proposal(&two).await?;
        let found = work.proposals(&own, 9).await?;
        assert_eq!((found.len(), found[0].account, found[0].day), (2, HAR, None), "newest first");
        let account_name = found[1].account_name.clone();
        assert!(!account_name.is_empty());
        assert_eq!(found[1], Proposal { account_name, ..one.clone() });
        assert_eq!(work.proposals(&own, 1).await?.len(), 1);
        assert_eq!(work.proposals(&walled, 9).await?.len(), 1, "behind a wall");
        assert!(work.proposals(&other, 9).await?.is_empty());
        let done = Proposal { state: ProposalState::Refused, ended_at: Some(700), ..one.clone() };
        assert!(work.put_proposal(&done).await?);
        assert!(!work.put_proposal(&done).await?, "changed since");
        let found = work.proposals(&own, 9).await?;
        assert_eq!((found[1].state, found[1].ended_at), (ProposalState::Refused, Some(700)));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    let nobody = Proposal { id: ProposalId(3), login: LoginId(99), ..one };
    let done = db.write(async |work| work.add_proposal(&nobody).await).await;
    assert!(matches!(done, Err(StoreError::Dangling(_))), "{done:?}");
}
