//! My week: what is due, what changed, what needs me.

use jiff::civil::{Date, date};
use orchestre_domain::event::EventName;
use orchestre_domain::import::ImportKind;
use orchestre_store::sql;

use super::TODAY;
use super::doors::Doors;
use crate::actions::{self, NewAction};
use crate::week::{self, AlarmCode, Week};
use crate::{Ctx, plans};

async fn due(ctx: &Ctx, doors: &Doors, days: &[Option<Date>]) {
    for due_on in days {
        let new = NewAction {
            account: doors.lys,
            plan: None,
            objective: None,
            text: "Call".to_owned(),
            due_on: *due_on,
            owner: None,
        };
        actions::add(ctx, new).await.unwrap();
    }
}

#[tokio::test]
async fn actions_fall_into_their_part_of_the_week() {
    let doors = Doors::new().await;
    let kam = doors.of("aminata").await;
    let day = |day: i8| Some(date(2026, 11, day));
    // 16 November 2026 is a Monday.
    due(&kam, &doors, &[day(15), day(16), day(17), day(22), day(23), day(29), day(30), None]).await;
    let week = week::show(&kam, TODAY).await.unwrap();
    let sizes =
        [&week.late, &week.today, &week.this_week, &week.next_week, &week.later, &week.undated]
            .map(Vec::len);
    assert_eq!(sizes, [1, 1, 2, 2, 1, 1]);
    let sunday = week::show(&kam, date(2026, 11, 22)).await.unwrap();
    assert_eq!((sunday.late.len(), sunday.today.len(), sunday.this_week.len()), (3, 1, 0));
    assert_eq!(week.accounts, [(doors.lys, "Lysarel".to_owned())]);
    let other = week::show(&doors.of("florian").await, TODAY).await.unwrap();
    assert!(other.late.is_empty(), "somebody else's actions");
}

#[tokio::test]
async fn changes_are_told_until_they_were_looked_at() {
    let doors = Doors::new().await;
    let (aminata, florian) = (doors.of("aminata").await, doors.of("florian").await);
    plans::create(&aminata, doors.lys).await.unwrap();
    let names = |week: &Week| week.changes.iter().map(|row| row.name).collect::<Vec<_>>();
    let seen = week::show(&florian, TODAY).await.unwrap();
    assert!(names(&seen).contains(&EventName::PlanCreated), "{:?}", names(&seen));
    assert!(!names(&seen).contains(&EventName::SessionOpened));
    let own = week::show(&aminata, TODAY).await.unwrap();
    assert!(!names(&own).contains(&EventName::PlanCreated), "her own doing is no news to her");
    let rival = week::show(&doors.of("tobias").await, TODAY).await.unwrap();
    assert!(!names(&rival).contains(&EventName::PlanCreated));
    week::looked(&florian).await.unwrap();
    assert!(week::show(&florian, TODAY).await.unwrap().changes.is_empty());
}

async fn codes(ctx: &Ctx) -> Vec<(AlarmCode, Option<i64>)> {
    let week = week::show(ctx, TODAY).await.unwrap();
    week.alarms.iter().map(|alarm| (alarm.code, alarm.value)).collect()
}

#[tokio::test]
async fn a_champion_is_silent_after_a_month_and_a_decider_was_never_met() {
    let doors = Doors::new().await;
    let kam = doors.of("aminata").await;
    assert_eq!(codes(&kam).await, [(AlarmCode::DeciderNotMet, None)]);
    let met = |day: &str| {
        format!(
            "id,date,type,account,subject,supplier_people,customer_people\n\
             i{day},{day},meeting,lys,Launch,S09,L1\n"
        )
    };
    doors.world.import(ImportKind::Interactions, &met("2026-10-13")).await;
    assert_eq!(codes(&kam).await, [(AlarmCode::ChampionSilent, Some(34))]);
    let alarm = week::show(&kam, TODAY).await.unwrap().alarms.remove(0);
    assert_eq!(alarm.evidence_day, Some(date(2026, 10, 13)));
    assert_eq!(alarm.person.unwrap().1, "Claire Obrecht");
    assert!(codes(&doors.of("florian").await).await.is_empty(), "a relay reads no opinions");
    doors.world.import(ImportKind::Interactions, &met("2026-10-18")).await;
    assert!(codes(&kam).await.is_empty(), "twenty-nine days");
}

#[tokio::test]
async fn an_action_of_somebody_else_that_is_late_is_told_to_those_who_lead() {
    let doors = Doors::new().await;
    let (kam, relay) = (doors.of("aminata").await, doors.of("florian").await);
    due(&relay, &doors, &[Some(date(2026, 11, 6)), Some(TODAY)]).await;
    let week = week::show(&kam, TODAY).await.unwrap();
    let late = week.alarms.iter().find(|alarm| alarm.code == AlarmCode::ActionLate).unwrap();
    assert_eq!(
        (late.value, late.person.as_ref().unwrap().1.as_str()),
        (Some(10), "Florian Bickelmann")
    );
    assert_eq!(week.alarms.iter().filter(|alarm| alarm.action.is_some()).count(), 1);
    let own = week::show(&relay, TODAY).await.unwrap();
    assert!(own.late.len() == 1 && own.alarms.is_empty());
    assert!(
        !codes(&doors.of("tobias").await).await.iter().any(|one| one.0 == AlarmCode::ActionLate)
    );
}

#[tokio::test]
async fn a_key_account_without_plan_and_without_executives_says_so() {
    let doors = Doors::new().await;
    let text = "INSERT INTO account_states (id, account_id, field, value, valid_from) \
                SELECT id, id, 'status', 'key', '2025-01-01' FROM accounts";
    doors.world.shell.db().write(async |work| work.run(sql(text)).await).await.unwrap();
    let director = doors.of("solene").await;
    let found = codes(&director).await;
    let count = |code: AlarmCode| found.iter().filter(|alarm| alarm.0 == code).count();
    assert_eq!(count(AlarmCode::KeyWithoutPlan), 2, "{found:?}");
    assert_eq!(count(AlarmCode::NoExecutiveEver), 2);
    let kam = doors.of("tobias").await;
    let week = week::show(&kam, TODAY).await.unwrap();
    assert!(week.alarms.iter().all(|alarm| alarm.account == doors.har), "behind the wall");
    plans::create(&kam, doors.har).await.unwrap();
    let text = "UPDATE plans SET state = 'live', updated_on = '2026-08-01'";
    kam.db().write(async |work| work.run(sql(text)).await).await.unwrap();
    assert!(codes(&kam).await.contains(&(AlarmCode::PlanStale, Some(107))));
}
