//! A program with every way in, for the browser stories: a provider, a private directory, passkeys.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::browser::Served;
use crate::host;

/// The provider: an exact version, in a folder of its own.
const PACKAGE: &str = "oidc-provider@8.8.1";

/// The servers and the program; they end with this.
pub(crate) struct Doors {
    _program: Served,
    servers: Child,
    address: String,
    issuer: String,
    slapd: String,
    people: String,
}

impl Doors {
    /// Starts everything below a folder.
    pub(crate) fn open(folder: &Path, program: &Path) -> Result<Self> {
        let tools = tools()?;
        let data = folder.join("doors");
        let data_text = data.to_string_lossy().into_owned();
        let mut load = Command::new(program);
        load.args(["demo", "--data", &data_text, "--load-only", "--json"]).stderr(Stdio::null());
        let people = host::output(load).context("the demo could not be loaded")?;
        let people = field(&people, "people")?.to_string();
        let mut servers = Command::new("node");
        servers
            .arg(host::root().join("tests/identity/servers.mjs"))
            .arg(folder.join("slapd"))
            .arg(&data)
            .env("ORCHESTRE_TOOLS", &tools)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut servers = servers.spawn().context("cannot start the provider")?;
        let out = servers.stdout.take().context("the provider prints nothing")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        if line.is_empty() {
            bail!("the provider or the directory did not start");
        }
        let text = |name| field(&line, name).map(|value| value.as_str().unwrap_or("").to_owned());
        let listen = text("listen")?;
        let mut serve = Command::new(program);
        serve
            .args(["demo", "--data", &data_text, "--listen", &listen])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut program = Served(serve.spawn().context("cannot start the program")?);
        program.address()?;
        Ok(Self {
            _program: program,
            address: text("address")?,
            issuer: text("issuer")?,
            slapd: field(&line, "slapd")?.to_string(),
            people,
            servers,
        })
    }

    /// Tells the stories where everything is.
    pub(crate) fn tell(&self, stories: &mut Command) {
        stories
            .env("ORCHESTRE_DOORS", &self.address)
            .env("ORCHESTRE_DOORS_PEOPLE", &self.people)
            .env("ORCHESTRE_ISSUER", &self.issuer)
            .env("ORCHESTRE_SLAPD", &self.slapd);
    }
}

impl Drop for Doors {
    fn drop(&mut self) {
        // The end of its input lets it stop the directory first.
        drop(self.servers.stdin.take());
        drop(self.servers.wait());
    }
}

/// The provider alone; it ends with this.
pub(crate) struct Provider {
    server: Child,
    issuer: String,
}

impl Provider {
    /// Starts it for a program that browsers reach at this port of `localhost`.
    pub(crate) fn start(port: &str) -> Result<Self> {
        let mut server = Command::new("node");
        server
            .arg(host::root().join("tests/identity/alone.mjs"))
            .arg(format!("http://localhost:{port}"))
            .env("ORCHESTRE_TOOLS", tools()?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut server = server.spawn().context("cannot start the provider")?;
        let out = server.stdout.take().context("the provider prints nothing")?;
        let mut issuer = String::new();
        BufReader::new(out).read_line(&mut issuer)?;
        Ok(Self { server, issuer: issuer.trim().to_owned() })
    }

    /// Gives its address.
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.server.stdin.take());
        drop(self.server.wait());
    }
}

fn field(text: &str, name: &str) -> Result<serde_json::Value> {
    let value: serde_json::Value = serde_json::from_str(text).context("no JSON")?;
    value.get(name).cloned().with_context(|| format!("no {name}"))
}

/// Gives the folder with the provider, installed once and kept beside the build.
fn tools() -> Result<PathBuf> {
    let needed = ["/usr/sbin/slapd", "/usr/libexec/slapd"];
    if !needed.iter().any(|path| Path::new(path).exists()) {
        host::install(&["slapd"])?;
    }
    if !host::has("openssl") {
        host::install(&["openssl"])?;
    }
    let folder = host::target().join("identity-tools");
    let stamp = folder.join("installed");
    if std::fs::read_to_string(&stamp).unwrap_or_default() != PACKAGE {
        std::fs::create_dir_all(&folder)?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix"])
            .arg(&folder)
            .arg(PACKAGE);
        if !host::succeeds(npm)? {
            bail!("npm could not install {PACKAGE}");
        }
        std::fs::write(stamp, PACKAGE)?;
    }
    Ok(folder)
}
