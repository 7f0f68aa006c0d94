//! The reading side: what figures start from, and what each viewer is given.

use jiff::civil::{Date, date};
use orchestre_domain::criterion::{CriteriaSet, defaults};
use orchestre_domain::id::{JudgementId, LoginId, PartyId, PersonId, ProductId};
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_domain::opportunity::Stage;
use orchestre_domain::party::BuiltInView;
use orchestre_domain::permission::Role;

use super::contract;
use super::sample::{HAR, LYS, fill, viewer};
use crate::{Counter, Db, Judgement, StoreError};

contract!(
    a_former_name_and_a_part_of_the_group_find_the_account,
    a_login_has_the_currency_that_it_chose,
    an_account_behind_a_wall_is_not_there,
    an_opinion_is_for_those_who_may_read_it_and_ends,
    counters_grow_with_each_change,
    criteria_are_the_defaults_until_they_are_changed,
    interactions_after_the_day_are_not_known_yet,
    judgements_come_back_with_their_judge,
    links_go_up_and_down_as_of_the_day,
    opportunities_come_with_their_steps,
    rates_and_costs_come_as_sets,
    settings_refuse_an_old_version,
    sums_follow_the_perimeter_of_the_day,
    the_vector_starts_from_every_account,
);

const DAY: Date = date(2026, 11, 16);

fn ym(number: i64) -> Ym {
    Ym::new(number).unwrap()
}

