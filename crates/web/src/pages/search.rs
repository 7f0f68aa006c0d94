//! Finding anything.

use orchestre_app::search::{self, Hit};
use orchestre_view::component::empty::Empty;
use orchestre_view::page::Page;
use orchestre_view::pages::search::{IndexView, ResultLine};
use orchestre_view::{text, text_with};

use super::{Answer, show};
use crate::door::Visit;
use crate::frame::account_path;

/// Things on one page.
const MOST: usize = 30;

/// `GET /search`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let words = visit.parameter("q").unwrap_or_default().to_owned();
    let hits = search::find(&visit.ctx, &words, MOST).await?;
    let page: Page = visit.bare_page(text(lang, "page-search-title")).await?;
    let lead = if words.is_empty() {
        text(lang, "page-search-empty")
    } else {
        text_with(
            lang,
            "page-search-lead",
            &[("count", hits.len().into()), ("words", words.clone().into())],
        )
    };
    let results = hits.iter().map(|hit| ResultLine {
        kind: text(lang, &format!("word-object-{}", hit.object)),
        title: hit.title.clone(),
        detail: hit.detail.clone(),
        href: page.href(&path(hit)),
    });
    let view = IndexView {
        results: results.collect(),
        empty: (hits.is_empty() && !words.is_empty())
            .then(|| Empty::new(lead.clone(), text(lang, "page-search-none"))),
        words,
        lead,
        page,
    };
    show(&view)
}

/// Gives the address of what was found.
pub(crate) fn path(hit: &Hit) -> String {
    match (hit.object.as_str(), hit.account) {
        ("account", _) => format!("/accounts/{}", hit.id),
        ("person", _) => format!("/people/{}", hit.id),
        ("plan", Some(account)) => format!("{}/plan", account_path(account)),
        ("party", Some(account)) => format!("{}/group", account_path(account)),
        (_, Some(account)) => account_path(account),
        (_, None) => "/portfolio".to_owned(),
    }
}
