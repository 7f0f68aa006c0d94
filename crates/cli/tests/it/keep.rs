//! `backup`, `restore`, `migrate-db`: what comes back is what was there, and nothing is half done.

use serde_json::Value;

use crate::bench::{Answer, Bench, finish};

/// A bench with the story in its data directory and a backup `b.tar.gz` of it.
fn kept() -> (Bench, Value) {
    let bench = Bench::new();
    bench.done(&["demo", "--load-only"]);
    let made = bench.done(&["backup", "--out", "b.tar.gz", "--json"]).json();
    (bench, made)
}

/// Runs what must succeed in another data directory.
fn at(bench: &Bench, data: &str, words: &[&str]) -> Answer {
    let answer = finish(bench.command_in(&bench.path(data), words));
    assert_eq!(answer.exit, 0, "{words:?}\n{}\n{}", answer.out, answer.err);
    answer
}

/// The digests of everything, as the verbs tell them; the backup's own event is left out.
fn sums(answer: &Value) -> Vec<String> {
    let tables = answer["tables"].as_array().unwrap();
    let kept = tables.iter().filter(|table| table["name"] != "events");
    kept.map(Value::to_string).collect()
}

fn tree(bench: &Bench, name: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(bench.path(name))
        .map(|all| all.map(|one| one.unwrap().file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

#[test]
fn a_backup_comes_back_equal_into_an_empty_directory() {
    let (bench, made) = kept();
    assert!(made["rows"].as_i64().unwrap() > 1_000, "{made}");
    let restored = at(&bench, "other", &["restore", "b.tar.gz", "--json"]).json();
    assert_eq!(restored["rows"], made["rows"]);
    let again = at(&bench, "other", &["backup", "--out", "c.tar.gz", "--json"]).json();
    assert_eq!(sums(&again), sums(&made));
    let chain = at(&bench, "other", &["audit", "verify", "--json"]).json();
    assert_eq!(chain["broken_at"], Value::Null);
}

#[test]
fn a_directory_in_use_is_replaced_only_when_told_and_kept_aside() {
    let (bench, _) = kept();
    bench.run(&["restore", "b.tar.gz"]).refuses(1, "something already", "--replace");
    let restored = bench.done(&["restore", "b.tar.gz", "--replace", "--json"]).json();
    let aside = restored["aside"].as_str().unwrap();
    assert!(std::path::Path::new(aside).exists() || bench.path(aside).exists(), "{aside}");
}

#[test]
fn a_bad_file_changes_nothing() {
    let (bench, _) = kept();
    let whole = std::fs::read(bench.path("b.tar.gz")).unwrap();
    for missing in [whole.len() - 40, 20_000, 300] {
        std::fs::write(bench.path("cut.tar.gz"), &whole[..whole.len() - missing]).unwrap();
        let answer = bench.run(&["restore", "cut.tar.gz", "--replace"]);
        answer.refuses(1, "cut off or damaged", "another copy");
    }
    std::fs::write(bench.path("cut.tar.gz"), &whole[..whole.len() - 4]).unwrap();
    bench.run(&["restore", "cut.tar.gz", "--replace"]).refuses(1, "cut off", "another copy");
    bench.file("notes.txt", "my notes");
    bench.run(&["restore", "notes.txt", "--replace"]).refuses(1, "no backup", "backup wrote");
    bench.run(&["restore", "absent", "--replace"]).refuses(1, "absent", "path");
    assert!(!tree(&bench, "data").iter().any(|name| name.contains("stage")));
    assert_eq!(bench.done(&["accounts", "list", "--json"]).json().as_array().unwrap().len(), 25);
}

#[test]
fn a_sealed_backup_opens_with_its_own_passphrase_alone() {
    let (bench, _) = kept();
    let (mine, other) = (bench.file("mine", "correct horse\n"), bench.file("other", "battery\n"));
    let mine = mine.to_str().unwrap();
    bench.done(&["backup", "--out", "s.age", "--passphrase-file", mine]);
    let sealed = std::fs::read(bench.path("s.age")).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1"));
    let restore = ["restore", "s.age", "--replace"];
    bench.run(&restore).refuses(1, "encrypted", "--key-file");
    let wrong = [&restore[..], &["--key-file", other.to_str().unwrap()]].concat();
    bench.run(&wrong).refuses(1, "key does not open", "own key");
    bench.done(&[&restore[..], &["--key-file", mine]].concat());
}

#[test]
fn a_database_is_carried_to_another_directory_and_equal() {
    let (bench, _) = kept();
    let first = bench.done(&["migrate-db", "--to", "second", "--json"]).json();
    let again = at(&bench, "second", &["migrate-db", "--to", "third", "--json"]).json();
    assert_eq!(first["tables"], again["tables"]);
    bench.run(&["migrate-db", "--to", "second"]).refuses(1, "something already", "empty place");
}
