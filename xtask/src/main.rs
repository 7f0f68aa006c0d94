//! Work on the house: `cargo xtask test` runs everything; `cargo xtask` lists the verbs.

mod api;
mod bench;
mod browser;
mod deb;
mod debian;
mod doors;
mod entity;
mod fixtures;
mod generate;
mod host;
mod mutants;
mod postgres;
mod say;
mod test;
mod text;
mod tidy;

use anyhow::Result;

const USAGE: &str = "cargo xtask <verb>
  test [STEP…]         everything: format, tidy, clippy, tests on both engines, docs, browser, api
  tidy                 the rules no compiler checks
  gen [--check]        fixtures/ and docs/generated/
  where NOUN           the files of a noun
  new-entity NOUN      the files of a noun that are still missing, with their questions
  text add KEY --en TEXT --fr TEXT | unused
  bench [--rows N]     the scale database, measured over HTTP on both engines
  deb [--debug]        the Debian package
  night debian [--debug]  the package in a clean Debian tree, with its service and PostgreSQL
  night mutants [NAME…]   one promise taken out at a time: which tests go red for it
  night [kills] [api]  the slow checks: fifty kills of the serving program on each engine; a hundred
                       made-up requests for each operation of the API";

fn main() -> std::process::ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (verb, rest) =
        words.split_first().map_or(("", [].as_slice()), |(verb, rest)| (verb.as_str(), rest));
    match run(verb, rest) {
        Ok(true) => std::process::ExitCode::SUCCESS,
        Ok(false) => std::process::ExitCode::from(1),
        Err(error) => {
            say::err(&format!("error: {error:#}"));
            std::process::ExitCode::from(2)
        }
    }
}

fn run(verb: &str, rest: &[String]) -> Result<bool> {
    match verb {
        "test" => Ok(test::run(rest)),
        "tidy" => tidy::run(),
        "gen" if rest.iter().any(|word| word == "--check") => generate::run(generate::Mode::Check),
        "gen" => generate::run(generate::Mode::Write),
        "where" => entity::find(rest),
        "new-entity" => entity::missing(rest),
        "text" => text::run(rest),
        "bench" => bench::run(rest),
        "deb" => deb::run(rest),
        "night" if rest.first().is_some_and(|word| word == "debian") => debian::run(rest),
        "night" if rest.first().is_some_and(|word| word == "mutants") => {
            mutants::run(rest.get(1..).unwrap_or_default())
        }
        "night" => test::night(rest),
        _ => {
            say::out(USAGE);
            Ok(verb.is_empty() || verb == "help")
        }
    }
}
