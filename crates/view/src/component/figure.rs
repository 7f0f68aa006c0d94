//! Figures: name, value, what it is beside, how sure it is; each opens on its explanation.

use askama::Template;
use orchestre_domain::figure::{Figure as Computed, SUFFICIENT};

use crate::format;
use crate::html::{Html, Link, escape};
use crate::icon;
use crate::lang::Lang;
use crate::mark::{self, Tone};
use crate::text::{text, text_with};

/// How a figure was computed, how sure it is and what is worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    /// The formula in words and signs.
    pub formula: String,
    /// The parts that make the value: names and formatted values.
    pub parts: Vec<(String, String)>,
    /// What the coverage is a share of: "of invoiced turnover".
    pub coverage_of: String,
    /// The pieces of evidence, counted in words.
    pub evidence: String,
    /// The day, and the last closed month.
    pub as_of: String,
    /// The page of the method.
    pub method: Option<Link>,
    /// Warnings and remarks.
    pub notes: Vec<String>,
    /// Ways on: history, lines behind it, a correction.
    pub links: Vec<Link>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    Known(String),
    Insufficient,
    Missing,
    Hidden,
    Waiting(String),
    Failed(String),
}

/// A figure in a row of figures.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "components/figure.html")]
pub struct Figure {
    lang: Lang,
    label: String,
    shown: Shown,
    mark: Html,
    unit: String,
    compare: String,
    link: Option<Link>,
    coverage: Option<f64>,
    tone: Tone,
    why: Option<Why>,
    is_open: bool,
}

impl askama::filters::HtmlSafe for Figure {}

impl Figure {
    fn new(lang: Lang, label: impl Into<String>, shown: Shown) -> Self {
        Self {
            lang,
            label: label.into(),
            shown,
            mark: Html::default(),
            unit: String::new(),
            compare: String::new(),
            link: None,
            coverage: None,
            tone: Tone::Plain,
            why: None,
            is_open: false,
        }
    }

    /// Gives a figure with its formatted value.
    pub fn known(lang: Lang, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(lang, label, Shown::Known(value.into()))
    }

    /// Gives a figure too little of which is known.
    pub fn insufficient(lang: Lang, label: impl Into<String>) -> Self {
        Self::new(lang, label, Shown::Insufficient)
    }

    /// Gives a figure that was never measured.
    pub fn missing(lang: Lang, label: impl Into<String>) -> Self {
        Self::new(lang, label, Shown::Missing)
    }

    /// Gives a figure that the viewer may not read, where its absence would puzzle.
    pub fn hidden(lang: Lang, label: impl Into<String>) -> Self {
        Self::new(lang, label, Shown::Hidden)
    }

    /// Gives a figure that is being computed, with how far it is.
    pub fn waiting(lang: Lang, label: impl Into<String>, progress: impl Into<String>) -> Self {
        Self::new(lang, label, Shown::Waiting(progress.into()))
    }

    /// Gives a figure that could not be computed, with the reason.
    pub fn failed(lang: Lang, label: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(lang, label, Shown::Failed(reason.into()))
    }

    /// Gives a computed figure with its formatted value and its whole explanation.
    ///
    /// The value is left out when the figure is missing or covers too little; the method page is
    /// `/methods/B1` for `B1.score`, and its formula the text `figure-B1-score-formula`.
    pub fn of(lang: Lang, label: impl Into<String>, figure: &Computed, value: String) -> Self {
        let shown = match figure.value {
            Some(_) if figure.is_sufficient() => Shown::Known(value),
            Some(_) => Shown::Insufficient,
            None if figure.evidence > 0 && figure.coverage < SUFFICIENT => Shown::Insufficient,
            None => Shown::Missing,
        };
        let tone = match figure.value {
            Some(number) if number < 0.0 => Tone::Bad,
            _ => Tone::Plain,
        };
        Self::new(lang, label, shown)
            .tone(tone)
            .coverage(figure.coverage)
            .why(Why::of(lang, figure))
    }

