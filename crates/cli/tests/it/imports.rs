//! `import`: fields of the contract, doubts, dry runs, what cannot be read.

use serde_json::Value;

use crate::bench::Bench;

const FIELDS: [&str; 10] = [
    "file",
    "kind",
    "rows",
    "created",
    "updated",
    "unchanged",
    "skipped",
    "conflicts",
    "unmapped",
    "issues",
];

fn counts(report: &Value) -> Vec<i64> {
    FIELDS[2..8].iter().map(|field| report[field].as_i64().unwrap()).collect()
}

#[test]
fn a_report_has_the_fields_of_the_contract() {
    let bench = Bench::new();
    bench.file("accounts.csv", "id,name,favourite_color\nA,Alpha,red\nB,Beta,blue\n");
    let answer = bench.done(&["import", "accounts", "accounts.csv", "--json"]);
    let reports = answer.json();
    let report = &reports[0];
    assert_eq!(reports.as_array().unwrap().len(), 1);
    for field in FIELDS {
        assert!(report.get(field).is_some(), "{field}");
    }
    assert_eq!((&report["file"], &report["kind"]), (&"accounts.csv".into(), &"accounts".into()));
    assert_eq!(counts(report), [2, 2, 0, 0, 0, 0]);
    assert_eq!(report["unmapped"], serde_json::json!(["favourite_color"]));
}

#[test]
fn the_kind_is_recognized_by_the_headings() {
    let bench = Bench::new();
    bench.file("x.csv", "document,line,date,account,product,quantity,amount,currency\n1,1,2026-01-05,A,P,1,10.00,EUR\n");
    let answer = bench.run(&["import", "x.csv", "--json"]);
    assert_eq!(answer.json()[0]["kind"], "sales", "{}", answer.err);
}

#[test]
fn amounts_without_a_currency_wait_for_it() {
    let bench = Bench::new();
    bench.file("accounts.csv", "id,name\nA,Alpha\n");
    bench.done(&["import", "accounts", "accounts.csv"]);
    bench.file(
        "sales.csv",
        "document,line,date,account,quantity,amount\n1,1,2026-01-05,A,1,10.00\n",
    );
    let answer = bench.run(&["import", "sales", "sales.csv", "--json"]);
    assert_eq!(answer.exit, 3);
    let report = &answer.json()[0];
    let issue = &report["issues"][0];
    assert_eq!(issue["code"], "currency_missing");
    for field in ["line", "column", "value", "message"] {
        assert!(issue.get(field).is_some(), "{field}");
    }
    assert!(issue["message"].as_str().unwrap().len() > 10);
    assert_eq!(report["created"], 0);
    let french = bench.run(&["import", "sales", "sales.csv", "--json", "--lang", "fr"]);
    assert_ne!(french.json()[0]["issues"][0]["message"], issue["message"]);
    let answered = bench.done(&["import", "sales", "sales.csv", "--json", "--currency", "eur"]);
    assert_eq!(counts(&answered.json()[0]), [1, 1, 0, 0, 0, 0]);
}

#[test]
fn a_dry_run_says_what_the_run_does_and_writes_nothing() {
    let bench = Bench::new();
    bench.file("accounts.csv", "id,name,since\nA,Alpha,2020-01-01\nB,Beta,not a day\n,,\n");
    let dry = bench.run(&["import", "accounts", "accounts.csv", "--dry-run", "--json"]);
    assert_eq!(bench.done(&["accounts", "list", "--json"]).json(), serde_json::json!([]));
    let wet = bench.run(&["import", "accounts", "accounts.csv", "--json"]);
    assert_eq!(dry.exit, wet.exit);
    let (dry, wet) = (dry.json(), wet.json());
    assert_eq!(counts(&dry[0]), counts(&wet[0]));
    assert_eq!(dry[0]["issues"], wet[0]["issues"]);
    assert_ne!(bench.done(&["accounts", "list", "--json"]).json(), serde_json::json!([]));
}

