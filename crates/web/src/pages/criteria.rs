//! The criteria of each set, with weights and brackets; the programme director changes them.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::criteria::{self, CriteriaShown};
use orchestre_app::{AppError, Code};
use orchestre_domain::criterion::{CriteriaSet, Criterion, Source};
use orchestre_domain::float;
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::Field;
use orchestre_view::component::table::{Column, Table};
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Form as FormView, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::{Answer, show};
use crate::door::Visit;
use crate::form::Fields;

/// Limits are kept × 10,000.
const LIMIT_SCALE: f64 = 10_000.0;

/// `GET /criteria`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let page = visit.page(Place::Criteria, text(lang, "page-criterion-title")).await?;
    let mut parts = Vec::new();
    for set in CriteriaSet::ALL {
        let shown = criteria::list(&visit.ctx, *set).await?;
        parts.push(part(lang, &shown));
    }
    show(&SheetView::new(page, text(lang, "page-criterion-lead"), parts))
}

fn part(lang: Lang, shown: &CriteriaShown) -> Part {
    let title = text(lang, &format!("page-score-set-{}", shown.set));
    let note = match shown.version {
        0 => text(lang, "page-criterion-default"),
        version => text_with(lang, "page-criterion-version", &[("version", version.into())]),
    };
    let mut part =
        Part::new(shown.set.as_str(), title, Body::Table(table(lang, shown))).noted(note);
    for warning in &shown.warnings {
        part = part.with(Body::Note(text(lang, &format!("warning-{warning}"))));
    }
    if shown.can_update {
        part = part.with(Body::Edit(text(lang, "button-edit"), Box::new(form(lang, shown))));
    }
    part
}

fn table(lang: Lang, shown: &CriteriaShown) -> Table {
    let head = vec![
        Column::text(text(lang, "word-criterion")),
        Column::number(text(lang, "word-weight")),
        Column::text(text(lang, "page-criterion-source")),
        Column::text(text(lang, "page-criterion-limits")),
    ];
    let rows = shown.criteria.iter().map(|one| {
        vec![
            text(lang, &format!("word-criterion-{}", one.key)),
            format::percent(lang, share(one)),
            text(lang, &format!("page-score-source-{}", one.source)),
            limits(lang, one),
        ]
    });
    let total = shown.criteria.iter().map(share).sum();
    let sum = vec![
        text(lang, "page-criterion-sum"),
        format::percent(lang, total),
        String::new(),
        String::new(),
    ];
    Table {
        caption: text(lang, &format!("page-score-set-{}", shown.set)),
        head,
        rows: rows.chain(std::iter::once(sum)).collect(),
    }
}

fn share(one: &Criterion) -> f64 {
    float::from_minor(one.weight_ppm) / 1e6
}

fn limits(lang: Lang, one: &Criterion) -> String {
    if one.limits.is_empty() {
        let is_judged = one.source == Source::Judged;
        return if is_judged { text(lang, "page-criterion-limits-none") } else { String::new() };
    }
    written(one)
        .iter()
        .map(|limit| format::decimal(lang, *limit, digits(*limit)))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn written(one: &Criterion) -> Vec<f64> {
    one.limits.iter().map(|limit| float::from_minor(*limit) / LIMIT_SCALE).collect()
}

fn digits(limit: f64) -> u8 {
    if limit.fract().abs() < 1e-9 { 0 } else { 2 }
}

/// Gives a number as one types it.
fn plain(lang: Lang, value: f64) -> String {
    let text = value.to_string();
    if lang == Lang::Fr { text.replace('.', ",") } else { text }
}

fn form(lang: Lang, shown: &CriteriaShown) -> FormView {
    let mut fields = Vec::new();
    for one in &shown.criteria {
        let name = text(lang, &format!("word-criterion-{}", one.key));
        let label = text_with(lang, "field-weight-of", &[("criterion", name.clone().into())]);
        let id = |what: &str| format!("{what}-{}-{}", shown.set, one.key);
        let weight = plain(lang, float::from_minor(one.weight_ppm) / 1e4);
        fields.push(
            Field::text(format!("weight-{}", one.key), label)
                .id(id("weight"))
                .value(weight)
                .suffix("%"),
        );
        if !one.limits.is_empty() {
            let label = text_with(lang, "field-limits-of", &[("criterion", name.into())]);
            let value =
                written(one).iter().map(|limit| plain(lang, *limit)).collect::<Vec<_>>().join("; ");
            let help = text(lang, "field-limits-help");
            fields.push(
                Field::text(format!("limits-{}", one.key), label)
                    .id(id("limits"))
                    .value(value)
                    .help(help),
            );
        }
    }
    FormView {
        action: format!("/criteria/{}", shown.set),
        fields,
        button: text(lang, "button-save"),
        has_file: false,
        hidden: vec![("version", shown.version.to_string())],
    }
}

/// `POST /criteria/{set}`.
pub(crate) async fn update(
    visit: Visit,
    Path(set): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    criteria::may_update(&visit.ctx)?;
    let set = CriteriaSet::parse(&set).ok_or(AppError::NOT_FOUND)?;
    let mut wanted = criteria::list(&visit.ctx, set).await?.criteria;
    for one in &mut wanted {
        let weight = number(fields.get(&format!("weight-{}", one.key)))?;
        one.weight_ppm = float::round(weight * 1e4);
        let limits = fields.get(&format!("limits-{}", one.key));
        if !one.limits.is_empty() {
            let read: Result<Vec<i64>, AppError> = limits
                .split(';')
                .map(|limit| Ok(float::round(number(limit)? * LIMIT_SCALE)))
                .collect();
            one.limits = read?;
        }
    }
    criteria::update(&visit.ctx, set, wanted, fields.version()?).await?;
    Ok(Redirect::to("/criteria").into_response())
}

fn number(text: &str) -> Result<f64, AppError> {
    let plain = text.trim().replace(',', ".");
    let read = plain.parse::<f64>().ok().filter(|number| number.is_finite());
    read.ok_or(AppError::Field { code: Code::FieldInvalid, field: "weight" })
}
