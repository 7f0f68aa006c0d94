//! The log: on stderr, as text or as JSON.

use tracing_subscriber::filter::LevelFilter;

use crate::config::Config;

/// Starts the log of a serving program.
pub(crate) fn start(config: &Config) {
    let level = config.get("log.level").parse().unwrap_or(LevelFilter::INFO);
    begin(level, config.get("log.format"));
}

/// Starts the log of a command: warnings only, unless somebody set the level.
pub(crate) fn quiet(config: &Config) {
    let set = config.get("log.level").parse().ok().filter(|_| !config.is_default("log.level"));
    begin(set.unwrap_or(LevelFilter::WARN), config.get("log.format"));
}

fn begin(level: LevelFilter, format: &str) {
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(level);
    let started =
        if format == "json" { log.json().try_init() } else { log.with_target(false).try_init() };
    // A log that is already there stays.
    drop(started);
}
