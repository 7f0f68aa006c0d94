//! The same sales, written in many ways, are the same rows.

use orchestre_domain::import::ImportKind;
use orchestre_domain::money::Currency;
use orchestre_ingest::{Options, Rows, SaleRow, read};

const ENCODINGS: [&str; 5] = ["utf-8", "utf-8 bom", "utf-16le", "utf-16be", "windows-1252"];
const DELIMITERS: [&str; 3] = [";", "\t", "|"];
const LINE_ENDS: [&str; 2] = ["\n", "\r\n"];
/// The mark of thousands and the decimal mark; NBSP and not U+202F, which Windows-1252 lacks.
const MARKS: [(&str, &str); 7] =
    [("", "."), ("", ","), (" ", ","), ("\u{a0}", ","), (".", ","), (",", "."), ("'", ".")];

const SALES: [(&str, &str, &str, &str, &str); 3] = [
    ("2026-01-13", "1", "234", "50", "Café"),
    ("2026-02-28", "12", "005", "75", "Crème brûlée"),
    ("2026-03-31", "7", "999", "25", "Thé à la menthe"),
];

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let marked = || format!("\u{feff}{text}");
    match encoding {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-8 bom" => marked().into_bytes(),
        "utf-16le" => marked().encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => marked().encode_utf16().flat_map(u16::to_be_bytes).collect(),
        // Every character of the rows has the same number in Windows-1252 as in Unicode.
        _ => text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect(),
    }
}

fn written(delimiter: &str, end: &str, (group, decimal): (&str, &str)) -> String {
    let mut lines = vec![["date", "amount", "product", "account"].join(delimiter)];
    for (day, head, tail, cents, product) in SALES {
        let amount = format!("{head}{group}{tail}{decimal}{cents}");
        lines.push([day, &amount, product, "A"].join(delimiter));
    }
    lines.join(end) + end
}

fn rows(bytes: &[u8], what: &str) -> Vec<SaleRow> {
    let options = Options { currency: Some(Currency::EUR), ..Options::default() };
    let reading = read(Some(ImportKind::Sales), "s.csv", bytes, &options);
    assert_eq!(reading.issues, [], "{what}");
    let Rows::Sales(rows) = reading.rows else { panic!("{what}") };
    rows.into_iter().map(|row| row.value).collect()
}

#[test]
fn the_same_sales_come_from_every_dialect() {
    let wanted = rows(written(";", "\n", ("", ".")).as_bytes(), "plain");
    assert_eq!(wanted.len(), SALES.len());
    let mut count = 0;
    for encoding in ENCODINGS {
        for delimiter in DELIMITERS {
            for end in LINE_ENDS {
                for marks in MARKS {
                    let what = format!("{encoding} {delimiter:?} {end:?} {marks:?}");
                    let bytes = encoded(&written(delimiter, end, marks), encoding);
                    assert_eq!(rows(&bytes, &what), wanted, "{what}");
                    count += 1;
                }
            }
        }
    }
    assert_eq!(count, 210);
}
