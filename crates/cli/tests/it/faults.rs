//! Faults are planted in a directory; the doctor finds and explains each.

use std::io::{Seek as _, SeekFrom, Write as _};

use orchestre_store::{Db, Options, Sql, StoreError};
use serde_json::Value;

use crate::bench::Bench;

/// Runs statements beside the program, as somebody who should not.
fn meddle(bench: &Bench, texts: &[&str]) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let file = bench.data().join("orchestre.sqlite");
        let db = Db::sqlite(&file, &Options::default()).await.unwrap();
        for text in texts {
            let done = db.write(async |work| work.run(Sql::built((*text).to_owned())).await);
            done.await.map_err(|error: StoreError| error.to_string()).unwrap();
        }
    });
}

/// Gives the line of a check.
fn check(bench: &Bench, words: &[&str], name: &str) -> Value {
    let answer = bench.run(words);
    let checks = answer.json();
    let found = checks.as_array().unwrap().iter().find(|one| one["name"] == name);
    let found = found.unwrap_or_else(|| panic!("{name} is not looked for: {checks}")).clone();
    let is_bad = checks.as_array().unwrap().iter().any(|one| one["state"] == "bad");
    assert_eq!(answer.exit, i32::from(is_bad), "something bad ends with 1");
    found
}

const DEEP: &[&str] = &["doctor", "--deep", "--json"];

#[test]
fn a_sound_directory_has_no_fault() {
    let bench = Bench::new();
    bench.fill();
    let checks = bench.run(DEEP).json();
    for one in checks.as_array().unwrap() {
        assert_ne!(one["state"], "bad", "{one}");
    }
    assert!(checks.as_array().unwrap().len() >= 18);
}

#[test]
fn each_planted_fault_is_found_with_what_to_do() {
    let planted: &[(&str, &[&str])] = &[
        (
            "broken_chain",
            &["DROP TRIGGER events_no_update", "UPDATE events SET payload = 'x' WHERE seq = 2"],
        ),
        ("wrong_rollup", &["UPDATE fact_party_month SET amount_minor = amount_minor + 1"]),
        ("wrong_closure", &["UPDATE party_closure SET share_ppm = 1 WHERE depth = 1"]),
        ("missing_index", &["DROP INDEX sales_lines_origin_identity_key"]),
        ("orphan_blob", &["INSERT INTO blobs (sha256, piece, bytes) VALUES ('abc', 0, X'00')"]),
        ("wrong_blob", &["UPDATE blobs SET bytes = X'00' WHERE piece = 0"]),
        ("search_out_of_step", &["DELETE FROM search_words"]),
        (
            "stuck_lease",
            &["INSERT INTO leases (name, holder, until_at) VALUES ('import', 1, 9000000000000000)"],
        ),
        (
            "stuck_job",
            &[
                "INSERT INTO jobs (name, kind, payload, is_once, tries) VALUES ('mail:1', 'mail', '', 1, 9)",
            ],
        ),
    ];
    for (name, texts) in planted {
        let bench = Bench::new();
        bench.fill();
        meddle(&bench, texts);
        let found = check(&bench, DEEP, name);
        assert_ne!(found["state"], "ok", "{name}: {found}");
        assert!(found["mend"].as_str().is_some_and(|mend| mend.len() > 20), "{name}: {found}");
        let french = check(&bench, &["doctor", "--deep", "--json", "--lang", "fr"], name);
        assert_ne!(french["mend"], found["mend"], "{name}");
    }
}

#[test]
fn a_reference_to_nothing_and_a_clock_behind_are_found() {
    let bench = Bench::new();
    bench.fill();
    let file = bench.data().join("orchestre.sqlite");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = Db::sqlite(&file, &Options::default()).await.unwrap();
        let text = "INSERT INTO event_values (event_id, name, value, salt) \
                    SELECT id, 'x', 'y', 'z' FROM events LIMIT 1";
        let late =
            "UPDATE events SET at = 4000000000000000 WHERE id = (SELECT MAX(id) FROM events)";
        for text in [text, "DROP TRIGGER events_no_update", late] {
            let done = db.write(async |work| work.run(Sql::built(text.to_owned())).await);
            done.await.map_err(|error: StoreError| error.to_string()).unwrap();
        }
    });
    assert_eq!(check(&bench, DEEP, "clock")["state"], "bad");
    bench.file("sqlite.sql", "");
    let status = std::process::Command::new("python3")
        .args(["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('DELETE FROM accounts'); c.commit()"])
        .arg(&file)
        .status();
    if status.is_ok_and(|status| status.success()) {
        assert_eq!(check(&bench, DEEP, "broken_reference")["state"], "bad");
    }
}

#[test]
fn a_damaged_page_is_found() {
    let bench = Bench::new();
    bench.fill();
    let path = bench.data().join("orchestre.sqlite");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let page: i64 = runtime.block_on(async {
        let db = Db::sqlite(&path, &Options::default()).await.unwrap();
        let text = "SELECT rootpage FROM sqlite_master WHERE name = 'change_rows'".to_owned();
        let row = db.read(async |work| work.row(Sql::built(text)).await).await.unwrap();
        row.unwrap().get("rootpage").unwrap()
    });
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(4096 * u64::try_from(page - 1).unwrap())).unwrap();
    file.write_all(&[0xFF; 4096]).unwrap();
    drop(file);
    let found = check(&bench, DEEP, "corrupt_page");
    assert_eq!(found["state"], "bad", "{found}");
}
