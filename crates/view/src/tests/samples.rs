//! Every view × sample × language: no missing text, nothing unescaped, no inline style or script.

use crate::lang::Lang;
use crate::pages;
use crate::view::View;

/// Renders every sample of a view and checks what no page may hold.
fn check<V: View>() {
    for lang in Lang::ALL {
        let samples = V::samples(*lang);
        assert!(!samples.is_empty(), "a view without samples: {}", std::any::type_name::<V>());
        for (index, sample) in samples.iter().enumerate() {
            let html = sample.render().unwrap();
            let at = format!("{} sample {index} {lang}", std::any::type_name::<V>());
            if let Some((before, after)) = html.split_once('⟦') {
                let key = after.split('⟧').next().unwrap_or("");
                panic!("{at}: no text {key} after {}", tail(before));
            }
            for (wrong, why) in [
                ("<script>", "a name is not escaped"),
                (" style=", "inline style"),
                ("Unknown localization", "a text without its value"),
                ("{$", "a text without its value"),
                ("{ $", "a text without its value"),
            ] {
                if let Some((before, _)) = html.split_once(wrong) {
                    panic!("{at}: {why} after {}", tail(before));
                }
            }
            assert_ids(&html, &at);
        }
    }
}

fn tail(text: &str) -> String {
    let letters: Vec<char> = text.chars().rev().take(120).collect();
    letters.into_iter().rev().collect()
}

/// An id stands once, and what is referred to is there.
fn assert_ids(html: &str, at: &str) {
    let values = |name: &str| -> Vec<String> {
        let pattern = format!(" {name}=\"");
        let parts = html.split(pattern.as_str()).skip(1);
        parts.map(|part| part.split('"').next().unwrap_or("").to_owned()).collect()
    };
    let mut ids = values("id");
    ids.sort();
    for pair in ids.windows(2) {
        assert_ne!(pair[0], pair[1], "{at}: id twice");
    }
    for name in ["for", "aria-labelledby", "popovertarget"] {
        for wanted in values(name) {
            assert!(ids.contains(&wanted), "{at}: {name}={wanted} leads nowhere");
        }
    }
    for list in values("aria-describedby") {
        for wanted in list.split(' ') {
            assert!(ids.contains(&wanted.to_owned()), "{at}: described by {wanted}, not there");
        }
    }
}

#[test]
fn every_template_renders_in_every_language() {
    check::<pages::styleguide::IndexView>();
    check::<pages::account::ShowView>();
    check::<pages::account::group::GroupView>();
    check::<pages::account::history::HistoryView>();
    check::<pages::account::score::ScoreView>();
    check::<pages::error::ShowView>();
    check::<pages::import::CompareView>();
    check::<pages::manual::ShowView>();
    check::<pages::people::PeopleView>();
    check::<pages::plan::NewView>();
    check::<pages::plan::ShowView>();
    check::<pages::portfolio::IndexView>();
    check::<pages::search::IndexView>();
    check::<pages::passkey::IndexView>();
    check::<pages::session::DoorView>();
    check::<pages::session::GoneView>();
    check::<pages::session::NewView>();
    check::<pages::sheet::SheetView>();
    check::<pages::week::ShowView>();
}
