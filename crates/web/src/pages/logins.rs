//! The administrator's page of sign-ins: who may come in, as what, and how.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::roster::{self, By, Invited, Line, Made, Roster};
use orchestre_app::{AppError, Code, sign_in_rules};
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
use orchestre_domain::sign_in::SignInRules;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::notice::Notice;
use orchestre_view::component::table::Column;
use orchestre_view::page::{Page, Place};
use orchestre_view::pages::sheet::{Body, Card, Form as FormView, Part, SheetView};
use orchestre_view::{Link, format, text, text_with};

use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::{Fields, refill};
use crate::problem::{log, status};

/// The page of all sign-ins.
const HOME: &str = "/settings/logins";

/// `GET /settings/logins`.
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
    let roster = roster::list(&visit.ctx).await?;
    let (rules, version, _) = sign_in_rules::get(&visit.ctx).await?;
    let again = |part: &'static str, fields: Vec<Field>| match &refused {
        Some(refused) if refused.part == part => {
            refill(fields, refused.fields, lang, &refused.error)
        }
        _ => (fields, None),
    };
    let mut parts = vec![list_part(lang, &roster)];
    if roster.can_update {
        parts.push(invite_part(lang, again("invite", invite_fields(lang))));
        parts.push(rules_part(lang, again("rules", rule_fields(lang, &rules)), version));
    }
    parts.push(mail_part(lang, &roster));
    let view = SheetView::new(at(visit).await?, text(lang, "page-login-lead"), parts);
    match refused {
        Some(refused) => {
            log(&refused.error);
            Ok((status(refused.error.code()), answer(&view)?).into_response())
        }
        None => answer(&view),
    }
}

async fn at(visit: &Visit) -> Result<Page, AppError> {
    let lang = visit.lang();
    let page = visit.page(Place::Settings, text(lang, "page-login-title")).await?;
    Ok(page.crumb(text(lang, "page-nav-settings"), "/settings"))
}

fn list_part(lang: Lang, roster: &Roster) -> Part {
    let head = [
        "field-name",
        "page-login-roles",
        "page-login-state",
        "page-login-step",
        "page-login-seen",
    ];
    let rows = roster.lines.iter().map(|line| {
        let name = Link::new(line.name.clone(), format!("{HOME}/{}", line.id)).detail(&line.email);
        let seen = line.seen_at.map_or_else(|| "–".to_owned(), |at| format::day(lang, day(at)));
        let step = if line.has_second_step { "page-login-step-on" } else { "page-login-step-off" };
        vec![
            Cell::Link(name),
            Cell::text(roles(lang, &line.roles)),
            Cell::text(text(lang, state(line))),
            Cell::text(text(lang, step)),
            Cell::text(seen),
        ]
    });
    let grid = Grid {
        caption: text(lang, "page-login-title"),
        head: head.map(|key| Column::text(text(lang, key))).into(),
        rows: rows.collect(),
    };
    Part::new("list", text(lang, "page-login-list"), Body::Grid(grid))
}

fn roles(lang: Lang, roles: &[Role]) -> String {
    let words = roles.iter().map(|role| text(lang, &format!("state-role-{role}")));
    words.collect::<Vec<_>>().join(", ")
}

fn state(line: &Line) -> &'static str {
    match (line.is_active, line.has_password, line.invited_until) {
        (false, _, _) => "page-login-state-out",
        (true, true, _) => "page-login-state-active",
        (true, false, Some(_)) => "page-login-state-invited",
        (true, false, None) => "page-login-state-waiting",
    }
}

fn invite_fields(lang: Lang) -> Vec<Field> {
    let roles = Role::ALL
        .iter()
        .filter(|role| **role != Role::Shell)
        .map(|role| Choice::new(role.as_str(), text(lang, &format!("state-role-{role}"))));
    let langs = vec![Choice::new("en", "English"), Choice::new("fr", "Français")];
    vec![
        Field::email("email", text(lang, "field-email")).autocomplete("off").required(),
        Field::text("name", text(lang, "field-name")).autocomplete("off").required(),
        Field::select("role", text(lang, "field-role"), roles.collect()).value("KAM"),
        Field::select("lang", text(lang, "field-lang"), langs).value(lang.as_str()),
    ]
}

