//! The package in a clean Debian tree: installed, verified, run as its user with
//! PostgreSQL and a provider.

use std::process::Command;

use anyhow::Result;

use crate::{deb, doors, host, postgres, say};

/// Where the program of the rehearsal listens.
const PORT: &str = "8187";

/// Builds the package and runs `packaging/rehearse.sh` with it.
pub(crate) fn run(words: &[String]) -> Result<bool> {
    for (program, package) in
        [("debootstrap", "debootstrap"), ("curl", "curl"), ("systemd-nspawn", "systemd-container")]
    {
        if !host::has(program) {
            host::install(&[package])?;
        }
    }
    let package = deb::build(deb::Profile::of(words))?;
    if host::has("lintian") {
        let mut lint = Command::new("lintian");
        lint.args(["--tag-display-limit", "0", "--fail-on", "error"]).arg(&package);
        say::out(if host::succeeds(lint)? { "lintian: no error" } else { "lintian: errors" });
    }
    let folder = host::target().join("debian-tree");
    let cluster = postgres::Cluster::start("")?;
    let provider = doors::Provider::start(PORT)?;
    let mut rehearse = Command::new(host::root().join("packaging/rehearse.sh"));
    rehearse.arg(&package).arg(&folder).arg(cluster.url()).arg(PORT).arg(provider.issuer());
    host::succeeds(rehearse)
}
