//! What every workbook keeps.

use std::collections::BTreeMap;
use std::io::Read;

use jiff::civil::date;

use super::{Cell, Column, ColumnKind, Sheet, Workbook, xlsx};
use crate::DocumentError;

/// Opens a file again: the text of each of its parts, by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let long = |at: usize| short(at) + (short(at + 2) << 16);
    let mut found = BTreeMap::new();
    let starts = bytes
        .windows(4)
        .enumerate()
        .filter_map(|(at, window)| (window == b"PK\x01\x02").then_some(at));
    for at in starts {
        let name = String::from_utf8(bytes[at + 46..at + 46 + short(at + 28)].to_vec()).unwrap();
        let local = long(at + 42);
        let begin = local + 30 + short(local + 26) + short(local + 28);
        let packed = &bytes[begin..begin + long(at + 20)];
        let mut text = String::new();
        match short(at + 10) {
            0 => text = String::from_utf8(packed.to_vec()).unwrap(),
            _ => {
                flate2::read::DeflateDecoder::new(packed).read_to_string(&mut text).unwrap();
            }
        }
        found.insert(name, text);
    }
    found
}

fn column(heading: &str, kind: ColumnKind) -> Column {
    Column { heading: heading.to_owned(), kind, width: 16 }
}

fn sheet() -> Sheet {
    let text = |words: &str| Cell::Text(words.to_owned());
    Sheet {
        name: "Comptes : 2026/11".to_owned(),
        columns: vec![
            column("Compte", ColumnKind::Text),
            column("CA, €", ColumnKind::Money { decimals: 2 }),
            column("Marge", ColumnKind::Percent),
            column("Entités", ColumnKind::Count),
            column("Depuis", ColumnKind::Day),
        ],
        rows: vec![
            vec![
                text("Lysarel & Cie"),
                Cell::Money(1_789_000_050),
                Cell::Percent(0.19),
                Cell::Count(9),
                Cell::Day(date(2011, 3, 14)),
            ],
            vec![
                text("=1+1"),
                Cell::Empty,
                text("données insuffisantes"),
                Cell::Count(0),
                Cell::Day(date(1871, 1, 1)),
            ],
        ],
        totals: vec![text("Tous"), Cell::Money(1_789_000_050)],
        notes: vec!["Au 23 nov. 2026".to_owned()],
    }
}

fn workbook(sheets: Vec<Sheet>) -> Workbook {
    Workbook {
        title: "Portefeuille".to_owned(),
        author: "Aminata Lefort".to_owned(),
        created_at: "2026-11-23T08:00:00Z".parse().unwrap(),
        sheets,
    }
}

fn opened(sheets: Vec<Sheet>) -> BTreeMap<String, String> {
    parts(&xlsx(&workbook(sheets)).unwrap())
}

#[test]
fn numbers_days_and_words_come_back() {
    let parts = opened(vec![sheet()]);
    let rows = &parts["xl/worksheets/sheet1.xml"];
    for wanted in [
        "<v>17890000.5</v>",
        "<v>0.19</v>",
        "<v>9</v>",
        "<v>40616</v>",
        "<autoFilter ref=\"A1:E3\"/>",
        "<pane ySplit=\"1\"",
    ] {
        assert!(rows.contains(wanted), "{wanted} is not in {rows}");
    }
    let words = &parts["xl/sharedStrings.xml"];
    for wanted in ["Lysarel &amp; Cie", "données insuffisantes", "1871-01-01", "Au 23 nov. 2026"] {
        assert!(words.contains(wanted), "{wanted} is not in {words}");
    }
    assert!(
        parts["xl/styles.xml"].contains("yyyy\\-mm\\-dd")
            || parts["xl/styles.xml"].contains("yyyy-mm-dd")
    );
}

#[test]
fn text_is_never_a_formula() {
    let signs = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"];
    let rows = signs.map(|words| vec![Cell::Text(words.to_owned())]);
    let parts = opened(vec![Sheet {
        rows: rows.to_vec(),
        columns: vec![column("Note", ColumnKind::Text)],
        totals: Vec::new(),
        ..sheet()
    }]);
    let cells = &parts["xl/worksheets/sheet1.xml"];
    assert!(!cells.contains("<f>"), "{cells}");
    assert_eq!(cells.matches("t=\"s\"").count(), signs.len() + 2, "heading, signs and note");
    assert!(parts["xl/styles.xml"].contains("quotePrefix=\"1\""));
}

#[test]
fn nothing_known_is_an_empty_cell_and_not_zero() {
    let parts = opened(vec![sheet()]);
    let rows = &parts["xl/worksheets/sheet1.xml"];
    let empty = rows.split("<c r=\"B3\"").nth(1).unwrap();
    assert!(empty.split_once("/>").is_some_and(|(cell, _)| !cell.contains("<v>")), "{empty}");
}

#[test]
fn names_of_sheets_are_made_to_fit() {
    let named = |name: &str| Sheet { name: name.to_owned(), ..sheet() };
    let long = "Comptes stratégiques de la division froid";
    let parts = opened(vec![named("A/B"), named("a:b"), named(""), named(long), named(long)]);
    let book = &parts["xl/workbook.xml"];
    for wanted in [
        "name=\"A B\"",
        "name=\"a b 2\"",
        "name=\"1\"",
        "name=\"Comptes stratégiques de la divi\"",
        "name=\"Comptes stratégiques de la di 2\"",
    ] {
        assert!(book.contains(wanted), "{wanted} is not in {book}");
    }
}

#[test]
fn the_same_workbook_gives_the_same_bytes_at_its_own_time() {
    let bytes = xlsx(&workbook(vec![sheet()])).unwrap();
    assert_eq!(bytes, xlsx(&workbook(vec![sheet()])).unwrap());
    let core = &parts(&bytes)["docProps/core.xml"];
    assert!(core.contains("2026-11-23T08:00:00Z"), "{core}");
    assert!(core.contains("Portefeuille"), "{core}");
    assert!(core.contains("Aminata Lefort"), "{core}");
}

#[test]
fn a_text_past_the_limit_of_a_cell_is_cut() {
    let parts =
        opened(vec![Sheet { rows: vec![vec![Cell::Text("é".repeat(40_000))]], ..sheet() }]);
    let words = &parts["xl/sharedStrings.xml"];
    assert!(words.contains("é…"));
    assert_eq!(words.matches('é').count(), 32_766 + 1, "and the one of a heading");
}

#[test]
fn too_many_rows_are_refused() {
    let found = xlsx(&workbook(vec![Sheet { rows: vec![Vec::new(); 1_048_576], ..sheet() }]));
    assert!(matches!(found, Err(DocumentError::TooManyRows { limit: 1_048_576, .. })));
}
