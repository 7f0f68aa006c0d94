//! A page of parts: what lists, records and forms without a layout of their own are made of.

use askama::Template;
use orchestre_domain::lang::Lang;

use crate::component::empty::Empty;
use crate::component::field::Field;
use crate::component::figure::Figures;
use crate::component::grid::Grid;
use crate::component::notice::Notice;
use crate::component::table::{Column, Table};
use crate::component::tabs::Tabs;
use crate::html::Html;
use crate::html::Link;
use crate::page::Page;
use crate::view::View;

/// A form that is sent by POST, with the token of the session.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What the button says.
    pub button: String,
    /// Whether it carries a file.
    pub has_file: bool,
    /// Names and values that are not shown.
    pub hidden: Vec<(&'static str, String)>,
}

impl Form {
    /// Says whether a field was refused, so that the form has to be seen.
    pub fn is_refused(&self) -> bool {
        self.fields.iter().any(Field::is_refused)
    }
}

/// A line of a list: icon, text, detail, where it leads.
#[derive(Debug, Clone)]
pub struct Line {
    /// The icon's name.
    pub icon: &'static str,
    /// The text.
    pub text: String,
    /// Where the text leads, when anywhere.
    pub href: Option<String>,
    /// What stands below, small.
    pub detail: String,
}

/// A thing with what can be done to it: title, tags, small lines, forms of one button.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// Words beside the title.
    pub tags: Vec<String>,
    /// Small lines below.
    pub details: Vec<String>,
    /// What can be done to it.
    pub forms: Vec<Form>,
}

/// What a part holds.
#[derive(Debug, Clone)]
pub enum Body {
    /// A table.
    Table(Table),
    /// A table whose cells lead somewhere.
    Grid(Grid),
    /// Lines of a list.
    Lines(Vec<Line>),
    /// Facts: label and value.
    Facts(Vec<(String, String)>),
    /// A form.
    Form(Box<Form>),
    /// A form that opens under its label.
    Edit(String, Box<Form>),
    /// A form that asks for other lines of the same page; it changes nothing.
    Filter(Box<Form>),
    /// Ways to other lines: label and address.
    Ways(Vec<(String, String)>),
    /// Nothing yet, with the way out.
    Empty(Empty),
    /// A text that was made from Markdown, or another trusted part.
    Html(Html),
    /// Things with what can be done to them.
    Cards(Vec<Card>),
    /// What is to be told.
    Tell(Notice),
    /// A sentence.
    Note(String),
}

/// A part of the page.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A short note beside the title.
    pub note: String,
    /// What it holds, in order.
    pub bodies: Vec<Body>,
}

impl Part {
    /// Gives a part with one body.
    pub fn new(id: &str, title: impl Into<String>, body: Body) -> Self {
        Self { id: id.to_owned(), title: title.into(), note: String::new(), bodies: vec![body] }
    }

    /// Adds a note beside the title.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Adds a body below.
    #[must_use]
    pub fn with(mut self, body: Body) -> Self {
        self.bodies.push(body);
        self
    }
}

/// What `pages/sheet.html` is given.
#[derive(Debug, Template)]
#[template(path = "pages/sheet.html")]
pub struct SheetView {
    /// The frame.
    pub page: Page,
    /// The sentence below the title; may be empty.
    pub lead: String,
    /// Buttons beside the title; the first is the main one.
    pub actions: Vec<Link>,
    /// Tabs below the title.
    pub tabs: Option<Tabs>,
    /// A row of figures.
    pub figures: Option<Figures>,
    /// The parts of the main column.
    pub parts: Vec<Part>,
    /// The parts beside it.
    pub aside: Vec<Part>,
}

impl SheetView {
    /// Gives a page of these parts.
    pub const fn new(page: Page, lead: String, parts: Vec<Part>) -> Self {
        Self {
            page,
            lead,
            actions: Vec::new(),
            tabs: None,
            figures: None,
            parts,
            aside: Vec::new(),
        }
    }
}

impl View for SheetView {
    fn samples(lang: Lang) -> Vec<Self> {
        let table = Table {
            caption: "<script>".to_owned(),
            head: vec![Column::text("1"), Column::number("2")],
            rows: vec![vec!["<b>".to_owned(), "2".to_owned()]],
        };
        let form = Form {
            action: "/settings".to_owned(),
            fields: vec![Field::text("company", "1").error("!")],
            button: "2".to_owned(),
            has_file: true,
            hidden: vec![("version", "1".to_owned())],
        };
        let card = Card {
            title: "<i>".to_owned(),
            tags: vec!["<t>".to_owned()],
            details: vec!["<d>".to_owned()],
            forms: vec![Form {
                fields: vec![Field::text("name", "1").id("f-name-1")],
                has_file: false,
                ..form.clone()
            }],
        };
        let filter = Form {
            fields: vec![Field::search("q", "1").value("<q>").id("f-q-1")],
            has_file: false,
            ..form.clone()
        };
        let line = Line {
            icon: "info",
            text: "<i>".to_owned(),
            href: Some("/x".to_owned()),
            detail: "3".to_owned(),
        };
        let parts = vec![
            Part::new("a", "A", Body::Table(table)).noted("n").with(Body::Note("<n>".to_owned())),
            Part::new("b", "B", Body::Lines(vec![line])),
            Part::new("c", "C", Body::Facts(vec![("k".to_owned(), "<v>".to_owned())])),
            Part::new("d", "D", Body::Form(Box::new(form))),
            Part::new("g", "G", Body::Filter(Box::new(filter)))
                .with(Body::Ways(vec![("<w>".to_owned(), "/x".to_owned())])),
            Part::new("f", "F", Body::Cards(vec![card])).with(Body::Tell(Notice::good("<t>"))),
            Part::new("e", "E", Body::Empty(Empty::new("0", "1").action("2", "/imports"))),
        ];
        let mut full = Self::new(Page::sample(lang), "1".to_owned(), parts);
        full.aside = vec![Part::new("z", "Z", Body::Note("<z>".to_owned()))];
        full.actions = vec![Link::new("1", "/x")];
        vec![full, Self::new(Page::sample(lang), String::new(), Vec::new())]
    }
}
