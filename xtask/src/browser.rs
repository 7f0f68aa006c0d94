//! The stories in a real browser, against the real program on the demo story.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::doors::Doors;
use crate::host;
use crate::test::Outcome;

/// What drives the browser, and what judges accessibility: exact versions.
const PACKAGES: &[&str] = &["playwright-core@1.65.1", "axe-core@4.14.1"];

/// Starts the demo in a fresh folder and runs tests/browser.
pub(crate) fn run() -> Result<Outcome> {
    let tools = tools()?;
    let cargo = host::env("CARGO").unwrap_or_else(|| "cargo".to_owned());
    if !host::succeeds(host::command(
        &cargo,
        &["build", "--quiet", "--package", "orchestre", "--all-features"],
    ))? {
        return Ok(Outcome::Failed);
    }
    let folder = std::env::temp_dir().join(format!("orchestre-browser-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let outcome = stories(&folder, &tools);
    drop(std::fs::remove_dir_all(&folder));
    outcome
}

fn stories(folder: &std::path::Path, tools: &std::path::Path) -> Result<Outcome> {
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
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut server = Served(serve.spawn().context("cannot start the program")?);
    let address = server.address()?;
    let doors = Doors::open(folder, &program)?;
    let mut node = Command::new("node");
    doors.tell(&mut node);
    node.arg(host::root().join("tests/browser/run.mjs"))
        .current_dir(tools)
        .env("ORCHESTRE_ADDRESS", address)
        .env("ORCHESTRE_ADMIN", folder.join("admin.json"))
        .env("ORCHESTRE_PEOPLE", folder.join("people.json"))
        .env("ORCHESTRE_PROGRAM", &program)
        .env("ORCHESTRE_TOOLS", tools);
    Ok(if host::succeeds(node)? { Outcome::Passed } else { Outcome::Failed })
}

/// A serving program, killed when the stories end.
pub(crate) struct Served(pub(crate) Child);

impl Served {
    /// Reads the address that the program prints once it listens.
    pub(crate) fn address(&mut self) -> Result<String> {
        let out = self.0.stdout.take().context("the program prints nothing")?;
        for line in BufReader::new(out).lines() {
            let line = line?;
            if let Some(at) = line.split_whitespace().find(|word| word.starts_with("http://")) {
                return Ok(at.trim_end_matches('/').to_owned());
            }
        }
        bail!("the program ended before it listened")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Gives the folder with the browser's driver, installed once and kept beside the build.
fn tools() -> Result<std::path::PathBuf> {
    if !host::has("chromium") {
        host::install(&["chromium"])?;
    }
    if !host::has("node") || !host::has("npm") {
        host::install(&["nodejs", "npm"])?;
    }
    let folder = host::target().join("browser-tools");
    let stamp = folder.join("installed");
    if std::fs::read_to_string(&stamp).unwrap_or_default() != PACKAGES.join(" ") {
        std::fs::create_dir_all(&folder)?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix"])
            .arg(&folder)
            .args(PACKAGES);
        if !host::succeeds(npm)? {
            bail!("npm could not install {}", PACKAGES.join(" and "));
        }
        std::fs::write(stamp, PACKAGES.join(" "))?;
    }
    Ok(folder)
}
