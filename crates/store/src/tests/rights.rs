//! Rights: roles with scopes and dates, units, loans, walls and looks with other eyes.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use orchestre_domain::id::{AccountId, DelegationId, GrantId, LoginId, PersonId, UnitId, WallId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Country, Grant, Object, Role, reads};
use orchestre_domain::viewer::Viewer;

use super::contract;
use super::sample::{HAR, LYS, fill, viewer};
use crate::rights::Ways;
use crate::{Db, Delegations, Login, NewScope, StoreError};

contract!(
    a_role_of_a_country_reaches_the_accounts_with_parties_there,
    a_role_of_a_unit_or_an_account_reaches_these_only,
    a_role_is_given_and_ended_with_its_dates,
    a_role_that_ended_is_given_again,
    logins_accounts_and_assignments_are_listed,
    a_loan_gives_the_lenders_rights_until_it_ends,
    loans_are_listed_and_ended,
    a_wall_ends_and_names_those_who_serve_its_sides,
    a_session_looks_with_other_eyes_until_it_ends,
    everybodys_rights_come_at_once,
);

const DAY: Date = date(2026, 11, 16);
const OPEN: Date = date(9999, 12, 31);

async fn enrol(db: &Db, id: i64, person: Option<i64>, roles: &[Role]) -> Login {
    let login = Login {
        id: LoginId(id),
        email: format!("p{id}@ardenval.example"),
        person: person.map(PersonId),
        name: format!("Person {id}"),
        password_hash: "hash".to_owned(),
        lang: Lang::En,
        currency: None,
        theme: None,
        is_active: true,
        looked_at: None,
    };
    db.write(async |work| work.add_login(&login, roles, date(2026, 1, 1)).await).await.unwrap();
    login
}

async fn seen_by(db: &Db, login: &Login, day: Date) -> Viewer {
    db.read(async |work| work.system_viewer(login, day).await).await.unwrap()
}

async fn given(db: &Db, id: i64, login: &Login, role: Role, scope: NewScope) {
    let (who, days) = ((login.id, role), (date(2026, 6, 1), date(2026, 12, 1)));
    db.write(async |work| work.add_role(GrantId(id), who, scope, days).await).await.unwrap();
}

fn country(letters: &str) -> NewScope {
    NewScope::Country(Country::parse(letters).unwrap())
}

async fn a_role_of_a_country_reaches_the_accounts_with_parties_there(db: Db) {
    fill(&db).await;
    let relay = enrol(&db, 41, None, &[]).await;
    given(&db, 1, &relay, Role::Rel, country("US")).await;
    let now = seen_by(&db, &relay, DAY).await;
    assert!(reads(&now, Object::Sales, LYS), "Lysarel has a company in the US");
    assert!(!reads(&now, Object::Account, HAR) && !reads(&now, Object::Margin, LYS));
    for day in [date(2026, 5, 31), date(2026, 12, 1)] {
        assert!(!reads(&seen_by(&db, &relay, day).await, Object::Account, LYS), "{day}");
    }
    let germany = enrol(&db, 42, None, &[]).await;
    given(&db, 2, &germany, Role::Sd, country("de")).await;
    let now = seen_by(&db, &germany, DAY).await;
    assert!(reads(&now, Object::Margin, HAR) && !reads(&now, Object::Account, LYS));
}

async fn reads_one_of(db: &Db, login: &Login, section: Object, pair: (AccountId, AccountId)) {
    let viewer = seen_by(db, login, DAY).await;
    assert!(reads(&viewer, section, pair.0), "{section}");
    assert!(!reads(&viewer, Object::Account, pair.1), "{section}");
}

