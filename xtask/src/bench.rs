//! `cargo xtask bench`: the scale database, measured over HTTP with sign-in and permissions on.

mod client;
mod keep;
mod meter;
mod people;
mod scale;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use client::Client;
use meter::{Reading, cpu_ms, memory_mib};

use crate::{host, postgres, say};

/// Builds the program, makes the scale files, loads and measures both engines, writes docs/benchmark.md.
pub(crate) fn run(rest: &[String]) -> Result<bool> {
    let lines = rest.iter().position(|word| word == "--rows").and_then(|at| rest.get(at + 1));
    let lines: usize =
        lines.map_or(Ok(1_000_000), |text| text.parse()).context("--rows needs a number")?;
    let cargo = host::env("CARGO").unwrap_or_else(|| "cargo".to_owned());
    if !host::succeeds(host::command(
        &cargo,
        &["build", "--release", "--package", "orchestre", "--features", "full"],
    ))? {
        bail!("the program does not build");
    }
    let folder = std::env::temp_dir().join("orchestre-bench");
    std::fs::create_dir_all(&folder)?;
    say::err("making the scale files");
    let files = scale::write(&folder, lines)?;
    let mut report = format!("# Benchmark\n\nMade by `cargo xtask bench`. {}\n", machine());
    for engine in ["SQLite", "PostgreSQL"] {
        let cluster =
            if engine == "PostgreSQL" { Some(postgres::Cluster::start("")?) } else { None };
        let program =
            Program::new(&folder.join(engine), cluster.as_ref().map(postgres::Cluster::url))?;
        let part = measure(&program, &files, engine)?;
        say::out(&part);
        report.push_str(&part);
    }
    std::fs::write(host::root().join("docs/benchmark.md"), report)?;
    Ok(true)
}

/// The program on one database.
struct Program {
    data: PathBuf,
    url: Option<String>,
}

impl Program {
    fn new(data: &Path, url: Option<String>) -> Result<Self> {
        if data.exists() {
            std::fs::remove_dir_all(data)?;
        }
        std::fs::create_dir_all(data)?;
        Ok(Self { data: data.to_owned(), url })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(host::target().join("release/orchestre"));
        command.args(arguments).arg("--data").arg(&self.data).env("ORCHESTRE_API_RATE", "0");
        // As the service of the package sets it.
        command.env("MALLOC_ARENA_MAX", "2");
        command.env("MALLOC_MMAP_THRESHOLD_", "4194304").env("MALLOC_TRIM_THRESHOLD_", "4194304");
        if let Some(url) = &self.url {
            command.env("ORCHESTRE_DATABASE_URL", url);
        }
        command
    }
}

fn measure(program: &Program, files: &scale::Files, engine: &str) -> Result<String> {
    let mut part = format!("\n## {engine}\n\n| import | rows | s | rows/s |\n|---|---|---|---|\n");
    for (kind, path, rows) in &files.list {
        say::err(&format!("{engine}: importing {kind}"));
        let started = Instant::now();
        let path = path.to_string_lossy().into_owned();
        let mut import = program.command(&["import", kind, &path, "--json"]);
        import.stdout(Stdio::null());
        host::succeeds(import)?;
        let seconds = started.elapsed().as_secs_f64();
        writeln!(part, "| {kind} | {rows} | {seconds:.1} | {:.0} |", meter::rate(*rows, seconds))?;
    }
    let logins = logins(program)?;
    let (director, password) = logins.first().context("no sign-ins")?;
    let started = Instant::now();
    let mut served = Served::start(program)?;
    let first = Client::new(&served.address).status("/sign-in")?;
    let start_ms = started.elapsed().as_secs_f64() * 1_000.0;
    if first != 200 {
        bail!("the sign-in page answers {first}");
    }
    let idle = memory_mib(served.child.id());
    writeln!(part, "\nStart to first answer {start_ms:.0} ms; idle memory {idle:.0} MiB.\n")?;
    part.push_str(
        "| page | CPU ms | p50 ms | p99 ms (8 clients) | bytes |\n|---|---|---|---|---|\n",
    );
    let client = Client::signed_in(&served.address, director, password)?;
    for (name, path) in pages(&client, files)? {
        say::err(&format!("{engine}: {name}"));
        let reading = Reading::of(&client, served.child.id(), &path)?;
        writeln!(
            part,
            "| {name} | {:.1} | {:.1} | {:.1} | {} |",
            reading.cpu_ms, reading.p50_ms, reading.p99_ms, reading.bytes
        )?;
    }
    part.push_str(&first_looks(&client, served.child.id())?);
    part.push_str(&people::doors(&client, served.child.id())?);
    say::err(&format!("{engine}: people at work"));
    let paths: Vec<String> = pages(&client, files)?.into_iter().map(|(_, path)| path).collect();
    let small = account(&client, &files.small)?;
    part.push_str(&people::at_work(&served.address, served.child.id(), &logins, &paths, &small)?);
    say::err(&format!("{engine}: a backup beside"));
    part.push_str(&keep::backup(program, &client, &paths)?);
    served.stop();
    if program.url.is_none() {
        say::err("carrying it to PostgreSQL");
        part.push_str(&keep::carry(program)?);
    }
    Ok(part)
}

