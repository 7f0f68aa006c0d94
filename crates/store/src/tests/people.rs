//! People, search, alarms and news: each side of a wall has its own half of everybody's history.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use orchestre_domain::account::AccountStatus;
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::permission::Role;
use orchestre_domain::viewer::Viewer;

use super::contract;
use super::sample::{HAR, LYS, fill, viewer};
use crate::{Db, SearchEntry, StoreError, sql};

contract!(
    a_career_shows_only_the_side_one_may_see,
    a_list_of_people_keeps_to_the_viewers_accounts,
    words_in_any_order_find_what_the_viewer_may_see,
    a_noted_contact_counts_as_met,
    alarms_start_from_what_the_viewer_reads,
    the_watched_are_ones_own_or_the_key_accounts,
    news_are_what_changed_between_two_days,
);

const DAY: Date = date(2026, 11, 16);

/// Claire worked for the rival until the end of 2024; an opinion on her stayed there.
const RIVAL: &[&str] = &[
    "INSERT INTO affiliations (id, person_id, party_id, title, valid_from, valid_to) VALUES \
     (7, 11, 2, 'Head of fibre', '2020-01-01', '2025-01-01')",
    "INSERT INTO stakeholder_assessments (id, person_id, party_id, buying_roles, stance, \
     assessed_on, expires_on, author_id) VALUES \
     (7, 11, 2, 'decider user', -2, '2026-05-01', '2027-05-01', 12)",
];

