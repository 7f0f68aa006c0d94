//! Links that are used once: a forgotten password, an invitation, the first administrator.

use axum::Form;
use axum::extract::{Path, RawQuery, State as Shared};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::links::{self, Filled, From, OpenLink, Purpose};
use orchestre_app::{AppError, Code, mails};
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::Field;
use orchestre_view::component::notice::Notice;
use orchestre_view::pages::session::NewView;
use orchestre_view::pages::sheet::Form as FormView;
use orchestre_view::{Link, text, text_with};

use super::sessions::{Asked, entered, told, with_error};
use super::{Answer, show as answer};
use crate::arrival::Arrival;
use crate::form::{Fields, refill};
use crate::state::State;

/// `GET /sign-in/forgotten`.
pub(crate) async fn forgotten(
    Shared(state): Shared<State>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let asked = Asked::of(raw, &headers);
    let lang = asked.lang;
    if !mails::is_set_up(&state.app) {
        let told = Notice::info(text(lang, "page-session-no_mail"));
        return answer(&ask_page(&asked, "", vec![told], None));
    }
    let form = FormView {
        action: "/sign-in/forgotten".to_owned(),
        fields: vec![Field::email("email", text(lang, "field-email")).required()],
        button: text(lang, "button-send_link"),
        has_file: false,
        hidden: asked.hidden(),
    };
    answer(&ask_page(&asked, "page-session-forgotten-lead", Vec::new(), Some(form)))
}

fn ask_page(asked: &Asked, lead: &str, notices: Vec<Notice>, form: Option<FormView>) -> NewView {
    let lang = asked.lang;
    NewView {
        page: asked.page("page-session-forgotten-title"),
        lead: if lead.is_empty() { String::new() } else { text(lang, lead) },
        notices,
        form,
        links: vec![
            Link::new(text(lang, "page-session-back"), format!("/sign-in?lang={lang}")),
            asked.other("/sign-in/forgotten"),
        ],
    }
}

/// `POST /sign-in/forgotten`: the same answer for every address.
pub(crate) async fn ask(
    Shared(state): Shared<State>,
    arrival: Arrival,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Answer {
    let asked = Asked::again(&fields, &headers);
    if let Err(error) = links::ask_reset(&state.app, fields.get("email"), &arrival.network).await {
        let page = ask_page(&asked, "", vec![told(asked.lang, &error)], None);
        return with_error(&page, &error);
    }
    let sent = Notice::good(text(asked.lang, "page-session-sent"))
        .text(text(asked.lang, "page-session-sent-why"));
    answer(&ask_page(&asked, "", vec![sent], None))
}

/// `GET /sign-in/link/{token}`.
pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path(token): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let mut asked = Asked::of(raw.clone(), &headers);
    match links::find(&state.app, &token).await {
        Ok(link) => {
            if raw.is_none() {
                asked.lang = link.login.as_ref().map_or(asked.lang, |login| login.lang);
            }
            answer(&link_page(&asked, &token, &link, link_fields(asked.lang, &link)))
        }
        Err(error) => over(&asked, &error),
    }
}

/// Says that a link is over, and the way to a new one.
fn over(asked: &Asked, error: &AppError) -> Answer {
    let lang = asked.lang;
    let view = NewView {
        page: asked.page("page-session-link-over"),
        lead: String::new(),
        notices: vec![told(lang, error)],
        form: None,
        links: vec![
            Link::new(
                text(lang, "page-session-forgotten"),
                format!("/sign-in/forgotten?lang={lang}"),
            ),
            Link::new(text(lang, "page-session-back"), format!("/sign-in?lang={lang}")),
        ],
    };
    with_error(&view, error)
}

fn link_fields(lang: Lang, link: &OpenLink) -> Vec<Field> {
    let password = Field::password("password", text(lang, "field-password-new"))
        .help(text(lang, "page-session-password-help"))
        .autocomplete("new-password")
        .required();
    if link.login.is_some() {
        return vec![password];
    }
    vec![
        Field::text("name", text(lang, "field-name")).autocomplete("name").required(),
        Field::email("email", text(lang, "field-email")).required(),
        password,
    ]
}

fn link_page(asked: &Asked, token: &str, link: &OpenLink, fields: Vec<Field>) -> NewView {
    let lang = asked.lang;
    let (title, lead) = match link.purpose {
        Purpose::Reset => ("page-session-reset", "page-session-reset-lead"),
        Purpose::Invitation => ("page-session-invitation", "page-session-invitation-lead"),
        Purpose::First => ("page-session-first", "page-session-first-lead"),
    };
    let email = link.login.as_ref().map_or("", |login| login.email.as_str());
    let path = format!("/sign-in/link/{token}");
    let form = FormView {
        action: path.clone(),
        fields,
        button: text(lang, "button-set_password"),
        has_file: false,
        hidden: asked.hidden(),
    };
    NewView {
        page: asked.page(title),
        lead: text_with(lang, lead, &[("email", email.into())]),
        notices: Vec::new(),
        form: Some(form),
        links: vec![asked.other(&path)],
    }
}

/// `POST /sign-in/link/{token}`: the form again, filled, when the password does not do.
pub(crate) async fn follow(
    Shared(state): Shared<State>,
    Path(token): Path<String>,
    arrival: Arrival,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Answer {
    let asked = Asked::again(&fields, &headers);
    let filled = Filled {
        email: fields.get("email").to_owned(),
        name: fields.get("name").to_owned(),
        password: fields.raw("password").to_owned(),
    };
    let from = From {
        network: &arrival.network,
        agent: &arrival.agent,
        device: arrival.device.as_deref(),
    };
    match links::follow(&state.app, &token, filled, from).await {
        Ok(Some(opened)) => Ok(entered(&opened, "/")),
        Ok(None) => {
            let to = format!("/sign-in?lang={}&done=password", asked.lang);
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) if error.code() == Code::LinkOver => over(&asked, &error),
        Err(error) => {
            let link = links::find(&state.app, &token).await?;
            let form = link_fields(asked.lang, &link);
            let (form, words) = refill(form, &fields, asked.lang, &error);
            let mut page = link_page(&asked, &token, &link, form);
            page.notices = words.map(Notice::bad).into_iter().collect();
            with_error(&page, &error)
        }
    }
}