fn invite_part(lang: Lang, (fields, wrong): (Vec<Field>, Option<String>)) -> Part {
    let form = form(HOME, fields, text(lang, "button-invite"), Vec::new());
    let mut part = Part::new("invite", text(lang, "page-login-invite"), Body::Form(Box::new(form)));
    part.bodies.splice(0..0, wrong.map(|words| Body::Tell(Notice::bad(words))));
    part.noted(text(lang, "page-login-invite-note"))
}

fn rule_fields(lang: Lang, rules: &SignInRules) -> Vec<Field> {
    let numbers = rules.numbers().map(|(name, value, _, _)| {
        Field::number(name, text(lang, &format!("field-sign_in-{name}"))).value(value.to_string())
    });
    let asked: Vec<&str> = rules.second_step_roles.iter().map(|role| role.as_str()).collect();
    let step = Field::text("second_step_roles", text(lang, "field-sign_in-second_step_roles"))
        .value(asked.join(" "))
        .help(text(lang, "page-login-step-help"))
        .optional(lang);
    numbers.into_iter().chain([step]).collect()
}

fn rules_part(lang: Lang, (fields, wrong): (Vec<Field>, Option<String>), version: i64) -> Part {
    let hidden = vec![("version", version.to_string())];
    let form = form("/settings/sign-in", fields, text(lang, "button-save"), hidden);
    let edit = Body::Edit(text(lang, "page-login-rules-edit"), Box::new(form));
    let mut part = Part::new("rules", text(lang, "page-login-rules"), edit);
    part.bodies.splice(0..0, wrong.map(|words| Body::Tell(Notice::bad(words))));
    part.noted(text(lang, "page-login-rules-note"))
}

fn mail_part(lang: Lang, roster: &Roster) -> Part {
    let told = if roster.has_mail {
        let values =
            [("waiting", roster.mails.waiting.into()), ("failed", roster.mails.failed.into())];
        let told = if roster.mails.failed > 0 { Notice::warn } else { Notice::good };
        let told = told(text_with(lang, "page-login-mail-state", &values));
        match roster.mails.result.as_deref().filter(|_| roster.mails.failed > 0) {
            Some(result) => told.text(text(lang, &format!("state-mail-{result}"))),
            None => told,
        }
    } else {
        Notice::info(text(lang, "page-login-mail-none"))
            .text(text(lang, "page-login-mail-none-why"))
    };
    Part::new("mail", text(lang, "page-login-mail"), Body::Tell(told))
}

