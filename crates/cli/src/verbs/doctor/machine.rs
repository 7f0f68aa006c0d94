//! The machine and the database: directory, space, schema, chain, clock.

use std::process::Command;

use jiff::ToSpan as _;
use jiff::civil::date;
use orchestre_app::{Ctx, chain, health};
use orchestre_domain::clock::day_of;

use super::Check;
use crate::config::Config;
use crate::open;

/// Less free space than this is bad, and less than ten times this is worth knowing, in KiB.
const LEAST: i64 = 100 * 1024;

/// Whether the data directory can be written.
pub(super) fn directory(config: &Config) -> Check {
    let name = "data directory";
    match open::make(&config.data) {
        Ok(()) => Check::ok(name, config.data.display().to_string()),
        Err(error) => Check::bad(
            name,
            format!("{error:#}"),
            "make it writable, or choose another with --data",
        ),
    }
}

/// How much space is left where the data lie.
pub(super) fn space(config: &Config) -> Check {
    let name = "disk space";
    let Some(free) = free(config) else {
        return Check::ok(name, "cannot be told on this machine");
    };
    let found = format!("{} MiB free", free.div_euclid(1024));
    let mend = "free some space: an import needs about three times the size of its file";
    match free {
        ..LEAST => Check::bad(name, found, mend),
        _ if free < 10 * LEAST => Check::warn(name, found, mend),
        _ => Check::ok(name, found),
    }
}

/// Gives the free KiB as `df` tells them.
fn free(config: &Config) -> Option<i64> {
    let answer = Command::new("df").arg("-Pk").arg(&config.data).output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

/// The schema, the chain of events, and the clock beside the latest event.
pub(super) async fn database(ctx: &Ctx) -> Vec<Check> {
    let engine = if ctx.db().is_postgres() { "PostgreSQL" } else { "SQLite" };
    let last = orchestre_store::MIGRATIONS.last().map_or("", |migration| migration.name);
    vec![
        Check::ok("database", format!("{engine}, migration {last}")),
        links(ctx).await,
        clock(ctx).await,
    ]
}

async fn links(ctx: &Ctx) -> Check {
    let name = "chain of events";
    let mend = "keep a copy of the data and look at who wrote to the database beside the program";
    let state = match chain::verify(&ctx.app).await {
        Ok(state) => state,
        Err(error) => return Check::bad(name, format!("{error:#}"), "look at the log"),
    };
    if let Some(at) = state.broken_at {
        return Check::bad(name, format!("broken at event {at}"), mend);
    }
    let (sealed, unsealed) = (state.sealed, state.unsealed);
    Check::ok(name, format!("holds: {sealed} events linked, {unsealed} not yet"))
}

async fn clock(ctx: &Ctx) -> Check {
    let (name, today) = ("clock", ctx.today());
    let mend = "set the clock of the machine; days of figures and of decisions depend on it";
    let latest = health::counts(&ctx.app).await.ok().and_then(|counts| counts.latest_event);
    if today < date(2026, 1, 1) {
        return Check::bad(name, format!("today is {today}"), mend);
    }
    match latest.map(day_of) {
        Some(day) if day > today.saturating_add(1.day()) => {
            Check::bad(name, format!("today is {today}, the latest event is of {day}"), mend)
        }
        _ => Check::ok(name, format!("today is {today} (UTC)")),
    }
}
