//! Why this score, and the judgement of a criterion.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::scores::{self, AxisLine, CriterionLine, Judging, Why};
use orchestre_app::{AppError, Measure, MeasureUnit};
use orchestre_domain::criterion::{CriteriaSet, Source};
use orchestre_domain::id::AccountId;
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::component::figure::{Figure, Figures};
use orchestre_view::html::Html;
use orchestre_view::pages::account::score::{AxisPart, CriterionLine as LineView, ScoreView};
use orchestre_view::{format, mark, text, text_with};

use super::accounts::{Tab, found, frame, head};
use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;
use crate::frame::account_path;

/// `GET /accounts/{id}/score`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let found = found(&visit, &id).await?;
    let set = visit.parameter("set").and_then(CriteriaSet::parse).unwrap_or(CriteriaSet::Selection);
    let why = scores::why(&visit.ctx, found.id, set, &found.asked).await?;
    let page = frame(&visit, &found, Tab::Score).await?;
    let lang = visit.lang();
    let sets = CriteriaSet::ALL.iter().map(|one| {
        (
            text(lang, &format!("page-score-set-{one}")),
            page.href_with("set", one.as_str()),
            *one == set,
        )
    });
    let view = ScoreView {
        head: head(&visit, &page, &found, Tab::Score),
        lead: lead(lang, &why),
        figures: figures(lang, &why),
        sets: sets.collect(),
        axes: why.axes.iter().map(|axis| axis_part(lang, &why, axis)).collect(),
        changes: changes(lang, &why),
        action: format!("{}/judgements", account_path(found.id)),
        set: set.as_str().to_owned(),
        page,
    };
    answer(&view)
}

fn lead(lang: Lang, why: &Why) -> String {
    let coverage = format::percent_whole(lang, why.figure.coverage);
    let Some(score) = why.figure.value.filter(|_| why.figure.is_sufficient()) else {
        return text_with(lang, "page-score-lead-insufficient", &[("coverage", coverage.into())]);
    };
    let score = format::decimal(lang, score, 2);
    match why.rank {
        Some(rank) => {
            let values = [
                ("score", score.into()),
                ("rank", rank.into()),
                ("among", why.among.into()),
                ("coverage", coverage.into()),
            ];
            text_with(lang, "page-score-lead", &values)
        }
        None => text_with(
            lang,
            "page-score-lead-unranked",
            &[("score", score.into()), ("coverage", coverage.into())],
        ),
    }
}

fn figures(lang: Lang, why: &Why) -> Figures {
    let value = why.figure.value.map_or_else(String::new, |score| format::decimal(lang, score, 2));
    let name = text(lang, &format!("page-score-set-{}", why.set));
    let mut row = vec![
        Figure::of(lang, name, &why.figure, value)
            .unit(text(lang, "figure-score-unit"))
            .explain_formula(text(lang, "figure-formula-score")),
    ];
    if let Some(rank) = why.rank {
        let of = text_with(lang, "figure-rank-of", &[("count", why.among.into())]);
        row.push(
            Figure::known(lang, text(lang, "figure-rank"), format::count_of(lang, rank)).unit(of),
        );
        let word =
            if why.is_fragile { "figure-fragility-fragile" } else { "figure-fragility-firm" };
        row.push(Figure::known(lang, text(lang, "figure-fragility"), text(lang, word)));
    }
    Figures(row)
}

fn axis_part(lang: Lang, why: &Why, axis: &AxisLine) -> AxisPart {
    let name = axis.axis.map_or_else(
        || text(lang, "page-score-axis-none"),
        |axis| text(lang, &format!("page-score-axis-{axis}")),
    );
    AxisPart {
        key: axis.axis.map_or("criteria", |axis| axis.as_str()).to_owned(),
        name,
        weight: format::percent_whole(lang, axis.weight),
        result: axis.figure.shown().and_then(|figure| figure.value).map_or_else(
            || text(lang, "page-score-known"),
            |score| format::decimal(lang, score, 0),
        ),
        criteria: axis.criteria.iter().map(|line| criterion(lang, why, line)).collect(),
    }
}

