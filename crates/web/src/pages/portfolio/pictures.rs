//! The portfolio's pictures: attractiveness and strength, and concentration.

use orchestre_app::asked::Asked;
use orchestre_app::portfolio::{Bubble as AppBubble, Listing, Matrix, PortfolioFigures};
use orchestre_domain::account::AccountStatus;
use orchestre_domain::float;
use orchestre_domain::lang::Lang;
use orchestre_view::chart::{self, Breadth, Bubble, BubbleKind, Drawing, Heading, Palette};
use orchestre_view::page::Page;
use orchestre_view::{format, text, text_with};

use crate::frame::account_path;

/// Draws the matrix; `None` when no account has both scores.
pub(super) fn matrix(frame: &Page, matrix: &Matrix, asked: Asked) -> Option<Drawing> {
    let lang = frame.lang;
    if matrix.bubbles.is_empty() {
        return None;
    }
    let turnover = |bubble: &AppBubble| bubble.turnover_12m_minor.unwrap_or(0).max(0);
    let all: i64 = matrix.bubbles.iter().map(turnover).sum();
    let strong = matrix
        .bubbles
        .iter()
        .filter(|bubble| bubble.attractiveness >= 50.0 && bubble.strength >= 50.0);
    let share = float::ratio(strong.map(turnover).sum(), all).unwrap_or(0.0);
    let title = text_with(
        lang,
        "page-portfolio-matrix-title",
        &[("share", format::percent_whole(lang, share).into())],
    );
    let measure = text(lang, "page-portfolio-matrix-measure");
    let source = text_with(
        lang,
        "page-portfolio-matrix-source",
        &[("day", format::day(lang, asked.as_of).into())],
    );
    let word = |name: &str| text(lang, &format!("page-portfolio-quadrant-{name}"));
    let drawing = chart::Matrix {
        heading: Heading { describe: title.clone(), title, measure, source, ..Heading::default() },
        label: text(lang, "word-account"),
        size_label: text(lang, "figure-turnover"),
        kinds: kinds(lang),
        x_label: text(lang, "page-portfolio-axis-strength"),
        y_label: text(lang, "page-portfolio-axis-attractiveness"),
        quadrants: [word("selective"), word("growth"), word("withdraw"), word("maintain")],
        bubbles: matrix.bubbles.iter().map(|bubble| one(frame, bubble, asked)).collect(),
    };
    Some(drawing.draw(lang, Palette::Page))
}

fn one(frame: &Page, bubble: &AppBubble, asked: Asked) -> Bubble {
    let lang = frame.lang;
    let minor = bubble.turnover_12m_minor.unwrap_or(0).max(0);
    let kind = match bubble.status {
        Some(AccountStatus::Key) => BubbleKind::Full,
        Some(AccountStatus::Incubator) => BubbleKind::Ring,
        Some(AccountStatus::Watch | AccountStatus::Uncoupling | AccountStatus::Deselecting) => {
            BubbleKind::Watch
        }
        _ => BubbleKind::Dashed,
    };
    Bubble {
        name: short(&bubble.name),
        x: bubble.strength,
        y: bubble.attractiveness,
        size: float::from_minor(minor),
        kind,
        href: Some(frame.href(&account_path(bubble.id))),
        before: bubble.before.map(|(attractiveness, strength)| (strength, attractiveness)),
        size_words: format::money_short(lang, minor, asked.currency),
    }
}

/// Words with which names begin and that tell nothing apart.
const GENERAL: [&str; 12] = [
    "groupe",
    "group",
    "grupo",
    "gruppe",
    "gruppo",
    "maison",
    "laboratoires",
    "the",
    "compagnie",
    "societe",
    "minoteries",
    "établissements",
];

/// Gives the word by which an account is called, short enough to stand beside a bubble.
fn short(name: &str) -> String {
    let telling =
        |word: &&str| word.chars().count() >= 3 && !GENERAL.contains(&word.to_lowercase().as_str());
    name.split_whitespace().find(telling).unwrap_or(name).to_owned()
}

