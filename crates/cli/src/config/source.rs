//! Where values are read from: a file, the environment, and the files that hold secrets.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::near::nearest;
use super::section::fields;
use super::{Field, Origin};
use crate::refusal::Refusal;

/// A value that somebody set.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) key: &'static str,
    pub(super) value: String,
    pub(super) origin: Origin,
}

/// What is said of a file that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    /// It need not be there.
    Fine,
    /// Somebody named it.
    Refused,
}

/// Variables of this beginning that are not the program's own: its build and its tests read them.
const EXEMPT: &[&str] = &["ORCHESTRE_TARGET_DIR", "ORCHESTRE_TEST_"];

/// Reads a file of sections; of a secret, `<key>_file` may name the file that holds it.
///
/// # Errors
///
/// A file that cannot be read, an unknown key with the nearest one, a key that is set twice.
pub(super) fn file(path: &Path, absent: Absent) -> anyhow::Result<Vec<Found>> {
    let shown = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && absent == Absent::Fine => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {shown}")),
    };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        // The excerpt of the parser could hold a secret: the line's number says enough.
        let line = error.span().map_or(0, |at| text.get(..at.start).unwrap_or("").lines().count());
        anyhow::Error::new(Refusal::misuse(
            format!("{shown}, line {}: {}", line.max(1), error.message()),
            "write sections as [server] and values as key = \"value\"",
        ))
    })?;
    let mut found = Vec::new();
    // Providers are tables of their own: see `identity`.
    for (section, inner) in table.into_iter().filter(|(section, _)| section != "oidc") {
        let Some(inner) = inner.as_table() else {
            let what = format!("{shown}: {section} stands outside of a section");
            bail!(Refusal::misuse(what, "write it below a [section], such as [server]"));
        };
        for (name, value) in inner {
            let key = format!("{section}.{name}");
            let one = line(path, &key, &written(value))?;
            refuse_twice(&found, &one, &shown.to_string())?;
            found.push(one);
        }
    }
    Ok(found)
}

fn line(path: &Path, key: &str, value: &str) -> anyhow::Result<Found> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(field) = fields().find(|field| field.key == key) {
        return Ok(Found { key: field.key, value: value.to_owned(), origin: Origin::File(name) });
    }
    let secret = key
        .strip_suffix("_file")
        .and_then(|key| fields().find(|field| field.is_secret && field.key == key));
    if let Some(field) = secret {
        let origin = Origin::File(format!("{name} ({key})"));
        return Ok(Found { key: field.key, value: secret_in(key, value)?, origin });
    }
    let known = fields().map(|field| field.key.to_owned());
    let what = format!("{}: unknown key {key}", path.display());
    bail!(Refusal::misuse(what, format!("did you mean {}?", nearest(key, known))));
}

/// Writes a value of the file as the environment would: a list with commas.
fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(all) => all.iter().map(written).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Reads `ORCHESTRE_SECTION_KEY`, or the file that `ORCHESTRE_SECTION_KEY_FILE` names.
///
/// # Errors
///
/// An unknown variable of ours with the nearest one, a value that is set twice, a file that cannot
/// be read.
pub(super) fn environment() -> anyhow::Result<Vec<Found>> {
    read(
        std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }),
    )
}

fn read(variables: impl Iterator<Item = (String, String)>) -> anyhow::Result<Vec<Found>> {
    let mut found = Vec::new();
    let ours = |name: &str| {
        name.starts_with("ORCHESTRE_") && !EXEMPT.iter().any(|start| name.starts_with(start))
    };
    for (name, value) in variables.filter(|(name, _)| ours(name)) {
        let direct = fields().find(|field| field.variable() == name);
        let by_file = || fields().find(|field| format!("{}_FILE", field.variable()) == name);
        let one = match (direct, direct.is_none().then(by_file).flatten()) {
            (Some(field), _) => variable(field, value, name),
            (None, Some(field)) => variable(field, secret_in(&name, &value)?, name),
            (None, None) => {
                let hint = nearest(&name, fields().map(Field::variable));
                bail!(Refusal::misuse(
                    format!("unknown variable {name}"),
                    format!("did you mean {hint}?")
                ));
            }
        };
        refuse_twice(&found, &one, "the environment")?;
        found.push(one);
    }
    Ok(found)
}

const fn variable(field: &'static Field, value: String, name: String) -> Found {
    Found { key: field.key, value, origin: Origin::Environment(name) }
}

fn secret_in(name: &str, path: &str) -> anyhow::Result<String> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("{name}: cannot read {path}"))?;
    Ok(text.trim_end().to_owned())
}

/// Refuses a value that one place sets both itself and by a file.
fn refuse_twice(found: &[Found], one: &Found, place: &str) -> anyhow::Result<()> {
    if found.iter().any(|other| other.key == one.key) {
        bail!(Refusal::misuse(
            format!("{place} sets {} twice", one.key),
            "keep the value or the file that holds it, not both"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> anyhow::Result<Vec<Found>> {
        read(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn an_unknown_variable_of_ours_names_the_nearest_one() {
        let error = environment(&[("ORCHESTRE_SERVR_LISTEN", "x")]).unwrap_err();
        let refusal = error.downcast_ref::<Refusal>().unwrap();
        assert!(refusal.hint.contains("ORCHESTRE_SERVER_LISTEN"), "{}", refusal.hint);
        let others =
            [("PATH", "x"), ("ORCHESTRE_TARGET_DIR", "x"), ("ORCHESTRE_TEST_POSTGRES", "x")];
        assert!(environment(&others).unwrap().is_empty());
    }

    #[test]
    fn a_value_is_set_once_in_a_place() {
        let dir = tempfile::tempdir().unwrap();
        let secret = dir.path().join("url");
        std::fs::write(&secret, "postgres://u:p@h/d\n").unwrap();
        let path = secret.to_string_lossy().into_owned();
        let one = ("ORCHESTRE_DATABASE_URL_FILE", path.as_str());
        let found = environment(&[one]).unwrap();
        assert_eq!(found[0].value, "postgres://u:p@h/d", "without the end of the line");
        assert!(environment(&[one, ("ORCHESTRE_DATABASE_URL", "x")]).is_err());
    }

    #[test]
    fn a_secret_may_stand_in_a_file_and_a_list_in_brackets() {
        let dir = tempfile::tempdir().unwrap();
        let secret = dir.path().join("token");
        std::fs::write(&secret, "0123456789abcdef\n").unwrap();
        let path = dir.path().join("orchestre.toml");
        let text = format!(
            "[metrics]\ntoken_file = {:?}\n[server]\ntrusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\"]\n",
            secret.display().to_string()
        );
        std::fs::write(&path, text).unwrap();
        let found = file(&path, Absent::Refused).unwrap();
        let value = |key| found.iter().find(|one| one.key == key).unwrap().value.clone();
        assert_eq!(value("metrics.token"), "0123456789abcdef");
        assert_eq!(value("server.trusted_proxies"), "127.0.0.1, 10.0.0.0/8");
        std::fs::write(&path, "[server]\nlisten_file = \"x\"\n").unwrap();
        assert!(file(&path, Absent::Refused).is_err(), "only secrets stand in files");
    }

    #[test]
    fn a_file_that_cannot_be_read_does_not_show_what_stands_in_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("orchestre.toml");
        std::fs::write(&path, "[metrics]\n\ntoken = \"hidden-secret\n").unwrap();
        let error = file(&path, Absent::Refused).unwrap_err();
        assert!(!format!("{error:#}").contains("hidden-secret"), "{error:#}");
        assert!(format!("{error:#}").contains("line 3"), "{error:#}");
    }
}
