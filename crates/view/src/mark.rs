//! Marks: small signs that always come with words for who does not see them.

use std::fmt::Write;

use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::float;

use crate::format;
use crate::html::{Html, escape};
use crate::icon;
use crate::lang::Lang;
use crate::text::{text, text_with};

/// What a word means beside what it says; never told by its colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Done, accepted, met.
    Good,
    /// At risk, to check.
    Warn,
    /// Negative, late, wrong.
    Bad,
    /// Of second rank.
    Mute,
}

impl Tone {
    /// Gives the class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Mute => "mute",
        }
    }
}

/// Gives five bars, one for each fifth that is covered.
///
/// # Units
/// Takes a fraction, 0 to 1.
pub fn coverage(lang: Lang, fraction: f64) -> Html {
    let fraction = fraction.clamp(0.0, 1.0);
    let full = float::round(fraction * 5.0).clamp(0, 5);
    let label = text_with(
        lang,
        "word-coverage_of",
        &[("share", format::percent_whole(lang, fraction).into())],
    );
    let mut out = opened("cov", "0 0 18 10", &label);
    push_run(&mut out, full, 5, |index| {
        format!("M{} 0h2v10h-2z", format::decimal(Lang::En, float_of(index) * 3.75, 2))
    });
    closed(out)
}

/// Gives five dots for the strength of a link.
///
/// # Units
/// Takes 0 to 5.
pub fn strength(lang: Lang, points: i64) -> Html {
    let points = points.clamp(0, 5);
    let label = text_with(lang, "word-strength_of", &[("points", points.into())]);
    let mut out = opened("dots", "0 0 30 8", &label);
    push_run(&mut out, points, 5, |index| {
        format!("M{} 4a2.25 2.25 0 104.5 0a2.25 2.25 0 10-4.5 0z", 0.75 + 6.0 * float_of(index))
    });
    closed(out)
}

/// Gives the sign of a stance: up is for us, down is against, full is strong, dashed is unknown.
///
/// # Units
/// Takes −2 to 2.
pub fn stance(lang: Lang, stance: Option<i64>) -> Html {
    let (word, shape) = match stance {
        Some(2..) => ("champion", "<path class=\"c1\" d=\"M6 .5l5.8 10.5H.2z\"/>"),
        Some(1) => ("favorable", "<path class=\"none s1\" d=\"M6 1.800l4.6 8.400h-9.200z\"/>"),
        Some(0) => ("neutral", "<circle class=\"none s6\" cx=\"6\" cy=\"6\" r=\"4.3\"/>"),
        Some(-1) => ("reserved", "<path class=\"none s2\" d=\"M6 10.2l4.6-8.400h-9.200z\"/>"),
        Some(_) => ("opponent", "<path class=\"c2\" d=\"M6 11.500L11.800 1H.2z\"/>"),
        None => ("unknown", "<circle class=\"none s-edge dashed\" cx=\"6\" cy=\"6\" r=\"4.3\"/>"),
    };
    let mut out = opened("stance", "0 0 12 12", &text(lang, &format!("state-stance-{word}")));
    out.push_str(shape);
    closed(out)
}

/// Gives a tier with its square.
pub fn tier(lang: Lang, tier: Tier) -> Html {
    let class = match tier {
        Tier::StrategicGlobal => "tag-strategic",
        Tier::Key => "tag-key",
        Tier::National | Tier::Regional => "tag-incubator",
        Tier::Standard => "tag-standard",
    };
    tag(class, &text(lang, &format!("state-tier-{tier}")))
}

/// Gives a status with its square.
pub fn status(lang: Lang, status: AccountStatus) -> Html {
    let class = match status {
        AccountStatus::Key => "tag-key",
        AccountStatus::Incubator => "tag-incubator",
        AccountStatus::Watch | AccountStatus::Uncoupling | AccountStatus::Deselecting => {
            "tag-watch"
        }
        AccountStatus::Standard | AccountStatus::VetoExit => "tag-standard",
        AccountStatus::Prospect | AccountStatus::Candidate => "tag-candidate",
    };
    tag(class, &text(lang, &format!("state-status-{status}")))
}

/// Gives a small bar of how full something is, beside a number that says it.
///
/// # Units
/// Takes a fraction, 0 to 1.
pub fn meter(fraction: f64) -> Html {
    let width = format::decimal(Lang::En, 72.0 * fraction.clamp(0.0, 1.0), 1);
    Html(format!(
        "<svg class=\"meter\" viewBox=\"0 0 72 8\" aria-hidden=\"true\">\
         <rect class=\"c-3\" y=\"2\" width=\"72\" height=\"4\"/>\
         <rect class=\"c-edge\" y=\"2\" width=\"{width}\" height=\"4\"/></svg>"
    ))
}

/// Gives a bar without a ground for a column of a table: the longest is 1.
///
/// # Units
/// Takes a fraction, 0 to 1.
pub fn bar(fraction: f64, series: u8) -> Html {
    let width = format::decimal(Lang::En, 72.0 * fraction.clamp(0.0, 1.0), 1);
    let class = if series == 0 { "cp".to_owned() } else { format!("c{}", series.min(6)) };
    Html(format!(
        "<svg class=\"meter\" viewBox=\"0 0 72 8\" aria-hidden=\"true\">\
         <rect class=\"{class}\" y=\"1\" width=\"{width}\" height=\"6\"/></svg>"
    ))
}

/// Gives a state: an icon and its word.
pub fn state(tone: Tone, icon_name: &str, words: &str) -> Html {
    let sign = icon::icon(icon_name);
    Html(format!("<span class=\"st {}\">{sign}{}</span>", tone.class(), escape(words)))
}

fn tag(class: &str, words: &str) -> Html {
    Html(format!("<span class=\"tag {class}\">{}</span>", escape(words)))
}

fn opened(class: &str, view_box: &str, label: &str) -> String {
    let label = escape(label);
    format!("<svg class=\"{class}\" viewBox=\"{view_box}\" role=\"img\" aria-label=\"{label}\">")
}

fn closed(mut out: String) -> Html {
    out.push_str("</svg>");
    Html(out)
}

fn push_run(out: &mut String, full: i64, all: i64, shape: impl Fn(i64) -> String) {
    for (class, from, to) in [("", 0, full), (" class=\"off\"", full, all)] {
        if from < to {
            let path: String = (from..to).map(&shape).collect();
            let written = write!(out, "<path{class} d=\"{path}\"/>");
            debug_assert!(written.is_ok(), "writing to a string does not fail");
        }
    }
}

fn float_of(index: i64) -> f64 {
    float::from_minor(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_in_words_what_it_draws() {
        let mark = coverage(Lang::En, 0.41).0;
        assert!(mark.contains("aria-label=\"coverage 41%\""), "{mark}");
        assert!(mark.contains("<path d=\"M0.00 0h2v10h-2zM3.75 0h2v10h-2z\"/>"), "{mark}");
        assert!(coverage(Lang::Fr, 1.0).0.contains("100\u{202f}%"));
        assert!(!coverage(Lang::Fr, 1.0).0.contains("off"));
    }

    #[test]
    fn words_of_a_state_are_escaped() {
        assert!(state(Tone::Bad, "alert", "<b>").0.contains("&lt;b&gt;"));
    }
}
