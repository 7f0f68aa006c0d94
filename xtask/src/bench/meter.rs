//! Clocks of a process: CPU, memory, and the spread of answers.

use std::time::Instant;

use anyhow::Result;

use super::client::Client;

/// What a page costs.
pub(crate) struct Reading {
    /// Median CPU of the server for one answer, one client.
    pub(crate) cpu_ms: f64,
    /// Median wall time, one client.
    pub(crate) p50_ms: f64,
    /// 99th percentile of wall time, eight clients at once.
    pub(crate) p99_ms: f64,
    /// Size of the page, unzipped.
    pub(crate) bytes: usize,
}

impl Reading {
    /// Measures a page: five batches of twenty for the CPU, then eight clients.
    pub(crate) fn of(client: &Client, process: u32, path: &str) -> Result<Self> {
        let bytes = client.get(path)?.len();
        let (mut cpu, mut wall) = (Vec::new(), Vec::new());
        for _ in 0..5 {
            let before = cpu_ms(process);
            for _ in 0..20 {
                let started = Instant::now();
                client.get(path)?;
                wall.push(started.elapsed().as_secs_f64() * 1_000.0);
            }
            cpu.push((cpu_ms(process) - before) / 20.0);
        }
        let crowd = crowd(client, path)?;
        Ok(Self {
            cpu_ms: quantile(cpu, 0.5),
            p50_ms: quantile(wall, 0.5),
            p99_ms: quantile(crowd, 0.99),
            bytes,
        })
    }
}

fn crowd(client: &Client, path: &str) -> Result<Vec<f64>> {
    let visitor = || -> Result<Vec<f64>> {
        let mut times = Vec::new();
        // The first answers open connections and prepare statements.
        for _ in 0..5 {
            client.get(path)?;
        }
        for _ in 0..60 {
            let started = Instant::now();
            client.get(path)?;
            times.push(started.elapsed().as_secs_f64() * 1_000.0);
        }
        Ok(times)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(visitor)).collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_panic| anyhow::anyhow!("a client broke off"))??);
        }
        Ok(all)
    })
}

/// Gives a quantile by the nearest rank.
pub(crate) fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a rank in a short list"
    )]
    let at = (last as f64 * share).round() as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// Gives the CPU time of a process in milliseconds, user and system.
pub(crate) fn cpu_ms(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    // Fields 14 and 15 of the whole line, in hundredths of a second.
    after
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        * 10.0
}

/// Gives the memory of a process that is its own: the pages of the mapped database are the system's,
/// and are counted once for each connection besides.
pub(crate) fn memory_mib(process: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1_024.0
}

/// Gives rows in a second.
pub(crate) fn rate(rows: usize, seconds: f64) -> f64 {
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "a rate")]
    let rows = rows as f64;
    rows / seconds.max(0.001)
}
