//! The API held against its own document: schemathesis, and a client that knows nothing else.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::browser::Served;
use crate::host;
use crate::test::Outcome;

/// What makes the requests: an exact version.
const PACKAGES: &[&str] = &["schemathesis==4.32.5"];
/// Examples of each operation in `cargo xtask test`.
pub(crate) const EVERY_TIME: &str = "10";
/// Examples of each operation in `cargo xtask night`.
pub(crate) const AT_NIGHT: &str = "100";

/// Starts the demo in a fresh folder and runs tests/api with so many examples an operation.
pub(crate) fn run(examples: &str) -> Result<Outcome> {
    let python = tools()?;
    let cargo = host::env("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let build = ["build", "--quiet", "--package", "orchestre", "--all-features"];
    if !host::succeeds(host::command(&cargo, &build))? {
        return Ok(Outcome::Failed);
    }
    let folder = std::env::temp_dir().join(format!("orchestre-api-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let held = asked(&folder, &python, examples);
    drop(std::fs::remove_dir_all(&folder));
    Ok(Outcome::from(held?))
}

fn asked(folder: &std::path::Path, python: &std::path::Path, examples: &str) -> Result<bool> {
    let data = folder.join("demo").to_string_lossy().into_owned();
    let program = host::target().join("debug/orchestre");
    let mut load = Command::new(&program);
    load.args(["demo", "--data", &data, "--load-only", "--json"]).stderr(Stdio::null());
    let people = host::output(load).context("the demo could not be loaded")?;
    std::fs::write(folder.join("people.json"), people)?;
    let mut admin = Command::new(&program);
    admin.args(["admin", "create", "--data", &data, "--json", "--role", "ADM"]);
    admin.args(["--email", "ada.admin@ardenval.example", "--name", "Ada Admin"]);
    let admin = host::output(admin).context("the administrator could not be made")?;
    std::fs::write(folder.join("admin.json"), admin)?;
    let mut serve = Command::new(&program);
    serve
        .args(["demo", "--data", &data, "--listen", "127.0.0.1:0"])
        .envs([("ORCHESTRE_API_RATE", "0"), ("ORCHESTRE_API_RATE_STRANGERS", "0")])
        .env("ORCHESTRE_AUDIT_FILE", folder.join("checkpoints"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut server = Served(serve.spawn().context("cannot start the program")?);
    let address = server.address()?;
    let mut tests = Command::new(python);
    tests
        .arg(host::root().join("tests/api/run.py"))
        .env("ORCHESTRE_ADDRESS", address)
        .env("ORCHESTRE_ADMIN", folder.join("admin.json"))
        .env("ORCHESTRE_PEOPLE", folder.join("people.json"))
        .env("ORCHESTRE_EXAMPLES", examples);
    host::succeeds(tests)
}

/// Gives the Python of a folder of its own, filled once and kept outside of the checkout.
fn tools() -> Result<PathBuf> {
    let cache = host::env("XDG_CACHE_HOME").map(PathBuf::from);
    let home = host::env("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let Some(cache) = cache.or(home) else { bail!("neither XDG_CACHE_HOME nor HOME is set") };
    let folder = cache.join("orchestre-api-tools");
    let (python, stamp) = (folder.join("bin/python"), folder.join("installed"));
    if std::fs::read_to_string(&stamp).unwrap_or_default() == PACKAGES.join(" ") {
        return Ok(python);
    }
    if !host::has("python3") {
        host::install(&["python3", "python3-venv"])?;
    }
    let mut made = Command::new("python3");
    made.args(["-m", "venv"]).arg(&folder);
    let mut filled = Command::new(folder.join("bin/pip"));
    filled.args(["install", "--quiet"]).args(PACKAGES);
    if !host::succeeds(made)? || !host::succeeds(filled)? {
        bail!("pip could not install {}", PACKAGES.join(" and "));
    }
    std::fs::write(stamp, PACKAGES.join(" "))?;
    Ok(python)
}
