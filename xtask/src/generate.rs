//! `cargo xtask gen`: everything that is made from the code.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{fixtures, host, say};

/// What is done with what is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// It replaces what stands there.
    Write,
    /// It is compared with what stands there.
    Check,
}

/// Writes fixtures/ and docs/generated/, or compares them with what stands there.
pub(crate) fn run(mode: Mode) -> Result<bool> {
    let folder = std::env::temp_dir().join(format!("orchestre-gen-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("fixtures"))?;
    std::fs::create_dir_all(folder.join("generated"))?;
    fixtures::write(&folder.join("fixtures"))?;
    reference(&folder.join("generated"))?;
    let pairs = [("fixtures", "fixtures/story"), ("generated", "docs/generated")];
    let mut same = true;
    for (new, old) in pairs {
        let (fresh, kept) = (folder.join(new), host::root().join(old));
        if mode == Mode::Check {
            same &= equal(&fresh, &kept)?;
        } else {
            replace(&fresh, &kept)?;
        }
    }
    std::fs::remove_dir_all(folder)?;
    Ok(same)
}

/// The program writes its own reference: verbs, configuration, codes, routes, schema.
fn reference(folder: &Path) -> Result<()> {
    let folder = folder.to_string_lossy().into_owned();
    let cargo = host::env("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let arguments =
        ["run", "--quiet", "--package", "orchestre", "--all-features", "--", "reference", &folder];
    if !host::succeeds(host::command(&cargo, &arguments))? {
        bail!("the program could not write its reference");
    }
    Ok(())
}

fn equal(made: &Path, kept: &Path) -> Result<bool> {
    let mut same = true;
    for path in host::files(made, "") {
        let name = path.strip_prefix(made)?;
        if std::fs::read(&path)? != std::fs::read(kept.join(name)).unwrap_or_default() {
            say::err(&format!(
                "{} is out of date: run `cargo xtask gen`",
                host::relative(&kept.join(name))
            ));
            same = false;
        }
    }
    for path in host::files(kept, "") {
        if !made.join(path.strip_prefix(kept)?).exists() {
            say::err(&format!("{} is made by nothing: remove it", host::relative(&path)));
            same = false;
        }
    }
    Ok(same)
}

fn replace(made: &Path, kept: &Path) -> Result<()> {
    if kept.exists() {
        std::fs::remove_dir_all(kept)?;
    }
    std::fs::create_dir_all(kept)?;
    for path in host::files(made, "") {
        let to = kept.join(path.strip_prefix(made)?);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(&path, to)?;
    }
    Ok(())
}
