//! Starting, refusing to start, and what a fresh directory is like.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use orchestre_store::{Db, Options, StoreError, sql};

use crate::bench::{Bench, finish};

#[test]
fn an_unknown_key_is_refused_with_the_nearest_one() {
    let bench = Bench::new();
    bench.file("data/orchestre.toml", "[server]\nlisen = \"127.0.0.1:9\"\n");
    bench.run(&["config", "check"]).refuses(2, "server.lisen", "did you mean server.listen?");
    bench.file("data/orchestre.toml", "[database]\nreaders = 0\n");
    bench.run(&["migrate"]).refuses(2, "database.readers = 0", "Connections");
}

#[test]
fn the_environment_wins_over_the_file_and_secrets_are_masked() {
    let bench = Bench::new();
    bench.file("data/orchestre.toml", "[log]\nlevel = \"debug\"\nformat = \"json\"\n");
    let mut command = bench.command(&["config", "check"]);
    command.env("ORCHESTRE_LOG_LEVEL", "error");
    command.env("ORCHESTRE_DATABASE_URL", "postgres://me:secret@db/kam");
    let answer = finish(command);
    assert_eq!(answer.exit, 0, "{}", answer.err);
    let line =
        |key: &str| answer.out.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(
        line("log.level").contains("error") && line("log.level").contains("ORCHESTRE_LOG_LEVEL")
    );
    assert!(line("log.format").contains("orchestre.toml"));
    assert!(!answer.out.contains("me:secret"));
}

#[test]
fn a_directory_that_cannot_be_made_is_told() {
    let bench = Bench::new();
    bench.file("data", "a file stands where the directory should be");
    bench.run(&["migrate"]).refuses(1, "not a data directory", "--data");
    let below = bench.path("data/below");
    let answer = finish(bench.command_in(&below, &["migrate"]));
    answer.refuses(1, "below", "--data");
}

fn change(bench: &Bench, text: &'static str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let file = bench.data().join("orchestre.sqlite");
        let db = Db::sqlite(&file, &Options::default()).await.unwrap();
        let changed = db.write(async |work| work.run(sql(text)).await.map(|_| ()));
        changed.await.map_err(|error: StoreError| error.to_string()).unwrap();
    });
}

#[test]
fn a_newer_database_is_left_alone() {
    let bench = Bench::new();
    bench.done(&["migrate"]);
    change(&bench, "INSERT INTO migrations (name, text) VALUES ('9999_from_tomorrow', '')");
    bench.run(&["migrate"]).refuses(1, "9999_from_tomorrow", "newer");
    assert_eq!(bench.run(&["doctor"]).exit, 1);
}

#[test]
fn a_changed_migration_is_told() {
    let bench = Bench::new();
    bench.done(&["migrate"]);
    change(&bench, "UPDATE migrations SET text = 'other' WHERE name = '0001_parties'");
    bench.run(&["accounts", "list"]).refuses(1, "0001_parties", "released version");
}

#[test]
fn a_port_in_use_is_told_before_anything_is_made() {
    let bench = Bench::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let answer = bench.run(&["serve", "--listen", &address]);
    answer.refuses(1, &address, "choose another address with --listen");
    assert!(!bench.data().exists());
    bench.run(&["serve", "--listen", "here"]).refuses(2, "server.listen = here", "address");
}

#[test]
fn it_serves_and_stops_when_it_is_told_to() {
    let bench = Bench::new();
    let mut command = bench.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("Orchestre serves on http://").unwrap().to_owned();
    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let stop = std::process::Command::new("kill").arg("-TERM").arg(child.id().to_string()).status();
    assert!(stop.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn an_administrator_is_made_once() {
    let bench = Bench::new();
    let words = [
        "admin",
        "create",
        "--email",
        "ada@example.org",
        "--name",
        "Ada",
        "--role",
        "ADM",
        "--json",
    ];
    let made = bench.done(&words).json();
    assert_eq!(made["role"], "ADM");
    assert!(made["password"].as_str().unwrap().len() >= 12);
    assert_eq!(bench.run(&words).exit, 1, "the address is taken");
    let mut command = bench.command(&[
        "admin",
        "create",
        "--email",
        "bo@example.org",
        "--name",
        "Bo",
        "--role",
        "PD",
        "--password-stdin",
    ]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"a long enough secret\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(!String::from_utf8(output.stdout).unwrap().contains("secret"), "it is not repeated");
    assert_eq!(
        bench.run(&["admin", "create", "--email", "c@d", "--name", "C", "--role", "KING"]).exit,
        2
    );
}

#[test]
fn a_fresh_directory_is_well() {
    let bench = Bench::new();
    let checks = bench.done(&["doctor", "--json"]).json();
    let names: Vec<&str> =
        checks.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    for name in
        ["data directory", "disk space", "database", "chain of events", "clock", "exchange rates"]
    {
        assert!(names.contains(&name), "{name}");
    }
    assert!(bench.done(&["audit", "verify"]).out.contains("the chain holds"));
    assert_eq!(bench.run(&["bogus"]).exit, 2);
}

#[test]
fn a_checkpoint_that_was_kept_outside_is_held_against_the_chain() {
    let bench = Bench::new();
    bench.done(&["admin", "create", "--email", "a@b.example", "--name", "A", "--role", "ADM"]);
    bench.run(&["audit", "checkpoint"]).refuses(1, "no place", "audit.file");
    let marks = bench.path("marks");
    bench.file("data/orchestre.toml", &format!("[audit]\nfile = \"{}\"\n", marks.display()));
    let given = bench.done(&["audit", "checkpoint", "--json"]).json();
    assert_eq!(given["places"], 1);
    let kept = marks.to_str().unwrap();
    let told = bench.done(&["audit", "verify", "--checkpoint", kept, "--json"]).json();
    assert_eq!(told["checkpoints"][0]["result"], "holds");
    let line = std::fs::read_to_string(&marks).unwrap();
    let hash = given["hash"].as_str().unwrap();
    let wrong = bench.file("wrong", &line.replace(hash, &"0".repeat(64)));
    let answer = bench.run(&["audit", "verify", "--checkpoint", wrong.to_str().unwrap()]);
    assert_eq!(answer.exit, 1);
    assert!(answer.out.contains("wrong:1: checkpoint of link"), "{}", answer.out);
    assert!(answer.out.contains("written again"), "{}", answer.out);
    let seq = format!("seq={} ", given["seq"]);
    let ahead = bench.file("ahead", &line.replace(&seq, "seq=99 "));
    let answer = bench.run(&["audit", "verify", "--checkpoint", ahead.to_str().unwrap()]);
    assert!(answer.exit == 1 && answer.out.contains("taken off"), "{}", answer.out);
    let empty = bench.file("empty", "no line of ours\n");
    let answer = bench.run(&["audit", "verify", "--checkpoint", empty.to_str().unwrap()]);
    answer.refuses(2, "holds no checkpoint", "orchestre-checkpoint 1");
}

#[test]
fn the_doctor_tells_how_to_mend_lines_of_nobody() {
    let bench = Bench::new();
    bench.file("sales.csv", "document,line,date,account,product,quantity,amount,currency\n1,1,2026-01-05,NOBODY,P,1,10.00,EUR\n");
    bench.run(&["import", "sales", "sales.csv"]);
    let checks = bench.run(&["doctor", "--json"]).json();
    let check = checks
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "lines without customer")
        .unwrap();
    assert_eq!((&check["state"], &check["found"]), (&"warn".into(), &"1 of 1 lines".into()));
    assert!(check["mend"].as_str().unwrap().contains("import"));
}
