//! Why this score: axes, criteria, judgements, and what would change it.

use askama::Template;
use orchestre_domain::lang::Lang;

use super::Head;
use crate::component::field::Field;
use crate::component::figure::{Figure, Figures};
use crate::html::Html;
use crate::page::Page;
use crate::view::View;

/// A criterion of the set.
#[derive(Debug, Clone)]
pub struct CriterionLine {
    /// Its stable word, for the form.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where the score comes from.
    pub source: String,
    /// The weight in percent.
    pub weight: String,
    /// The measure, for computed and measured criteria.
    pub measure: String,
    /// The score 1 to 5 with its dots, or "not known".
    pub score: Html,
    /// What it adds to the result, in points.
    pub points: String,
    /// The judgements: who, value, when, evidence.
    pub judgements: Vec<(String, String, String, String)>,
    /// "Judges are two points apart", or empty.
    pub warning: String,
    /// The five anchors, for judged criteria.
    pub anchors: Vec<String>,
    /// The form, when the viewer may judge.
    pub form: Option<Vec<Field>>,
}

/// An axis with its criteria.
#[derive(Debug, Clone)]
pub struct AxisPart {
    /// The stable word.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its weight in percent.
    pub weight: String,
    /// Its own result, or "not known".
    pub result: String,
    /// Its criteria.
    pub criteria: Vec<CriterionLine>,
}

/// What `pages/account/score.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/account/score.html")]
pub struct ScoreView {
    /// The frame.
    pub page: Page,
    /// The head.
    pub head: Head,
    /// The sentence that could be read aloud.
    pub lead: String,
    /// Result, rank, coverage, fragility.
    pub figures: Figures,
    /// The sets: label, address, present.
    pub sets: Vec<(String, String, bool)>,
    /// The axes (one without a name for the other sets).
    pub axes: Vec<AxisPart>,
    /// What would change the place: sentences.
    pub changes: Vec<String>,
    /// Where the form goes.
    pub action: String,
    /// The set's stable word.
    pub set: String,
}

impl View for ScoreView {
    fn samples(lang: Lang) -> Vec<Self> {
        let line = |may_judge: bool| CriterionLine {
            key: "fit".to_owned(),
            name: "Fit <b>".to_owned(),
            source: "5".to_owned(),
            weight: "15%".to_owned(),
            measure: String::new(),
            score: Html("4".to_owned()),
            points: "11.3".to_owned(),
            judgements: vec![(
                "Didier <Charbonnel>".to_owned(),
                "4".to_owned(),
                "2 Nov 2026".to_owned(),
                "minutes".to_owned(),
            )],
            warning: "!".to_owned(),
            anchors: vec!["1".to_owned(), "5".to_owned()],
            form: may_judge.then(|| vec![Field::text("evidence", "1")]),
        };
        let view = |may_judge: bool| Self {
            page: Page::sample(lang),
            head: Head::sample(lang),
            lead: "88.75".to_owned(),
            figures: Figures(vec![Figure::known(lang, "1", "88.75")]),
            sets: vec![("1".to_owned(), "?set=selection".to_owned(), true)],
            axes: vec![AxisPart {
                key: "quantitative".to_owned(),
                name: "1".to_owned(),
                weight: "55%".to_owned(),
                result: "90".to_owned(),
                criteria: vec![line(may_judge)],
            }],
            changes: vec!["±20%".to_owned()],
            action: "/accounts/acc_0000000000001/judgements".to_owned(),
            set: "selection".to_owned(),
        };
        vec![view(true), view(false)]
    }
}
