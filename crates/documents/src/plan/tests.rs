//! What every plan on a page keeps, whatever is written in it.

use super::{Picture, PlanPage, plan_pdf};
use crate::DocumentError;

/// Says how often a run of bytes occurs.
fn count(bytes: &[u8], wanted: &str) -> usize {
    bytes.windows(wanted.len()).filter(|window| *window == wanted.as_bytes()).count()
}

fn sample(name: &str) -> PlanPage {
    PlanPage::samples()
        .into_iter()
        .find_map(|(found, page)| (found == name).then_some(page))
        .unwrap()
}

/// One page, A4 in landscape, tagged, with title, language and the claim of PDF/UA-1.
fn check(name: &str, lang: &str) {
    let bytes = plan_pdf(&sample(name)).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"), "{name}: no PDF");
    assert_eq!(count(&bytes, "/Type/Pages/Count 1/Kids"), 1, "{name}: page tree");
    assert_eq!(count(&bytes, "/MediaBox[0 0 841.8898 595.2756]"), 1, "{name}: size");
    assert!(count(&bytes, &format!("/Lang({lang})")) > 0, "{name}: language");
    assert!(count(&bytes, "/Marked true") > 0, "{name}: not marked");
    assert!(count(&bytes, "/StructTreeRoot") > 0, "{name}: no tags");
    assert!(count(&bytes, "/DisplayDocTitle true") > 0, "{name}: title is not shown");
    assert!(count(&bytes, "<dc:title>") > 0, "{name}: no title");
    assert_eq!(count(&bytes, "<pdfuaid:part>1</pdfuaid:part>"), 1, "{name}: not PDF/UA-1");
}

#[test]
fn a_plan_just_begun_is_one_page() {
    check("short_en", "en");
    check("short_fr", "fr");
}

#[test]
fn a_full_plan_is_one_page() {
    check("full_fr", "fr");
}

#[test]
fn a_plan_without_end_is_one_page() {
    check("overlong_en", "en");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let page = sample("short_fr");
    assert_eq!(plan_pdf(&page).unwrap(), plan_pdf(&page).unwrap());
}

#[test]
fn a_sign_without_a_letter_form_costs_the_claim_and_not_the_page() {
    let page = PlanPage { subtitle: "星波電機".to_owned(), ..sample("short_en") };
    let bytes = plan_pdf(&page).unwrap();
    assert_eq!(count(&bytes, "/Count 1/Kids"), 1);
    assert!(count(&bytes, "/StructTreeRoot") > 0);
    assert_eq!(count(&bytes, "pdfuaid"), 0);
}

#[test]
fn what_is_written_is_never_run() {
    let page = PlanPage { title: "#panic[a] *b* $c".to_owned(), ..sample("short_en") };
    let bytes = plan_pdf(&page).unwrap();
    assert!(count(&bytes, "/Title(#panic[a] *b* $c)") > 0);
}

#[test]
fn a_picture_has_its_words() {
    let drawn = plan_pdf(&sample("full_fr")).unwrap();
    assert_eq!(count(&drawn, "/S/Figure"), 4, "three risks in dots and the picture");
    let page = PlanPage {
        pictures: vec![Picture { svg: "<p>no picture</p>".to_owned(), ..Picture::default() }],
        ..sample("short_en")
    };
    assert!(matches!(plan_pdf(&page), Err(DocumentError::Layout(_))));
}

#[test]
fn a_list_that_was_cut_says_how_much_is_missing() {
    let with = |goals: usize, more: &str| {
        let mut page = sample("short_en");
        page.goals = vec!["Fewer pallets lost on the way".to_owned(); goals];
        page.words.more = more.to_owned();
        plan_pdf(&page).unwrap()
    };
    assert!(with(3, "{n} more") == with(3, "and {n}"), "nothing is missing");
    assert!(with(60, "{n} more") != with(60, "and {n}"), "goals are missing");
    assert!(with(60, "{n}") != with(61, "{n}"), "how many are missing");
}
