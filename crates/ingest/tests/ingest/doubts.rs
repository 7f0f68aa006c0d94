//! Doubts and mistakes: told with their place, never guessed, never in the way of the others.

use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_domain::money::Currency;
use orchestre_ingest::{
    DateOrder, Encoding, Mark, Options, Reading, Rows, SaleRow, known_word, read,
};

use crate::real_files::codes;

fn euros() -> Options {
    Options { currency: Some(Currency::EUR), ..Options::default() }
}

fn sales(file: &str, options: &Options) -> Reading {
    read(Some(ImportKind::Sales), "sales.csv", file.as_bytes(), options)
}

fn values(reading: &Reading) -> Vec<&SaleRow> {
    match &reading.rows {
        Rows::Sales(rows) => rows.iter().map(|row| &row.value).collect(),
        other => panic!("{other:?}"),
    }
}

fn amounts(reading: &Reading) -> Vec<i64> {
    values(reading).iter().filter_map(|sale| sale.amount).map(|money| money.minor).collect()
}

/// Gives line, column and code of each issue.
fn places(reading: &Reading) -> Vec<(u32, &str, IssueCode)> {
    let issues = reading.issues.iter();
    issues.map(|i| (i.line.unwrap_or(0), i.column.as_deref().unwrap_or(""), i.code)).collect()
}

#[test]
fn a_row_with_three_mistakes_tells_three_and_the_others_go_in() {
    let file = "date,account,amount,quantity\n\
        2026-01-05,A,10.00,1\n\
        2026-13-05,A,ten,x\n\
        2026-01-07,A,12.50,2\n";
    let reading = sales(file, &euros());
    assert_eq!(amounts(&reading), [1_000, 1_250]);
    assert_eq!(
        places(&reading),
        [
            (3, "date", IssueCode::DateUnreadable),
            (3, "quantity", IssueCode::NumberUnreadable),
            (3, "amount", IssueCode::NumberUnreadable),
        ]
    );
    assert_eq!(reading.issues[0].value.as_deref(), Some("2026-13-05"));
    assert_eq!(reading.total_rows, 3);
}

#[test]
fn dates_that_can_be_read_in_two_ways_wait_until_somebody_says_how() {
    let file = "date,account,amount\n03/04/2026,A,10.00\n05/05/2026,A,20.00\n";
    let reading = sales(file, &euros());
    assert_eq!(places(&reading), [(2, "date", IssueCode::AmbiguousDate)]);
    assert_eq!(amounts(&reading), [2_000]);
    let answered = Options { date_order: Some(DateOrder::DayFirst), ..euros() };
    let days: Vec<_> =
        values(&sales(file, &answered)).iter().map(|sale| sale.date.to_string()).collect();
    assert_eq!(days, ["2026-04-03", "2026-05-05"]);
}

#[test]
fn one_sure_date_decides_the_order_of_its_column() {
    let file = "date,account,amount\n03/04/2026,A,10.00\n04/13/2026,A,20.00\n";
    let reading = sales(file, &euros());
    assert_eq!(codes(&reading), []);
    assert_eq!(values(&reading)[0].date.to_string(), "2026-03-04");
    // Contradicting dates decide nothing: only what is sure on its own goes in.
    let reading = sales(&format!("{file}14/04/2026,A,30.00\n"), &euros());
    assert_eq!(places(&reading), [(2, "date", IssueCode::AmbiguousDate)]);
    assert_eq!(amounts(&reading), [2_000, 3_000]);
}

#[test]
fn numbers_that_can_be_read_in_two_ways_wait_until_somebody_says_how() {
    let file = "date,account,amount\n2026-01-05,A,1.234\n2026-01-06,A,500\n";
    let reading = sales(file, &euros());
    assert_eq!(places(&reading), [(2, "amount", IssueCode::AmbiguousNumber)]);
    assert_eq!(amounts(&reading), [50_000]);
    let comma = Options { decimal: Some(Mark::Comma), ..euros() };
    assert_eq!(amounts(&sales(file, &comma)), [123_400, 50_000]);
    let point = Options { decimal: Some(Mark::Point), ..euros() };
    assert_eq!(amounts(&sales(file, &point)), [123, 50_000]);
}