#[test]
fn a_bad_row_is_told_with_line_column_and_value_and_the_others_go_in() {
    let bench = Bench::new();
    bench.file("sales.csv", "document,line,date,account,quantity,amount,currency\n1,1,2026-01-05,A,1,10.00,EUR\n2,1,soon,A,1,ten,EUR\n");
    let answer = bench.run(&["import", "sales", "sales.csv", "--json"]);
    assert_eq!(answer.exit, 3, "{}", answer.out);
    let report = &answer.json()[0];
    assert_eq!(report["created"], 1);
    let issues = report["issues"].as_array().unwrap();
    let day = issues.iter().find(|issue| issue["code"] == "date_unreadable").unwrap();
    assert_eq!((&day["line"], &day["value"]), (&3.into(), &"soon".into()));
    assert!(
        issues.iter().any(|issue| issue["code"] == "number_unreadable"),
        "both mistakes are told"
    );
    let words = bench.run(&["import", "sales", "sales.csv", "--origin", "other"]);
    assert!(words.out.contains("soon") && words.out.contains('3'), "{}", words.out);
}

#[test]
fn a_heading_is_given_its_meaning() {
    let bench = Bench::new();
    bench.file("accounts.csv", "id,name,Sektion\nA,Alpha,food\n");
    let map = ["import", "accounts", "accounts.csv", "--map", "Sektion=sector", "--json"];
    let answer = bench.done(&map);
    assert_eq!(answer.json()[0]["unmapped"], serde_json::json!([]));
}

#[test]
fn the_same_file_twice_does_nothing_the_second_time() {
    let bench = Bench::new();
    bench.file("accounts.csv", "id,name\nA,Alpha\n");
    bench.done(&["import", "accounts", "accounts.csv"]);
    let again = bench.done(&["import", "accounts", "accounts.csv", "--json"]);
    assert_eq!(again.json()[0]["created"], 0);
    let list = bench.done(&["imports", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    let id = list[0]["id"].as_str().unwrap();
    assert_eq!(bench.done(&["imports", id, "--json"]).json()["file"], "accounts.csv");
}

#[test]
fn an_import_is_taken_back() {
    let bench = Bench::new();
    bench.file("accounts.csv", "id,name\nA,Alpha\nB,Beta\n");
    bench.done(&["import", "accounts", "accounts.csv"]);
    let list = bench.done(&["imports", "--json"]).json();
    let id = list[0]["id"].as_str().unwrap();
    let said = bench.done(&["imports", id, "--take-back", "--dry-run", "--json"]).json();
    assert_eq!((&said["removed"]["party"], &said["state"]), (&2.into(), &"applied".into()));
    let done = bench.done(&["imports", id, "--take-back"]);
    assert!(done.out.contains("Companies\t2"), "{}", done.out);
    assert_eq!(bench.done(&["imports", id, "--json"]).json()["state"], "reversed");
    bench.run(&["imports", id, "--take-back"]).refuses(2, "is not in", "shows its state");
    assert_eq!(bench.run(&["imports", "--take-back"]).exit, 2);
    let again = bench.done(&["import", "accounts", "accounts.csv", "--json"]);
    assert_eq!(again.json()[0]["created"], 2);
}

#[test]
fn what_cannot_be_read_ends_with_1_and_misuse_with_2() {
    let bench = Bench::new();
    bench.run(&["import", "accounts", "absent.csv"]).refuses(1, "absent.csv", "check the path");
    bench.run(&["import", "cakes", "x.csv"]).refuses(2, "cakes is no kind", "accounts, people");
    bench.file("empty.csv", "");
    let empty = bench.run(&["import", "accounts", "empty.csv", "--json"]);
    assert_eq!(empty.exit, 1, "{}", empty.out);
    assert_eq!(empty.json()[0]["issues"][0]["code"], "file_empty");
    assert_eq!(bench.run(&["import"]).exit, 2);
    assert_eq!(bench.run(&["import", "accounts", "empty.csv", "--currency", "euros"]).exit, 2);
}

#[test]
fn a_watched_folder_takes_what_comes() {
    use std::io::{BufRead as _, BufReader};
    let bench = Bench::new();
    std::fs::create_dir(bench.path("in")).unwrap();
    let path = bench.file("in/accounts.csv", "id,name,country\nA,Alpha,FR\nB,Beta,DE\n");
    let long_ago = std::time::UNIX_EPOCH;
    std::fs::File::options().append(true).open(&path).unwrap().set_modified(long_ago).unwrap();
    let mut command = bench.command(&["import", "--watch", "in", "--origin", "erp", "--json"]);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let report: Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&report["file"], &report["created"]), (&"accounts.csv".into(), &2.into()));
    assert!(bench.path("in/done").is_dir() && !path.exists());
    bench.run(&["import", "--watch", "absent"]).refuses(2, "absent is no folder", "--watch DIR");
}
