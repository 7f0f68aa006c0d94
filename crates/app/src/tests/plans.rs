//! Plans and actions: begun, written in two languages, taken through their states, printed.

use jiff::civil::date;
use orchestre_domain::id::{AccountId, PlanId};
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::plan::{ActionState, Horizon, ObjectiveState, PlanState};
use orchestre_store::sql;

use super::doors::Doors;
use super::{TODAY, World};
use crate::actions::{self, ActionEdit, NewAction};
use crate::plans::{self, ObjectiveEdit, RiskEdit, Texts};
use crate::{AppError, Code, Ctx};

fn texts(situation: &str, goals: &[&str]) -> Texts {
    Texts {
        situation: situation.to_owned(),
        goals: goals.iter().map(|goal| (*goal).to_owned()).collect(),
        decision: String::new(),
    }
}

fn objective(text: &str) -> ObjectiveEdit {
    ObjectiveEdit {
        text: text.to_owned(),
        metric: "excursions".to_owned(),
        unit: Some("%".to_owned()),
        baseline: Some(0.62),
        target: Some(0.3),
        current: None,
        due_on: Some(date(2028, 6, 1)),
        horizon: None,
        kind: None,
        owner: None,
        customer_owner: None,
        state: ObjectiveState::Agreed,
    }
}

fn risk(text: &str) -> RiskEdit {
    RiskEdit {
        text: text.to_owned(),
        probability: Some(3),
        impact: None,
        sign: String::new(),
        prevention: String::new(),
        reaction: String::new(),
        owner: None,
    }
}

fn action(account: AccountId, text: &str) -> NewAction {
    let due_on = Some(date(2026, 11, 18));
    NewAction { account, plan: None, objective: None, text: text.to_owned(), due_on, owner: None }
}

fn code<T>(done: Result<T, AppError>) -> Result<(), Code> {
    done.map(drop).map_err(|error| error.code())
}

fn in_french(ctx: &Ctx) -> Ctx {
    let mut viewer = ctx.viewer.clone();
    viewer.lang = Lang::Fr;
    ctx.app.ctx(viewer)
}

#[tokio::test]
async fn a_plan_is_written_in_two_languages_by_two_people() {
    let doors = Doors::new().await;
    let english = doors.of("aminata").await;
    let french = in_french(&english);
    assert_eq!(plans::of_account(&english, doors.lys, TODAY).await.unwrap(), None);
    let plan = plans::create(&english, doors.lys).await.unwrap();
    assert_eq!(code(plans::create(&english, doors.lys).await), Err(Code::StepRefused));
    plans::put_texts(&english, plan, 1, texts("Cold", &["No loss", "Less plastic"])).await.unwrap();
    // What comes back unchanged is not a translation.
    plans::put_texts(&french, plan, 2, texts("Cold", &["No loss", "Moins"])).await.unwrap();
    let shown = plans::show(&english, plan).await.unwrap();
    assert_eq!((shown.plan.situation.en.as_deref(), shown.plan.situation.fr), (Some("Cold"), None));
    assert_eq!(shown.goals[0].en.as_deref(), Some("No loss"));
    assert_eq!(shown.goals[1].fr.as_deref(), Some("Moins"));
    plans::put_texts(&french, plan, 3, texts("Froid", &[])).await.unwrap();
    let shown = plans::show(&english, plan).await.unwrap();
    assert_eq!(shown.plan.situation.in_lang(Lang::En), "Cold");
    assert_eq!(shown.plan.situation.in_lang(Lang::Fr), "Froid");
    assert!(shown.goals.is_empty());
    let late = plans::put_texts(&english, plan, 3, texts("Mine", &[])).await;
    assert_eq!(code(late), Err(Code::ChangedSince));
    let shown = plans::show(&english, plan).await.unwrap();
    assert_eq!((shown.plan.version, shown.plan.situation.in_lang(Lang::En)), (4, "Cold"));
    // What changes nothing leaves the plan as old as it is.
    plans::put_texts(&english, plan, 4, texts("Cold", &[])).await.unwrap();
    assert_eq!(plans::show(&english, plan).await.unwrap().plan, shown.plan);
    let late = plans::put_texts(&english, plan, 3, texts("Cold", &[])).await;
    assert_eq!(code(late), Err(Code::ChangedSince), "even so the version counts");
}

async fn complete(ctx: &Ctx, account: AccountId) -> PlanId {
    let plan = plans::create(ctx, account).await.unwrap();
    plans::put_texts(ctx, plan, 1, texts("Cold", &["No loss"])).await.unwrap();
    let shown = plans::show(ctx, plan).await.unwrap();
    let theirs = shown.contacts.first().map(|(person, _)| *person);
    let edit = ObjectiveEdit { customer_owner: theirs, ..objective("No excursion") };
    plans::add_objective(ctx, plan, edit).await.unwrap();
    plans::add_risk(ctx, plan, risk("A rival")).await.unwrap();
    actions::add(ctx, action(account, "Call the plant")).await.unwrap();
    plan
}

