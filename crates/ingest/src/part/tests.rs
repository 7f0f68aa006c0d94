//! Files as people drop them, whole and broken.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn paths(opened: &Opened) -> Vec<&str> {
    opened.parts.iter().map(|part| part.path.as_str()).collect()
}

fn codes(opened: &Opened) -> Vec<(&str, IssueCode)> {
    opened.issues.iter().map(|(path, issue)| (path.as_str(), issue.code)).collect()
}

#[test]
fn an_archive_gives_its_files_and_what_systems_put_beside_is_left_out() {
    let inner = archive(&[("people.csv", b"id;name\n1;A\n")]);
    let bytes = archive(&[
        ("export/Account.csv", b"Id,Name\n1,A\n"),
        ("__MACOSX/export/._Account.csv", b"x"),
        ("export/.DS_Store", b"x"),
        ("more.zip", &inner),
        ("empty/", b""),
    ]);
    let opened = open("export.zip", bytes, Limits::default());
    assert_eq!(paths(&opened), ["export.zip/export/Account.csv", "export.zip/more.zip/people.csv"]);
    assert_eq!(opened.issues, []);
}

#[test]
fn a_small_archive_that_unpacks_to_much_is_refused_and_its_other_files_are_read() {
    let bomb = vec![b'0'; 20 << 20];
    let bytes = archive(&[("bomb.csv", &bomb), ("good.csv", b"id;name\n1;A\n")]);
    assert!(bytes.len() < 100_000);
    let opened = open("drop.zip", bytes, Limits { ratio: 10, ..Limits::default() });
    assert_eq!(paths(&opened), ["drop.zip/good.csv"]);
    assert_eq!(codes(&opened), [("drop.zip/bomb.csv", IssueCode::TooLarge)]);
}

#[test]
fn a_cut_off_archive_is_told() {
    let mut bytes = archive(&[("a.csv", b"id;name\n1;A\n")]);
    bytes.truncate(bytes.len() - 30);
    let opened = open("a.zip", bytes, Limits::default());
    assert_eq!(codes(&opened), [("a.zip", IssueCode::FormatMismatch)]);
}

#[test]
fn too_many_files_are_not_opened() {
    let names: Vec<String> = (0..20).map(|n| format!("{n}.csv")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), &b"id;name\n1;A\n"[..])).collect();
    let opened = open("a.zip", archive(&files), Limits { parts: 8, ..Limits::default() });
    assert_eq!(opened.parts.len(), 8);
    assert_eq!(opened.issues.len(), 12);
}

#[test]
fn numbers_of_a_sheet_can_be_read_in_one_way_only() {
    let texts = [(0.1 + 0.2, "0.3"), (4711.0, "4711"), (1.234, "1.2340"), (-12.5, "-12.5")];
    for (number, text) in texts {
        assert_eq!(workbook::number_text(number), text);
    }
    assert_eq!(workbook::number_text(1e15), "1000000000000000");
    assert_eq!(workbook::number_text(f64::NAN), "");
}

#[test]
fn entities_and_relationships_of_the_lei_foundation_become_rows() {
    let text = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY b "boom">]>
<lei:LEIData xmlns:lei="l"><lei:LEIRecords><lei:LEIRecord><lei:LEI>L1</lei:LEI><lei:Entity>
<lei:LegalName xml:lang="en">Fidelity &amp; &#233;t&b;</lei:LegalName>
<lei:LegalAddress><lei:City>BOSTON</lei:City><lei:Country>US</lei:Country></lei:LegalAddress>
</lei:Entity></lei:LEIRecord></lei:LEIRecords></lei:LEIData>"#;
    let opened = open("lei.xml", text.as_bytes().to_vec(), Limits::default());
    let part = opened.parts.first().unwrap();
    let rows = String::from_utf8(part.bytes.clone()).unwrap();
    let row = rows.lines().nth(1).unwrap();
    assert!(row.starts_with("L1,L1,Fidelity & ét,"), "{row}");
    assert!(row.contains("BOSTON") && !row.contains("boom"), "{row}");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        head in prop::sample::select(vec![
            b"PK\x03\x04".to_vec(), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
            b"\x1F\x8B\x08".to_vec(), b"<?xml version=\"1.0\"?><lei:LEIData>".to_vec(), Vec::new(),
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let opened = open("any", [head, rest].concat(), Limits::default());
        prop_assert!(opened.parts.len() + opened.issues.len() <= 500);
    }

    #[test]
    fn a_broken_archive_never_panics(place in 0_usize..400, byte in any::<u8>()) {
        let mut bytes = archive(&[("xl/workbook.xml", b"<workbook/>"), ("a.csv", b"id;name\n1;A\n")]);
        let place = place % bytes.len();
        bytes[place] = byte;
        open("any.xlsx", bytes, Limits::default());
    }
}
