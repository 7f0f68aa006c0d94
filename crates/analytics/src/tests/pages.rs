//! Each method has its page in both languages, and its examples are numbers that a test computes.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::METHODS;

fn root() -> PathBuf {
    PathBuf::from("../..")
}

fn page(language: &str, name: &str) -> String {
    let path = root().join("docs/methods").join(language).join(format!("{name}.md"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn pages() -> BTreeSet<&'static str> {
    METHODS.iter().map(|method| method.split_once('.').unwrap().0).collect()
}

/// The numbers of the worked examples, each between stars: `**46.75**`, `**46,75**` in French.
fn example(language: &str, name: &str) -> Vec<f64> {
    let text = page(language, name);
    let (heading, thousands) = if language == "fr" { ("Exemple", ' ') } else { ("Example", ',') };
    let (_, example) = text.split_once(&format!("\n## {heading}\n")).expect("an example");
    let example = example.split("\n## ").next().unwrap();
    let number = |bold: &str| {
        let plain = bold.replace(thousands, "").replace(',', ".");
        plain.parse().unwrap_or_else(|_| panic!("{language}/{name}: {bold} is no number"))
    };
    example.split("**").skip(1).step_by(2).map(number).collect()
}

/// Every source of the crate without separators inside numbers.
fn sources() -> String {
    let mut all = String::new();
    let folder = PathBuf::from("src");
    for folder in [folder.clone(), folder.join("tests")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                all.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    all.replace('_', "")
}

/// Every number of the sources; a comma with a digit behind it groups thousands.
fn numbers(sources: &str) -> BTreeSet<u64> {
    let mut plain = String::new();
    let mut letters = sources.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != ',' || !letters.peek().is_some_and(char::is_ascii_digit) {
            plain.push(letter);
        }
    }
    let words = plain.split(|c: char| !c.is_ascii_digit() && c != '.');
    words.filter_map(|word| word.parse::<f64>().ok()).map(f64::to_bits).collect()
}

#[test]
fn each_method_has_its_page_in_both_languages() {
    for name in pages() {
        for language in ["en", "fr"] {
            let text = page(language, name);
            assert!(text.starts_with(&format!("# {name} ")), "{language}/{name}");
            for method in METHODS.iter().filter(|method| method.starts_with(&format!("{name}."))) {
                assert!(text.contains(&format!("`{method}`")), "{language}/{name}: {method}");
            }
        }
    }
}

#[test]
fn the_numbers_of_the_examples_are_computed_by_a_test() {
    let known = numbers(&sources());
    for name in pages() {
        for language in ["en", "fr"] {
            let numbers = example(language, name);
            assert!(!numbers.is_empty(), "{language}/{name} has no example");
            for number in numbers {
                let is_known = known.contains(&number.to_bits());
                assert!(is_known, "{language}/{name}: {number} is in no test");
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_example() {
    for name in pages() {
        assert_eq!(example("en", name), example("fr", name), "{name}");
    }
}
