//! An account's money: months and years, products, opportunities.

use orchestre_app::accounts::AccountPage;
use orchestre_domain::float;
use orchestre_domain::lang::Lang;
use orchestre_view::chart::{self, Column as Bar, Drawing, Heading, Palette};
use orchestre_view::component::table::{Column, Table};
use orchestre_view::{format, text, text_with};

/// Draws turnover by month beside the year before; `None` without any.
pub(crate) fn months(lang: Lang, account: &AccountPage) -> Option<Drawing> {
    drawn(lang, account, Palette::Page)
}

fn drawn(lang: Lang, account: &AccountPage, palette: Palette) -> Option<Drawing> {
    let months = &account.months;
    if months.iter().all(|pair| pair.minor.is_none() && pair.before_minor.is_none()) {
        return None;
    }
    let closed: Vec<_> = months.iter().filter(|pair| !pair.is_open).collect();
    let up = closed.iter().filter(|pair| matches!((pair.minor, pair.before_minor), (Some(now), Some(before)) if now > before)).count();
    let title = text_with(
        lang,
        "page-account-months-title",
        &[("up", up.into()), ("all", closed.len().into())],
    );
    let unit = format::thousands_unit(lang, account.asked.currency);
    let measure = text_with(lang, "page-account-months-measure", &[("unit", unit.clone().into())]);
    let source = text_with(
        lang,
        "page-account-months-source",
        &[("day", format::day(lang, account.asked.as_of).into())],
    );
    let scale =
        1_000.0 * 10_f64.powi(i32::try_from(account.asked.currency.exponent()).unwrap_or(2));
    let thousands = |minor: Option<i64>| minor.map(|minor| float::from_minor(minor) / scale);
    let mut previous = None;
    let columns = months.iter().map(|pair| {
        let label = format::month_axis(lang, pair.ym, previous);
        previous = Some(pair.ym);
        Bar {
            label,
            value: thousands(pair.minor),
            before: thousands(pair.before_minor),
            is_open: pair.is_open,
            is_target: false,
            href: None,
        }
    });
    let columns = columns.collect();
    let describe = text(lang, "page-account-months-describe");
    let heading = Heading { title, measure, source, describe, ..Heading::default() };
    let (label, measure) = (text(lang, "word-month"), text(lang, "word-turnover"));
    let picture = chart::Columns { heading, unit, digits: 0, label, measure, columns };
    Some(picture.draw(lang, palette))
}

/// Gives turnover and margin by calendar year.
pub(crate) fn years(lang: Lang, account: &AccountPage) -> Table {
    let currency = account.asked.currency;
    let unit = format::thousands_unit(lang, currency);
    let has_margin = account.years.iter().any(|year| year.margin_minor.shown().is_some());
    let mut head = vec![
        Column::text(text(lang, "word-year")),
        Column::number(format!("{}, {unit}", text(lang, "word-turnover"))),
        Column::number(text(lang, "word-growth")),
    ];
    if has_margin {
        head.push(Column::number(text(lang, "word-margin")));
    }
    let missing = || format::MISSING.to_owned();
    let mut rows = Vec::new();
    let mut before: Option<(i64, bool)> = None;
    for year in &account.years {
        let is_whole = year.is_complete && year.months == 12;
        let name = if is_whole {
            year.year.to_string()
        } else {
            format!(
                "{} ({})",
                year.year,
                text_with(lang, "page-account-year-part", &[("months", year.months.into())])
            )
        };
        // A year is compared with the one before only when both are whole.
        let growth = match (year.turnover_minor, before) {
            (Some(now), Some((earlier, true))) if is_whole && earlier > 0 => {
                float::ratio(now - earlier, earlier)
            }
            _ => None,
        };
        let mut row = vec![
            name,
            year.turnover_minor
                .map_or_else(missing, |minor| format::thousands(lang, minor, currency)),
            growth.map_or_else(missing, |growth| format::change(lang, growth)),
        ];
        if has_margin {
            let share = year
                .margin_minor
                .shown()
                .copied()
                .flatten()
                .zip(year.turnover_minor)
                .and_then(|(margin, turnover)| float::ratio(margin, turnover));
            row.push(share.map_or_else(missing, |share| format::percent(lang, share)));
        }
        rows.push(row);
        before = year.turnover_minor.map(|minor| (minor, is_whole));
    }
    Table { caption: text(lang, "page-account-years"), head, rows }
}

/// Gives the products of the window.
pub(super) fn products(lang: Lang, account: &AccountPage) -> Table {
    let currency = account.asked.currency;
    let missing = || format::MISSING.to_owned();
    let head = vec![
        Column::text(text(lang, "word-product")),
        Column::number(format!(
            "{}, {}",
            text(lang, "figure-turnover"),
            format::thousands_unit(lang, currency)
        )),
        Column::number(text(lang, "word-growth")),
        Column::number(text(lang, "word-share")),
    ];
    let rows = account.products.iter().take(8).map(|product| {
        let french = product.name_fr.clone().filter(|_| lang == Lang::Fr);
        let name = french
            .or_else(|| product.name.clone())
            .unwrap_or_else(|| text(lang, "page-account-products-none"));
        vec![
            name,
            product
                .turnover_12m_minor
                .map_or_else(missing, |minor| format::thousands(lang, minor, currency)),
            product.growth.map_or_else(missing, |growth| format::change(lang, growth)),
            product.share.map_or_else(missing, |share| format::percent_whole(lang, share)),
        ]
    });
    Table { caption: text(lang, "page-account-products"), head, rows: rows.collect() }
}

/// Gives the open opportunities, in the currency in which they were given.
pub(super) fn opportunities(lang: Lang, account: &AccountPage) -> Table {
    let missing = || format::MISSING.to_owned();
    let head = vec![
        Column::text(text(lang, "word-object-opportunity")),
        Column::text(text(lang, "word-state")),
        Column::number(text(lang, "field-amount")),
        Column::number(text(lang, "field-chance")),
        Column::text(text(lang, "field-due_on")),
    ];
    let open = account
        .opportunities
        .shown()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter(|one| one.stage.is_open());
    let rows = open.take(12).map(|one| {
        vec![
            one.name.clone().or_else(|| one.product.clone()).unwrap_or_else(missing),
            text(lang, &format!("state-stage-{}", one.stage)),
            one.amount.map_or_else(missing, |money| {
                format::money_short(lang, money.minor, money.currency)
            }),
            one.probability.map_or_else(missing, |share| format::percent_whole(lang, share)),
            one.close_on.map_or_else(missing, |day| format::day(lang, day)),
        ]
    });
    Table { caption: text(lang, "page-account-opportunities"), head, rows: rows.collect() }
}
