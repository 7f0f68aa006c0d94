//! The watched folder: each file goes in once, and goes where its report says.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::ToSpan as _;

use super::{TODAY, World};
use crate::inbox::{self, Inbox};
use crate::{Code, Outside};

const ACCOUNTS: &str = "id,name,country\nA,Alpha,FR\nB,Beta,DE\n";

struct House {
    world: World,
    folder: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        let mut world = World::new().await;
        let folder = tempfile::tempdir().unwrap();
        let inbox = Inbox { folder: Some(folder.path().to_owned()), origin: "erp".to_owned() };
        let outside = Outside { inbox, ..Outside::default() };
        world.shell.app = world.shell.app.clone().with_outside(outside);
        Self { world, folder }
    }

    /// Puts a file into the folder as if it had been written so many days after today.
    fn put(&self, name: &str, text: &str, days: i64) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let day = TODAY.checked_add(days.days()).unwrap();
        let since = day.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
        let since = Duration::from_secs(u64::try_from(since.as_second()).unwrap());
        let at: SystemTime = UNIX_EPOCH + since;
        std::fs::File::options().append(true).open(&path).unwrap().set_modified(at).unwrap();
        path
    }

    fn is_there(&self, path: &str) -> bool {
        self.folder.path().join(path).exists()
    }

    async fn run(&self) {
        inbox::run(&self.world.shell.app).await.unwrap();
    }
}

fn report(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[tokio::test]
async fn a_file_goes_in_and_is_put_away_with_its_report() {
    let house = House::new().await;
    house.put("accounts.csv", ACCOUNTS, -1);
    let app = &house.world.shell.app;
    assert!(inbox::has_files(app).await.unwrap());
    house.run().await;
    assert!(!inbox::has_files(app).await.unwrap(), "nothing is left to do");
    let told = report(&house.folder.path().join("done/2026-11-16-accounts.csv.report.json"));
    assert_eq!((&told["kind"], &told["created"]), (&"accounts".into(), &2.into()));
    assert_eq!(told["file"], "accounts.csv");
    house.world.account("Alpha").await;
    let list = crate::imports::list(&house.world.shell).await.unwrap();
    assert_eq!(list[0].origin, "erp", "the folder's program");
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_loses_nothing() {
    let house = House::new().await;
    for _ in 0..2 {
        house.put("accounts.csv", ACCOUNTS, -1);
        house.run().await;
    }
    assert!(house.is_there("done/2026-11-16-accounts.csv"));
    let told = report(&house.folder.path().join("done/2-2026-11-16-accounts.csv.report.json"));
    assert_eq!(told["created"], 0, "{told}");
    assert_eq!(crate::imports::list(&house.world.shell).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_waits_for_an_answer_and_what_cannot_be_read_lie_apart() {
    let house = House::new().await;
    house.put("doubt.csv", "id,name,country\nA,Alpha,FR\n,,\nC,,FR\n", -1);
    house.put("noise.csv", "no table at all", -1);
    house.run().await;
    assert!(house.is_there("waiting/2026-11-16-doubt.csv"), "a row stayed out");
    house.world.account("Alpha").await;
    let told = report(&house.folder.path().join("refused/2026-11-16-noise.csv.report.json"));
    assert_eq!(told["state"], "failed");
    assert!(!told["issues"].as_array().unwrap().is_empty(), "it says why");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_unread() {
    let house = House::new().await;
    let path = house.put("huge.csv", ACCOUNTS, -1);
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    // A hole: the file is as long as it says, and takes no room.
    file.set_len(1 << 40).unwrap();
    house.put("huge.csv.part", "", -1);
    let day = std::fs::metadata(house.folder.path().join("huge.csv.part")).unwrap();
    file.set_modified(day.modified().unwrap()).unwrap();
    house.run().await;
    let told = report(&house.folder.path().join("refused/2026-11-16-huge.csv.report.json"));
    assert_eq!(told["code"], "upload_too_large");
    assert!(house.is_there("huge.csv.part"), "unfinished files are left alone");
}

#[tokio::test]
async fn what_is_still_written_is_left_alone() {
    let house = House::new().await;
    house.put("fresh.csv", ACCOUNTS, 1);
    house.put(".hidden.csv", ACCOUNTS, -1);
    house.put("half.csv.part", ACCOUNTS, -1);
    std::fs::create_dir(house.folder.path().join("folder.csv")).unwrap();
    assert!(!inbox::has_files(&house.world.shell.app).await.unwrap());
    house.run().await;
    assert!(house.is_there("fresh.csv") && house.is_there(".hidden.csv"));
    assert!(house.is_there("half.csv.part") && house.is_there("folder.csv"));
}

#[tokio::test]
async fn a_folder_that_is_gone_is_a_failure_of_the_job_alone() {
    let mut house = House::new().await;
    let inbox = Inbox { folder: Some(house.folder.path().join("gone")), origin: "x".to_owned() };
    let outside = Outside { inbox, ..Outside::default() };
    let app = house.world.shell.app.clone().with_outside(outside);
    house.world.shell.app = app.clone();
    assert!(inbox::has_files(&app).await.unwrap(), "so that it is told");
    let refused = inbox::run(&app).await.err().map(|error| error.code());
    assert_eq!(refused, Some(Code::InboxUnusable));
}