async fn world(db: &Db) {
    fill(db).await;
    db.write(async |work| {
        for text in RIVAL {
            work.run(sql(text)).await?;
        }
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

const CLAIRE: PersonId = PersonId(11);

async fn a_career_shows_only_the_side_one_may_see(db: Db) {
    world(&db).await;
    db.read(async |work| {
        let names = async |work: &mut crate::Work<'_>, eyes: &Viewer| {
            let places = work.places(eyes, CLAIRE).await?;
            Ok::<_, StoreError>(places.into_iter().map(|place| place.name).collect::<Vec<_>>())
        };
        let lys = viewer(Role::Kam, &[LYS], &[HAR]);
        let har = viewer(Role::Kam, &[HAR], &[LYS]);
        let all = viewer(Role::Pd, &[], &[]);
        assert_eq!(names(work, &lys).await?, ["Lysarel Inc."]);
        assert_eq!(names(work, &har).await?, ["Hartwenden AG"]);
        assert_eq!(names(work, &all).await?.len(), 2);
        let stances = async |work: &mut crate::Work<'_>, eyes: &Viewer| {
            let all = work.assessments(eyes, CLAIRE, DAY).await?;
            Ok::<_, StoreError>(
                all.into_iter().map(|one| (one.account, one.stance)).collect::<Vec<_>>(),
            )
        };
        assert_eq!(stances(work, &lys).await?, [(LYS, Some(1))]);
        assert_eq!(stances(work, &har).await?, [(HAR, Some(-2))]);
        assert_eq!(stances(work, &all).await?, [(HAR, Some(-2)), (LYS, Some(1))]);
        let relay = viewer(Role::Rel, &[LYS], &[]);
        assert!(stances(work, &relay).await?.is_empty(), "a relay reads no opinions");
        assert_eq!(work.person(&relay, CLAIRE).await?.unwrap().name, "Claire Obrecht");
        let elsewhere = viewer(Role::Kam, &[AccountId(9)], &[]);
        assert_eq!(work.person(&elsewhere, CLAIRE).await?, None);
        assert_eq!(work.served(&lys, PersonId(12), DAY).await?.len(), 1);
        assert!(work.served(&har, PersonId(12), DAY).await?.is_empty(), "walled");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_list_of_people_keeps_to_the_viewers_accounts(db: Db) {
    world(&db).await;
    db.read(async |work| {
        let lys = viewer(Role::Kam, &[LYS], &[]);
        let found = work.people(&lys, "obrecht", DAY, 9).await?;
        assert_eq!((found.len(), found[0].party_name.as_str()), (1, "Lysarel Inc."));
        assert_eq!(found[0].account, LYS);
        assert!(work.people(&lys, "nobody", DAY, 9).await?.is_empty());
        let har = viewer(Role::Kam, &[HAR], &[]);
        assert!(work.people(&har, "", DAY, 9).await?.is_empty(), "she works there no more");
        assert_eq!(work.people(&har, "", date(2024, 6, 1), 9).await?.len(), 1);
        let sami = work.system_person_of_mail("sami@ardenval.example").await?;
        assert_eq!(sami, None);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

fn entry(object: &'static str, id: i64, party: Option<i64>, title: &str) -> SearchEntry {
    let (title, detail) = (title.to_owned(), "détail".to_owned());
    SearchEntry { object, object_id: id, party_id: party, title, detail, weight: 50 - id.min(40) }
}

async fn words_in_any_order_find_what_the_viewer_may_see(db: Db) {
    fill(&db).await;
    db.write(async |work| {
        work.system_index(&[
            entry("account", 101, Some(1), "Laboratoires Lysarel SA"),
            entry("party", 3, Some(3), "Lysarel Inc."),
            entry("party", 2, Some(2), "Hartwenden Lysines AG"),
            entry("product", 9, None, "Lysimètre réfrigéré"),
            entry("opportunity", 8, Some(3), "Cold chain lysarel"),
        ])
        .await
    })
    .await
    .unwrap();
    db.read(async |work| {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let all = viewer(Role::Pd, &[], &[]);
        let ids = async |work: &mut crate::Work<'_>, eyes: &Viewer, text: &str| {
            let found = work.find(eyes, &words(text), "2026-11-16", 9).await?;
            Ok::<_, StoreError>(found.iter().map(|one| one.object_id).collect::<BTreeSet<_>>())
        };
        assert_eq!(ids(work, &all, "laboratoires lys").await?, BTreeSet::from([101]));
        assert_eq!(ids(work, &all, "lys laboratoires").await?, BTreeSet::from([101]));
        assert_eq!(ids(work, &all, "lys").await?, BTreeSet::from([101, 3, 2, 9, 8]));
        assert_eq!(ids(work, &all, "detail refrigere").await?, BTreeSet::from([9]));
        assert!(ids(work, &all, "lysarel hartwenden").await?.is_empty());
        let kam = viewer(Role::Kam, &[LYS], &[HAR]);
        assert_eq!(ids(work, &kam, "lys").await?, BTreeSet::from([101, 3, 9, 8]));
        let rival = viewer(Role::Kam, &[HAR], &[LYS]);
        assert_eq!(ids(work, &rival, "lys").await?, BTreeSet::from([2, 9]));
        let admin = viewer(Role::Adm, &[], &[]);
        assert!(ids(work, &admin, "lys").await?.is_empty());
        let first = work.find(&all, &words("lys"), "2026-11-16", 1).await?;
        assert_eq!((first.len(), first[0].object_id), (1, 2), "the weight comes first");
        assert!(work.find(&all, &[], "2026-11-16", 9).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_noted_contact_counts_as_met(db: Db) {
    fill(&db).await;
    let kam = viewer(Role::Kam, &[LYS], &[]);
    db.write(async |work| {
        work.add_interaction(900, LYS, ("call", DAY, "Lane map")).await?;
        work.add_participant(900, PersonId(12)).await?;
        work.add_participant(900, CLAIRE).await?;
        let latest = work.latest_interactions(&kam, LYS, DAY, 1).await?;
        assert_eq!(latest[0].people, ["Claire Obrecht", "Sami Haddad"]);
        let met = work.last_met(&kam, &BTreeSet::from([LYS]), DAY).await?;
        assert_eq!(met.get(&(LYS, CLAIRE)), Some(&DAY));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn alarms_start_from_what_the_viewer_reads(db: Db) {
    world(&db).await;
    db.read(async |work| {
        let focus = BTreeSet::from([LYS, HAR]);
        let director = viewer(Role::Pd, &[], &[]);
        let assessed = work.assessed(&director, &focus, DAY).await?;
        let short: Vec<_> =
            assessed.iter().map(|one| (one.account, one.is_decider, one.stance)).collect();
        assert_eq!(short, [(LYS, false, Some(1)), (HAR, true, Some(-2))]);
        assert_eq!(work.assessed(&director, &focus, date(2027, 3, 2)).await?.len(), 1, "one ended");
        let relay = viewer(Role::Rel, &[LYS], &[]);
        assert!(work.assessed(&relay, &focus, DAY).await?.is_empty());
        let walled = viewer(Role::Pd, &[], &[HAR]);
        assert_eq!(work.assessed(&walled, &focus, DAY).await?.len(), 1);
        let gone = work.gone(&director, &focus, DAY).await?;
        assert_eq!(gone.into_iter().collect::<Vec<_>>(), [((HAR, CLAIRE), date(2025, 1, 1))]);
        let met = work.last_met(&director, &focus, DAY).await?;
        assert_eq!(met.get(&(LYS, CLAIRE)), Some(&date(2026, 10, 2)), "December is to come");
        assert!(work.last_executive(&director, &focus, DAY).await?.is_empty());
        let finance = viewer(Role::Fin, &[], &[]);
        assert!(work.last_met(&finance, &focus, DAY).await?.is_empty(), "reads no contacts");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn the_watched_are_ones_own_or_the_key_accounts(db: Db) {
    fill(&db).await;
    db.read(async |work| {
        let accounts = async |work: &mut crate::Work<'_>, eyes: &Viewer, day: Date| {
            let watched = work.watched(eyes, day).await?;
            Ok::<_, StoreError>(
                watched.into_iter().map(|one| (one.account, one.status)).collect::<Vec<_>>(),
            )
        };
        let har = viewer(Role::Kam, &[HAR], &[]);
        assert_eq!(accounts(work, &har, DAY).await?, [(HAR, None)]);
        let both = viewer(Role::Kam, &[LYS, HAR], &[LYS]);
        assert_eq!(accounts(work, &both, DAY).await?, [(HAR, None)], "behind a wall");
        let director = viewer(Role::Pd, &[], &[]);
        assert_eq!(accounts(work, &director, DAY).await?, [(LYS, Some(AccountStatus::Key))]);
        assert!(accounts(work, &director, date(2026, 4, 1)).await?.is_empty(), "not key yet");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn news_are_what_changed_between_two_days(db: Db) {
    world(&db).await;
    db.read(async |work| {
        let focus = BTreeSet::from([LYS, HAR]);
        let codes = async |work: &mut crate::Work<'_>, eyes: &Viewer, days: (Date, Date)| {
            let news = work.news(eyes, &focus, days, 9).await?;
            let short = news.into_iter().map(|one| (one.code, one.detail, one.day));
            Ok::<_, StoreError>(short.collect::<Vec<_>>())
        };
        let director = viewer(Role::Pd, &[], &[]);
        let this_year = codes(work, &director, (date(2026, 1, 1), DAY)).await?;
        let wanted = [
            ("opportunity_moved", "won".to_owned(), date(2026, 10, 1)),
            ("status_set", "key".to_owned(), date(2026, 5, 1)),
            ("opportunity_moved", "proposed".to_owned(), date(2026, 3, 1)),
        ];
        assert_eq!(this_year, wanted);
        let left = codes(work, &director, (date(2024, 12, 31), date(2025, 1, 1))).await?;
        assert_eq!(left, [("person_left", "Hartwenden AG".to_owned(), date(2025, 1, 1))]);
        let came = codes(work, &director, (date(2019, 1, 1), date(2021, 1, 1))).await?;
        assert_eq!(came[0].0, "person_arrived");
        let walled = viewer(Role::Pd, &[], &[HAR]);
        assert!(codes(work, &walled, (date(2019, 1, 1), date(2025, 2, 1))).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
