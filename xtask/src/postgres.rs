//! A private PostgreSQL cluster for the tests, gone when they end.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::host;

/// A running cluster; dropping it stops it and removes its files.
pub(crate) struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts a cluster on a free port of loopback; without durability unless asked for.
    pub(crate) fn start(settings: &str) -> Result<Self> {
        let bin = bin()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("orchestre-postgres-{port}"));
        std::fs::create_dir_all(&folder)?;
        let cluster = Self { bin, folder, port };
        cluster.make(settings).context("cannot start PostgreSQL")?;
        Ok(cluster)
    }

    fn make(&self, settings: &str) -> Result<()> {
        let data = self.folder.join("data");
        if host::is_root() {
            host::output(host::command("chown", &["-R", "postgres", &text(&self.folder)]))?;
        }
        self.tool("initdb", &["-D", &text(&data), "-A", "trust", "-E", "UTF8", "--locale=C"])?;
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} {settings}",
            self.port,
            text(&self.folder)
        );
        let log = self.folder.join("log");
        self.tool("pg_ctl", &["-D", &text(&data), "-l", &text(&log), "-w", "-o", &options, "start"])
    }

    /// Gives the address of the cluster's database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn tool(&self, name: &str, arguments: &[&str]) -> Result<()> {
        let program = text(&self.bin.join(name));
        let mut command = if host::is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", &program]);
            command
        } else {
            Command::new(program)
        };
        command.args(arguments).current_dir(&self.folder).stdout(Stdio::null());
        if !command.status().with_context(|| format!("cannot start {name}"))?.success() {
            bail!("{name} failed");
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = text(&self.folder.join("data"));
        drop(self.tool("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]));
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn bin() -> Result<PathBuf> {
    let newest = || {
        let mut found = host::files(Path::new("/usr/lib/postgresql"), "initdb");
        found.sort();
        found.pop().and_then(|path| path.parent().map(Path::to_owned))
    };
    if let Some(bin) = newest() {
        return Ok(bin);
    }
    host::install(&["postgresql"])?;
    newest().context("PostgreSQL is installed and its initdb cannot be found")
}
