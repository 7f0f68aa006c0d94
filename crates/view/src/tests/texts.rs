//! The texts of every language: the same keys and values, none empty, every key in use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::lang::Lang;

/// Gives the files under a folder with one of some endings, without the tests' own.
pub(super) fn files(root: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                let name = path.file_name().unwrap();
                if name != "tests" && name != "target" {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|end| endings.iter().any(|e| *e == end)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Gives each key of a language with its file and its text.
fn keys(lang: Lang) -> BTreeMap<String, (String, String)> {
    let root = Path::new("locales").join(lang.as_str());
    let mut keys: BTreeMap<String, (String, String)> = BTreeMap::new();
    for path in files(&root, &["ftl"]) {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut last = String::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (key, value) = line.split_once('=').unwrap_or((line, ""));
                last = key.trim().to_owned();
                let old = keys.insert(last.clone(), (file.clone(), value.trim().to_owned()));
                assert!(old.is_none(), "{lang}: {last} stands twice, in {file} and {old:?}");
            } else if let Some((_, text)) = keys.get_mut(&last) {
                text.push('\n');
                text.push_str(line.trim());
            }
        }
    }
    keys
}

fn variables(text: &str) -> BTreeSet<String> {
    let parts = text.split('$').skip(1);
    parts
        .map(|part| part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn every_language_has_the_same_keys_with_the_same_values() {
    let (english, french) = (keys(Lang::En), keys(Lang::Fr));
    let missing = |from: &BTreeMap<String, (String, String)>, to: &BTreeMap<_, _>| -> Vec<String> {
        from.keys().filter(|key| !to.contains_key(*key)).cloned().collect()
    };
    assert_eq!(missing(&english, &french), Vec::<String>::new(), "not in French");
    assert_eq!(missing(&french, &english), Vec::<String>::new(), "not in English");
    for (key, (file, text)) in &english {
        let (other_file, other) = &french[key];
        assert_eq!(file, other_file, "{key} is in another file");
        assert_eq!(variables(text), variables(other), "{key}");
    }
}

#[test]
fn no_text_is_empty_or_holds_markup_and_each_file_is_sorted() {
    for lang in Lang::ALL {
        let mut by_file: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, (file, text)) in keys(*lang) {
            assert!(!text.trim().is_empty(), "{lang}: {key} is empty");
            assert!(!text.contains("</") && !text.contains("<b"), "{lang}: {key} holds markup");
            by_file.entry(file).or_default().push(key);
        }
        for (file, wanted) in by_file {
            let root = Path::new("locales").join(lang.as_str());
            let content = fs::read_to_string(root.join(&file)).unwrap();
            let found: Vec<_> = content
                .lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
                .map(|line| line.split('=').next().unwrap().trim().to_owned())
                .collect();
            assert_eq!(found, wanted, "{lang}/{file} is not sorted");
        }
    }
}

#[test]
fn a_plural_has_the_categories_of_its_language() {
    for lang in Lang::ALL {
        for (key, (_, text)) in keys(*lang) {
            if text.contains("->") && text.contains("[one]") {
                assert!(text.contains("*[other]"), "{lang}: {key} has no other");
            }
        }
    }
}

/// French spaces and apostrophes: what a typist forgets.
#[test]
fn french_is_set_as_french_is() {
    for (key, (_, text)) in keys(Lang::Fr) {
        let plain = text.replace("->", "");
        assert!(!plain.contains('\''), "{key}: straight apostrophe");
        for wrong in [" ;", " !", " ?", " :", " %", "« ", " »"] {
            assert!(!plain.contains(wrong), "{key}: a space that may break in {wrong:?}: {text}");
        }
    }
}

#[test]
fn every_key_is_in_use_and_every_used_key_exists() {
    let root = Path::new("..");
    let mut source = String::new();
    for name in ["view", "app", "web", "cli"] {
        let folder = root.join(name);
        for file in files(&folder.join("src"), &["rs"])
            .into_iter()
            .chain(files(&folder.join("templates"), &["html"]))
        {
            source.push_str(&fs::read_to_string(file).unwrap());
        }
    }
    let known = keys(Lang::En);
    // A built key is written with its prefix in one string: format!("state-tier-{tier}").
    let prefixes: BTreeSet<String> = literals(&source)
        .filter(|literal| literal.contains('{'))
        .map(|literal| literal.split('{').next().unwrap_or("").to_owned())
        .filter(|prefix| prefix.contains('-') && !prefix.contains(' '))
        .collect();
    let written: BTreeSet<&str> = literals(&source).collect();
    let unused: Vec<&String> = known
        .keys()
        .filter(|key| !written.contains(key.as_str()))
        .filter(|key| !prefixes.iter().any(|prefix| key.starts_with(prefix.as_str())))
        .filter(|key| !key.starts_with("error-") && !key.starts_with("event-"))
        .collect();
    let missing: Vec<&str> =
        written.iter().copied().filter(|key| is_key(key) && !known.contains_key(*key)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "keys without a text");
    assert_eq!(unused, Vec::<&String>::new(), "texts that nobody shows");
}

fn literals(source: &str) -> impl Iterator<Item = &str> {
    source.split('"')
}

fn is_key(literal: &str) -> bool {
    let prefixes = [
        "page-", "button-", "field-", "state-", "error-", "warning-", "figure-", "event-", "word-",
        "chart-",
    ];
    let named = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    prefixes.iter().any(|prefix| literal.starts_with(prefix) && literal.len() > prefix.len())
        && literal.chars().all(named)
        && !literal.ends_with('-')
        && literal != "page-nowhere"
}

/// What a reader reads comes from the texts: a template holds no words of its own.
#[test]
fn no_template_holds_words() {
    let root = Path::new("templates").to_owned();
    for file in files(&root, &["html"]) {
        let source = fs::read_to_string(&file).unwrap();
        for node in nodes(&source) {
            let words = node.split_whitespace().filter(|word| {
                word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1
            });
            let words: Vec<_> = words.filter(|word| *word != "Orchestre").collect();
            assert!(words.is_empty(), "{}: {words:?} is not a text", file.display());
        }
    }
}

/// Gives the text nodes of a template: what stands outside tags and outside braces.
fn nodes(source: &str) -> Vec<String> {
    let (mut nodes, mut node, mut closing) = (Vec::new(), String::new(), None);
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match (closing, letter, next) {
            (None, '<', _) => closing = Some(('>', None)),
            (None, '{', Some(kind @ ('{' | '%' | '#'))) => {
                closing = Some((if kind == '{' { '}' } else { kind }, Some('}')));
            }
            (Some((first, None)), letter, _) if letter == first => closing = None,
            (Some(('>', None)), '{', Some(kind @ ('{' | '%'))) => {
                let end = if kind == '{' { '}' } else { '%' };
                while let Some(inner) = letters.next() {
                    if inner == end && letters.peek() == Some(&'}') {
                        letters.next();
                        break;
                    }
                }
            }
            (Some((first, Some(second))), letter, Some(next))
                if letter == first && next == second =>
            {
                letters.next();
                closing = None;
            }
            (None, letter, _) => {
                node.push(letter);
                continue;
            }
            _ => continue,
        }
        nodes.push(std::mem::take(&mut node));
    }
    nodes.push(node);
    nodes
}
