//! Backups and moves where something is wrong, and between engines.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use orchestre_store::Db;

use crate::bench::{Bench, finish};
use crate::nodes::server;

fn told() -> Bench {
    let bench = Bench::new();
    bench.done(&["demo", "--load-only"]);
    bench
}

/// Runs a tool of the system that must succeed.
fn tool(folder: &Path, words: &[&str]) {
    let (program, rest) = words.split_first().unwrap();
    let done = Command::new(program).args(rest).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn what_is_carried_to_postgresql_and_back_is_equal() {
    let Some(url) = server() else {
        println!("skipped: ORCHESTRE_TEST_POSTGRES is not set");
        return;
    };
    let bench = told();
    let schema = format!("carry_{}", std::process::id());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(Db::make_schema(&url, &schema)).unwrap();
    let there = ["migrate-db", "--to", &url, "--to-schema", &schema, "--json"];
    let there = bench.done(&there).json();
    let mut back = bench.command_in(&bench.path("back"), &["migrate-db", "--to", "home", "--json"]);
    back.env("ORCHESTRE_DATABASE_URL", &url).env("ORCHESTRE_DATABASE_SCHEMA", &schema);
    back.env("ORCHESTRE_DATABASE_ALLOW_UNSAFE", "true");
    let back = finish(back);
    assert_eq!(back.exit, 0, "{}\n{}", back.out, back.err);
    let back = back.json();
    assert!(there["tables"].as_array().is_some_and(|tables| tables.len() > 20), "{there}");
    assert_eq!(there["tables"], back["tables"], "counts and digests of every table");
    let chain = finish(bench.command_in(&bench.path("home"), &["audit", "verify", "--json"]));
    assert_eq!(chain.json()["broken_at"], Value::Null);
}

#[test]
fn a_flipped_bit_and_a_newer_file_change_nothing() {
    let bench = told();
    bench.done(&["backup", "--out", "b.tar.gz"]);
    let whole = std::fs::read(bench.path("b.tar.gz")).unwrap();
    for place in [20_000, whole.len() - 20_000, whole.len() - 2_000] {
        let mut flipped = whole.clone();
        flipped[place] ^= 0x10;
        std::fs::write(bench.path("flipped.tar.gz"), flipped).unwrap();
        let answer = bench.run(&["restore", "flipped.tar.gz", "--replace"]);
        assert_eq!(answer.exit, 1, "{place}: {}", answer.out);
        assert!(answer.err.contains("nothing was changed"), "{place}: {}", answer.err);
    }
    let folder = bench.path("opened");
    std::fs::create_dir(&folder).unwrap();
    tool(&folder, &["sh", "-c", "tar xzf ../b.tar.gz && tar tzf ../b.tar.gz > ../names"]);
    let names = std::fs::read_to_string(bench.path("names")).unwrap();
    let head = folder.join(names.lines().next().unwrap());
    let text = std::fs::read_to_string(&head).unwrap();
    let newer = text.replacen("\"migrations\": [", "\"migrations\": [\"9999_future\",", 1);
    assert!(newer.contains("9999_future"), "the head names its migrations");
    std::fs::write(&head, newer).unwrap();
    tool(&folder, &["tar", "czf", "../newer.tar.gz", "-T", "../names"]);
    bench.run(&["restore", "newer.tar.gz", "--replace"]).refuses(1, "9999_future", "newer one");
    assert_eq!(bench.done(&["accounts", "list", "--json"]).json().as_array().unwrap().len(), 25);
}

#[test]
fn two_restores_at_once_are_one() {
    let bench = told();
    bench.done(&["backup", "--out", "b.tar.gz"]);
    let lock = File::create(bench.data().join("restore.lock")).unwrap();
    lock.lock().unwrap();
    let restore = ["restore", "b.tar.gz", "--replace"];
    bench.run(&restore).refuses(1, "another process", "wait");
    lock.unlock().unwrap();
    bench.done(&restore);
}

#[test]
fn a_full_disk_leaves_no_half_backup() {
    let bench = told();
    let small = bench.path("small");
    std::fs::create_dir(&small).unwrap();
    let mount = ["-t", "tmpfs", "-o", "size=64k", "tmpfs"];
    let is_mounted = Command::new("mount").args(mount).arg(&small).status();
    if !is_mounted.is_ok_and(|status| status.success()) {
        println!("skipped: only root can make a disk that is full");
        return;
    }
    let answer = bench.run(&["backup", "--out", "small/b.tar.gz"]);
    let left: Vec<_> = std::fs::read_dir(&small).unwrap().map(|one| one.unwrap().path()).collect();
    tool(&bench.path("."), &["umount", "small"]);
    assert_eq!(answer.exit, 1, "{}", answer.out);
    assert!(answer.err.contains("small/b.tar.gz"), "{}", answer.err);
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn everything_in_open_formats_comes_into_an_empty_place() {
    let bench = told();
    let made = bench.done(&["export", "--all", "all.tar.gz", "--json"]).json();
    tool(&bench.path("."), &["sh", "-c", "mkdir open && tar xzf all.tar.gz -C open"]);
    let lines = std::fs::read_dir(bench.path("open")).unwrap().count();
    assert!(lines > 0);
    let restored = bench.command_in(&bench.path("empty"), &["restore", "all.tar.gz", "--json"]);
    assert_eq!(finish(restored).json()["rows"], made["rows"]);
}
