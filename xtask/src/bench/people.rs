//! Many people at once, as they work: they read, they note something, and they pause between.

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow};

use super::client::Client;
use super::meter::{cpu_ms, memory_mib, quantile};

/// People who are signed in at the same time.
const PEOPLE: u32 = 200;
/// How long they work.
const WORK: Duration = Duration::from_mins(1);
/// The mean pause of a person between two requests, seconds \[D\].
const PAUSE: u32 = 5;
/// One request of so many writes.
const ONE_WRITE_IN: u32 = 5;
/// Requests of one sort when its cost is taken.
const COSTED: u32 = 300;

/// What one person saw: the times of answers in milliseconds, and the answers that were none.
type Seen = (Vec<f64>, Vec<String>);

/// Lets the sign-ins work at once, each with sessions of its own; gives the lines of the report.
pub(crate) fn at_work(
    address: &str,
    process: u32,
    logins: &[(String, String)],
    paths: &[String],
    account: &str,
) -> Result<String> {
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let at = usize::try_from(number)?.checked_rem(logins.len()).context("no sign-ins")?;
        let (email, password) = logins.get(at).context("no sign-ins")?;
        people.push(Client::signed_in(address, email, password)?);
    }
    let before = cpu_ms(process);
    let seen = thread::scope(|scope| {
        let numbered = (0_u32..).zip(&people);
        let started: Vec<_> = numbered
            .map(|(number, client)| scope.spawn(move || work(client, number, paths, account)))
            .collect();
        let ended = started
            .into_iter()
            .map(|one| one.join().map_err(|_panic| anyhow!("a person broke off")));
        ended.collect::<Result<Vec<Seen>>>()
    })?;
    let cpu = (cpu_ms(process) - before) / WORK.as_secs_f64() / 10.0;
    let (times, faults): (Vec<_>, Vec<_>) = seen.into_iter().unzip();
    let (times, faults) = (times.concat(), faults.concat());
    let mut part = format!(
        "\n{PEOPLE} people for {} s, a request every {} s each, one in {ONE_WRITE_IN} writes:\n\n\
         | requests | p50 ms | p99 ms | errors | CPU of one core | memory MiB |\n|---|---|---|---|---|---|\n",
        WORK.as_secs(),
        PAUSE
    );
    writeln!(
        part,
        "| {} | {:.1} | {:.1} | {} | {cpu:.0} % | {:.0} |",
        times.len(),
        quantile(times.clone(), 0.5),
        quantile(times, 0.99),
        faults.len(),
        memory_mib(process)
    )?;
    if let Some(first) = faults.first() {
        writeln!(part, "\nThe first error: {first}")?;
    }
    Ok(part)
}

fn work(client: &Client, number: u32, paths: &[String], account: &str) -> Seen {
    let (mut times, mut faults) = (Vec::new(), Vec::new());
    let until = Instant::now() + WORK;
    // A plain generator is enough: the pauses only have to differ.
    let mut state = number.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8).checked_rem(below).unwrap_or(0)
    };
    thread::sleep(Duration::from_millis(u64::from(next(PAUSE * 1_000))));
    while Instant::now() < until {
        let is_write = next(ONE_WRITE_IN) == 0;
        let path =
            usize::try_from(next(1_000)).ok().and_then(|at| paths.get(at % paths.len().max(1)));
        let started = Instant::now();
        let done = match path.filter(|_| !is_write) {
            Some(path) => client.get(path).map(drop),
            None => client.note(account),
        };
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
        faults.extend(done.err().map(|error| format!("{error:#}")));
        thread::sleep(Duration::from_millis(u64::from(PAUSE * 500 + next(PAUSE * 1_000))));
    }
    (times, faults)
}

/// Gives what one small answer costs a stranger, somebody with a session and a script with a token.
pub(crate) fn doors(client: &Client, process: u32) -> Result<String> {
    let token = client.token()?;
    let mut part = String::from("\n| the smallest answer | CPU ms |\n|---|---|\n");
    let stranger = Client::new(client.address());
    for (name, asker, path) in [
        ("to a stranger", &stranger, "/healthz"),
        ("by a session", client, "/api/v1/settings/own"),
        ("by a token", &token, "/api/v1/settings/own"),
    ] {
        asker.get(path)?;
        let before = cpu_ms(process);
        for _ in 0..COSTED {
            asker.get(path)?;
        }
        writeln!(part, "| {name} | {:.2} |", (cpu_ms(process) - before) / f64::from(COSTED))?;
    }
    Ok(part)
}