#[test]
fn french_spreadsheets_are_read_without_a_question() {
    let file = "Date facture;Code client;Article;Qté;Montant HT\r\n\
        31/01/2026;4711;Caisse \"iso\" 12 L;1\u{a0}250,5;1 250,00-\r\n\
        01/02/2026;4711;\"Bac; pliable\";12;(2.340,10)\r\n\
        \r\n\
        02/02/2026;4711;Œillet;1;12,345 €\r\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(file.trim_end());
    let reading = read(None, "ventes.csv", &bytes, &euros());
    assert_eq!((reading.kind, codes(&reading)), (Some(ImportKind::Sales), vec![]));
    let dialect = reading.dialect.expect("a dialect");
    assert_eq!((dialect.encoding, dialect.delimiter), (Encoding::Windows1252, Some(';')));
    assert_eq!(amounts(&reading), [-125_000, -234_010, 1_234]);
    let sales = values(&reading);
    assert_eq!(sales[0].product.as_deref(), Some("Caisse \"iso\" 12 L"));
    assert_eq!(sales[1].product.as_deref(), Some("Bac; pliable"));
    assert_eq!(sales[2].product.as_deref(), Some("Œillet"));
    let Rows::Sales(rows) = &reading.rows else { panic!() };
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 5]);
}

#[test]
fn signs_and_codes_of_currencies_are_taken_and_contradictions_told() {
    let file = "date,account,amount,currency\n\
        2026-01-05,A,\"$1,234.50\",CAD\n\
        2026-01-06,A,£12.00,EUR\n\
        2026-01-07,A,1000,JPY\n\
        2026-01-08,A,7.00,\n\
        2026-01-09,A,7.00,Taler\n\
        2026-01-10,A,€7.00,\n";
    let reading = sales(file, &Options::default());
    let sold: Vec<_> = values(&reading).iter().filter_map(|sale| sale.amount).collect();
    let sold: Vec<_> = sold.iter().map(|m| (m.minor, m.currency.to_string())).collect();
    let wanted = [(123_450, "CAD"), (1_000, "JPY"), (700, "EUR")];
    assert_eq!(sold, wanted.map(|(minor, code)| (minor, code.to_owned())));
    assert_eq!(
        places(&reading),
        [
            (3, "amount", IssueCode::NumberUnreadable),
            (5, "amount", IssueCode::CurrencyMissing),
            (6, "currency", IssueCode::CurrencyUnknown),
            (6, "amount", IssueCode::CurrencyMissing),
        ]
    );
}

#[test]
fn missing_is_not_zero() {
    let file = "date,account,product,amount,cost\n2026-01-05,A,P,10,NULL\n2026-01-05,A,P,10,0\n\
        2026-01-05,N/A,-,10,n/a\n2026-01-05,A,P,,5\n";
    let reading = sales(file, &euros());
    let costs: Vec<_> = values(&reading).iter().map(|sale| sale.cost.map(|c| c.minor)).collect();
    assert_eq!(costs, [None, Some(0), None]);
    assert_eq!((&values(&reading)[2].account, &values(&reading)[2].product), (&None, &None));
    assert_eq!(places(&reading), [(5, "amount", IssueCode::RequiredMissing)]);
}

#[test]
fn rows_of_another_width_are_told_and_the_footer_of_a_report_is_not_a_row() {
    let file = "id,name,city\n1,A,Paris\n2,B\n3,C,Lyon,x\n4,D,Nice,\n\n\"Report by\"\n2026\n";
    let reading = read(None, "accounts.csv", file.as_bytes(), &Options::default());
    assert_eq!(
        places(&reading),
        [(3, "", IssueCode::TooFewCells), (4, "", IssueCode::TooManyCells),]
    );
    assert_eq!((reading.rows.len(), reading.total_rows), (2, 4));
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let file = "id,name,city\n1,\"A,Paris\n2,B,Lyon\n3,\"C \"\"x\"\"\",\"Ni\nce\"\n4,D,Metz\n";
    let reading = read(None, "accounts.csv", file.as_bytes(), &Options::default());
    let Rows::Accounts(rows) = &reading.rows else { panic!() };
    let ids: Vec<_> = rows.iter().map(|row| (row.line, row.value.id.as_str())).collect();
    // Quotes pair up as far as they can; what cannot be read is told, the last row is whole.
    assert!(ids.contains(&(6, "4")), "{ids:?} {:?}", reading.issues);
    let file = "id,name,city\n1,A,Paris\n2,\"B,Lyon\n3,C,Nice\n";
    let reading = read(None, "accounts.csv", file.as_bytes(), &Options::default());
    assert_eq!(places(&reading), [(3, "", IssueCode::RowUnreadable)]);
    assert_eq!((reading.rows.len(), reading.total_rows), (2, 3));
}

