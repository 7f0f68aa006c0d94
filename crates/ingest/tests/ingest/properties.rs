//! What holds for every file.

use orchestre_domain::import::ImportKind;
use orchestre_domain::money::Currency;
use orchestre_ingest::{Options, Rows, SaleRow, read, read_day, read_number};
use proptest::collection::vec;
use proptest::prelude::*;

/// Gives digests and values of the sales of a file.
fn sales(file: &str) -> (Vec<(i64, SaleRow)>, usize) {
    let options = Options { currency: Some(Currency::EUR), ..Options::default() };
    let reading = read(Some(ImportKind::Sales), "s.csv", file.as_bytes(), &options);
    let Rows::Sales(rows) = reading.rows else { panic!("{:?}", reading.issues) };
    (rows.into_iter().map(|row| (row.digest, row.value)).collect(), reading.issues.len())
}

/// A cell that a person or a program may have written.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,4}([.,][0-9]{2})?",
        "[0-9]{4}-[01][0-9]-[0-3][0-9]",
        "[a-zà-ü \"';,\n€]{0,8}",
        Just("NULL".to_owned()),
        any::<String>(),
    ]
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn no_bytes_stop_the_reader(bytes in vec(any::<u8>(), 0..400), kind in 0..12_usize) {
        let kind = ImportKind::ALL.get(kind).copied();
        let reading = read(kind, "x.csv", &bytes, &Options::default());
        prop_assert!(reading.rows.len() <= reading.total_rows * reading.columns.len().max(1));
        read(kind, "x.json", &bytes, &Options::default());
    }

    #[test]
    fn no_cells_stop_any_reader(rows in vec(vec(cell(), 5), 0..6), kind in 0..11_usize) {
        let kind = ImportKind::ALL[kind];
        let fields: Vec<&str> = orchestre_ingest::columns(kind).map(|c| c.field).collect();
        for five in fields.chunks(5) {
            let mut file = five.join(",");
            for row in &rows {
                let cells: Vec<String> = row.iter().take(five.len()).map(|c| quoted(c)).collect();
                file = format!("{file}\n{}", cells.join(","));
            }
            let reading = read(Some(kind), "x.csv", file.as_bytes(), &Options::default());
            prop_assert!(reading.issues.iter().all(|issue| issue.line != Some(0)));
        }
    }

    #[test]
    fn no_text_stops_the_readers_of_numbers_and_days(text in any::<String>()) {
        read_number(&text);
        read_day(&text);
    }

    #[test]
    fn numbers_come_back_from_every_dialect(cents in -1_000_000_000_i64..1_000_000_000) {
        let (units, rest) = (cents.unsigned_abs().div_euclid(100), cents.unsigned_abs() % 100);
        let sign = if cents < 0 { "-" } else { "" };
        let digits = units.to_string();
        let mut groups = Vec::new();
        let mut head = digits.as_str();
        while head.len() > 3 {
            let (before, group) = head.split_at(head.len() - 3);
            groups.insert(0, group);
            head = before;
        }
        groups.insert(0, head);
        for (group, decimal) in
            [("", "."), ("", ","), (" ", ","), (".", ","), (",", "."), ("\u{202f}", ","), ("'", ".")]
        {
            let text = format!("{sign}{}{decimal}{rest:02}", groups.join(group));
            let (numeral, _) = read_number(&text).expect("a number");
            let mark = if decimal == "." { orchestre_ingest::Mark::Point } else { orchestre_ingest::Mark::Comma };
            prop_assert_eq!(numeral.settle(mark).and_then(|n| n.scaled(2)), Some(cents), "{}", text);
        }
    }

    #[test]
    fn any_split_of_the_rows_gives_the_same_rows(
        rows in vec(("[0-9]{1,5}\\.[0-9]{2}", 1..29_u8, cell(), any::<bool>()), 2..30),
        cut in 0..30_usize,
    ) {
        let heading = "date,amount,product,account\n";
        let line = |(amount, day, product, broken): &(String, u8, String, bool)| {
            let amount = if *broken { "?" } else { amount };
            format!("2026-01-{day:02},{amount},{},A\n", quoted(product))
        };
        let lines: Vec<String> = rows.iter().map(line).collect();
        let (first, second) = lines.split_at(cut.min(lines.len()));
        let whole = sales(&format!("{heading}{}", lines.concat()));
        let (mut parts, issues) = sales(&format!("{heading}{}", first.concat()));
        let (rest, other) = sales(&format!("{heading}{}", second.concat()));
        parts.extend(rest);
        prop_assert_eq!((parts, issues + other), whole);
    }
}
