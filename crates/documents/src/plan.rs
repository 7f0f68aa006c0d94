//! The plan on one page: an A4 sheet in landscape that is never two pages.

mod inputs;
mod samples;
#[cfg(test)]
mod tests;

pub use orchestre_domain::lang::Lang;

use crate::{DocumentError, engine};

/// What a word or a figure means; it is always shown with a word or a shape, never by color alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to say: ink.
    #[default]
    Plain,
    /// Done, met, on track: green with a tick.
    Good,
    /// At risk, to check, too little known: amber with a triangle.
    Warn,
    /// Late, missed: red with a triangle.
    Bad,
}

/// How the square before the tier is filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Square {
    /// Full: a key account.
    #[default]
    Full,
    /// Half: an account in the incubator.
    Half,
    /// Empty: any other account.
    Empty,
}

/// A state: its word and what it means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The word, as "on track".
    pub word: String,
    /// What it means.
    pub tone: Tone,
}

/// A fact of the head: "KAM" and "Aminata Lefort".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// One figure of the row under the head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureBox {
    /// Its name.
    pub label: String,
    /// The value as written, with its unit; or the word that says that too little is known.
    pub value: String,
    /// One line of comparison; with bars, their words ("41 %").
    pub detail: String,
    /// How many of the five bars of coverage are full; `None` shows no bars.
    pub coverage_bars: Option<u8>,
    /// [`Tone::Warn`] when the value is the word for "insufficient data".
    pub tone: Tone,
}

/// One objective that both sides share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectiveLine {
    /// What is to be reached.
    pub text: String,
    /// What is measured, with its unit.
    pub metric: String,
    /// Where it began.
    pub baseline: String,
    /// Where it is to be.
    pub target: String,
    /// Where it is.
    pub current: String,
    /// By when.
    pub due: String,
    /// Who answers for it on our side.
    pub owner: String,
    /// Who answers for it on the customer's side.
    pub customer_owner: String,
    /// How it stands.
    pub state: State,
}

/// One action to come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionLine {
    /// What will be done.
    pub text: String,
    /// The number of the objective that it serves, as the table of objectives counts; empty for none.
    pub objective: String,
    /// Who does it.
    pub owner: String,
    /// By when.
    pub due: String,
    /// How it stands; late is [`Tone::Bad`], and colors the day too.
    pub state: State,
}

/// One risk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RiskLine {
    /// What may happen.
    pub text: String,
    /// How probable, of five; `None` when nobody said.
    pub probability: Option<u8>,
    /// The probability in words, read aloud in place of the dots: "probability 3 of 5".
    pub probability_words: String,
    /// What it would cost.
    pub impact: String,
    /// The early sign.
    pub sign: String,
    /// What is done before.
    pub prevention: String,
    /// What is done if it happens.
    pub reaction: String,
    /// Who answers for it.
    pub owner: String,
}

/// A picture, drawn by the chart module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// The finding, in words.
    pub title: String,
    /// The measure and the unit, under the title; may be empty.
    pub measure: String,
    /// A complete SVG: name space, view box, colors as attributes; text without a face gets ours.
    /// Drawn about 240 px wide: its column has room for 215 to 270 px, and text shrinks with a wider picture.
    pub svg: String,
    /// The picture in one sentence, for who does not see it.
    pub alt: String,
    /// Source, day and method; may be empty.
    pub note: String,
}

/// The fixed words of the page, in its language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanWords {
    /// Heading of the situation.
    pub situation: String,
    /// Heading of what the customer wants.
    pub goals: String,
    /// Heading of the objectives.
    pub objectives: String,
    /// Column: objective and metric.
    pub objective: String,
    /// Column: where it began.
    pub baseline: String,
    /// Column: where it is.
    pub current: String,
    /// Column: where it is to be.
    pub target: String,
    /// Column: by when; of objectives and actions.
    pub due: String,
    /// Column: who, on the customer's side and on ours.
    pub owners: String,
    /// Column: how it stands; of objectives and actions.
    pub state: String,
    /// Heading of the actions.
    pub actions: String,
    /// Column: action.
    pub action: String,
    /// Column: number of the objective, short.
    pub serves: String,
    /// Column: who.
    pub owner: String,
    /// Heading of the risks.
    pub risks: String,
    /// Label of the early sign.
    pub sign: String,
    /// Label of what is done before.
    pub prevention: String,
    /// Label of what is done if it happens.
    pub reaction: String,
    /// Heading of the decision asked from executives.
    pub decision: String,
    /// What stands where nothing was written yet.
    pub nothing: String,
    /// What stands under a list that was cut; `{n}` in it gives way to how many lines are missing.
    pub more: String,
}

/// All that the plan on a page shows.
///
/// Lists stand in the order in which they are given; what does not fit falls away from their end, and the page says how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPage {
    /// The language of every text of the page.
    pub lang: Lang,
    /// The name of the document, as a reader shows it in its window.
    pub document_title: String,
    /// The title: the account.
    pub title: String,
    /// How the square of the tier is filled.
    pub square: Square,
    /// The tier in words; empty shows neither square nor word.
    pub tier: String,
    /// KAM, sponsor, version, last update.
    pub facts: Vec<Fact>,
    /// Who may read the page; empty shows no lock.
    pub confidentiality: String,
    /// The intent, under the title; may be empty.
    pub subtitle: String,
    /// The figures, at most eight.
    pub figures: Vec<FigureBox>,
    /// Where we stand, in paragraphs parted by an empty line.
    pub situation: String,
    /// What the customer wants.
    pub goals: Vec<String>,
    /// Our objectives.
    pub objectives: Vec<ObjectiveLine>,
    /// The next actions.
    pub actions: Vec<ActionLine>,
    /// The risks.
    pub risks: Vec<RiskLine>,
    /// The decision asked from executives; empty leaves its section out.
    pub decision: String,
    /// At most three pictures; each goes where the page has room.
    pub pictures: Vec<Picture>,
    /// Written by, approved by, next review.
    pub footer: Vec<String>,
    /// Version and mark of the page, at the right of the foot.
    pub stamp: String,
    /// The fixed words.
    pub words: PlanWords,
}

/// Gives the plan as the bytes of a PDF: one A4 page in landscape, tagged, with its title and its language.
///
/// Type steps down until the page is full; past the smallest type, long texts and the ends of lists give way.
///
/// # Errors
/// [`DocumentError::Layout`] for a picture that is no SVG, [`DocumentError::Pdf`] when the page cannot be written.
pub fn plan_pdf(page: &PlanPage) -> Result<Vec<u8>, DocumentError> {
    engine::pdf("/plan.typ", inputs::inputs(page))
}