/// Makes the sign-ins of the people who are measured; the first is used alone.
fn logins(program: &Program) -> Result<Vec<(String, String)>> {
    let password = "quiet-Lantern-4417-orbit";
    let mut logins = Vec::new();
    for number in 0..10 {
        let (email, name) =
            (format!("director{number}@bench.example"), format!("Director {number}"));
        let flags = ["admin", "create", "--role", "PD", "--password-stdin", "--email"];
        let mut admin = program.command(&[&flags[..], &[&email, "--name", &name]].concat());
        let mut child = admin.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        let mut stdin = child.stdin.take().context("no stdin")?;
        std::io::Write::write_all(&mut stdin, password.as_bytes())?;
        drop(stdin);
        child.wait()?;
        logins.push((email, password.to_owned()));
    }
    Ok(logins)
}

/// The pages that are measured, with the ids of this database.
fn pages(client: &Client, files: &scale::Files) -> Result<Vec<(&'static str, String)>> {
    let id = account(client, &files.largest)?;
    let small = account(client, &files.small)?;
    Ok(vec![
        ("portfolio, today", "/portfolio".to_owned()),
        ("account of five companies", format!("/accounts/{small}")),
        ("account of 500 companies", format!("/accounts/{id}")),
        ("its group", format!("/accounts/{id}/group")),
        ("its score", format!("/accounts/{id}/score")),
        ("search of two words", "/search?q=group+in".to_owned()),
        ("search of a prefix", "/search?q=al".to_owned()),
        ("people", "/people".to_owned()),
        ("week", "/".to_owned()),
        ("portfolio as JSON", "/api/v1/portfolio".to_owned()),
    ])
}

/// Gives the id of the account of a name.
fn account(client: &Client, name: &str) -> Result<String> {
    let found = client.json(&format!("/api/v1/accounts?q={}", name.replace(' ', "%20")))?;
    let id = found.pointer("/items/0/id").and_then(serde_json::Value::as_str);
    Ok(id.with_context(|| format!("{name} is not found"))?.to_owned())
}

/// Another day, currency or rate rule: the first look and the second.
fn first_looks(client: &Client, process: u32) -> Result<String> {
    let mut part =
        String::from("\n| first look | first ms | first CPU ms | then ms |\n|---|---|---|---|\n");
    for (name, path) in [
        ("another day", "/portfolio?as_of=2025-03-31"),
        ("another currency", "/portfolio?currency=USD"),
    ] {
        let (before, started) = (cpu_ms(process), Instant::now());
        client.get(path)?;
        let (first, cpu) = (started.elapsed().as_secs_f64() * 1_000.0, cpu_ms(process) - before);
        let started = Instant::now();
        client.get(path)?;
        writeln!(
            part,
            "| {name} | {first:.0} | {cpu:.0} | {:.0} |",
            started.elapsed().as_secs_f64() * 1_000.0
        )?;
    }
    Ok(part)
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .unwrap_or("")
        .trim_start_matches([' ', '\t', ':'])
        .to_owned();
    format!("Machine: {cores} cores, {model}; client and server share them.")
}

/// The serving program.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(program: &Program) -> Result<Self> {
        let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().context("the program prints nothing")?;
        for line in std::io::BufRead::lines(std::io::BufReader::new(out)) {
            if let Some(at) = line?.split_whitespace().find_map(|word| word.strip_prefix("http://"))
            {
                return Ok(Self { child, address: at.trim_end_matches('/').to_owned() });
            }
        }
        bail!("the program ended before it listened")
    }

    fn stop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop();
    }
}
