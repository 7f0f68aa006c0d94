//! The pages before one is in: signing in, its second step, links that are used once.

use askama::Template;
use orchestre_domain::lang::Lang;

use crate::component::field::Field;
use crate::component::notice::Notice;
use crate::html::Link;
use crate::page::Page;
use crate::pages::sheet::Form;
use crate::view::View;

/// What `pages/session/new.html` is given: one form on a page without places.
#[derive(Debug, Template)]
#[template(path = "pages/session/new.html")]
pub struct NewView {
    /// The frame; nobody is signed in.
    pub page: Page,
    /// The sentence below the title; may be empty.
    pub lead: String,
    /// What is to be told above the form.
    pub notices: Vec<Notice>,
    /// The form, where something can be filled in.
    pub form: Option<Form>,
    /// The ways on: other pages, the other language.
    pub links: Vec<Link>,
}

impl View for NewView {
    fn samples(lang: Lang) -> Vec<Self> {
        let form = Form {
            action: "/sign-in".to_owned(),
            fields: vec![
                Field::email("email", "1").value("<script>@x").error("!").required(),
                Field::password("password", "2").help("3"),
            ],
            button: "4".to_owned(),
            has_file: false,
            hidden: vec![("next", "/portfolio".to_owned())],
        };
        let view = |notices: Vec<Notice>, form: Option<Form>| Self {
            page: Page::sample(lang),
            lead: "<script>".to_owned(),
            notices,
            form,
            links: vec![Link::new("Français", "/sign-in?lang=fr")],
        };
        vec![view(Vec::new(), Some(form)), view(vec![Notice::info("<b>"), Notice::bad("!")], None)]
    }
}

/// What `pages/session/door.html` is given: the sign-in page with every way in.
#[derive(Debug, Template)]
#[template(path = "pages/session/door.html")]
pub struct DoorView {
    /// The frame; nobody is signed in.
    pub page: Page,
    /// What is to be told above the form.
    pub notices: Vec<Notice>,
    /// Ways in over a provider: what the button says, where it leads.
    pub ways: Vec<Link>,
    /// The form for name and password.
    pub form: Form,
    /// Whether a passkey may be used.
    pub has_passkeys: bool,
    /// Where to go afterwards.
    pub next: String,
    /// The ways on: other pages, the other language.
    pub links: Vec<Link>,
}

impl View for DoorView {
    fn samples(lang: Lang) -> Vec<Self> {
        let form = || Form {
            action: "/sign-in".to_owned(),
            fields: vec![Field::text("email", "1").value("<script>@x")],
            button: "2".to_owned(),
            has_file: false,
            hidden: vec![("next", "/portfolio".to_owned())],
        };
        let view = |ways, has_passkeys| Self {
            page: Page::sample(lang),
            notices: vec![Notice::bad("!")],
            ways,
            form: form(),
            has_passkeys,
            next: "/\"x".to_owned(),
            links: vec![Link::new("Français", "/sign-in?lang=fr")],
        };
        vec![view(vec![Link::new("<b>", "/sign-in/oidc/x")], true), view(Vec::new(), false)]
    }
}

/// What `pages/session/gone.html` is given: signed out here, and the way out of the provider.
#[derive(Debug, Template)]
#[template(path = "pages/session/gone.html")]
pub struct GoneView {
    /// The frame; nobody is signed in.
    pub page: Page,
    /// Where to sign out of the provider.
    pub way_out: String,
}

impl View for GoneView {
    fn samples(lang: Lang) -> Vec<Self> {
        vec![Self { page: Page::sample(lang), way_out: "https://sso.example/out?\"x".to_owned() }]
    }
}