#[tokio::test]
async fn a_plan_goes_on_when_nothing_is_missing_and_only_by_those_who_may() {
    let doors = Doors::new().await;
    let kam = doors.of("aminata").await;
    let bare = plans::create(&kam, doors.lys).await.unwrap();
    plans::step(&kam, bare, 1, PlanState::TeamReview).await.unwrap();
    let shown = plans::show(&kam, bare).await.unwrap();
    assert_eq!(shown.missing.len(), 7);
    assert_eq!(shown.steps, [PlanState::Draft], "the sponsor is not asked yet");
    let early = plans::step(&kam, bare, 2, PlanState::SponsorReview).await;
    assert_eq!(code(early), Err(Code::StepRefused));
    plans::put_texts(&kam, bare, 2, texts("Cold", &["No loss"])).await.unwrap();
    let theirs = plans::show(&kam, bare).await.unwrap().contacts[0].0;
    let edit = ObjectiveEdit { customer_owner: Some(theirs), ..objective("No excursion") };
    plans::add_objective(&kam, bare, edit).await.unwrap();
    plans::add_risk(&kam, bare, risk("A rival")).await.unwrap();
    actions::add(&kam, action(doors.lys, "Call the plant")).await.unwrap();
    let shown = plans::show(&kam, bare).await.unwrap();
    assert_eq!(shown.missing, Vec::<&str>::new());
    assert_eq!(shown.objectives[0].horizon, Some(Horizon::Long), "from its day");
    plans::step(&kam, bare, 3, PlanState::SponsorReview).await.unwrap();
    let own = plans::step(&kam, bare, 4, PlanState::Committee).await;
    assert_eq!(code(own), Err(Code::Forbidden), "nobody approves an own plan");
    let director = doors.of("solene").await;
    plans::step(&director, bare, 4, PlanState::Committee).await.unwrap();
    plans::step(&director, bare, 5, PlanState::Live).await.unwrap();
    let again = plans::step(&director, bare, 5, PlanState::Archived).await;
    assert_eq!(code(again), Err(Code::ChangedSince));
    let backwards = plans::step(&director, bare, 6, PlanState::Draft).await;
    assert_eq!(code(backwards), Err(Code::StepRefused));
    let relay = doors.of("florian").await;
    let shown = plans::show(&relay, bare).await.unwrap();
    assert!(!shown.may_update && shown.may_act && shown.steps.is_empty());
    assert_eq!(
        code(plans::put_texts(&relay, bare, 6, Texts::default()).await),
        Err(Code::Forbidden)
    );
    assert_eq!(code(plans::add_risk(&relay, bare, risk("x")).await), Err(Code::Forbidden));
}

#[tokio::test]
async fn a_plan_without_update_is_stale() {
    let doors = Doors::new().await;
    let kam = doors.of("aminata").await;
    let plan = complete(&kam, doors.lys).await;
    let text = "UPDATE plans SET state = 'live', updated_on = '2026-07-01'";
    kam.db().write(async |work| work.run(sql(text)).await).await.unwrap();
    let shown = plans::show(&kam, plan).await.unwrap();
    assert_eq!((shown.plan.state, shown.days_since_update), (PlanState::Stale, 138));
    assert_eq!(plans::list(&kam).await.unwrap().plans[0].plan.state, PlanState::Stale);
    let earlier = plans::of_account(&kam, doors.lys, date(2026, 7, 20)).await.unwrap().unwrap();
    assert_eq!(earlier.plan.state, PlanState::Live);
    assert_eq!(plans::of_account(&kam, doors.lys, date(2026, 6, 30)).await.unwrap(), None);
}

#[tokio::test]
async fn objectives_and_risks_refuse_what_cannot_be() {
    let doors = Doors::new().await;
    let kam = doors.of("aminata").await;
    let plan = plans::create(&kam, doors.lys).await.unwrap();
    let empty = plans::add_objective(&kam, plan, objective(" ")).await;
    assert_eq!(code(empty), Err(Code::FieldMissing));
    let six = RiskEdit { probability: Some(6), ..risk("A rival") };
    assert_eq!(code(plans::add_risk(&kam, plan, six).await), Err(Code::FieldInvalid));
    let id = plans::add_objective(&kam, plan, objective("No excursion")).await.unwrap();
    let better = ObjectiveEdit { current: Some(0.4), ..objective("No excursion") };
    plans::put_objective(&kam, id, 1, better.clone()).await.unwrap();
    assert_eq!(code(plans::put_objective(&kam, id, 1, better).await), Err(Code::ChangedSince));
    assert_eq!(code(plans::remove_objective(&kam, id, 1).await), Err(Code::ChangedSince));
    let foreign = doors.of("tobias").await;
    assert_eq!(code(plans::remove_objective(&foreign, id, 2).await), Err(Code::NotFound));
    plans::remove_objective(&kam, id, 2).await.unwrap();
    let id = plans::add_risk(&kam, plan, risk("A rival")).await.unwrap();
    plans::put_risk(&kam, id, 1, risk("A cheaper rival")).await.unwrap();
    assert_eq!(code(plans::put_risk(&kam, id, 1, risk("x")).await), Err(Code::ChangedSince));
    plans::remove_risk(&kam, id, 2).await.unwrap();
    let shown = plans::show(&kam, plan).await.unwrap();
    assert!(shown.objectives.is_empty() && shown.risks.is_empty());
}

