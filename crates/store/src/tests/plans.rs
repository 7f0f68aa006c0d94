//! Plans and what hangs on them: written, read through walls, never over each other.

use jiff::civil::{Date, date};
use orchestre_domain::id::{ActionId, ObjectiveId, PersonId, PlanId, RiskId};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::{Currency, Money};
use orchestre_domain::permission::Role;
use orchestre_domain::plan::{ActionState, Horizon, ObjectiveState, ObjectiveType, PlanState};

use super::contract;
use super::sample::{HAR, LYS, fill, viewer};
use crate::{Action, Actions, Db, Objective, Owner, PlanCard, Risk, StoreError, Text, sql};

contract!(
    a_plan_comes_back_as_it_was_written,
    a_plan_behind_a_wall_is_not_there,
    a_reader_of_plans_may_be_no_reader_of_actions,
    nothing_is_written_over_a_change_of_somebody_else,
    a_removed_objective_leaves_its_actions,
    a_plan_is_found_by_its_words_until_it_is_archived,
    an_owner_who_is_only_a_reference_stays_until_one_is_chosen,
);

const DAY: Date = date(2026, 11, 16);
const PLAN: PlanId = PlanId(500);

fn plan() -> PlanCard {
    PlanCard {
        id: PLAN,
        account: LYS,
        account_name: "Laboratoires Lysarel SA".to_owned(),
        label: "2.3".to_owned(),
        state: PlanState::Live,
        situation: Text::of(Lang::Fr, "Aigue-marine arrive au printemps"),
        decision: Text { en: Some("A room".to_owned()), fr: Some("Une salle".to_owned()) },
        updated_on: DAY,
        version: 1,
    }
}

fn sami() -> Owner {
    Owner { person: Some(PersonId(12)), name: "Sami Haddad".to_owned() }
}

fn objective() -> Objective {
    Objective {
        id: ObjectiveId(501),
        plan: PLAN,
        text: Text::of(Lang::En, "No excursion on launches"),
        metric: Text::of(Lang::En, "shipments with excursion"),
        unit: Some("%".to_owned()),
        baseline: Some(0.62),
        target: Some(0.3),
        current: None,
        due_on: Some(date(2027, 9, 12)),
        horizon: Some(Horizon::Short),
        kind: Some(ObjectiveType::Operational),
        owner: Some(sami()),
        customer_owner: Some(Owner {
            person: Some(PersonId(11)),
            name: "Claire Obrecht".to_owned(),
        }),
        state: ObjectiveState::OnTrack,
        version: 1,
    }
}

fn risk() -> Risk {
    Risk {
        id: RiskId(502),
        plan: PLAN,
        text: Text::of(Lang::En, "A rival offers less"),
        probability: Some(3),
        impact: Some(Money { minor: 115_000_000, currency: Currency::EUR }),
        sign: Text::of(Lang::En, "a cost breakdown is asked"),
        prevention: Text::default(),
        reaction: Text::default(),
        owner: Some(sami()),
        version: 1,
    }
}

fn action(id: i64, due: Option<Date>) -> Action {
    Action {
        id: ActionId(id),
        account: LYS,
        account_name: "Laboratoires Lysarel SA".to_owned(),
        plan: Some(PLAN),
        objective: Some(ObjectiveId(501)),
        objective_text: Text::of(Lang::En, "No excursion on launches"),
        text: Text::of(Lang::En, "Call the plant"),
        owner: Some(sami()),
        due_on: due,
        done_on: None,
        state: ActionState::Todo,
        note: Text::default(),
        version: 1,
    }
}

async fn written(db: &Db) {
    fill(db).await;
    db.write(async |work| {
        work.add_plan(&plan()).await?;
        work.put_plan_goals(
            PLAN,
            &[(1, Text::of(Lang::En, "Zero loss")), (2, Text::of(Lang::Fr, "Moins"))],
        )
        .await?;
        work.add_objective(&objective()).await?;
        work.add_risk(&risk()).await?;
        work.add_action(&action(511, None)).await?;
        work.add_action(&action(512, Some(date(2026, 11, 12)))).await?;
        work.add_action(&action(513, Some(date(2026, 11, 20)))).await
    })
    .await
    .unwrap();
}

