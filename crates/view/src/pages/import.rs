//! A compared file: what it would do, what is asked, what changes, before anything is written.

use askama::Template;
use orchestre_domain::lang::Lang;

use crate::component::field::Choice;
use crate::component::notice::Notice;
use crate::html::Link;
use crate::page::Page;
use crate::view::View;

/// How many rows have one outcome.
#[derive(Debug, Clone)]
pub struct Share {
    /// The class of its colour.
    pub class: &'static str,
    /// What the rows do.
    pub label: String,
    /// How many.
    pub count: String,
    /// Their share in words.
    pub share: String,
    /// Where its part of the bar begins, in hundredths: `12.50%`.
    pub from: String,
    /// How wide it is.
    pub width: String,
}

/// A reading of a value that can be chosen.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What is sent.
    pub value: String,
    /// The reading.
    pub label: String,
    /// What speaks for it or follows from it.
    pub why: String,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The name of its fields.
    pub name: String,
    /// The question.
    pub title: String,
    /// How many rows wait.
    pub note: String,
    /// The readings; none for a text to be written.
    pub readings: Vec<Reading>,
    /// What the field asks for when there are no readings.
    pub label: String,
}

/// A remark on a line.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The line; empty for the whole file.
    pub line: String,
    /// The column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// True when the row stays out.
    pub is_bad: bool,
    /// What is wrong, and how to mend it.
    pub why: String,
}

/// A field that changes.
#[derive(Debug, Clone)]
pub struct Change {
    /// What it belongs to.
    pub label: String,
    /// The line of the file.
    pub line: String,
    /// What the choice between both values is sent under.
    pub key: String,
    /// The field.
    pub field: String,
    /// What is there.
    pub before: String,
    /// What the file says.
    pub after: String,
}

/// A column of the file.
#[derive(Debug, Clone)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// The field's word; empty when none takes it.
    pub field: String,
    /// The first value, for a narrow screen.
    pub sample: String,
    /// The first values.
    pub samples: String,
    /// How many rows hold one, in percent.
    pub filled: String,
}

/// What `pages/import/compare.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/import/compare.html")]
pub struct CompareView {
    /// The frame.
    pub page: Page,
    /// The import's id.
    pub id: String,
    /// The sentence below the title.
    pub lead: String,
    /// What is to be told before all else.
    pub told: Option<Notice>,
    /// "Columns, 11 of 12".
    pub step: String,
    /// The outcomes.
    pub shares: Vec<Share>,
    /// The questions.
    pub questions: Vec<Asked>,
    /// Remarks on lines.
    pub remarks: Vec<Remark>,
    /// "The first 100 of 240", or how many.
    pub remarks_note: String,
    /// Where the rows that stay out can be had; empty when there is none.
    pub corrections: String,
    /// The fields that change.
    pub changes: Vec<Change>,
    /// "4 of 947".
    pub changes_note: String,
    /// The fields that contradict what was set by hand.
    pub conflicts: Vec<Change>,
    /// What is new.
    pub created: Vec<Change>,
    /// "The first 100 of 240".
    pub created_note: String,
    /// What becomes of the figures: label and value.
    pub effect: Vec<(String, String)>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The recipe that was used, in words; may be empty.
    pub recipe: String,
    /// The fields that a column may fill.
    pub fields: Vec<Choice>,
    /// What the file may hold.
    pub kinds: Vec<Choice>,
    /// The other files of the drop: name and address, the present one without.
    pub files: Vec<(Link, bool)>,
    /// What stands beside the button.
    pub summary: String,
    /// What the button says; empty when no row can go in.
    pub button: String,
    /// Whether the viewer may do more than look.
    pub may_apply: bool,
}

fn change() -> Change {
    Change {
        label: "<b>".to_owned(),
        line: "14".to_owned(),
        key: "take:14:street".to_owned(),
        field: "street".to_owned(),
        before: "<i>".to_owned(),
        after: "2".to_owned(),
    }
}

fn asked(readings: Vec<Reading>) -> Asked {
    Asked {
        name: format!("a{}", readings.len()),
        title: "?".to_owned(),
        note: "12".to_owned(),
        readings,
        label: "EUR".to_owned(),
    }
}

fn share() -> Share {
    Share {
        class: "c1",
        label: "1".to_owned(),
        count: "2".to_owned(),
        share: "3".to_owned(),
        from: "0.00%".to_owned(),
        width: "100.00%".to_owned(),
    }
}

fn remark() -> Remark {
    Remark {
        line: "2".to_owned(),
        column: "<c>".to_owned(),
        value: "<v>".to_owned(),
        is_bad: true,
        why: "!".to_owned(),
    }
}

fn column() -> Column {
    Column {
        heading: "<h>".to_owned(),
        field: "name".to_owned(),
        sample: "<s>".to_owned(),
        samples: "<s>".to_owned(),
        filled: "100 %".to_owned(),
    }
}

impl CompareView {
    fn bare(lang: Lang) -> Self {
        Self {
            page: Page::sample(lang),
            id: "imp_0000000000001".to_owned(),
            lead: String::new(),
            told: None,
            step: String::new(),
            shares: Vec::new(),
            questions: Vec::new(),
            remarks: Vec::new(),
            remarks_note: String::new(),
            corrections: String::new(),
            changes: Vec::new(),
            changes_note: String::new(),
            conflicts: Vec::new(),
            created: Vec::new(),
            created_note: String::new(),
            effect: Vec::new(),
            columns: Vec::new(),
            recipe: String::new(),
            fields: Vec::new(),
            kinds: Vec::new(),
            files: Vec::new(),
            summary: String::new(),
            button: String::new(),
            may_apply: false,
        }
    }
}

impl View for CompareView {
    fn samples(lang: Lang) -> Vec<Self> {
        let reading =
            Reading { value: "dmy".to_owned(), label: "<u>".to_owned(), why: "!".to_owned() };
        let whole = Self {
            lead: "1".to_owned(),
            told: Some(Notice::warn("2")),
            step: "3".to_owned(),
            shares: vec![share()],
            questions: vec![asked(vec![reading]), asked(Vec::new())],
            remarks: vec![remark()],
            remarks_note: "4".to_owned(),
            corrections: "/x".to_owned(),
            changes: vec![change()],
            changes_note: "5".to_owned(),
            conflicts: vec![change()],
            created: vec![change()],
            created_note: "6".to_owned(),
            effect: vec![("7".to_owned(), "8".to_owned())],
            columns: vec![column()],
            recipe: "9".to_owned(),
            fields: vec![Choice::new("name", "<n>")],
            kinds: vec![Choice::new("sales", "1")],
            files: vec![(Link::new("a", "/a"), true), (Link::new("b", "/b"), false)],
            summary: "10".to_owned(),
            button: "11".to_owned(),
            may_apply: true,
            ..Self::bare(lang)
        };
        vec![whole, Self::bare(lang)]
    }
}