#[tokio::test]
async fn an_action_is_ticked_off_once_and_can_begin_again() {
    let doors = Doors::new().await;
    let kam = doors.of("aminata").await;
    let plan = plans::create(&kam, doors.lys).await.unwrap();
    let id = actions::add(&kam, action(doors.lys, "Call the plant")).await.unwrap();
    let added = actions::show(&kam, id).await.unwrap();
    assert_eq!(
        (added.plan, added.owner.as_ref().unwrap().name.as_str()),
        (Some(plan), "Aminata Lefort")
    );
    assert_eq!(actions::mine(&kam).await.unwrap().len(), 1);
    actions::complete(&kam, id, 1).await.unwrap();
    assert_eq!(actions::show(&kam, id).await.unwrap().done_on, Some(TODAY));
    assert_eq!(code(actions::complete(&kam, id, 1).await), Err(Code::StepRefused));
    assert!(actions::mine(&kam).await.unwrap().is_empty());
    actions::reopen(&kam, id, 2).await.unwrap();
    let open = actions::show(&kam, id).await.unwrap();
    assert_eq!((open.done_on, open.state), (None, ActionState::Todo));
    assert_eq!(code(actions::complete(&kam, id, 2).await), Err(Code::ChangedSince));
    let edit = ActionEdit {
        text: "Visit the plant".to_owned(),
        objective: None,
        due_on: None,
        owner: None,
        state: ActionState::Blocked,
        note: "no date yet".to_owned(),
    };
    actions::put(&kam, id, 3, edit.clone()).await.unwrap();
    let changed = actions::show(&kam, id).await.unwrap();
    assert_eq!(
        (changed.text.in_lang(Lang::Fr), changed.state),
        ("Visit the plant", ActionState::Blocked)
    );
    assert_eq!(changed.note.in_lang(Lang::En), "no date yet");
    let rival = doors.of("tobias").await;
    assert_eq!(code(actions::put(&rival, id, 4, edit).await), Err(Code::NotFound));
    let walled = actions::add(&rival, action(doors.lys, "Spy")).await;
    assert_eq!(code(walled), Err(Code::NotFound));
    let empty = actions::add(&kam, action(doors.lys, "")).await;
    assert_eq!(code(empty), Err(Code::FieldMissing));
}

#[tokio::test]
async fn a_plan_is_printed_in_both_languages_and_the_print_is_recorded() {
    let doors = Doors::new().await;
    let kam = doors.of("aminata").await;
    let none = plans::print(&kam, doors.lys, Lang::En, TODAY).await;
    assert_eq!(code(none), Err(Code::NotFound), "there is no plan");
    complete(&kam, doors.lys).await;
    sold(&doors.world).await;
    for lang in [Lang::En, Lang::Fr] {
        let started = std::time::Instant::now();
        let printed = plans::print(&kam, doors.lys, lang, TODAY).await.unwrap();
        println!("{lang}: {} bytes in {:?}", printed.bytes.len(), started.elapsed());
        assert!(printed.bytes.starts_with(b"%PDF-"));
        assert_eq!(printed.file_name, format!("plan-lysarel-2026-11-16-{lang}.pdf"));
    }
    let text = "SELECT payload FROM events WHERE name = 'plan.printed' ORDER BY id";
    let rows = kam.db().read(async |work| work.rows(sql(text)).await).await.unwrap();
    let payload: String = rows[1].get("payload").unwrap();
    assert_eq!((rows.len(), payload.as_str()), (2, "lang=fr\nas_of=2026-11-16"));
    let rival = doors.of("tobias").await;
    let walled = plans::print(&rival, doors.lys, Lang::En, TODAY).await;
    assert_eq!(code(walled), Err(Code::NotFound));
    let steward = doors.world.as_role(Role::Ops, &[], &[]);
    let no_reader = plans::print(&steward, doors.lys, Lang::En, TODAY).await;
    assert_eq!(code(no_reader), Err(Code::Forbidden), "sees the account, reads no plan");
}

async fn sold(world: &World) {
    let sales = "document,line,date,account,amount,cost,currency\n\
                 1,1,2025-10-05,lys,600,300,EUR\n2,1,2026-10-05,lys,900,270,EUR\n";
    world.import(ImportKind::Sales, sales).await;
}
