//! Checkpoints of the chain, given out and held against it; who searches what was done, and takes it.

use std::sync::Arc;

use orchestre_domain::clock::FixedClock;
use orchestre_domain::event::EventName;
use orchestre_domain::permission::Role;
use orchestre_outbound::stamp::Stamper;

use super::doors::Doors;
use super::{TODAY, World};
use crate::checkpoints::{self, Kept, Mark, Place, Ways};
use crate::exports::events as files;
use crate::feed::{self, FeedAsk, Words};
use crate::{App, Code, Ctx, Outside, people};

/// A world whose checkpoints go into a file of a folder that ends with it.
async fn house(ways: Ways) -> (World, tempfile::TempDir) {
    let mut world = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    let file = ways.file.as_ref().map(|name| folder.path().join(name));
    let outside = Outside { checkpoints: Ways { file, ..ways }, ..Outside::default() };
    world.shell.app = world.shell.app.clone().with_outside(outside);
    (world, folder)
}

fn into_file() -> Ways {
    Ways { file: Some("marks".into()), hours: 24, ..Ways::default() }
}

fn days_later(app: &App, days: i64) -> App {
    let day = TODAY.checked_add(jiff::Span::new().days(days)).unwrap();
    let mut later = app.clone();
    later.clock = Arc::new(FixedClock::at(day));
    later
}

async fn marked(ctx: &Ctx) {
    let event = ctx.event(EventName::SettingUpdated, "setting", None);
    ctx.db().write(async |work| work.record(&event).await).await.unwrap();
    crate::chain::close(&ctx.app).await.unwrap();
}

#[tokio::test]
async fn a_file_is_given_one_line_a_day_and_only_when_something_was_linked() {
    let (world, folder) = house(into_file()).await;
    let app = &world.shell.app;
    assert!(!checkpoints::is_due(app).await.unwrap(), "nothing was linked");
    marked(&world.shell).await;
    assert!(checkpoints::is_due(app).await.unwrap());
    checkpoints::run(app).await.unwrap();
    assert!(!checkpoints::is_due(app).await.unwrap(), "it was given");
    let later = days_later(app, 1);
    assert!(!checkpoints::is_due(&later).await.unwrap(), "nothing was linked since");
    marked(&world.shell).await;
    assert!(!checkpoints::is_due(app).await.unwrap(), "the day is not over");
    checkpoints::run(&later).await.unwrap();
    let text = std::fs::read_to_string(folder.path().join("marks")).unwrap();
    let marks: Vec<i64> = Mark::all(&text).into_iter().map(|(_, mark)| mark.seq).collect();
    assert_eq!(marks, [1, 2]);
}

#[tokio::test]
async fn a_kept_checkpoint_tells_a_chain_that_was_cut_or_written_again() {
    let (world, _folder) = house(into_file()).await;
    marked(&world.shell).await;
    assert_eq!(checkpoints::give_now(&world.shell).await.unwrap(), 1);
    let shown = checkpoints::get(&world.shell).await.unwrap();
    let (seq, hash) = shown.last;
    assert_eq!((shown.checkpoints.len(), seq), (1, 2), "that it was asked for is linked too");
    let mark = Mark { seq, hash, at: 0 };
    let marks =
        [mark.clone(), Mark { hash: "0".repeat(64), ..mark.clone() }, Mark { seq: 9, ..mark }];
    let kept = checkpoints::compare(&world.shell.app, &marks).await.unwrap();
    assert_eq!(kept, [Kept::Holds, Kept::Rewritten, Kept::Cut]);
}