    /// Adds a unit or a few words behind the value.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// Adds a line of comparison.
    #[must_use]
    pub fn compare(mut self, compare: impl Into<String>) -> Self {
        self.compare = compare.into();
        self
    }

    /// Adds a way out below the value: "ask for it".
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some(Link::new(label, href));
        self
    }

    /// Adds a mark before the value.
    #[must_use]
    pub fn mark(mut self, mark: Html) -> Self {
        self.mark = mark;
        self
    }

    /// Sets the coverage, a fraction.
    #[must_use]
    pub const fn coverage(mut self, fraction: f64) -> Self {
        self.coverage = Some(fraction);
        self
    }

    /// Sets what the value means.
    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Sets the explanation, on which the figure then opens.
    #[must_use]
    pub fn why(mut self, why: Why) -> Self {
        self.why = Some(why);
        self
    }

    /// Changes the explanation that is there.
    #[must_use]
    pub fn explain(mut self, change: impl FnOnce(&mut Why)) -> Self {
        change(self.why.get_or_insert_default());
        self
    }

    /// Sets the formula of the explanation.
    #[must_use]
    pub fn explain_formula(self, formula: impl Into<String>) -> Self {
        let formula = formula.into();
        self.explain(|why| why.formula = formula)
    }

    /// Shows the explanation from the start.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.is_open = true;
        self
    }

    fn t(&self, key: &str) -> String {
        text(self.lang, key)
    }

    fn cover(&self) -> Html {
        self.coverage.map_or_else(Html::default, |share| mark::coverage(self.lang, share))
    }

    fn share(&self) -> String {
        self.coverage.map_or_else(String::new, |share| format::percent_whole(self.lang, share))
    }

    fn shows_share(&self) -> bool {
        self.shown == Shown::Insufficient && self.coverage.is_some()
    }

    fn below(&self) -> &str {
        match &self.shown {
            Shown::Waiting(words) => words,
            _ => &self.compare,
        }
    }

    fn value(&self) -> Html {
        let words = match &self.shown {
            Shown::Known(value) => {
                let class = self.tone.class();
                let value = escape(value);
                if class.is_empty() {
                    value
                } else {
                    format!("<span class=\"{class}\">{value}</span>")
                }
            }
            Shown::Insufficient => {
                let words = escape(&self.t("state-figure-insufficient"));
                return Html(format!("<span class=\"none\">{words}</span>"));
            }
            Shown::Failed(reason) => {
                return Html(format!("<span class=\"none\">{}</span>", escape(reason)));
            }
            Shown::Missing => {
                let words = escape(&self.t("state-figure-missing"));
                format!("<span class=\"mute\">–<span class=\"vh\"> {words}</span></span>")
            }
            Shown::Hidden => {
                let words = escape(&self.t("state-figure-hidden"));
                format!("{}<span class=\"vh\">{words}</span>", icon::inline("lock"))
            }
            Shown::Waiting(_) => "<span class=\"wait w3\"></span>".to_owned(),
        };
        Html(format!("<span>{words}</span>"))
    }
}

impl Why {
    /// Gives the explanation of a computed figure: evidence, day, method and warnings.
    pub fn of(lang: Lang, figure: &Computed) -> Self {
        let (page, _) = figure.method.split_once('.').unwrap_or((figure.method, ""));
        let key = format!("figure-{}", figure.method.replace('.', "-"));
        let warnings = figure.warnings.iter();
        Self {
            formula: text(lang, &format!("{key}-formula")),
            evidence: text_with(lang, "figure-evidence", &[("count", figure.evidence.into())]),
            as_of: format::day(lang, figure.as_of),
            method: Some(Link::new(text(lang, &key), format!("/methods/{page}"))),
            notes: warnings.map(|warning| text(lang, &format!("warning-{warning}"))).collect(),
            ..Self::default()
        }
    }
}

/// A row of figures between hair lines.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "components/figures.html")]
pub struct Figures(pub Vec<Figure>);

impl askama::filters::HtmlSafe for Figures {}
