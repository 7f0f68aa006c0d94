//! The Debian package: the program with every feature, its unit, its user, its papers.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{host, say};

/// How the program is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As users get it.
    Release,
    /// As it stands in the build folder of the tests: for a rehearsal.
    Debug,
}

impl Profile {
    /// Reads the words of the command line.
    pub(crate) fn of(words: &[String]) -> Self {
        if words.iter().any(|word| word == "--debug") { Self::Debug } else { Self::Release }
    }
}

/// Builds the package and says where it is.
pub(crate) fn run(words: &[String]) -> Result<bool> {
    let package = build(Profile::of(words))?;
    say::out(&package.display().to_string());
    Ok(true)
}

/// Builds the package and gives its path.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    let program = compile(profile)?;
    let (version, architecture) = (version()?, architecture()?);
    let name = format!("orchestre_{version}_{architecture}");
    let out = host::target().join("debian");
    let tree = out.join(&name);
    drop(std::fs::remove_dir_all(&tree));
    stage(&tree, &program)?;
    let size = kibibytes(&tree)?;
    let values = [
        ("@VERSION@", version.as_str()),
        ("@ARCHITECTURE@", architecture.as_str()),
        ("@SIZE@", size.as_str()),
        ("@LIBC@", &libc(&tree.join("usr/bin/orchestre"))?),
    ];
    scripts(&tree, &values)?;
    let package = out.join(format!("{name}.deb"));
    let mut pack = Command::new("dpkg-deb");
    let level = if profile == Profile::Release { "-z6" } else { "-z1" };
    pack.args(["--root-owner-group", "-Zxz", level, "--build"]).arg(&tree).arg(&package);
    host::output(pack)?;
    Ok(package)
}

fn compile(profile: Profile) -> Result<PathBuf> {
    let cargo = host::env("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut arguments = vec!["build", "--quiet", "--package", "orchestre", "--features", "full"];
    let folder = match profile {
        Profile::Release => {
            arguments.push("--release");
            "release"
        }
        Profile::Debug => "debug",
    };
    if !host::succeeds(host::command(&cargo, &arguments))? {
        bail!("the program could not be built");
    }
    Ok(host::target().join(folder).join("orchestre"))
}

/// Puts every file in its place.
fn stage(tree: &Path, program: &Path) -> Result<()> {
    let root = host::root();
    let packaging = root.join("packaging");
    let doc = "usr/share/doc/orchestre";
    let files = [
        (program.to_owned(), "usr/bin/orchestre".to_owned(), "755"),
        (packaging.join("orchestre.service"), "lib/systemd/system/orchestre.service".into(), "644"),
        (packaging.join("orchestre.toml"), "etc/orchestre/orchestre.toml".into(), "644"),
        (packaging.join("copyright"), format!("{doc}/copyright"), "644"),
        (root.join("docs/generated/config.md"), format!("{doc}/config.md"), "644"),
        (root.join("CHANGELOG.md"), format!("{doc}/CHANGELOG.md"), "644"),
        (packaging.join("orchestre.1"), "usr/share/man/man1/orchestre.1".into(), "644"),
        (
            packaging.join("lintian-overrides"),
            "usr/share/lintian/overrides/orchestre".into(),
            "644",
        ),
    ];
    for (from, to, mode) in files {
        let mut install = Command::new("install");
        install.args(["-D", "-m", mode]).arg(&from).arg(tree.join(&to));
        host::output(install).with_context(|| to)?;
    }
    let mut strip = Command::new("strip");
    strip
        .args(["--strip-unneeded", "--remove-section=.comment"])
        .arg(tree.join("usr/bin/orchestre"));
    host::output(strip)?;
    for name in [format!("{doc}/CHANGELOG.md"), "usr/share/man/man1/orchestre.1".to_owned()] {
        zip(&tree.join(name))?;
    }
    Ok(())
}

/// Writes what the package manager reads and runs.
fn scripts(tree: &Path, values: &[(&str, &str)]) -> Result<()> {
    let packaging = host::root().join("packaging");
    let folder = tree.join("DEBIAN");
    std::fs::create_dir_all(&folder)?;
    for (name, mode) in [
        ("control", "644"),
        ("conffiles", "644"),
        ("postinst", "755"),
        ("prerm", "755"),
        ("postrm", "755"),
    ] {
        std::fs::write(folder.join(name), filled(&packaging.join(name), values)?)?;
        set_mode(&folder.join(name), mode)?;
    }
    let log = tree.join("usr/share/doc/orchestre/changelog");
    std::fs::write(&log, filled(&packaging.join("changelog"), values)?)?;
    zip(&log)?;
    let mut sums = Command::new("sh");
    sums.current_dir(tree).args(["-c", "find usr lib -type f | sort | xargs md5sum"]);
    std::fs::write(folder.join("md5sums"), host::output(sums)?)?;
    set_mode(&folder.join("md5sums"), "644")
}

fn filled(path: &Path, values: &[(&str, &str)]) -> Result<String> {
    let text = std::fs::read_to_string(path)?;
    Ok(values.iter().fold(text, |text, (name, value)| text.replace(name, value)))
}

fn set_mode(path: &Path, mode: &str) -> Result<()> {
    let mut chmod = Command::new("chmod");
    chmod.arg(mode).arg(path);
    host::output(chmod).map(drop)
}

fn zip(path: &Path) -> Result<()> {
    let mut gzip = Command::new("gzip");
    gzip.args(["-9", "-n", "-f"]).arg(path);
    host::output(gzip).map(drop)
}

fn version() -> Result<String> {
    let manifest = std::fs::read_to_string(host::root().join("Cargo.toml"))?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    Ok(line.context("the workspace has no version")?.trim_matches('"').to_owned())
}

fn architecture() -> Result<String> {
    Ok(host::output(host::command("dpkg", &["--print-architecture"]))?.trim().to_owned())
}

fn kibibytes(tree: &Path) -> Result<String> {
    let mut du = Command::new("du");
    du.args(["-sk", "--apparent-size"]).arg(tree);
    Ok(host::output(du)?.split_whitespace().next().unwrap_or("0").to_owned())
}

/// Gives the newest version of the C library that the program asks for.
fn libc(program: &Path) -> Result<String> {
    let mut dump = Command::new("objdump");
    dump.arg("-T").arg(program);
    let text = host::output(dump)?;
    let versions = text.split_whitespace().filter_map(|word| {
        word.trim_matches(['(', ')']).strip_prefix("GLIBC_").and_then(|version| {
            let (major, minor) = version.split_once('.')?;
            Some((major.parse::<u32>().ok()?, minor.split('.').next()?.parse::<u32>().ok()?))
        })
    });
    let (major, minor) = versions.max().context("the program asks for no C library")?;
    Ok(format!("{major}.{minor}"))
}
