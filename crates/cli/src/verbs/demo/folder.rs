//! The demo's directory: marked, so that nothing else is ever taken for a demo.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use jiff::civil::Date;

use super::people;
use crate::open::{self, DATABASE};
use crate::refusal::Refusal;

/// The file that marks a demo; it also says whether the story is all there.
const MARK: &str = "orchestre-demo.mark";
const TITLE: &str =
    "This directory holds the demo of Orchestre; `orchestre demo --reset` tells it anew.";

/// What becomes of a story that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// It is used again.
    Again,
    /// It is removed and told anew.
    Anew,
}

/// A marked directory; whoever loads it holds it alone.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    mark: File,
    told_on: Option<Date>,
}

impl Folder {
    /// Opens the directory, makes it when it is absent, and takes away a story that is to be
    /// told again: one that was loaded by half, or any with [`Start::Anew`].
    ///
    /// # Errors
    ///
    /// A directory that holds something and is not marked; one that another demo uses.
    pub(super) fn open(path: &Path, start: Start) -> anyhow::Result<Self> {
        let mark = path.join(MARK);
        if !mark.exists() && !is_empty(path)? {
            bail!(Refusal::misuse(
                format!("{} is not empty and not marked as a demo", path.display()),
                "choose another directory with --data; nothing was touched"
            ));
        }
        open::make(path)?;
        let opened =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&mark);
        let mut mark = opened.with_context(|| format!("cannot open {}", mark.display()))?;
        let told_on = match start {
            Start::Anew => None,
            Start::Again => read(&mut mark)?,
        };
        let locked = if told_on.is_some() { mark.try_lock_shared() } else { mark.try_lock() };
        if locked.is_err() {
            bail!(Refusal::no(
                format!("another demo runs in {}", path.display()),
                "stop it first, or choose another directory with --data"
            ));
        }
        let mut folder = Self { path: path.to_owned(), mark, told_on };
        if told_on.is_none() {
            folder.empty()?;
        }
        Ok(folder)
    }

    /// The directory.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The day on which the story is told; `None` until it is all there.
    pub(super) fn told_on(&self) -> Option<Date> {
        self.told_on
    }

    /// Writes down that the story is all there.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(super) fn finish(&mut self, t: Date) -> anyhow::Result<()> {
        self.write(&format!("told on {t}"))?;
        self.told_on = Some(t);
        Ok(())
    }

    /// Takes away what a demo writes, and nothing else.
    fn empty(&mut self) -> anyhow::Result<()> {
        self.write("loading")?;
        let database = ["", "-wal", "-shm"].map(|ending| format!("{DATABASE}{ending}"));
        for name in database.iter().map(String::as_str).chain([people::FILE]) {
            let file = self.path.join(name);
            match std::fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(error).with_context(|| format!("cannot remove {}", file.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn write(&mut self, state: &str) -> anyhow::Result<()> {
        let mut written = || {
            self.mark.set_len(0)?;
            self.mark.rewind()?;
            self.mark.write_all(format!("{TITLE}\n{state}\n").as_bytes())?;
            self.mark.sync_all()
        };
        written().with_context(|| format!("cannot write in {}", self.path.display()))
    }
}

fn is_empty(path: &Path) -> anyhow::Result<bool> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Gives the day on which the story is told, if the mark says that it is all there.
fn read(mark: &mut File) -> anyhow::Result<Option<Date>> {
    let mut text = String::new();
    mark.read_to_string(&mut text).context("cannot read the mark of the demo")?;
    Ok(text.lines().find_map(|line| line.strip_prefix("told on ")?.parse().ok()))
}
