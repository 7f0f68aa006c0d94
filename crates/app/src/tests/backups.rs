//! The backup of the day: made once, read again, thinned out; told when it fails.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::ToSpan as _;
use orchestre_domain::backup::BackupRules;
use orchestre_domain::clock::FixedClock;
use orchestre_domain::event::EventName;
use orchestre_domain::permission::Role;

use super::{TODAY, World};
use crate::backups::{self, Place};
use crate::feed::{self, FeedAsk};
use crate::keep::Key;
use crate::{App, Code, Outside};

struct House {
    world: World,
    folder: tempfile::TempDir,
}

impl House {
    async fn new(key: Option<Key>) -> Self {
        let mut world = World::new().await;
        let folder = tempfile::tempdir().unwrap();
        let backups = Place { folder: Some(folder.path().join("kept")), key };
        let outside = Outside { backups, ..Outside::default() };
        world.shell.app = world.shell.app.clone().with_outside(outside);
        Self { world, folder }
    }

    fn on_day(&self, days: i64) -> App {
        let day = TODAY.checked_add(days.days()).unwrap();
        let mut app = self.world.shell.app.clone();
        app.clock = Arc::new(FixedClock::at(day));
        app
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.folder.path().join("kept"));
        let mut files: Vec<PathBuf> =
            entries.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_once_a_day_and_old_ones_go_after_a_good_one() {
    let house = House::new(None).await;
    let rules = BackupRules { daily: 2, weekly: 0, monthly: 0, hour: 2 };
    backups::put(&house.world.shell, rules, 0).await.unwrap();
    for day in 0..4 {
        let app = house.on_day(day);
        assert!(backups::is_due(&app).await.unwrap(), "day {day}");
        backups::run(&app, 1).await.unwrap();
        assert!(!backups::is_due(&app).await.unwrap(), "once a day");
    }
    std::fs::write(house.folder.path().join("kept/notes.txt"), "mine").unwrap();
    backups::run(&house.on_day(4), 1).await.unwrap();
    assert_eq!(house.files().len(), 3, "two backups and what is not ours: {:?}", house.files());
    let shown = backups::get(&house.world.shell).await.unwrap();
    assert_eq!((shown.files.len(), shown.failed_at), (2, None));
    assert!(shown.made_at.is_some() && shown.files[0].bytes > 0 && !shown.files[0].is_encrypted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_recorded_and_keeps_what_was_there() {
    let house = House::new(None).await;
    std::fs::write(house.folder.path().join("kept"), "a file").unwrap();
    let app = house.on_day(0);
    let told = backups::run(&app, 1).await.unwrap_err();
    assert_eq!(told.code(), Code::BackupFailed);
    assert_eq!(backups::run(&app, 2).await.unwrap_err().code(), Code::BackupFailed);
    let ask = FeedAsk { names: vec![EventName::BackupFailed], limit: 9, ..FeedAsk::default() };
    assert_eq!(feed::find(&house.world.shell, &ask).await.unwrap().len(), 1, "told once");
    let shown = backups::get(&house.world.shell).await.unwrap();
    assert!(shown.failed_at.is_some() && shown.made_at.is_none());
    assert!(backups::is_due(&app).await.unwrap(), "it is tried again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_for_a_public_key_is_encrypted() {
    let own = age::x25519::Identity::generate().to_public().to_string();
    let house = House::new(Key::to(&own)).await;
    backups::run(&house.on_day(0), 1).await.unwrap();
    let files = house.files();
    assert!(std::fs::read(&files[0]).unwrap().starts_with(b"age-encryption.org/v1"));
    assert!(backups::get(&house.world.shell).await.unwrap().files[0].is_encrypted);
}

#[tokio::test]
async fn only_who_runs_the_program_asks_for_one_or_changes_the_rules() {
    let house = House::new(None).await;
    let rules = BackupRules { hour: 4, ..BackupRules::default() };
    for role in [Role::Pd, Role::Aud] {
        let reader = house.world.as_role(role, &[], &[]);
        assert!(!backups::get(&reader).await.unwrap().can_update);
        assert_eq!(backups::ask(&reader).await.unwrap_err().code(), Code::Forbidden);
        assert_eq!(backups::put(&reader, rules, 0).await.unwrap_err().code(), Code::Forbidden);
    }
    let kam = house.world.as_role(Role::Kam, &[], &[]);
    assert_eq!(backups::get(&kam).await.unwrap_err().code(), Code::Forbidden);
    let adm = house.world.as_role(Role::Adm, &[], &[]);
    backups::put(&adm, rules, 0).await.unwrap();
    assert_eq!(backups::put(&adm, rules, 0).await.unwrap_err().code(), Code::ChangedSince);
    let wrong = BackupRules { daily: 0, ..rules };
    assert_eq!(backups::put(&adm, wrong, 4).await.unwrap_err().code(), Code::FieldInvalid);
    backups::ask(&adm).await.unwrap();
}
