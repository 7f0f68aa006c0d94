//! Verbs that read: the fields that scripts rely on, days, names.

use crate::bench::Bench;

const DAY: [&str; 2] = ["--as-of", "2026-01-15"];

fn with_day<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().copied().chain(DAY).chain(["--json"]).collect()
}

#[test]
fn accounts_have_the_fields_of_the_contract() {
    let bench = Bench::new();
    bench.fill();
    for verb in ["list", "rank"] {
        let list = bench.done(&with_day(&["accounts", verb])).json();
        let accounts = list.as_array().unwrap();
        assert_eq!(accounts.len(), 3);
        for account in accounts {
            for field in [
                "id",
                "name",
                "external_ids",
                "tier",
                "status",
                "parent",
                "currency",
                "turnover_12m_minor",
                "growth",
                "margin",
                "score",
                "sufficient",
                "coverage",
                "opportunities_open",
                "opportunities_won_minor",
            ] {
                assert!(account.get(field).is_some(), "{verb}: {field}");
            }
        }
    }
    let list = bench.done(&with_day(&["accounts", "list"])).json();
    let first = &list[0];
    assert_eq!(first["name"], "Laboratoires Lysarel");
    assert_eq!(first["turnover_12m_minor"], 1_800_000);
    assert_eq!(first["growth"], serde_json::Value::Null, "there is no year before");
    assert!((first["margin"].as_f64().unwrap() - 0.4).abs() < 1e-9);
    assert!(first["id"].as_str().unwrap().starts_with("acc_"));
}

#[test]
fn the_lines_add_up_to_the_portfolio() {
    let bench = Bench::new();
    bench.fill();
    let list = bench.done(&with_day(&["accounts", "list"])).json();
    let lines: i64 =
        list.as_array().unwrap().iter().filter_map(|one| one["turnover_12m_minor"].as_i64()).sum();
    let portfolio = bench.done(&with_day(&["portfolio"])).json();
    assert_eq!(portfolio["turnover_minor"], lines);
    for field in [
        "accounts",
        "cr1",
        "cr3",
        "cr5",
        "hhi",
        "n_eff",
        "gini",
        "by_currency",
        "unattributed_minor",
        "unconverted",
    ] {
        assert!(portfolio.get(field).is_some(), "{field}");
    }
    let year = &portfolio["by_year"][0];
    assert_eq!((&year["year"], &year["turnover_minor"]), (&2025.into(), &lines.into()));
    assert!(year.get("margin_minor").is_some());
}

#[test]
fn another_day_gives_other_figures() {
    let bench = Bench::new();
    bench.fill();
    let early = bench.done(&["portfolio", "--as-of", "2025-07-01", "--json"]).json();
    assert_eq!(early["turnover_minor"], 6 * 175_000);
    let late = bench.done(&["portfolio", "--as-of", "2026-11-23", "--json"]).json();
    assert_eq!(
        late["turnover_minor"],
        serde_json::Value::Null,
        "facts of last year say nothing of today"
    );
}

#[test]
fn an_account_is_shown_with_explained_figures() {
    let bench = Bench::new();
    bench.fill();
    let page = bench.done(&with_day(&["accounts", "show", "LYS"])).json();
    let turnover = &page["figures"]["T12.turnover"];
    for field in ["value", "unit", "coverage", "evidence", "as_of", "warnings", "method"] {
        assert!(turnover.get(field).is_some(), "{field}");
    }
    assert_eq!(turnover["as_of"], "2026-01-15");
    let words = bench.done(&[
        "accounts",
        "show",
        "laboratoires lysarel",
        "--as-of",
        "2026-01-15",
        "--lang",
        "fr",
    ]);
    assert!(words.out.contains("Laboratoires Lysarel") && words.out.contains("T12.turnover"));
}

#[test]
fn a_name_of_two_accounts_is_misuse_and_names_them() {
    let bench = Bench::new();
    bench.fill();
    let answer = bench.run(&["accounts", "show", "Hartwenden"]);
    answer.refuses(2, "Hartwenden", "acc_");
    assert_eq!(answer.err.matches("acc_").count(), 2);
    bench.run(&["accounts", "show", "Lysarel"]).refuses(1, "Lysarel", "did you mean acc_");
    bench.run(&["accounts", "show", "nobody"]).refuses(1, "nobody", "accounts list");
}

#[test]
fn a_plan_that_is_not_there_is_not_printed() {
    let bench = Bench::new();
    bench.fill();
    let answer = bench.run(&["plan", "print", "LYS", "--out", "plan.pdf"]);
    assert_eq!(answer.exit, 1);
    assert!(!bench.path("plan.pdf").exists());
}