#[test]
fn broken_utf8_costs_its_row_and_no_other() {
    let mut bytes = "id,name,city\n1,Été,Orléans\n2,".as_bytes().to_vec();
    bytes.extend(b"\xC3(,x\n");
    bytes.extend("3,Ça,Nîmes\n".as_bytes());
    let reading = read(None, "accounts.csv", &bytes, &Options::default());
    assert_eq!(places(&reading), [(3, "", IssueCode::EncodingBroken)]);
    assert_eq!(reading.rows.len(), 2);
}

#[test]
fn a_file_of_another_format_than_its_name_says_so() {
    for (name, bytes, found) in [
        ("a.csv", &b"%PDF-1.7 ..."[..], "pdf"),
        ("a.csv", b"PK\x03\x04....", "zip"),
        ("a.csv", b"<!DOCTYPE html><html>", "html"),
        ("a.json", b"id,name\n1,A\n", "text"),
    ] {
        let reading = read(None, name, bytes, &Options::default());
        assert_eq!(codes(&reading), [(IssueCode::FormatMismatch, 1)], "{found}");
        assert_eq!(reading.issues[0].value.as_deref(), Some(found));
    }
    assert_eq!(codes(&read(None, "a.csv", b"", &Options::default())), [(IssueCode::FileEmpty, 1)]);
}

#[test]
fn what_the_user_maps_outranks_the_known_headings() {
    let map = |pairs: &[(&str, &str)]| {
        let pairs = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        Options { map: pairs.collect(), ..euros() }
    };
    let file = "Date,Client,Dealer,Amount\n2026-01-05,A,B,10.00\n";
    let sold_to = |options: &Options| values(&sales(file, options))[0].account.clone();
    assert_eq!(sold_to(&euros()).as_deref(), Some("A"));
    assert_eq!(sold_to(&map(&[("Dealer", "account")])).as_deref(), Some("B"));
    let reading = sales(file, &map(&[("Client", ""), ("Shop", "account"), ("Dealer", "seller")]));
    assert_eq!(
        places(&reading),
        [(0, "Shop", IssueCode::ColumnMissing), (0, "map", IssueCode::UnknownWord),]
    );
    assert_eq!(
        (values(&reading)[0].account.as_deref(), &reading.unmapped[..]),
        (None, &["Dealer".to_owned()][..])
    );
}

#[test]
fn a_required_column_that_is_missing_is_told_once() {
    let reading = sales("account,amount\nA,1\nB,2\n", &euros());
    assert_eq!(places(&reading), [(0, "date", IssueCode::ColumnMissing)]);
    assert_eq!((reading.rows.len(), reading.total_rows), (0, 2));
}

#[test]
fn two_columns_of_one_meaning_are_told() {
    let reading = sales("date,account,amount,amount\n2026-01-05,A,1,2\n", &euros());
    assert_eq!(places(&reading), [(0, "amount", IssueCode::HeadingTwice)]);
    assert_eq!(amounts(&reading), [100]);
}

#[test]
fn words_of_every_list_are_known_in_both_languages() {
    for (list, text, word) in [
        ("stage", "Négociation", "negotiated"),
        ("stage", "closedwon", "won"),
        ("tier", "Stratégique mondial", "strategic_global"),
        ("interaction_type", "Réunion", "meeting"),
        ("buying_role", "Decision-Maker", "decider"),
        ("opportunity_type", "Cross-sell", "cross_sell"),
        ("flag", "Oui", "yes"),
        ("level", "-2", "-2"),
    ] {
        assert_eq!(known_word(list, text), Some(word), "{text}");
    }
}
