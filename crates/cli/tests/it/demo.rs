//! `demo`: its directory, its sign-ins, what it refuses.

use serde_json::Value;

use crate::bench::Bench;

fn load(bench: &Bench) -> Value {
    bench.done(&["demo", "--load-only", "--json"]).json()
}

#[test]
fn two_starts_use_the_same_story_and_a_reset_tells_it_anew() {
    let bench = Bench::new();
    let first = load(&bench);
    assert_eq!(first["address"], "http://127.0.0.1:8080");
    let people = first["people"].as_array().unwrap();
    assert_eq!(people.len(), 9);
    for person in people {
        for field in ["name", "role", "email", "password"] {
            assert!(!person[field].as_str().unwrap().is_empty(), "{field}");
        }
    }
    assert_eq!(load(&bench), first, "the second start reuses it");
    let words = bench.done(&["demo", "--load-only"]);
    assert!(words.out.contains(people[0]["password"].as_str().unwrap()), "shown at each start");
    let accounts = bench.done(&["accounts", "rank", "--json"]).json();
    assert_eq!(accounts.as_array().unwrap().len(), 25);

    let chain = bench.done(&["audit", "verify", "--json"]).json();
    assert_eq!(chain["unsealed"], 0, "{chain}");

    let kept = bench.file("data/notes.txt", "mine");
    let reset = bench.done(&["demo", "--load-only", "--reset", "--json"]).json();
    assert_ne!(reset["people"], first["people"], "a reset makes new passwords");
    assert!(kept.exists(), "only what the demo wrote is removed");
}

#[test]
fn a_story_that_was_loaded_by_half_is_loaded_anew() {
    let bench = Bench::new();
    bench.file("data/orchestre-demo.mark", "a demo\nloading\n");
    bench.file("data/orchestre.sqlite", "what a killed process left behind");
    assert_eq!(load(&bench)["people"].as_array().unwrap().len(), 9);
}

#[test]
fn a_plan_of_the_story_is_printed_in_both_languages() {
    let bench = Bench::new();
    load(&bench);
    for lang in ["en", "fr"] {
        let out = format!("{lang}.pdf");
        bench.done(&["plan", "print", "LYS0", "--lang", lang, "--out", &out]);
        let pdf = std::fs::read(bench.path(&out)).unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 10_000, "{lang}");
    }
    let english = std::fs::read(bench.path("en.pdf")).unwrap();
    assert_ne!(english, std::fs::read(bench.path("fr.pdf")).unwrap());
}

#[cfg(unix)]
#[test]
fn the_sign_ins_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::new();
    load(&bench);
    let file = std::fs::metadata(bench.data().join("sign-ins.json")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_directory_that_is_not_marked_is_refused_and_left_as_it_is() {
    let bench = Bench::new();
    let file = bench.file("data/orchestre.sqlite", "somebody's work");
    for words in [&["demo", "--load-only"][..], &["demo", "--load-only", "--reset"]] {
        bench.run(words).refuses(2, "not marked as a demo", "--data");
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), "somebody's work");
}

#[test]
fn the_demo_is_served_to_nobody_else() {
    let bench = Bench::new();
    for address in ["0.0.0.0:8080", "192.0.2.1:80", "[::]:8080"] {
        bench.run(&["demo", "--listen", address]).refuses(2, address, "loopback");
    }
    assert!(!bench.data().exists());
}
