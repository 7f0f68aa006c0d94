//! One's own sign-in: password, second step, sessions; and proving again who is there.

mod sessions;

use axum::Form;
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use orchestre_app::second_step::{self, Enrollment, State};
use orchestre_app::sessions::own;
use orchestre_app::{AppError, passwords};
use orchestre_domain::id::SessionId;
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::Field;
use orchestre_view::component::notice::Notice;
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Card, Form as FormView, Line, Part, SheetView};
use orchestre_view::{format, picture, text, text_with};

use super::sessions::{inside, told};
use super::{Answer, show};
use crate::door::{Visit, encode, query};
use crate::form::{Fields, refill};
use crate::problem::{log, status};

/// The page of one's own sign-in.
const HOME: &str = "/settings/security";
/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// `GET /settings/security`.
pub(crate) async fn index(visit: Visit) -> Answer {
    page(&visit, None).await
}

/// What was sent and refused, to be shown again.
struct Refused<'a> {
    part: &'static str,
    fields: &'a Fields,
    error: AppError,
}

async fn page(visit: &Visit, refused: Option<Refused<'_>>) -> Answer {
    let lang = visit.lang();
    let state = second_step::state(&visit.ctx).await?;
    let list = own::list(&visit.ctx, &visit.session.token).await?;
    let place = visit.page(Place::Settings, text(lang, "page-security-title")).await?;
    let page = place.crumb(text(lang, "page-nav-settings"), "/settings");
    let again = |part: &'static str, fields: Vec<Field>| match &refused {
        Some(refused) if refused.part == part => {
            let (fields, words) = refill(fields, refused.fields, lang, &refused.error);
            (fields, words.map(|_| told(lang, &refused.error)))
        }
        _ => (fields, None),
    };
    let password = if passwords::is_own(&visit.ctx).await? {
        password_part(lang, again("password", password_fields(lang)))
    } else {
        let note = Body::Note(text(lang, "page-security-password-elsewhere"));
        Part::new("password", text(lang, "page-security-password"), note)
    };
    let line = Line {
        icon: "gear",
        text: text(lang, "page-passkey-title"),
        href: Some("/settings/passkeys".to_owned()),
        detail: text(lang, "page-setting-security-why"),
    };
    let keys = Part::new("keys", text(lang, "page-security-keys"), Body::Lines(vec![line]));
    let mut parts = vec![
        password,
        step_part(lang, &state, again("step", vec![code_field(lang)])),
        keys,
        sessions::part(lang, &list, visit.ctx.now()),
    ];
    if state.is_required && state.since.is_none() {
        parts.rotate_left(1);
    }
    let view = SheetView::new(page, text(lang, "page-security-lead"), parts);
    match refused {
        Some(refused) => {
            log(&refused.error);
            Ok((status(refused.error.code()), show(&view)?).into_response())
        }
        None => show(&view),
    }
}

fn password_fields(lang: Lang) -> Vec<Field> {
    vec![
        Field::password("present", text(lang, "field-password-present")).required(),
        Field::password("password", text(lang, "field-password-new"))
            .help(text(lang, "page-session-password-help"))
            .autocomplete("new-password")
            .required(),
    ]
}

fn password_part(lang: Lang, (fields, wrong): (Vec<Field>, Option<Notice>)) -> Part {
    let form = form(&format!("{HOME}/password"), fields, text(lang, "button-change_password"));
    let title = text(lang, "page-security-password");
    let mut part = Part::new("password", title, Body::Form(Box::new(form)));
    part.bodies.splice(0..0, wrong.map(Body::Tell));
    part.noted(text(lang, "page-security-password-note"))
}

fn code_field(lang: Lang) -> Field {
    Field::text("code", text(lang, "field-code")).autocomplete("one-time-code").required()
}

