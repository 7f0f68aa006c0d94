//! Keeping everything: a backup beside people at work, the proof of the chain, a move of the database.

use std::fmt::Write as _;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};

use super::Program;
use super::client::Client;
use super::meter::{quantile, rate};
use crate::{host, postgres};

/// People who read while the backup is made.
const READERS: usize = 4;
/// The pause of each between two pages.
const PAUSE: Duration = Duration::from_millis(200);
/// How long they read before, for comparison.
const BEFORE: Duration = Duration::from_secs(20);

/// Makes a backup while people read, and proves the chain; gives the lines of the report.
pub(crate) fn backup(program: &Program, client: &Client, paths: &[String]) -> Result<String> {
    let began = Instant::now();
    let quiet = read_while(client, paths, || began.elapsed() < BEFORE)?;
    let file = program.data.join("bench.tar.gz").to_string_lossy().into_owned();
    let mut command = program.command(&["backup", "--out", &file, "--json"]);
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start the backup")?;
    let started = Instant::now();
    let (beside, seconds) = thread::scope(|scope| {
        let waiting = scope.spawn(|| (child.wait(), started.elapsed().as_secs_f64()));
        let beside = read_while(client, paths, || !waiting.is_finished());
        let ended = waiting.join().map_err(|_panic| anyhow!("the backup broke off"));
        Ok::<_, anyhow::Error>((beside?, ended?))
    })?;
    let (ended, seconds) = seconds;
    anyhow::ensure!(ended?.success(), "the backup failed");
    let bytes = std::fs::metadata(&file)?.len();
    let mut verify = program.command(&["audit", "verify", "--json"]);
    verify.stderr(Stdio::null());
    let started = Instant::now();
    let told: serde_json::Value = serde_json::from_str(&host::output(verify)?)?;
    let proof = started.elapsed().as_secs_f64();
    let links = told.get("sealed").and_then(serde_json::Value::as_u64).unwrap_or(0);
    let mut part = format!(
        "\n{READERS} people read, a page every {} ms each, while a backup is made:\n\n\
         | backup s | MiB | p99 ms before | p99 ms meanwhile | ratio |\n|---|---|---|---|---|\n",
        PAUSE.as_millis()
    );
    let (before, meanwhile) = (quantile(quiet, 0.99), quantile(beside, 0.99));
    let mebibytes = bytes >> 20;
    writeln!(
        part,
        "| {seconds:.1} | {mebibytes} | {before:.1} | {meanwhile:.1} | {:.2} |",
        meanwhile / before
    )?;
    let links = usize::try_from(links)?;
    writeln!(
        part,
        "\nThe chain of {links} links is proved in {proof:.2} s, {:.0} a second.",
        rate(links, proof)
    )?;
    Ok(part)
}

/// Carries the database to an empty PostgreSQL; gives the line of the report.
pub(crate) fn carry(program: &Program) -> Result<String> {
    let cluster = postgres::Cluster::start("")?;
    let mut carry = program.command(&["migrate-db", "--to", &cluster.url(), "--json"]);
    carry.stderr(Stdio::null());
    let started = Instant::now();
    let told: serde_json::Value = serde_json::from_str(&host::output(carry)?)?;
    let seconds = started.elapsed().as_secs_f64();
    let rows =
        usize::try_from(told.get("rows").and_then(serde_json::Value::as_u64).context("no rows")?)?;
    Ok(format!(
        "\nCarried to PostgreSQL and proved equal: {rows} rows in {seconds:.1} s, {:.0} rows/s.\n",
        rate(rows, seconds)
    ))
}

/// Reads pages as several people do, as long as `goes_on` says; gives the times in milliseconds.
fn read_while(
    client: &Client,
    paths: &[String],
    goes_on: impl Fn() -> bool + Sync,
) -> Result<Vec<f64>> {
    let reader = |first: usize| -> Result<Vec<f64>> {
        let mut times = Vec::new();
        for path in paths.iter().cycle().skip(first).take_while(|_| goes_on()) {
            let started = Instant::now();
            client.get(path)?;
            times.push(started.elapsed().as_secs_f64() * 1_000.0);
            thread::sleep(PAUSE);
        }
        Ok(times)
    };
    thread::scope(|scope| {
        let reader = &reader;
        let readers: Vec<_> =
            (0..READERS).map(|first| scope.spawn(move || reader(first))).collect();
        let mut all = Vec::new();
        for one in readers {
            all.extend(one.join().map_err(|_panic| anyhow!("a reader broke off"))??);
        }
        Ok(all)
    })
}
