//! The program is killed in the middle of writes, at seeded instants: every write that it
//! acknowledged is there after the next start, and the chain of events holds.

use std::process::Command;
use std::time::{Duration, Instant};

use orchestre_store::Db;

use crate::bench::{Bench, finish};
use crate::nodes::{ask, ask_once, enter, request, server, start};

/// Makes the sign-in of whoever writes.
const WHO: &[&str] = &[
    "admin",
    "create",
    "--email",
    "ops@nodes.example",
    "--name",
    "Ada",
    "--role",
    "ADM",
    "--json",
];
/// Instants when nobody says how many; `ORCHESTRE_TEST_KILLS` does.
const KILLS: u64 = 10;

#[expect(clippy::disallowed_methods, reason = "a long run asks for more")]
fn kills() -> u64 {
    std::env::var("ORCHESTRE_TEST_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS)
}

/// The database under test.
struct Under<'a> {
    bench: &'a Bench,
    database: Option<(&'a str, &'a str)>,
}

impl Under<'_> {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = self.bench.command(words);
        if let Some((url, schema)) = self.database {
            command.env("ORCHESTRE_DATABASE_URL", url).env("ORCHESTRE_DATABASE_SCHEMA", schema);
            command.env("ORCHESTRE_DATABASE_ALLOW_UNSAFE", "true");
        }
        command
    }

    fn serve(&self) -> crate::nodes::Node {
        start(self.command(&["serve", "--listen", "127.0.0.1:0"]))
    }
}

/// Gives the milliseconds of life of a round, 40 to 1,639, the same at every run.
fn life(round: u64) -> Duration {
    let mixed = (round + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    Duration::from_millis(40 + (mixed >> 32) % 1_600)
}

/// Writes units until the program is gone; gives the names that it acknowledged.
fn write_until_gone(address: &str, cookie: &str, round: u64) -> Vec<String> {
    let mut done = Vec::new();
    for number in 0.. {
        let name = format!("Unit {round} {number}");
        let body = format!("{{\"name\":\"{name}\"}}");
        match ask_once(address, &request("POST", "/api/v1/units", (cookie, &body))) {
            Some(answer) if answer.status < 300 => done.push(name),
            Some(answer) => assert_eq!(answer.status, 503, "{}", answer.body),
            None => break,
        }
    }
    done
}

fn walk(under: &Under<'_>, engine: &str) {
    let mut node = under.serve();
    let cookie = enter(under.command(WHO), &node.address);
    let (mut all, mut idle): (Vec<String>, u64) = (Vec::new(), 0);
    println!("{engine}: round, killed after ms, acknowledged, start ms, lost, events linked");
    for round in 0..kills() {
        let (child, address) = (&mut node.child, node.address.as_str());
        let done = std::thread::scope(|scope| {
            let writing = scope.spawn(|| write_until_gone(address, &cookie, round));
            std::thread::sleep(life(round));
            child.kill().unwrap();
            child.wait().unwrap();
            writing.join().unwrap()
        });
        let started = Instant::now();
        node = under.serve();
        assert_eq!(ask(&node.address, "GET", "/healthz", (&cookie, "")).status, 200);
        let start = started.elapsed().as_millis();
        let count = done.len();
        idle += u64::from(done.is_empty());
        all.extend(done);
        let found = ask(&node.address, "GET", "/api/v1/units", (&cookie, "")).body;
        let lost: Vec<&String> =
            all.iter().filter(|name| !found.contains(&format!("\"{name}\""))).collect();
        let chain = finish(under.command(&["audit", "verify", "--json"])).json();
        let (life, sealed) = (life(round).as_millis(), &chain["sealed"]);
        println!("{engine}: {round}, {life}, {count}, {start}, {}, {sealed}", lost.len());
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        assert!(chain["broken_at"].is_null(), "{chain}");
    }
    assert!(idle * 5 <= kills(), "{idle} rounds acknowledged nothing and so prove nothing");
}

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    walk(&Under { bench: &Bench::new(), database: None }, "SQLite");
}

#[test]
fn nothing_acknowledged_is_lost_on_postgres() {
    let Some(url) = server() else {
        println!("skipped: ORCHESTRE_TEST_POSTGRES is not set");
        return;
    };
    let schema = format!("kill_{}", std::process::id());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(Db::make_schema(&url, &schema)).unwrap();
    let database = Some((url.as_str(), schema.as_str()));
    walk(&Under { bench: &Bench::new(), database }, "PostgreSQL");
}

/// Kills the verb `instants` times, each a little later, and says whether it ended by itself once.
fn kill_verb(bench: &Bench, words: &[&str], instants: u64) {
    for round in 0..instants {
        let mut child = bench.command(words).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(20 + 60 * round));
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

#[test]
fn a_backup_that_is_killed_leaves_no_file_that_looks_whole() {
    let bench = Bench::new();
    bench.done(&["demo", "--load-only"]);
    for round in 0..6 {
        drop(std::fs::remove_file(bench.path("b.tar.gz")));
        let mut child = bench.command(&["backup", "--out", "b.tar.gz"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(15 * (round + 1)));
        child.kill().unwrap();
        child.wait().unwrap();
        if bench.path("b.tar.gz").exists() {
            bench.done(&["restore", "b.tar.gz", "--replace"]);
        }
    }
    bench.done(&["backup", "--out", "b.tar.gz"]);
    bench.done(&["restore", "b.tar.gz", "--replace"]);
}

#[test]
fn a_move_that_is_killed_goes_on_where_it_was() {
    let bench = Bench::new();
    bench.done(&["demo", "--load-only"]);
    kill_verb(&bench, &["migrate-db", "--to", "other"], 4);
    if !bench.path("other/orchestre.sqlite").exists() {
        let moved = bench.done(&["migrate-db", "--to", "other", "--json"]).json();
        let rows = moved["rows"].as_i64().unwrap() + moved["rows_before"].as_i64().unwrap();
        let all: i64 = moved["tables"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["rows"].as_i64().unwrap())
            .sum();
        assert_eq!(rows, all);
    }
    let answer = finish(bench.command_in(&bench.path("other"), &["audit", "verify"]));
    assert_eq!(answer.exit, 0, "{}", answer.err);
}