fn step_part(lang: Lang, state: &State, again: (Vec<Field>, Option<Notice>)) -> Part {
    let button =
        |path: &str, key: &str| form(&format!("{HOME}/{path}"), Vec::new(), text(lang, key));
    let bodies = match (state.since, &state.enrollment) {
        (Some(since), _) => {
            let left = [("count", state.codes_left.into())];
            let mut forms = vec![button("recovery-codes", "button-new_codes")];
            if !state.is_required {
                forms.push(button("second-step/removal", "button-remove_step"));
            }
            vec![Body::Cards(vec![Card {
                title: text(lang, "page-security-step-on"),
                tags: Vec::new(),
                details: vec![
                    text_with(
                        lang,
                        "page-security-step-since",
                        &[("day", format::day(lang, day(since)).into())],
                    ),
                    text_with(lang, "page-security-codes-left", &left),
                ],
                forms,
            }])]
        }
        (None, Some(enrollment)) => enrolling(lang, enrollment, again),
        (None, None) => {
            let mut bodies = vec![
                Body::Note(text(lang, "page-security-step-off")),
                Body::Form(Box::new(button("second-step", "button-set_up_step"))),
            ];
            if state.is_required {
                let told = Notice::warn(text(lang, "page-security-step-required"));
                bodies.insert(0, Body::Tell(told));
            }
            bodies
        }
    };
    let mut part = Part::new("step", text(lang, "page-security-step"), Body::Note(String::new()));
    part.bodies = bodies;
    part
}

fn enrolling(
    lang: Lang,
    enrollment: &Enrollment,
    (fields, wrong): (Vec<Field>, Option<Notice>),
) -> Vec<Body> {
    let (width, dark) = &enrollment.picture;
    let secret: Vec<String> = enrollment
        .secret
        .chars()
        .collect::<Vec<_>>()
        .chunks(4)
        .map(|part| part.iter().collect())
        .collect();
    let confirm = form(
        &format!("{HOME}/second-step/confirmation"),
        fields,
        text(lang, "button-confirm_step"),
    );
    let mut bodies = vec![
        Body::Note(text(lang, "page-security-step-scan")),
        Body::Html(picture::squares(*width, dark, &text(lang, "page-security-step-picture"))),
        Body::Facts(vec![(text(lang, "page-security-step-secret"), secret.join(" "))]),
    ];
    bodies.extend(wrong.map(Body::Tell));
    bodies.push(Body::Form(Box::new(confirm)));
    bodies
}

