//! Icons of the sprite `static/icons.svg`: 16 px, drawn in the colour of the text.

use std::fmt::Write;

use crate::asset;
use crate::html::Html;

/// Gives an icon by its name in the sprite, hidden from screen readers: words stand beside it.
pub fn icon(name: &str) -> Html {
    classed(name, "i")
}

/// Gives an icon that stands inside a line of text.
pub fn inline(name: &str) -> Html {
    classed(name, "i in")
}

fn classed(name: &str, class: &str) -> Html {
    let mut out = String::with_capacity(96);
    let sprite = asset::url("icons.svg");
    let written = write!(
        out,
        "<svg class=\"{class}\" aria-hidden=\"true\"><use href=\"{sprite}#i-{name}\"/></svg>"
    );
    debug_assert!(written.is_ok(), "writing to a string does not fail");
    Html(out)
}
