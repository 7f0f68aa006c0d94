//! Configuration: file < environment < flag. The only reader of the environment.

mod section;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
pub(crate) use section::{FIELDS, Field};

use crate::refusal::Refusal;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The program's own.
    Default,
    /// The file `orchestre.toml` in the data directory.
    File,
    /// A variable of the environment.
    Environment(String),
    /// A flag of the command line.
    Flag,
}

/// The configuration with the origin of each value.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// The data directory.
    pub(crate) data: PathBuf,
    values: Vec<(&'static Field, String, Origin)>,
}

impl Config {
    /// Reads file and environment; flags come with `with_flag`.
    ///
    /// # Errors
    ///
    /// An unknown key (with the nearest known one) or a value that cannot be right.
    pub(crate) fn read(data: PathBuf) -> anyhow::Result<Self> {
        if data.is_file() {
            let what = format!("{} is a file, not a data directory", data.display());
            bail!(Refusal::no(what, "choose a directory with --data"));
        }
        let file = read_file(&data.join("orchestre.toml"))?;
        let mut values = Vec::new();
        for field in FIELDS {
            let mut value = (field.default.to_owned(), Origin::Default);
            if let Some((_, text)) = file.iter().find(|(key, _)| key == field.key) {
                value = (text.clone(), Origin::File);
            }
            if let Some((name, text)) = from_environment(field)? {
                value = (text, Origin::Environment(name));
            }
            field.check(&value.0)?;
            values.push((field, value.0, value.1));
        }
        Ok(Self { data, values })
    }

    /// Gives the configuration with a value from a flag.
    ///
    /// # Errors
    ///
    /// When the value cannot be right.
    pub(crate) fn with_flag(mut self, key: &str, flag: Option<&str>) -> anyhow::Result<Self> {
        if let Some(text) = flag
            && let Some(entry) = self.values.iter_mut().find(|(field, _, _)| field.key == key)
        {
            entry.0.check(text)?;
            (entry.1, entry.2) = (text.to_owned(), Origin::Flag);
        }
        Ok(self)
    }

    /// Gives a value; empty for a key that does not exist.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.values.iter().find(|(field, _, _)| field.key == key).map_or("", |(_, value, _)| value)
    }

    /// Says whether nobody set a value.
    pub(crate) fn is_default(&self, key: &str) -> bool {
        self.values.iter().any(|(field, _, origin)| field.key == key && *origin == Origin::Default)
    }

    /// Gives every value with its origin, secrets masked.
    pub(crate) fn shown(&self) -> Vec<(&'static str, String, &Origin)> {
        let mask = |field: &Field, value: &str| {
            if field.is_secret && !value.is_empty() { "***".to_owned() } else { value.to_owned() }
        };
        self.values
            .iter()
            .map(|(field, value, origin)| (field.key, mask(field, value), origin))
            .collect()
    }
}

fn read_file(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let table: toml::Table =
        text.parse().with_context(|| format!("cannot read {}", path.display()))?;
    let mut found = Vec::new();
    for (section, inner) in table {
        let Some(inner) = inner.as_table() else {
            let what = format!("{}: {section} stands outside of a section", path.display());
            bail!(Refusal::misuse(what, "write it below a [section], such as [server]"));
        };
        for (name, value) in inner {
            let key = format!("{section}.{name}");
            if !FIELDS.iter().any(|field| field.key == key) {
                let what = format!("{}: unknown key {key}", path.display());
                bail!(Refusal::misuse(what, format!("did you mean {}?", nearest(&key))));
            }
            found.push((key, value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
    }
    Ok(found)
}

/// Gives the known key that shares most letters in place with an unknown one.
fn nearest(key: &str) -> &'static str {
    let likeness = |field: &&Field| {
        let letters = |text: &str| text.chars().collect::<std::collections::BTreeSet<_>>();
        letters(field.key).intersection(&letters(key)).count() * 2
            + field.key.chars().zip(key.chars()).take_while(|(a, b)| a == b).count()
    };
    FIELDS.iter().max_by_key(likeness).map_or("", |field| field.key)
}

/// Reads `ORCHESTRE_SECTION_KEY`, or the file that `ORCHESTRE_SECTION_KEY_FILE` names.
#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
fn from_environment(field: &Field) -> anyhow::Result<Option<(String, String)>> {
    let name = field.variable();
    if let Ok(value) = std::env::var(&name) {
        return Ok(Some((name, value)));
    }
    let name = format!("{name}_FILE");
    match std::env::var(&name) {
        Ok(path) => {
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("{name}: cannot read {path}"))?;
            Ok(Some((name, text.trim_end().to_owned())))
        }
        Err(_) => Ok(None),
    }
}
