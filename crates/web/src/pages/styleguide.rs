//! The living style guide: every component in every state.

use orchestre_view::pages::styleguide::IndexView;
use orchestre_view::view::View;

use super::{Answer, show};
use crate::door::Visit;

/// `GET /styleguide`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    match IndexView::samples(lang).into_iter().next() {
        Some(view) => show(&view),
        None => Err(crate::problem::PageError::internal()),
    }
}
