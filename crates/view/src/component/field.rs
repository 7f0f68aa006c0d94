//! Fields of forms: label above, help below, an error in words with its correction.

use askama::Template;

use crate::html::Html;
use crate::icon;
use crate::lang::Lang;
use crate::text::text;

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Input(&'static str),
    Area,
    Select,
    Check,
}

/// A value that can be chosen, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// Gives a choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A field with its label, help and error.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/field.html")]
#[expect(clippy::struct_excessive_bools, reason = "HTML has these as yes-or-no attributes")]
pub struct Field {
    kind: Kind,
    id: String,
    name: String,
    label: String,
    value: String,
    choices: Vec<Choice>,
    help: String,
    error: String,
    optional: String,
    placeholder: String,
    autocomplete: String,
    suffix: String,
    accept: String,
    is_required: bool,
    is_disabled: bool,
    is_checked: bool,
    is_label_hidden: bool,
    is_several: bool,
}

impl askama::filters::HtmlSafe for Field {}

impl Field {
    fn new(kind: Kind, name: impl Into<String>, label: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            kind,
            id: format!("f-{name}"),
            name,
            label: label.into(),
            value: String::new(),
            choices: Vec::new(),
            help: String::new(),
            error: String::new(),
            optional: String::new(),
            placeholder: String::new(),
            autocomplete: String::new(),
            suffix: String::new(),
            accept: String::new(),
            is_required: false,
            is_disabled: false,
            is_checked: false,
            is_label_hidden: false,
            is_several: false,
        }
    }

    /// Gives a field for a line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("text"), name, label)
    }

    /// Gives a field for a password.
    pub fn password(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("password"), name, label).autocomplete("current-password")
    }

    /// Gives a field for an e-mail address.
    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("email"), name, label).autocomplete("username")
    }

    /// Gives a field for a day.
    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("date"), name, label)
    }

    /// Gives a field for a number as people write it: it is read on the server, comma or point.
    pub fn number(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("number"), name, label)
    }

    /// Gives a field for words to look for.
    pub fn search(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("search"), name, label)
    }

    /// Gives a field for files; the form needs `enctype="multipart/form-data"`.
    pub fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("file"), name, label)
    }

    /// Gives a field for several lines.
    pub fn area(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Area, name, label)
    }

    /// Gives a list to choose one from.
    pub fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::new(Kind::Select, name, label) }
    }

    /// Gives a box to tick, which sends `1`.
    pub fn check(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Check, name, label).value("1")
    }

    /// Says whether it carries an error.
    pub fn is_refused(&self) -> bool {
        !self.error.is_empty()
    }

    /// Gives the name under which it is sent.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts in what was sent before; a password is never sent back, a box is ticked again.
    #[must_use]
    pub fn refilled(self, sent: &str) -> Self {
        match self.kind {
            Kind::Input("password" | "file") => self,
            Kind::Check => Self { is_checked: !sent.is_empty(), ..self },
            _ => self.value(sent),
        }
    }

    /// Sets the value that is there already.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Adds a sentence below.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Says in words what is wrong and how to mend it; an empty text is no error.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = error.into();
        self
    }

    /// Says that it may stay empty.
    #[must_use]
    pub fn optional(mut self, lang: Lang) -> Self {
        self.optional = text(lang, "word-optional");
        self
    }

    /// Shows an example while it is empty.
    #[must_use]
    pub fn placeholder(mut self, example: impl Into<String>) -> Self {
        self.placeholder = example.into();
        self
    }

    /// Says what a browser may fill in.
    #[must_use]
    pub fn autocomplete(mut self, what: impl Into<String>) -> Self {
        self.autocomplete = what.into();
        self
    }

    /// Adds a unit behind it.
    #[must_use]
    pub fn suffix(mut self, unit: impl Into<String>) -> Self {
        self.suffix = unit.into();
        self
    }

    /// Says which files may be chosen: `.csv,.xlsx`.
    #[must_use]
    pub fn accept(mut self, endings: impl Into<String>) -> Self {
        self.accept = endings.into();
        self
    }

    /// Lets several files be chosen.
    #[must_use]
    pub const fn several(mut self) -> Self {
        self.is_several = true;
        self
    }

    /// Sets another id than `f-` and the name, where a name occurs twice on a page.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Says that it must be filled in.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Says that it cannot be changed now.
    #[must_use]
    pub const fn disabled(mut self) -> Self {
        self.is_disabled = true;
        self
    }

    /// Ticks the box.
    #[must_use]
    pub const fn checked(mut self) -> Self {
        self.is_checked = true;
        self
    }

    /// Keeps the label for screen readers only.
    #[must_use]
    pub const fn hidden_label(mut self) -> Self {
        self.is_label_hidden = true;
        self
    }

    fn is_area(&self) -> bool {
        self.kind == Kind::Area
    }

    fn is_select(&self) -> bool {
        self.kind == Kind::Select
    }

    fn is_check(&self) -> bool {
        self.kind == Kind::Check
    }

    fn is_number(&self) -> bool {
        self.kind == Kind::Input("number")
    }

    fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Input("number") => "text",
            Kind::Input(name) => name,
            Kind::Area | Kind::Select | Kind::Check => "",
        }
    }

    fn described(&self) -> String {
        let ids = [(&self.error, "e"), (&self.help, "h")];
        let ids: Vec<_> = ids
            .into_iter()
            .filter(|(words, _)| !words.is_empty())
            .map(|(_, end)| format!("{}-{end}", self.id))
            .collect();
        ids.join(" ")
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    fn alert(&self) -> Html {
        icon::icon("alert")
    }
}
