//! All accounts, by tier, for finding one and seeing who looks after it.

use orchestre_app::portfolio::{self, Order, Slice, Sort, SortKey};
use orchestre_view::component::empty::Empty;
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::Column;
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::{Answer, answer};
use crate::door::Visit;
use crate::frame::account_path;
use crate::pages::portfolio::filter;

/// Rows of the list before one searches.
const ROWS: usize = 200;

/// `GET /accounts`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let asked = visit.asked().await?;
    let lang = visit.lang();
    let sort = Sort { key: SortKey::Name, order: Order::Ascending };
    let listing =
        portfolio::list(&visit.ctx, &asked, &filter(&visit), sort, Slice::first(ROWS)).await?;
    let page = visit
        .page(Place::Accounts, text(lang, "page-nav-accounts"))
        .await?
        .with_as_of()
        .with_currency();
    let head = vec![
        Column::text(text(lang, "word-account")),
        Column::text(text(lang, "word-tier")),
        Column::text(text(lang, "word-status")),
        Column::text(text(lang, "word-kam")),
        Column::text(text(lang, "word-sponsor")),
        Column::number(format!(
            "{}, {}",
            text(lang, "figure-turnover"),
            format::thousands_unit(lang, asked.currency)
        )),
    ];
    let nobody = || text(lang, "word-nobody");
    let rows = listing.rows.iter().map(|row| {
        vec![
            Cell::link(row.name.clone(), page.href(&account_path(row.id))),
            Cell::text(row.tier.map_or_else(
                || format::MISSING.to_owned(),
                |tier| text(lang, &format!("state-tier-{tier}")),
            )),
            Cell::text(row.status.map_or_else(
                || format::MISSING.to_owned(),
                |status| text(lang, &format!("state-status-{status}")),
            )),
            Cell::text(row.kam.as_ref().map_or_else(nobody, |(_, name)| name.clone())),
            Cell::text(row.sponsor.as_ref().map_or_else(nobody, |(_, name)| name.clone())),
            Cell::text(row.turnover_12m_minor.map_or_else(
                || format::MISSING.to_owned(),
                |minor| format::thousands(lang, minor, row.currency),
            )),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let body = if rows.is_empty() {
        Body::Empty(
            Empty::new(text(lang, "page-portfolio-empty"), "")
                .action(text(lang, "button-import"), "/imports"),
        )
    } else {
        Body::Grid(Grid { caption: text(lang, "page-nav-accounts"), head, rows })
    };
    let count = text_with(lang, "page-portfolio-total", &[("count", listing.found.into())]);
    answer(&SheetView::new(
        page,
        count,
        vec![Part::new("accounts", text(lang, "page-nav-accounts"), body)],
    ))
}