fn criterion(lang: Lang, why: &Why, line: &CriterionLine) -> LineView {
    let not_known = || text(lang, "page-score-known");
    let value = line.value.shown().copied().flatten();
    let score = value.map_or_else(
        || Html(format!("<span class=\"none\">{}</span>", not_known())),
        |value| {
            Html(format!(
                "{} {}",
                mark::meter((value - 1.0) / 4.0).0,
                format::decimal(lang, value, 1)
            ))
        },
    );
    let judged = matches!(line.source, Source::Judged);
    let anchors = (1..=5)
        .filter(|_| judged)
        .map(|point| text(lang, &format!("page-score-anchor-{}-{point}", line.key)));
    LineView {
        key: line.key.clone(),
        name: text(lang, &format!("word-criterion-{}", line.key)),
        source: text(lang, &format!("page-score-source-{}", line.source)),
        weight: format::percent_whole(lang, line.weight),
        measure: line
            .measure
            .shown()
            .and_then(Option::as_ref)
            .map_or_else(String::new, |measure| self::measure(lang, measure)),
        score,
        points: line
            .part
            .shown()
            .copied()
            .flatten()
            .map_or_else(|| format::MISSING.to_owned(), |points| format::decimal(lang, points, 1)),
        judgements: judgements(lang, line),
        warning: line.spread.filter(|spread| *spread >= 2).map_or_else(String::new, |spread| {
            text_with(lang, "page-score-apart", &[("spread", spread.into())])
        }),
        anchors: anchors.collect(),
        form: (why.can_judge && matches!(line.source, Source::Judged | Source::Measured))
            .then(|| form(lang, line)),
    }
}

fn measure(lang: Lang, measure: &Measure) -> String {
    match measure.unit {
        MeasureUnit::Thousands(currency) => {
            format!(
                "{} {}",
                format::decimal(lang, measure.value, 0),
                format::thousands_unit(lang, currency)
            )
        }
        MeasureUnit::Fraction => format::percent(lang, measure.value),
        MeasureUnit::Points => format::decimal(lang, measure.value, 1),
    }
}

fn judgements(lang: Lang, line: &CriterionLine) -> Vec<(String, String, String, String)> {
    let words = line.judgements.iter().map(|one| {
        let value = one.value.map_or_else(
            || one.raw.map_or_else(String::new, |raw| format::decimal(lang, raw, 2)),
            |value| format::count(lang, value),
        );
        let mut day = format::day(lang, one.on);
        if let Some(round) = &one.round {
            day = format!("{day}, {round}");
        }
        if !one.counts {
            day = format!("{day}, {}", text(lang, "page-score-old"));
        }
        (
            one.judge.clone().unwrap_or_else(|| text(lang, "word-unknown")),
            value,
            day,
            one.evidence.clone().unwrap_or_default(),
        )
    });
    words.collect()
}

fn form(lang: Lang, line: &CriterionLine) -> Vec<Field> {
    let id = |name: &str| format!("{name}-{}", line.key);
    let evidence = Field::text("evidence", text(lang, "field-evidence"))
        .id(id("evidence"))
        .help(text(lang, "field-evidence-help"))
        .required();
    let first = if matches!(line.source, Source::Judged) {
        let choices = (1..=5).map(|point: i64| {
            let anchor = text(lang, &format!("page-score-anchor-{}-{point}", line.key));
            Choice::new(point.to_string(), format!("{point} · {anchor}"))
        });
        Field::select("value", text(lang, "field-value"), choices.collect()).id(id("value"))
    } else {
        let raw = Field::text("raw", text(lang, "field-raw")).id(id("raw")).required();
        match MeasureUnit::of(&line.key) {
            MeasureUnit::Fraction => raw.help(text(lang, "field-raw-share-help")),
            MeasureUnit::Thousands(_) | MeasureUnit::Points => raw,
        }
    };
    vec![first, evidence]
}

fn changes(lang: Lang, why: &Why) -> Vec<String> {
    let words = why.reversals.iter().map(|one| {
        let key = if one.is_up { "page-score-reversal-up" } else { "page-score-reversal-down" };
        let name = text(lang, &format!("word-criterion-{}", one.key));
        text_with(lang, key, &[("criterion", name.into()), ("rank", one.rank.into())])
    });
    words.collect()
}

/// `POST /accounts/{id}/judgements`.
pub(crate) async fn judge(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let account = AccountId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let set = fields.word("set", CriteriaSet::parse)?;
    let judging = Judging {
        account,
        set,
        key: fields.required("key")?.to_owned(),
        value: fields.whole("value")?,
        raw: fields.decimal("raw")?,
        evidence: fields.required("evidence")?.to_owned(),
    };
    scores::judge(&visit.ctx, judging).await?;
    Ok(Redirect::to(&format!("{}/score?set={set}", account_path(account))).into_response())
}
