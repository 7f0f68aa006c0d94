//! Configuration: file < environment < flag. The only reader of the environment.

pub(crate) mod identity;
mod near;
mod section;
mod source;

use std::path::PathBuf;

use anyhow::bail;
pub(crate) use section::{Field, fields, parts};

use crate::refusal::Refusal;

/// The file of the configuration in the data directory.
const FILE: &str = "orchestre.toml";

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The program's own.
    Default,
    /// The file of the configuration.
    File(String),
    /// A variable of the environment.
    Environment(String),
    /// A flag of the command line.
    Flag,
}

/// Where the configuration is looked for, as the command line says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// The data directory, if one was named.
    pub(crate) data: Option<PathBuf>,
    /// The file of the configuration, if one was named.
    pub(crate) file: Option<PathBuf>,
}

/// The configuration with the origin of each value.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// The data directory.
    pub(crate) data: PathBuf,
    values: Vec<(&'static Field, String, Origin)>,
    providers: Vec<identity::Entry>,
}

impl Config {
    /// Reads file and environment; flags come with `with_flag`.
    ///
    /// # Errors
    ///
    /// An unknown key (with the nearest known one) or a value that cannot be right.
    pub(crate) fn read(place: &Place) -> anyhow::Result<Self> {
        let environment = source::environment()?;
        let file = match &place.file {
            Some(path) => source::file(path, source::Absent::Refused)?,
            None => Vec::new(),
        };
        let mut values = overlaid(&[&file, &environment])?;
        let data = place.data.clone().unwrap_or_else(|| PathBuf::from(text(&values, DATA)));
        if data.is_file() {
            let what = format!("{} is a file, not a data directory", data.display());
            bail!(Refusal::no(what, "choose a directory with --data"));
        }
        if place.file.is_none() {
            let path = data.join(FILE);
            let own = source::file(&path, source::Absent::Fine)?;
            if own.iter().any(|found| found.key == DATA) {
                let what =
                    format!("{}: {DATA} cannot stand in the directory itself", path.display());
                bail!(Refusal::misuse(what, "name the file with --config, or take the line out"));
            }
            values = overlaid(&[&own, &environment])?;
        }
        if place.data.is_some() {
            set(&mut values, DATA, &data.to_string_lossy(), &Origin::Flag);
        }
        let path = place.file.clone().unwrap_or_else(|| data.join(FILE));
        let providers = identity::entries(&path)?;
        Ok(Self { data, values, providers })
    }

    /// Gives the configuration with a value from a flag.
    ///
    /// # Errors
    ///
    /// When the value cannot be right.
    pub(crate) fn with_flag(mut self, key: &str, flag: Option<&str>) -> anyhow::Result<Self> {
        if let Some(text) = flag
            && let Some((field, _, _)) = self.values.iter().find(|(field, _, _)| field.key == key)
        {
            field.check(text)?;
            set(&mut self.values, key, text, &Origin::Flag);
        }
        Ok(self)
    }

    /// Gives a value; empty for a key that does not exist.
    pub(crate) fn get(&self, key: &str) -> &str {
        text(&self.values, key)
    }

    /// Says whether a value is yes.
    pub(crate) fn is_on(&self, key: &str) -> bool {
        section::is_yes(self.get(key)) == Some(true)
    }

    /// Gives the providers of the file.
    pub(crate) fn providers(&self) -> &[identity::Entry] {
        &self.providers
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

/// The key of the data directory.
const DATA: &str = "data.directory";

fn text<'a>(values: &'a [(&'static Field, String, Origin)], key: &str) -> &'a str {
    values.iter().find(|(field, _, _)| field.key == key).map_or("", |(_, value, _)| value)
}

fn set(values: &mut [(&'static Field, String, Origin)], key: &str, text: &str, origin: &Origin) {
    if let Some(entry) = values.iter_mut().find(|(field, _, _)| field.key == key) {
        (entry.1, entry.2) = (text.to_owned(), origin.clone());
    }
}

/// Gives every value: its default, or what the last source says that knows it.
fn overlaid(sources: &[&[source::Found]]) -> anyhow::Result<Vec<(&'static Field, String, Origin)>> {
    let mut values = Vec::new();
    for field in fields() {
        let (mut value, mut origin) = (field.default.to_owned(), Origin::Default);
        for found in sources.iter().filter_map(|all| all.iter().find(|one| one.key == field.key)) {
            (value, origin) = (found.value.clone(), found.origin.clone());
        }
        field.check(&value)?;
        values.push((field, value, origin));
    }
    Ok(values)
}