async fn a_plan_comes_back_as_it_was_written(db: Db) {
    written(&db).await;
    db.read(async |work| {
        let kam = viewer(Role::Kam, &[LYS], &[]);
        assert_eq!(work.plan(&kam, PLAN).await?, Some(plan()));
        assert_eq!(work.plans_of(&kam, LYS).await?, [plan()]);
        let goals = work.plan_goals(&kam, PLAN).await?;
        assert_eq!(goals, [Text::of(Lang::En, "Zero loss"), Text::of(Lang::Fr, "Moins")]);
        assert_eq!(work.objectives(&kam, PLAN).await?, [objective()]);
        assert_eq!(work.objective(&kam, ObjectiveId(501)).await?, Some(objective()));
        assert_eq!(work.risks(&kam, PLAN).await?, [risk()]);
        assert_eq!(work.risk(&kam, RiskId(502)).await?, Some(risk()));
        let lines = work.plans(&kam, DAY).await?;
        assert_eq!((lines.len(), lines[0].objectives), (1, 1));
        assert_eq!((lines[0].actions_open, lines[0].actions_late), (3, 1));
        let actions = work.actions(&kam, Actions::Plan(PLAN)).await?;
        let ids: Vec<i64> = actions.iter().map(|action| action.id.as_i64()).collect();
        assert_eq!(ids, [512, 513, 511], "by day, without a day last");
        assert_eq!(actions[0], action(512, Some(date(2026, 11, 12))));
        assert!(actions[0].is_late(DAY) && !actions[1].is_late(DAY) && !actions[2].is_late(DAY));
        assert_eq!(work.actions(&kam, Actions::Open(PersonId(12))).await?, actions);
        assert_eq!(work.actions(&kam, Actions::Account(LYS)).await?.len(), 3);
        assert_eq!(work.actions(&kam, Actions::Late(DAY)).await?, &actions[..1]);
        assert!(work.actions(&kam, Actions::Open(PersonId(11))).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_plan_behind_a_wall_is_not_there(db: Db) {
    written(&db).await;
    db.read(async |work| {
        for eyes in [viewer(Role::Pd, &[], &[LYS]), viewer(Role::Kam, &[HAR], &[])] {
            assert_eq!(work.plan(&eyes, PLAN).await?, None);
            assert!(work.plans_of(&eyes, LYS).await?.is_empty());
            let plans = work.plans(&eyes, DAY).await?;
            assert!(plans.iter().all(|line| line.plan.account != LYS), "{plans:?}");
            assert!(work.plan_goals(&eyes, PLAN).await?.is_empty());
            assert!(work.objectives(&eyes, PLAN).await?.is_empty());
            assert_eq!(work.objective(&eyes, ObjectiveId(501)).await?, None);
            assert!(work.risks(&eyes, PLAN).await?.is_empty());
            assert_eq!(work.risk(&eyes, RiskId(502)).await?, None);
            assert!(work.actions(&eyes, Actions::Plan(PLAN)).await?.is_empty());
            assert!(work.actions(&eyes, Actions::One(ActionId(511))).await?.is_empty());
            assert!(work.actions(&eyes, Actions::Open(PersonId(12))).await?.is_empty());
        }
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_reader_of_plans_may_be_no_reader_of_actions(db: Db) {
    written(&db).await;
    db.read(async |work| {
        let finance = viewer(Role::Fin, &[], &[]);
        assert!(work.plan(&finance, PLAN).await?.is_some());
        assert!(work.actions(&finance, Actions::Plan(PLAN)).await?.is_empty());
        let marketing = viewer(Role::Md, &[], &[]);
        assert_eq!(work.actions(&marketing, Actions::Plan(PLAN)).await?.len(), 3);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn nothing_is_written_over_a_change_of_somebody_else(db: Db) {
    written(&db).await;
    let kam = viewer(Role::Kam, &[LYS], &[]);
    db.write(async |work| {
        let later = date(2026, 11, 17);
        let new = PlanCard { state: PlanState::Archived, updated_on: later, ..plan() };
        assert!(work.put_plan(&new).await?);
        assert!(!work.put_plan(&new).await?, "its version is 2 now");
        work.touch_plan(PLAN, date(2026, 11, 18)).await?;
        let kept = work.plan(&kam, PLAN).await?.unwrap();
        assert_eq!((kept.version, kept.updated_on), (2, date(2026, 11, 18)));
        let new = Objective { current: Some(0.41), state: ObjectiveState::AtRisk, ..objective() };
        assert!(work.put_objective(&new).await?);
        assert!(!work.put_objective(&new).await?);
        let kept = work.objective(&kam, ObjectiveId(501)).await?.unwrap();
        assert_eq!(kept, Objective { version: 2, ..new });
        let new = Risk { probability: Some(5), impact: None, ..risk() };
        assert!(work.put_risk(&new).await?);
        assert!(!work.put_risk(&new).await?);
        assert_eq!(work.risk(&kam, RiskId(502)).await?.unwrap(), Risk { version: 2, ..new });
        let new = Action { state: ActionState::Done, done_on: Some(DAY), ..action(511, None) };
        assert!(work.put_action(&new).await?);
        assert!(!work.put_action(&new).await?);
        let kept = work.actions(&kam, Actions::One(ActionId(511))).await?;
        assert_eq!(kept, [Action { version: 2, ..new }]);
        assert!(!work.drop_action(ActionId(511), 1).await?);
        assert!(work.drop_action(ActionId(511), 2).await?);
        assert!(!work.drop_risk(RiskId(502), 1).await?);
        assert!(work.drop_risk(RiskId(502), 2).await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_removed_objective_leaves_its_actions(db: Db) {
    written(&db).await;
    let kam = viewer(Role::Kam, &[LYS], &[]);
    db.write(async |work| {
        assert!(!work.drop_objective(ObjectiveId(501), 9).await?);
        let before = work.actions(&kam, Actions::One(ActionId(511))).await?;
        assert_eq!(before[0].objective, Some(ObjectiveId(501)), "nothing was removed");
        assert!(work.drop_objective(ObjectiveId(501), 1).await?);
        let after = work.actions(&kam, Actions::One(ActionId(511))).await?;
        assert_eq!((after.len(), after[0].objective), (1, None));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_plan_is_found_by_its_words_until_it_is_archived(db: Db) {
    written(&db).await;
    let words = ["marine".to_owned(), "aig".to_owned()];
    let kam = viewer(Role::Kam, &[LYS], &[]);
    db.write(async |work| {
        work.system_index_plan(PLAN).await?;
        let found = work.find(&kam, &words, "2026-11-16", 9).await?;
        assert_eq!((found.len(), found[0].object.as_str(), found[0].object_id), (1, "plan", 500));
        let rival = viewer(Role::Kam, &[HAR], &[LYS]);
        assert!(work.find(&rival, &words, "2026-11-16", 9).await?.is_empty());
        let steward = viewer(Role::Ops, &[], &[]);
        assert!(work.find(&steward, &words, "2026-11-16", 9).await?.is_empty(), "no plans");
        work.put_plan(&PlanCard { state: PlanState::Archived, ..plan() }).await?;
        work.system_index_plan(PLAN).await?;
        assert!(work.find(&kam, &words, "2026-11-16", 9).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn an_owner_who_is_only_a_reference_stays_until_one_is_chosen(db: Db) {
    written(&db).await;
    let kam = viewer(Role::Kam, &[LYS], &[]);
    db.write(async |work| {
        for table in ["actions", "objectives", "risks"] {
            let text = format!("UPDATE {table} SET owner_id = NULL, owner_ref = 'S99'");
            work.run(crate::Sql::built(text)).await?;
        }
        work.run(sql("UPDATE objectives SET customer_owner_id = NULL, customer_owner_ref = 'L1'"))
            .await?;
        let named = |name: &str| Some(Owner { person: None, name: name.to_owned() });
        let nobody = Objective { owner: None, customer_owner: None, ..objective() };
        assert!(work.put_objective(&nobody).await?);
        let kept = work.objective(&kam, ObjectiveId(501)).await?.unwrap();
        assert_eq!((kept.owner, kept.customer_owner), (named("S99"), named("L1")));
        assert!(work.put_risk(&Risk { owner: None, ..risk() }).await?);
        assert_eq!(work.risk(&kam, RiskId(502)).await?.unwrap().owner, named("S99"));
        assert!(work.put_action(&Action { owner: None, ..action(511, None) }).await?);
        let kept = work.actions(&kam, Actions::One(ActionId(511))).await?;
        assert_eq!(kept[0].owner, named("S99"));
        let chosen = Action { version: 2, ..action(511, None) };
        assert!(work.put_action(&chosen).await?);
        let freed = Action { owner: None, version: 3, ..chosen };
        assert!(work.put_action(&freed).await?);
        let kept = work.actions(&kam, Actions::One(ActionId(511))).await?;
        assert_eq!(kept[0].owner, None, "the reference went when somebody was chosen");
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