async fn a_role_of_a_unit_or_an_account_reaches_these_only(db: Db) {
    fill(&db).await;
    let (one, other) = (enrol(&db, 41, None, &[]).await, enrol(&db, 42, None, &[]).await);
    let unit = UnitId(7);
    db.write(async |work| {
        work.add_unit(unit, "Health & Cold").await?;
        work.add_unit_account(unit, HAR).await?;
        work.add_unit_account(unit, HAR).await?;
        assert_eq!(work.system_units().await?[0].accounts, [HAR]);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    given(&db, 1, &one, Role::Sd, NewScope::Unit(unit)).await;
    given(&db, 2, &other, Role::Kam, NewScope::Account(LYS)).await;
    reads_one_of(&db, &one, Object::Margin, (HAR, LYS)).await;
    reads_one_of(&db, &other, Object::Opinion, (LYS, HAR)).await;
    db.write(async |work| work.drop_unit_account(unit, HAR).await).await.unwrap();
    assert!(!reads(&seen_by(&db, &one, DAY).await, Object::Account, HAR));
    let lost = db.write(async |work| work.add_unit_account(UnitId(8), HAR).await).await;
    assert!(matches!(lost, Err(StoreError::Dangling(_))), "{lost:?}");
}

async fn a_role_is_given_and_ended_with_its_dates(db: Db) {
    fill(&db).await;
    let login = enrol(&db, 41, Some(12), &[Role::Tm]).await;
    given(&db, 1, &login, Role::Rel, country("US")).await;
    given(&db, 2, &login, Role::Kam, NewScope::Company).await;
    db.write(async |work| {
        let lines = work.system_roles(Ways::Of(login.id), DAY).await?;
        let held: Vec<(Role, NewScope, bool)> =
            lines.iter().map(|line| (line.role, line.scope, line.id.is_some())).collect();
        let company = NewScope::Company;
        let wanted = [
            (Role::Kam, company, false),
            (Role::Rel, country("US"), true),
            (Role::Tm, company, false),
        ];
        assert_eq!(held, wanted);
        assert_eq!(work.system_roles(Ways::All, DAY).await?, lines, "nobody else has a role");
        assert_eq!((lines[0].from.as_str(), lines[0].to.as_str()), ("2026-06-01", "2026-12-01"));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
    let scope = NewScope::Account(AccountId(999));
    let who = (login.id, Role::Kam);
    let done =
        db.write(async |work| work.add_role(GrantId(9), who, scope, (DAY, OPEN)).await).await;
    assert!(matches!(done, Err(StoreError::Dangling(_))), "{done:?}");
}

async fn a_role_that_ended_is_given_again(db: Db) {
    let login = enrol(&db, 41, None, &[Role::Tm]).await;
    given(&db, 1, &login, Role::Rel, country("US")).await;
    given(&db, 2, &login, Role::Kam, NewScope::Company).await;
    let company = NewScope::Company;
    db.write(async |work| {
        let first = work.end_role(login.id, Role::Kam, DAY).await?;
        let second = work.end_role(login.id, Role::Kam, DAY).await?;
        assert_eq!((first, second), (true, false));
        let of_another = work.end_scoped_role(LoginId(99), GrantId(1), DAY).await?;
        let own = work.end_scoped_role(login.id, GrantId(1), DAY).await?;
        assert_eq!((of_another, own), (false, true));
        let left = work.system_roles(Ways::Of(login.id), DAY).await?;
        assert_eq!(left.iter().map(|line| line.role).collect::<Vec<_>>(), [Role::Tm]);
        work.add_role(GrantId(3), (login.id, Role::Kam), company, (DAY, OPEN)).await?;
        assert_eq!(work.system_roles(Ways::Of(login.id), DAY).await?.len(), 2, "given again");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn logins_accounts_and_assignments_are_listed(db: Db) {
    fill(&db).await;
    let login = enrol(&db, 41, Some(12), &[Role::Tm]).await;
    db.read(async |work| {
        let cards = work.system_logins().await?;
        assert!(cards.iter().any(|card| card.id == login.id && card.person.is_some()));
        let director = viewer(Role::Pd, &[], &[HAR]);
        let lines = work.assignments_of(&director, PersonId(12), date(2025, 1, 1)).await?;
        assert_eq!(lines.len(), 1, "the other account is behind a wall");
        assert_eq!(work.seen_accounts(&director).await?.len(), 1);
        let mut seen = Vec::new();
        for account in [LYS, HAR, AccountId(999)] {
            seen.push(work.sees_account(&director, account).await?);
        }
        assert_eq!(seen, [true, false, false], "walled, and absent");
        assert_eq!(work.system_person_accounts(PersonId(11)).await?, Some(vec![LYS]));
        assert_eq!(work.system_person_accounts(PersonId(12)).await?, None, "one of ours");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_loan_gives_the_lenders_rights_until_it_ends(db: Db) {
    fill(&db).await;
    let sami = enrol(&db, 41, Some(12), &[Role::Kam]).await;
    let other = enrol(&db, 42, None, &[Role::Tm]).await;
    let days = (date(2026, 11, 10), date(2026, 11, 20));
    let chosen = BTreeSet::from([LYS, HAR]);
    db.write(async |work| {
        let who = (sami.id, other.id);
        work.add_delegation(DelegationId(1), who, Some(&chosen), days).await?;
        work.add_delegation(DelegationId(2), who, None, (date(2027, 1, 1), OPEN)).await
    })
    .await
    .unwrap();
    let now = seen_by(&db, &other, DAY).await;
    let reads_both = (reads(&now, Object::Opinion, LYS), reads(&now, Object::Account, HAR));
    assert_eq!(reads_both, (true, false), "as the lender, who serves the other no longer");
    assert_eq!(now.grants.iter().map(Grant::lender).collect::<Vec<_>>(), [Some(sami.id)]);
    for (day, count) in [(date(2026, 11, 9), 0), (date(2026, 11, 20), 0), (date(2027, 2, 1), 1)] {
        assert_eq!(seen_by(&db, &other, day).await.grants.len(), count, "{day}");
    }
    db.write(async |work| work.put_login_active(sami.id, 0).await).await.unwrap();
    assert!(seen_by(&db, &other, date(2027, 2, 1)).await.grants.is_empty(), "the lender is out");
}

async fn loans_are_listed_and_ended(db: Db) {
    fill(&db).await;
    let sami = enrol(&db, 41, Some(12), &[Role::Kam]).await;
    let other = enrol(&db, 42, None, &[Role::Tm]).await;
    let (chosen, who) = (BTreeSet::from([LYS, HAR]), (sami.id, other.id));
    let days = (date(2026, 11, 10), date(2026, 11, 20));
    db.write(async |work| {
        work.add_delegation(DelegationId(1), who, Some(&chosen), days).await?;
        work.add_delegation(DelegationId(2), who, None, (date(2027, 1, 1), OPEN)).await?;
        let all = work.system_delegations(Delegations::All, DAY).await?;
        assert_eq!(all.len(), 2);
        assert_eq!((&all[0].accounts, &all[1].accounts), (&Some(chosen.clone()), &None));
        assert_eq!(work.system_delegations(Delegations::Of(other.id), DAY).await?, all);
        assert!(work.system_delegations(Delegations::Of(LoginId(1)), DAY).await?.is_empty());
        assert!(work.end_delegation(DelegationId(1), DAY).await?);
        assert!(!work.end_delegation(DelegationId(1), DAY).await?);
        assert_eq!(work.system_delegations(Delegations::All, DAY).await?.len(), 1);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_wall_ends_and_names_those_who_serve_its_sides(db: Db) {
    fill(&db).await;
    db.write(async |work| {
        work.add_wall(WallId(1), (LYS, HAR), (date(2026, 1, 1), OPEN)).await?;
        let walls = work.system_walls(DAY).await?;
        assert_eq!(walls.len(), 1);
        assert_eq!(walls[0].sides[1], (HAR, "Hartwenden AG".to_owned()));
        let people = work.system_wall_people(DAY).await?;
        assert_eq!((people.len(), people[0].account, people[0].person), (1, LYS, PersonId(12)));
        assert!(work.end_wall(WallId(1), DAY).await?);
        assert!(!work.end_wall(WallId(1), DAY).await?);
        assert!(work.system_walls(DAY).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_session_looks_with_other_eyes_until_it_ends(db: Db) {
    let login = enrol(&db, 41, None, &[Role::Kam]).await;
    db.write(async |work| {
        assert_eq!(work.system_watched("a").await?, None);
        work.put_watch("a", login.id, 5).await?;
        work.put_watch("a", login.id, 6).await?;
        assert_eq!(work.system_watched("a").await?, Some(login.clone()));
        assert_eq!(work.system_watched("b").await?, None, "another session");
        work.put_login_active(login.id, 0).await?;
        assert_eq!(work.system_watched("a").await?, None, "it is out");
        assert!(work.drop_watch("a").await?);
        assert!(!work.drop_watch("a").await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn everybodys_rights_come_at_once(db: Db) {
    fill(&db).await;
    let sami = enrol(&db, 41, Some(12), &[Role::Kam]).await;
    let other = enrol(&db, 42, None, &[Role::Tm]).await;
    given(&db, 1, &other, Role::Rel, country("DE")).await;
    let days = (date(2026, 11, 10), date(2026, 11, 20));
    db.write(async |work| {
        work.add_wall(WallId(1), (LYS, HAR), (date(2026, 1, 1), OPEN)).await?;
        work.add_delegation(DelegationId(1), (sami.id, other.id), None, days).await
    })
    .await
    .unwrap();
    let all = db.read(async |work| work.system_viewers(DAY).await).await.unwrap();
    for login in [&sami, &other] {
        let one = seen_by(&db, login, DAY).await;
        assert!(all.contains(&one), "{one:?}");
    }
    let seen = seen_by(&db, &other, DAY).await;
    assert!(reads(&seen, Object::Sales, HAR) && !reads(&seen, Object::Account, LYS), "{seen:?}");
}