async fn the_vector_starts_from_every_account(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let accounts = work.system_accounts(DAY).await?;
        let names: Vec<&str> = accounts.iter().map(|basis| basis.name.as_str()).collect();
        assert_eq!(names, ["Laboratoires Lysarel SA", "Hartwenden AG"]);
        let earlier = work.system_accounts(date(2024, 6, 1)).await?;
        assert_eq!(earlier[0].name, "Biolab", "the name of the day");
        let kams = work.system_account_people(Role::Kam, DAY).await?;
        assert_eq!(kams, [(LYS, PersonId(12), "Sami Haddad".to_owned())]);
        let states = work.system_account_states(date(2026, 4, 30)).await?;
        assert_eq!(states, [(LYS, "status".to_owned(), "candidate".to_owned())]);
        let ids = work.system_account_external_ids().await?;
        assert_eq!(ids, [(LYS, "LYS".to_owned()), (HAR, "HAR".to_owned())]);
        let parents = work.system_account_parents(DAY).await?;
        assert_eq!(parents.len(), 1);
        assert_eq!((parents[0].account, parents[0].name.as_str()), (LYS, "Cap Fund"));
        assert_eq!(parents[0].parent_account, None);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn sums_follow_the_perimeter_of_the_day(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let months = work.system_party_months().await?;
        let short: Vec<_> = months
            .iter()
            .map(|month| (month.party.0, month.sums().unwrap()))
            .map(|(party, sums)| (party, sums.ym.number(), sums.currency, sums.amount_minor))
            .collect();
        let usd = Currency::parse("USD").unwrap();
        let wanted = [
            (0, 202_610, Currency::EUR, 50),
            (1, 202_609, Currency::EUR, 1_000),
            (1, 202_611, Currency::EUR, 9),
            (2, 202_610, Currency::EUR, 700),
            (3, 202_609, usd, 500),
        ];
        assert_eq!(short, wanted);
        let sums = months[1].sums().unwrap();
        assert_eq!((sums.cost_minor, sums.costed_minor, sums.lines), (600, 900, 3));
        assert_eq!(sums.costed_lines, 2);
        let members = work.system_members_on(DAY).await?;
        assert_eq!(members, [(PartyId(1), LYS), (PartyId(2), HAR), (PartyId(3), LYS)]);
        let earlier = work.system_members_on(date(2025, 5, 1)).await?;
        assert_eq!(earlier.len(), 2, "the subsidiary belonged to nobody then");

        let kam = viewer(Role::Kam, &[LYS], &[]);
        let months = (ym(202_509), ym(202_610));
        let parties = work.account_parties(&kam, LYS, DAY).await?;
        assert_eq!(parties, [PartyId(1), PartyId(3)]);
        assert!(work.account_parties(&kam, HAR, DAY).await?.is_empty());
        assert!(work.account_end(&kam, LYS).await?.is_some_and(|end| end > DAY));
        assert_eq!(work.account_end(&kam, HAR).await?, None, "not hers");
        let products = work.product_sums(&kam, LYS, DAY, months).await?;
        let short: Vec<_> = products.iter().map(|(one, s)| (*one, s.amount_minor)).collect();
        assert_eq!(short, [(None, 400), (Some(ProductId(21)), 600)]);
        assert!(work.product_sums(&kam, HAR, DAY, months).await?.is_empty());
        assert!(!work.is_importing().await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_former_name_and_a_part_of_the_group_find_the_account(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let eyes = viewer(Role::Pd, &[], &[]);
        let named =
            |found: Vec<(_, String)>| found.into_iter().map(|one| one.0).collect::<Vec<_>>();
        assert_eq!(named(work.accounts_by_folded(&eyes, "biolab", DAY).await?), [LYS]);
        assert_eq!(named(work.accounts_by_folded(&eyes, "lysarel inc", DAY).await?), [LYS]);
        assert_eq!(named(work.accounts_by_external_id(&eyes, "LYS3", DAY).await?), [LYS]);
        assert_eq!(named(work.accounts_by_external_id(&eyes, "HAR", DAY).await?), [HAR]);
        let exact = ("Biolab", "biolab");
        assert_eq!(named(work.accounts_by_name(&eyes, exact, DAY).await?), [LYS]);
        let other = ("BIOLAB", "biolab");
        assert!(work.accounts_by_name(&eyes, other, DAY).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn an_account_behind_a_wall_is_not_there(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let eyes = viewer(Role::Pd, &[], &[HAR]);
        assert_eq!(work.account(&eyes, HAR).await?, None);
        assert!(work.account(&eyes, LYS).await?.is_some());
        assert!(work.accounts_by_folded(&eyes, "hartwenden ag", DAY).await?.is_empty());
        assert!(work.accounts_by_external_id(&eyes, "HAR", DAY).await?.is_empty());
        assert_eq!(work.profile(&eyes, HAR).await?, None);
        assert!(work.account_names(&eyes, HAR).await?.is_empty());
        assert!(work.account_team(&eyes, HAR, date(2025, 1, 1)).await?.is_empty());
        let cards = work.party_cards(&eyes, &[PartyId(1), PartyId(2)], DAY).await?;
        assert_eq!(cards.iter().map(|card| card.party.0).collect::<Vec<_>>(), [1]);
        let open = viewer(Role::Pd, &[], &[]);
        assert!(work.account_identifiers(&eyes, HAR).await?.is_empty());
        let vat = ("vat".to_owned(), "DE811".to_owned());
        assert_eq!(work.account_identifiers(&open, HAR).await?, [vat]);
        assert!(work.has_plan(&open, HAR).await? && !work.has_plan(&open, LYS).await?);
        assert!(!work.has_plan(&eyes, HAR).await?);
        assert!(work.profile(&open, HAR).await?.is_some(), "it is there for others");
        assert_eq!(work.account_team(&open, HAR, date(2025, 1, 1)).await?.len(), 1);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn links_go_up_and_down_as_of_the_day(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let around = work.system_links_around(BuiltInView::Legal, PartyId(1), DAY).await?;
        assert_eq!((around.0[0].parent, around.0[0].share_ppm), (PartyId(4), 280_000));
        assert_eq!((around.1[0].child, around.1.len()), (PartyId(3), 1));
        let day = date(2025, 5, 31);
        let (_, below) = work.system_links_around(BuiltInView::Legal, PartyId(1), day).await?;
        assert!(below.is_empty());
        let (above, _) = work.system_links_around(BuiltInView::Legal, PartyId(3), DAY).await?;
        assert_eq!(above.len(), 2, "the parent and the fund above it");
        let eyes = viewer(Role::Pd, &[], &[]);
        let counts = work.people_counts(&eyes, &[PartyId(1), PartyId(3)], DAY).await?;
        assert_eq!(counts, [(PartyId(3), 1)]);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn an_opinion_is_for_those_who_may_read_it_and_ends(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let kam = viewer(Role::Kam, &[LYS], &[]);
        let found = work.opinions(&kam, LYS, DAY).await?;
        let opinion = found.get(&PersonId(11)).unwrap();
        assert_eq!((opinion.stance, opinion.author.as_deref()), (Some(1), Some("Sami Haddad")));
        assert!(work.opinions(&kam, LYS, date(2027, 3, 1)).await?.is_empty(), "it has ended");
        let relay = viewer(Role::Rel, &[LYS], &[]);
        assert!(work.opinions(&relay, LYS, DAY).await?.is_empty());
        assert_eq!(work.contacts(&relay, LYS, DAY).await?[0].name, "Claire Obrecht");
        let stranger = viewer(Role::Kam, &[HAR], &[]);
        assert!(work.contacts(&stranger, LYS, DAY).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn interactions_after_the_day_are_not_known_yet(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let kam = viewer(Role::Kam, &[LYS], &[]);
        let latest = work.latest_interactions(&kam, LYS, DAY, 5).await?;
        assert_eq!(latest.len(), 1);
        assert_eq!(latest[0].people, ["Claire Obrecht", "Sami Haddad"]);
        let last = work.last_contacts(&kam, LYS, DAY).await?;
        assert_eq!(last.get(&PersonId(11)), Some(&date(2026, 10, 2)));
        let finance = viewer(Role::Fin, &[], &[]);
        assert!(work.latest_interactions(&finance, LYS, DAY, 5).await?.is_empty());
        let claire = PersonId(11);
        assert_eq!(work.latest_with(&kam, claire, DAY, 5).await?, latest);
        assert!(work.latest_with(&finance, claire, DAY, 5).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn opportunities_come_with_their_steps(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let all = work.system_opportunities(DAY).await?;
        assert_eq!((all[0].account, all[0].stage), (Some(LYS), Stage::Won));
        assert!(work.system_stages_moving_after(DAY).await?.is_empty());
        assert_eq!(work.system_stages_moving_after(date(2026, 4, 1)).await?.len(), 2);
        let kam = viewer(Role::Kam, &[LYS], &[]);
        assert_eq!(work.account_opportunities(&kam, LYS, DAY).await?.len(), 1);
        assert_eq!(work.account_stages(&kam, LYS, DAY).await?.len(), 2);
        let stranger = viewer(Role::Kam, &[HAR], &[]);
        assert!(work.account_opportunities(&stranger, LYS, DAY).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn rates_and_costs_come_as_sets(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let usd = Currency::parse("USD").unwrap();
        assert!(work.month_rates(&[]).await?.is_empty());
        let rates = work.month_rates(&[usd, Currency::parse("JPY").unwrap()]).await?;
        assert_eq!(rates, [(usd, ym(202_609), 200_000_000)]);
        assert_eq!(work.rated_currencies().await?, [usd]);
        assert!(work.budget_rates().await?.is_empty());
        assert!(work.system_costs(DAY, (date(2025, 11, 1), DAY)).await?.is_empty());
        assert!(work.product_cards(&[]).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn judgements_come_back_with_their_judge(db: Db) {
    fill(&db).await;
    let judgement = Judgement {
        id: JudgementId(7),
        set: CriteriaSet::Selection,
        key: "fit".to_owned(),
        value: Some(4),
        raw: None,
        judge: Some(PersonId(12)),
        judge_ref: None,
        judge_name: None,
        on: date(2026, 9, 1),
        evidence: Some("roadmap of March".to_owned()),
        round: None,
    };
    let kept = judgement.clone();
    db.write(async move |work| work.put_judgement(LYS, &kept).await).await.unwrap();
    db.read(async |work| {
        let kam = viewer(Role::Kam, &[LYS], &[]);
        let found = work.judgements(&kam, LYS, DAY).await?;
        let named = Judgement { judge_name: Some("Sami Haddad".to_owned()), ..judgement.clone() };
        assert_eq!(found, [named]);
        assert!(work.judgements(&kam, LYS, date(2026, 8, 31)).await?.is_empty());
        let ops = viewer(Role::Ops, &[], &[]);
        assert!(work.judgements(&ops, LYS, DAY).await?.is_empty(), "scores are not for stewards");
        let all = work.system_judgements(DAY).await?;
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].0, all[0].1.evidence.as_deref()), (LYS, None));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn criteria_are_the_defaults_until_they_are_changed(db: Db) {
    let set = CriteriaSet::Strength;
    let shipped = db.read(async |work| work.criteria(set).await).await.unwrap();
    assert_eq!(shipped, (defaults(set), 0));
    let mut changed = defaults(set);
    changed[0].weight_ppm = 400_000;
    let wanted = changed.clone();
    let first = db.write(async move |work| work.put_criteria(set, &wanted, 0).await).await;
    assert_eq!(first.unwrap(), Some(1));
    let wanted = changed.clone();
    let late = db.write(async move |work| work.put_criteria(set, &wanted, 0).await).await;
    assert_eq!(late.unwrap(), None, "somebody was faster");
    let kept = db.read(async |work| work.criteria(set).await).await.unwrap();
    assert_eq!(kept, (changed, 1));
}

async fn settings_refuse_an_old_version(db: Db) {
    let (mut settings, version) = db.read(async |work| work.settings().await).await.unwrap();
    assert_eq!(version, 0);
    settings.company = "Ardenval".to_owned();
    settings.currency = Currency::parse("USD").unwrap();
    let wanted = settings.clone();
    let done = db.write(async move |work| work.put_settings(&wanted, 0).await).await.unwrap();
    assert_eq!(done, Some(vec!["company", "currency"]));
    let (kept, version) = db.read(async |work| work.settings().await).await.unwrap();
    assert_eq!(kept, settings);
    let wanted = settings.clone();
    let late = db.write(async move |work| work.put_settings(&wanted, 0).await).await.unwrap();
    assert_eq!(late, None);
    let same = db.write(async move |work| work.put_settings(&settings, version).await).await;
    assert_eq!(same.unwrap(), Some(Vec::new()), "nothing differs");
}

async fn a_login_has_the_currency_that_it_chose(db: Db) {
    fill(&db).await;
    let chosen =
        async |login| db.read(async |work| work.login_currency(LoginId(login)).await).await;
    assert_eq!(chosen(1).await.unwrap(), Currency::parse("GBP"));
    assert_eq!(chosen(2).await.unwrap(), None, "no such login");
}

async fn counters_grow_with_each_change(db: Db) {
    let before = db.read(async |work| work.versions().await).await.unwrap();
    db.write(async |work| {
        work.bump(Counter::Facts).await?;
        work.bump(Counter::Scores).await?;
        work.bump(Counter::Scores).await
    })
    .await
    .unwrap();
    let after = db.read(async |work| work.versions().await).await.unwrap();
    assert_eq!((after.facts - before.facts, after.scores - before.scores), (1, 2));
}
