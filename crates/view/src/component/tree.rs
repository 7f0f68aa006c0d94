//! Trees in tables: `<table class="t tree">`, rows with `<th class="l2">` to `l4`.

use crate::html::{Html, escape};
use crate::icon;
use crate::lang::Lang;
use crate::text::text_with;

/// What a row of a tree does with what is under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Branch {
    /// It shows what is under it.
    Open,
    /// It hides what is under it.
    Closed,
    /// Nothing is under it.
    Leaf,
}

/// Gives the class of the name of a row by its depth, the root being 1.
pub const fn level(depth: usize) -> &'static str {
    match depth {
        0 | 1 => "l1",
        2 => "l2",
        3 => "l3",
        _ => "l4",
    }
}

/// Gives the small arrow before a name that opens or closes what is under it; a leaf has none.
pub fn toggle(lang: Lang, branch: Branch, href: &str, name: &str) -> Html {
    let (key, sign) = match branch {
        Branch::Leaf => return Html::default(),
        Branch::Open => ("page-layout-tree_close", "down"),
        Branch::Closed => ("page-layout-tree_open", "right"),
    };
    let label = escape(&text_with(lang, key, &[("name", name.into())]));
    let sign = icon::icon(sign);
    Html(format!("<a class=\"tw\" href=\"{}\" aria-label=\"{label}\">{sign}</a>", escape(href)))
}