fn day(at: i64) -> jiff::civil::Date {
    let moment = jiff::Timestamp::from_microsecond(at.div_euclid(DAY) * DAY).unwrap_or_default();
    moment.to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn moment(lang: Lang, at: i64) -> String {
    let moment = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
    let zoned = moment.to_zoned(jiff::tz::TimeZone::UTC);
    format!("{} {:02}:{:02} UTC", format::day(lang, zoned.date()), zoned.hour(), zoned.minute())
}

fn form(action: &str, fields: Vec<Field>, button: String) -> FormView {
    FormView { action: action.to_owned(), fields, button, has_file: false, hidden: Vec::new() }
}

/// Gives the way to prove again who is there, and back.
pub(super) fn proof_of(home: &str) -> String {
    format!("{HOME}/proof?next={}", encode(home))
}

/// Asks for the password again when it was not typed a short while ago.
fn again(visit: &Visit) -> Option<Response> {
    (!visit.session.is_fresh).then(|| Redirect::to(&proof_of(HOME)).into_response())
}

fn home() -> Response {
    Redirect::to(HOME).into_response()
}

/// `POST /settings/security/password`.
pub(crate) async fn password(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let new = fields.raw("password").to_owned();
    let done = passwords::change(&visit.ctx, &visit.session.token, fields.raw("present"), new);
    match done.await {
        Ok(()) => {
            let lang = visit.lang();
            let page = visit.page(Place::Settings, text(lang, "page-security-title")).await?;
            let page = page.crumb(text(lang, "page-nav-settings"), "/settings");
            let told = Notice::good(text(lang, "page-security-password-changed"))
                .link(text(lang, "page-security-title"), HOME);
            let part = Part::new("done", text(lang, "page-security-password"), Body::Tell(told));
            show(&SheetView::new(page, String::new(), vec![part]))
        }
        Err(error) => {
            page(&visit, Some(Refused { part: "password", fields: &fields, error })).await
        }
    }
}

/// `POST /settings/security/second-step`: makes a secret.
pub(crate) async fn begin(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    if let Some(to) = again(&visit) {
        return Ok(to);
    }
    second_step::begin(&visit.ctx).await?;
    Ok(Redirect::to(&format!("{HOME}#h-step")).into_response())
}

/// `POST /settings/security/second-step/confirmation`: takes the first code.
pub(crate) async fn confirm(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    match second_step::confirm(&visit.ctx, fields.get("code")).await {
        Ok(codes) => shown_once(&visit, codes).await,
        Err(error @ AppError::Field { .. }) => {
            page(&visit, Some(Refused { part: "step", fields: &fields, error })).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/security/recovery-codes`: new codes; those of before end.
pub(crate) async fn codes(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    if let Some(to) = again(&visit) {
        return Ok(to);
    }
    let codes = second_step::renew_codes(&visit.ctx).await?;
    shown_once(&visit, codes).await
}

async fn shown_once(visit: &Visit, codes: Vec<String>) -> Answer {
    let lang = visit.lang();
    let page = visit.page(Place::Settings, text(lang, "page-security-codes")).await?;
    let page = page.crumb(text(lang, "page-security-title"), HOME);
    let numbered = codes.into_iter().enumerate().map(|(at, code)| (format!("{}", at + 1), code));
    let told = Notice::warn(text(lang, "page-security-codes-once"))
        .link(text(lang, "page-security-codes-done"), HOME);
    let part =
        Part::new("codes", text(lang, "page-security-codes"), Body::Facts(numbered.collect()));
    show(&SheetView::new(
        page,
        text(lang, "page-security-codes-lead"),
        vec![part.with(Body::Tell(told))],
    ))
}

/// `POST /settings/security/second-step/removal`.
pub(crate) async fn remove(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    if let Some(to) = again(&visit) {
        return Ok(to);
    }
    second_step::remove(&visit.ctx).await?;
    Ok(home())
}

/// `POST /settings/security/sessions`: ends all but this one.
pub(crate) async fn end_others(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    own::end_others(&visit.ctx, &visit.session.token).await?;
    Ok(home())
}

/// `POST /settings/security/sessions/{id}`: its name.
pub(crate) async fn name_session(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = SessionId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    own::name(&visit.ctx, id, fields.get("name")).await?;
    Ok(home())
}

/// `POST /settings/security/sessions/{id}/end`.
pub(crate) async fn end_session(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    own::end(&visit.ctx, SessionId::parse(&id).ok_or(AppError::NOT_FOUND)?).await?;
    Ok(home())
}

/// `GET /settings/security/proof`: the password again.
pub(crate) async fn proof(visit: Visit, RawQuery(raw): RawQuery) -> Answer {
    let query = query(&raw.unwrap_or_default());
    let next = query.iter().find(|(name, _)| name == "next").map_or(HOME, |(_, next)| next);
    proof_page(&visit, &inside(next), proof_fields(&visit).await?, None).await
}

async fn proof_fields(visit: &Visit) -> Result<Vec<Field>, AppError> {
    let lang = visit.lang();
    let mut fields = vec![Field::password("password", text(lang, "field-password")).required()];
    if second_step::state(&visit.ctx).await?.since.is_some() {
        fields.push(code_field(lang).help(text(lang, "page-session-code-help")));
    }
    Ok(fields)
}

async fn proof_page(
    visit: &Visit,
    next: &str,
    fields: Vec<Field>,
    wrong: Option<Notice>,
) -> Answer {
    let lang = visit.lang();
    let page = visit.page(Place::Settings, text(lang, "page-security-proof")).await?;
    let page = page.crumb(text(lang, "page-security-title"), HOME);
    let mut asked = form(&format!("{HOME}/proof"), fields, text(lang, "button-continue"));
    asked.hidden = vec![("next", next.to_owned())];
    let title = text(lang, "page-security-proof-who");
    let mut part = Part::new("proof", title, Body::Form(Box::new(asked)));
    part.bodies.splice(0..0, wrong.map(Body::Tell));
    // Whoever comes by a provider or a passkey has no password to type.
    let again = Notice::info(text(lang, "page-security-proof-other"));
    let door = format!("/sign-in?lang={lang}&next={}", encode(next));
    let part = part.with(Body::Tell(again.link(text(lang, "page-security-proof-again"), door)));
    show(&SheetView::new(page, text(lang, "page-security-proof-lead"), vec![part]))
}

/// `POST /settings/security/proof`.
pub(crate) async fn prove(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let next = inside(fields.get("next"));
    let (password, code) = (fields.raw("password"), fields.get("code"));
    match own::prove(&visit.ctx, &visit.session.token, password, code).await {
        Ok(()) => Ok(Redirect::to(&next).into_response()),
        Err(error) => {
            let lang = visit.lang();
            let (form, words) = refill(proof_fields(&visit).await?, &fields, lang, &error);
            let page = proof_page(&visit, &next, form, words.map(|_| told(lang, &error))).await?;
            Ok((status(error.code()), page).into_response())
        }
    }
}
