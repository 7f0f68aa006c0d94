//! The cases of csv-spectrum against the JSON that they must give.

use orchestre_ingest::{Table, table};

use crate::real_files::shared;

const CASES: [&str; 11] = [
    "comma_in_quotes",
    "empty",
    "empty_crlf",
    "escaped_quotes",
    "json",
    "newlines",
    "newlines_crlf",
    "quotes_and_newlines",
    "simple",
    "simple_crlf",
    "utf8",
];

fn cells(table: &Table) -> Vec<Vec<String>> {
    let row = |row| (0..table.headings.len()).map(|c| table.cell(row, c).to_owned()).collect();
    (0..table.len()).map(row).collect()
}

#[test]
fn delimited_files_hold_what_their_json_twins_say() {
    for case in CASES {
        let Some((_, bytes)) = shared(&format!("import_csv/spectrum/csvs/{case}.csv")) else {
            return;
        };
        let Some((_, twin)) = shared(&format!("import_csv/spectrum/json/{case}.json")) else {
            return;
        };
        // The published copy of the CRLF cases has lost its carriage returns: put them back.
        let bytes = if case.ends_with("_crlf") && !bytes.contains(&b'\r') {
            String::from_utf8(bytes).expect(case).replace('\n', "\r\n").into_bytes()
        } else {
            bytes
        };
        let table = table("x.csv", &bytes, 1_000_000).expect(case);
        assert_eq!(table.issues, [], "{case}");
        let twin: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_slice(&twin).expect(case);
        let wanted: Vec<Vec<String>> = twin
            .iter()
            .map(|row| {
                let cell = |heading: &String| row[heading].as_str().unwrap_or("").to_owned();
                table.headings.iter().map(cell).collect()
            })
            .collect();
        assert_eq!(cells(&table), wanted, "{case}");
    }
}