#[tokio::test]
async fn a_place_that_does_not_take_it_is_listed_and_asked_again() {
    let stamp = Some(Stamper::new("http://127.0.0.1:1/tsa").unwrap());
    let (world, folder) = house(Ways { stamp, ..into_file() }).await;
    marked(&world.shell).await;
    let refused = checkpoints::give_now(&world.shell).await.unwrap_err();
    assert_eq!(refused.code(), Code::CheckpointFailed);
    assert!(folder.path().join("marks").exists(), "the other place took it");
    let shown = checkpoints::get(&world.shell).await.unwrap();
    let results: Vec<(Place, &str)> =
        shown.checkpoints.iter().map(|one| (one.place, one.result.as_str())).collect();
    assert!(results.contains(&(Place::Stamp, "checkpoint_failed")), "{results:?}");
    assert!(results.contains(&(Place::File, "done")), "{results:?}");
    assert!(checkpoints::is_due(&world.shell.app).await.unwrap(), "the authority is asked again");
}

#[tokio::test]
async fn only_who_runs_the_program_gives_checkpoints_and_only_to_a_place() {
    let (world, _folder) = house(Ways { hours: 24, ..Ways::default() }).await;
    let adm = world.as_role(Role::Adm, &[], &[]);
    let told = checkpoints::give_now(&adm).await.unwrap_err();
    assert_eq!(told.code(), Code::CheckpointNowhere);
    for role in [Role::Pd, Role::Aud] {
        let reader = world.as_role(role, &[], &[]);
        assert!(!checkpoints::get(&reader).await.unwrap().can_update);
        assert_eq!(checkpoints::give_now(&reader).await.unwrap_err().code(), Code::Forbidden);
        assert!(checkpoints::verify(&reader).await.unwrap().broken.is_none());
    }
    let kam = world.as_role(Role::Kam, &[], &[]);
    assert_eq!(checkpoints::get(&kam).await.unwrap_err().code(), Code::Forbidden);
    assert_eq!(checkpoints::verify(&kam).await.unwrap_err().code(), Code::Forbidden);
}

#[tokio::test]
async fn who_reads_opinions_is_recorded_once_a_day_for_those_who_watch() {
    let doors = Doors::new().await;
    let aminata = doors.of("aminata").await;
    let found = people::list(&aminata, "Claire", TODAY, 9).await.unwrap();
    for _twice in 0..2 {
        people::show(&aminata, found[0].id, TODAY).await.unwrap();
    }
    let ask = FeedAsk { names: vec![EventName::OpinionRead], limit: 9, ..FeedAsk::default() };
    let auditor = doors.world.as_role(Role::Aud, &[], &[]);
    let told = feed::find(&auditor, &ask).await.unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].login, told[0].object.as_str()), (aminata.viewer.login, "person"));
    assert!(feed::find(&aminata, &ask).await.unwrap().is_empty(), "not for her colleagues");
}

#[tokio::test]
async fn a_file_holds_what_was_asked_for_and_is_recorded_itself() {
    let doors = Doors::new().await;
    let solene = doors.of("solene").await;
    let words = Words { folded: "aminata".to_owned(), names: Vec::new() };
    let ask = FeedAsk { words: Some(words), ..FeedAsk::default() };
    let text = String::from_utf8(files::lines(&solene, &ask).await.unwrap()).unwrap();
    let tobias = doors.of("tobias").await;
    let other = String::from_utf8(files::lines(&tobias, &FeedAsk::default()).await.unwrap());
    let other = other.unwrap();
    assert!(!other.contains("Lysarel"), "behind the wall: {other}");
    for line in text.lines().chain(other.lines()) {
        let one: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(one["event"].as_str().is_some_and(|name| name.contains('.')), "{line}");
    }
    let csv = String::from_utf8(files::csv(&solene, &FeedAsk::default()).await.unwrap()).unwrap();
    assert!(csv.starts_with("\u{feff}id,at,event,what,"), "{csv}");
    let ask = FeedAsk { names: vec![EventName::ListExported], limit: 9, ..FeedAsk::default() };
    let told = feed::find(&solene, &ask).await.unwrap();
    let forms: Vec<&str> = told.iter().map(|row| row.payload.lines().next().unwrap()).collect();
    assert_eq!(forms, ["form=csv", "form=jsonl", "form=jsonl"], "{told:?}");
}
