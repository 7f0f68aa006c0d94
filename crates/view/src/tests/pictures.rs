//! Every kind of picture: on a page and on paper, with data and with none.

use crate::chart::{
    Bars, Columns, Drawing, Lines, Lorenz, Matrix, OrgTree, Palette, Stacked, sparkline,
};
use crate::lang::Lang;
use crate::pages::styleguide::pictures;

fn empty(palette: Palette) -> Vec<Drawing> {
    let lang = Lang::Fr;
    vec![
        Columns::default().draw(lang, palette),
        Lines::default().draw(lang, palette),
        Matrix::default().draw(lang, palette),
        Lorenz::default().draw(lang, palette),
        Stacked::default().draw(lang, palette),
        Bars::default().draw(lang, palette),
        OrgTree::default().draw(lang, palette),
    ]
}

#[test]
fn a_picture_on_paper_is_a_whole_file_without_classes_and_links() {
    let drawings = pictures::all(Lang::En, Palette::Paper);
    for drawing in drawings.iter().chain(&empty(Palette::Paper)) {
        let svg = &drawing.svg;
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"), "{svg}");
        assert_eq!(svg.matches("<svg").count(), 1);
        for wrong in ["class=", "<a ", "<script>", "NaN", "inf", "var("] {
            assert!(!svg.contains(wrong), "{wrong} in {svg}");
        }
    }
}

#[test]
fn a_picture_on_a_page_has_several_widths_and_only_classes() {
    for drawing in pictures::all(Lang::Fr, Palette::Page).iter().chain(&empty(Palette::Page)) {
        let svg = &drawing.svg;
        assert!(svg.matches("<svg").count() >= 2, "{svg}");
        assert!(svg.contains("class=\"small\"") && svg.contains("class=\"large "), "{svg}");
        assert_eq!(svg.matches("<a ").count(), svg.matches("</a>").count());
        let is_linked = svg.contains("<a ");
        assert_eq!(svg.contains("role=\"group\""), is_linked, "{svg}");
        for wrong in ["fill=", "stroke=", "<script>", "NaN", "inf"] {
            assert!(!svg.contains(wrong), "{wrong} in {svg}");
        }
    }
}

#[test]
fn every_picture_has_a_table_whose_rows_fit_its_head() {
    for drawing in pictures::all(Lang::En, Palette::Page) {
        assert!(!drawing.table.rows.is_empty(), "{}", drawing.heading.title);
        for row in &drawing.table.rows {
            assert_eq!(row.len(), drawing.table.head.len(), "{}", drawing.heading.title);
        }
    }
}

#[test]
fn nothing_known_draws_no_line() {
    let svg = sparkline(&[None, None], 0, "").0;
    assert!(!svg.contains("circle") && !svg.contains("NaN"), "{svg}");
}
