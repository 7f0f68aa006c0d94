//! Links, accounts, and what people and parties have besides.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use orchestre_domain::hierarchy::{Link, Period, Reach};
use orchestre_domain::id::{AccountId, PartyId};
use orchestre_domain::party::WHOLE_PPM;

use super::contract;
use super::imports::parties;
use crate::imports::{
    AccountParty, AccountState, Affiliation, Assessment, Assignment, ClosureRow, Fields,
    LinkRecord, NewParticipant, Records,
};
use crate::{Db, StoreError, Work, sql};

contract!(
    an_account_goes_only_when_nothing_refers_to_it,
    identifiers_names_steps_and_participants_are_kept_once,
    only_closure_rows_that_differ_are_written,
    people_have_places_roles_and_opinions,
);

async fn only_closure_rows_that_differ_are_written(db: Db) {
    let row = |ancestor, descendant, depth, from: i16| ClosureRow {
        ancestor: PartyId(ancestor),
        descendant: PartyId(descendant),
        reach: Reach {
            period: Period { from: date(from, 1, 1), to: Period::ALWAYS.to },
            depth,
            share_ppm: WHOLE_PPM,
        },
    };
    let both = BTreeSet::from([PartyId(1), PartyId(2)]);
    let only = BTreeSet::from([PartyId(2)]);
    let link = |id, to: i16| LinkRecord {
        id,
        view: 4,
        link: Link {
            parent: PartyId(1),
            child: PartyId(2),
            share_ppm: WHOLE_PPM,
            period: Period { from: date(2020, 1, 1), to: date(to, 1, 1) },
        },
        source: None,
    };
    db.write(async |work| {
        parties(work, &[1, 2]).await?;
        assert_eq!(work.system_views().await?.get("programme"), Some(&4));
        work.system_put_links(&[link(9, 2025)]).await?;
        work.system_put_links(&[link(9, 2026)]).await?;
        assert_eq!(work.system_links().await?, [link(9, 2026)]);
        assert_eq!(work.system_parties_outside(4).await?, [PartyId(1), PartyId(2)]);
        let before = [row(1, 1, 0, 1), row(2, 2, 0, 1), row(1, 2, 1, 2020)];
        work.system_put_closure(4, &both, &before).await?;
        assert!(work.system_parties_outside(4).await?.is_empty());
        let after = [row(2, 2, 0, 1), row(1, 2, 1, 2021)];
        work.system_put_closure(4, &only, &after).await?;
        let text = "SELECT ancestor_id, descendant_id, valid_from FROM party_closure \
                    WHERE view_id = 4 ORDER BY ancestor_id, descendant_id";
        let rows = work.rows(sql(text)).await?;
        let days: Vec<String> =
            rows.iter().map(|row| row.get("valid_from")).collect::<Result<_, _>>()?;
        assert_eq!(days, ["0001-01-01", "2021-01-01", "0001-01-01"]);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn an_account_goes_only_when_nothing_refers_to_it(db: Db) {
    let member = |party| AccountParty {
        party: PartyId(party),
        period: Period::ALWAYS,
        account: AccountId(11),
    };
    let state = |value: &str| AccountState {
        id: 5,
        account: AccountId(11),
        field: "tier",
        value: value.to_owned(),
        from: date(2026, 1, 1),
        is_decided: false,
    };
    db.write(async |work| {
        parties(work, &[1, 2]).await?;
        work.system_add_accounts(&[(AccountId(11), PartyId(1)), (AccountId(12), PartyId(2))])
            .await?;
        work.system_put_account_parties(&[], &[member(1), member(2)]).await?;
        work.system_put_account_parties(&[member(2)], &[]).await?;
        assert_eq!(work.system_account_parties().await?, [member(1)]);
        work.system_put_account_states(&[state("key")]).await?;
        work.system_put_account_states(&[AccountState { id: 6, ..state("national") }]).await?;
        assert_eq!(work.system_dated_states().await?, [state("national")]);
        assert!(!work.system_drop_account(AccountId(11)).await?, "it has a tier");
        assert!(work.system_drop_account(AccountId(12)).await?);
        let roots = work.system_account_roots().await?;
        assert_eq!(roots, BTreeMap::from([(PartyId(1), AccountId(11))]));
        assert!(work.system_scope_rules().await?.is_empty());
        assert_eq!(work.system_party_kinds().await?.len(), 2);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn people_have_places_roles_and_opinions(db: Db) {
    let place = Affiliation {
        id: 21,
        person: 3,
        party: 1,
        title: Some("buyer".to_owned()),
        period: Period::ALWAYS,
    };
    let role = Assignment {
        id: 22,
        person: 3,
        account: None,
        role: "KAM".to_owned(),
        fte_ppm: Some(500_000),
        period: Period::ALWAYS,
    };
    let opinion = Assessment {
        id: 23,
        person: 3,
        party: 1,
        buying_roles: Some("buyer;user".to_owned()),
        influence: Some(4),
        stance: Some(-1),
        strength: None,
        motive: None,
        assessed_on: date(2026, 1, 1),
        expires_on: date(2027, 1, 1),
        author: None,
        author_ref: Some("S09".to_owned()),
    };
    let ended = Period { to: date(2026, 5, 1), ..Period::ALWAYS };
    db.write(async |work| {
        parties(work, &[1]).await?;
        let person = Fields::from([
            ("name", "Ana".into()),
            ("folded", "ana".into()),
            ("side", "customer".into()),
            ("email", "Ana@them.example".into()),
        ]);
        work.system_create(Records::Persons, &[(3, &person)]).await?;
        work.system_put_affiliations(std::slice::from_ref(&place)).await?;
        let left = Affiliation { period: ended, ..place.clone() };
        work.system_put_affiliations(std::slice::from_ref(&left)).await?;
        assert_eq!(work.system_affiliations(&[3]).await?, [left]);
        work.system_put_assignments(std::slice::from_ref(&role)).await?;
        assert_eq!(work.system_assignments(&[3]).await?, std::slice::from_ref(&role));
        work.system_put_assessments(std::slice::from_ref(&opinion)).await?;
        assert_eq!(work.system_assessments(&[3]).await?, std::slice::from_ref(&opinion));
        assert!(work.system_assessments(&[4]).await?.is_empty());
        let known = work.system_addresses().await?;
        let known: Vec<_> = known.iter().map(|of| (of.person, &*of.side, &*of.email)).collect();
        assert_eq!(known, [(3, "customer", "Ana@them.example")]);
        assert!(work.system_login_addresses().await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn identifiers_names_steps_and_participants_are_kept_once(db: Db) {
    let goals = [(31, (Some("Grow".to_owned()), None)), (32, (None, Some("Croître".to_owned())))];
    let count = async |work: &mut Work<'_>, table: &str| {
        let text = format!("SELECT COUNT(*) AS n FROM {table}");
        work.row(crate::Sql::built(text)).await?.map_or(Ok(0), |row| row.get::<i64>("n"))
    };
    db.write(async |work| {
        parties(work, &[1]).await?;
        work.system_add_accounts(&[(AccountId(11), PartyId(1))]).await?;
        let deal = Fields::from([("stage", "won".into())]);
        work.system_create(Records::Opportunities, &[(41, &deal)]).await?;
        let met = Fields::from([("type", "call".into()), ("day", "2026-01-01".into())]);
        work.system_create(Records::Interactions, &[(42, &met)]).await?;
        let plan = [("account_id", 11_i64.into()), ("label", "1".into()), ("state", "live".into())];
        let mut plan = Fields::from(plan);
        plan.insert("updated_on", "2026-01-01".into());
        work.system_create(Records::Plans, &[(43, &plan)]).await?;
        for lei in ["A", "B"] {
            work.system_put_identifiers(&[(1, "lei", lei.to_owned())]).await?;
            work.system_add_former_names(9, &[(51, 1, "Biolab".to_owned(), date(2024, 1, 1))])
                .await?;
            work.system_add_stages(9, &[(41, "won", date(2026, 1, 1))]).await?;
            let one = NewParticipant {
                interaction: 42,
                reference: "S09".to_owned(),
                name: None,
                person: None,
                side: "supplier",
            };
            work.system_add_participants(9, vec![one]).await?;
            work.system_put_goals(43, &goals).await?;
        }
        for table in
            ["party_identifiers", "party_names", "opportunity_stages", "interaction_people"]
        {
            assert_eq!(count(work, table).await?, 1, "{table}");
        }
        let kept = work.system_goals(43).await?;
        assert_eq!(kept, goals.map(|(_, texts)| texts));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