fn form(
    action: &str,
    fields: Vec<Field>,
    button: String,
    hidden: Vec<(&'static str, String)>,
) -> FormView {
    FormView { action: action.to_owned(), fields, button, has_file: false, hidden }
}

fn day(at: i64) -> jiff::civil::Date {
    let moment = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
    moment.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// `POST /settings/logins`: invites somebody.
pub(crate) async fn invite(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    let invited = Invited {
        email: fields.get("email").to_owned(),
        name: fields.get("name").to_owned(),
        roles: Role::parse(fields.get("role")).into_iter().collect(),
        lang: Lang::parse(fields.get("lang")).unwrap_or(visit.lang()),
    };
    match roster::invite(&visit.ctx, invited, By::Mail).await {
        Ok((id, made)) => handed_over(&visit, id, made).await,
        Err(error @ (AppError::Field { .. } | AppError::Code(Code::FieldInvalid))) => {
            page(&visit, Some(Refused { part: "invite", fields: &fields, error })).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Says that a mail is on its way, or shows the link to be handed over: this once.
async fn handed_over(visit: &Visit, id: LoginId, made: Made) -> Answer {
    let lang = visit.lang();
    let back = format!("{HOME}/{id}");
    let body = match made {
        Made::Sent => vec![Body::Tell(
            Notice::good(text(lang, "page-login-sent")).link(text(lang, "page-login-back"), back),
        )],
        Made::Link(link) => vec![
            Body::Tell(
                Notice::warn(text(lang, "page-login-hand_over"))
                    .text(text(lang, "page-login-hand_over-why"))
                    .link(text(lang, "page-login-back"), back),
            ),
            Body::Facts(vec![(text(lang, "page-login-link"), link)]),
        ],
    };
    let mut part = Part::new("link", text(lang, "page-login-link"), Body::Note(String::new()));
    part.bodies = body;
    answer(&SheetView::new(at(visit).await?, String::new(), vec![part]))
}

/// `POST /settings/sign-in`: the rules.
pub(crate) async fn rules(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    match put_rules(&visit, &fields).await {
        Ok(()) => Ok(Redirect::to(HOME).into_response()),
        Err(error @ AppError::Field { .. }) => {
            page(&visit, Some(Refused { part: "rules", fields: &fields, error })).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn put_rules(visit: &Visit, fields: &Fields) -> Result<(), AppError> {
    let mut rules = SignInRules::default();
    for (name, _, _, _) in SignInRules::default().numbers() {
        let wrong = AppError::Field { code: Code::FieldMissing, field: name };
        rules.set(name, fields.whole(name)?.ok_or(wrong)?);
    }
    for word in
        fields.get("second_step_roles").split([' ', ',', ';']).filter(|word| !word.is_empty())
    {
        let role = Role::parse(&word.to_uppercase()).filter(|role| *role != Role::Shell);
        let wrong = AppError::Field { code: Code::FieldInvalid, field: "second_step_roles" };
        rules.second_step_roles.insert(role.ok_or(wrong)?);
    }
    sign_in_rules::put(&visit.ctx, rules, fields.version()?).await
}

/// `GET /settings/logins/{id}`.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = LoginId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    let lang = visit.lang();
    let line = roster::show(&visit.ctx, id).await?;
    let mut page = at(&visit).await?.crumb(text(lang, "page-login-title"), HOME);
    page.title.clone_from(&line.name);
    let step = if line.has_second_step { "page-login-step-on" } else { "page-login-step-off" };
    let facts = vec![
        (text(lang, "field-email"), line.email.clone()),
        (text(lang, "page-login-roles"), roles(lang, &line.roles)),
        (text(lang, "page-login-state"), text(lang, state(&line))),
        (text(lang, "page-login-step"), text(lang, step)),
        (text(lang, "page-login-sessions"), format::count(lang, line.sessions)),
    ];
    let mut part = Part::new("facts", text(lang, "page-login-facts"), Body::Facts(facts));
    if may(&visit.ctx.viewer, Capability::Read, Object::Event, Scope::Company) {
        let did = (text(lang, "page-login-did"), format!("/events?login={id}"));
        part = part.with(Body::Ways(vec![did]));
    }
    let mut parts = vec![part];
    if roster::list(&visit.ctx).await?.can_update {
        let cards =
            changes(&line).into_iter().map(|change| change_card(lang, id, change)).collect();
        parts.push(Part::new("changes", text(lang, "page-login-changes"), Body::Cards(cards)));
    }
    answer(&SheetView::new(page, String::new(), parts))
}

/// What can be done to a sign-in as it stands; each is the end of an address.
fn changes(line: &Line) -> Vec<&'static str> {
    match (line.is_active, line.has_password) {
        (false, _) => vec!["reactivation"],
        (true, false) => vec!["invitation", "revocation"],
        (true, true) => {
            let mut all = vec!["password", "sessions"];
            if line.has_second_step {
                all.push("second-step");
            }
            all.push("deactivation");
            all
        }
    }
}

fn change_card(lang: Lang, id: LoginId, change: &'static str) -> Card {
    Card {
        title: text(lang, &format!("page-login-change-{change}")),
        tags: Vec::new(),
        details: vec![text(lang, &format!("page-login-why-{change}"))],
        forms: vec![form(
            &format!("{HOME}/{id}/{change}"),
            Vec::new(),
            text(lang, &format!("button-login-{change}")),
            Vec::new(),
        )],
    }
}

/// `POST /settings/logins/{id}/{change}`.
pub(crate) async fn change(
    visit: Visit,
    Path((id, change)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Answer {
    visit.check(&fields)?;
    let id = LoginId::parse(&id).ok_or(AppError::NOT_FOUND)?;
    match roster::change(&visit.ctx, id, &change).await? {
        Some(made) => handed_over(&visit, id, made).await,
        None => Ok(Redirect::to(&format!("{HOME}/{id}")).into_response()),
    }
}
