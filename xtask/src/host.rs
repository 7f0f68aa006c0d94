//! The machine: paths, processes, packages.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// Gives the root of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(env("CARGO_MANIFEST_DIR").unwrap_or_else(|| "xtask".to_owned()));
    here.parent().unwrap_or(&here).to_owned()
}

/// Gives the folder into which cargo builds.
pub(crate) fn target() -> PathBuf {
    env("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Reads a variable of the environment.
#[expect(clippy::disallowed_methods, reason = "xtask is a tool of the house, not the program")]
pub(crate) fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Gives a command that runs at the root, without what cargo says of this package: build scripts
/// look at it, and would build again what is built.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|start| text.starts_with(start)) {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command with its output shown; says whether it succeeded.
pub(crate) fn succeeds(mut command: Command) -> Result<bool> {
    let name = command.get_program().to_string_lossy().into_owned();
    Ok(command.status().with_context(|| format!("cannot start {name}"))?.success())
}

/// Runs a command and gives what it printed; an error when it fails.
pub(crate) fn output(mut command: Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done =
        command.stderr(Stdio::piped()).output().with_context(|| format!("cannot start {name}"))?;
    if !done.status.success() {
        bail!("{name} failed: {}", String::from_utf8_lossy(&done.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Says whether a program can be found.
pub(crate) fn has(program: &str) -> bool {
    Command::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Says whether we may install packages.
pub(crate) fn is_root() -> bool {
    output(command("id", &["-u"])).is_ok_and(|uid| uid.trim() == "0")
}

/// Installs Debian packages if root; one clear line and an error otherwise.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    if !is_root() || !has("apt-get") {
        bail!("missing: {}. Install it and run this again.", packages.join(", "));
    }
    let mut update = command("apt-get", &["-qq", "update"]);
    update.stdout(Stdio::null());
    succeeds(update)?;
    let mut install = command("apt-get", &["-qq", "-y", "--no-install-recommends", "install"]);
    install.args(packages).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
    if !succeeds(install)? {
        bail!("could not install {}", packages.join(", "));
    }
    Ok(())
}

/// Gives every file below a folder whose name ends so, sorted, without build output.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && !matches!(name.as_str(), "target" | ".git" | "node_modules") {
                folders.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Gives a path relative to the root, with forward strokes.
pub(crate) fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