/// Says what the kinds of bubbles mean.
fn kinds(lang: Lang) -> Vec<(BubbleKind, String)> {
    [
        (BubbleKind::Full, "page-portfolio-kind-key"),
        (BubbleKind::Ring, "page-portfolio-kind-incubator"),
        (BubbleKind::Dashed, "page-portfolio-kind-other"),
        (BubbleKind::Watch, "page-portfolio-kind-watch"),
    ]
    .map(|(kind, key)| (kind, text(lang, key)))
    .into()
}

/// Gives the accounts that have no place, with the reason.
pub(super) fn not_placed(lang: Lang, matrix: &Matrix) -> Vec<(String, String)> {
    matrix
        .not_placed
        .iter()
        .map(|(_, name)| (name.clone(), text(lang, "page-portfolio-missing-both")))
        .collect()
}

/// Draws the Lorenz curve; `None` without turnover.
pub(super) fn lorenz(lang: Lang, figures: &PortfolioFigures) -> Option<Drawing> {
    if figures.lorenz.is_empty() {
        return None;
    }
    let mut sum = 0.0;
    let reached: Vec<f64> = figures
        .lorenz
        .iter()
        .map(|share| {
            sum += share;
            sum
        })
        .collect();
    let half = reached.iter().position(|share| *share >= 0.5).map_or(reached.len(), |at| at + 1);
    let gini = figures
        .gini
        .value
        .map_or_else(|| format::MISSING.to_owned(), |gini| format::decimal(lang, gini, 2));
    let title = text_with(lang, "page-portfolio-lorenz-title", &[("count", half.into())]);
    let measure = text_with(lang, "page-portfolio-lorenz-measure", &[("gini", gini.into())]);
    let mut points = vec![3, half, 10];
    points.retain(|count| *count > 0 && *count < reached.len());
    points.sort_unstable();
    points.dedup();
    let named = points.into_iter().filter_map(|count| {
        let share = format::percent_whole(lang, *reached.get(count - 1)?);
        Some((
            count,
            text_with(
                lang,
                "page-portfolio-lorenz-point",
                &[("count", count.into()), ("share", share.into())],
            ),
        ))
    });
    let drawing = chart::Lorenz {
        heading: Heading {
            title,
            measure,
            describe: text(lang, "page-portfolio-lorenz-describe"),
            breadth: Breadth::Narrow,
            ..Heading::default()
        },
        equal: text(lang, "page-portfolio-lorenz-equal"),
        x_label: text(lang, "page-portfolio-lorenz-x"),
        y_label: text(lang, "page-portfolio-lorenz-y"),
        shares: figures.lorenz.clone(),
        points: named.collect(),
    };
    Some(drawing.draw(lang, Palette::Page))
}

/// Says what would go with each of the three largest accounts of the list.
pub(super) fn losses(lang: Lang, listing: &Listing) -> Vec<(String, String, String)> {
    let contribution = |minor: i64, share: f64| float::round(float::from_minor(minor) * share);
    let of = |row: &orchestre_app::portfolio::AccountRow| {
        let share = row.margin.shown()?.fraction?;
        Some((row.name.clone(), contribution(row.turnover_12m_minor?, share)))
    };
    let Some(all) = listing
        .all
        .margin
        .shown()
        .and_then(|margin| Some(contribution(listing.all.turnover_minor?, margin.fraction?)))
    else {
        return Vec::new();
    };
    let mut lines: Vec<(String, i64)> = listing.rows.iter().filter_map(of).collect();
    lines.sort_by_key(|(_, lost)| std::cmp::Reverse(*lost));
    let words = lines.into_iter().take(3).map(|(name, lost)| {
        let share = float::ratio(lost, all)
            .map_or_else(String::new, |share| format::percent_whole(lang, share));
        (name, format::thousands(lang, -lost, listing.asked.currency), share)
    });
    words.collect()
}
