//! People to review: who took part in mail and meetings without being known.

use axum::Form;
use axum::response::{IntoResponse, Redirect};
use orchestre_app::AppError;
use orchestre_app::participants::{self, Decision, Participant};
use orchestre_domain::id::{PartyId, PersonId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_domain::person::Identification;
use orchestre_view::component::empty::Empty;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Card, Form as FormView, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;

const PATH: &str = "/people/review";
/// Addresses of one page: who decides on these sees the next.
const MOST: usize = 25;

/// What the viewer may do to people.
struct Rights {
    creates: bool,
    updates: bool,
}

/// `GET /people/review`.
pub(crate) async fn index(visit: Visit) -> Answer {
    let lang = visit.lang();
    let found = participants::list(&visit.ctx).await?;
    let may = |capability| may(&visit.ctx.viewer, capability, Object::Person, Scope::Company);
    let rights = Rights { creates: may(Capability::Create), updates: may(Capability::Update) };
    let page = visit.page(Place::People, text(lang, "page-participant-title")).await?;
    let page = page.crumb(text(lang, "page-nav-people"), "/people");
    let (open, decided): (Vec<&Participant>, Vec<&Participant>) =
        found.iter().partition(|one| one.state == Identification::Open);
    let mut parts = vec![open_part(lang, &open, &rights)];
    if !decided.is_empty() {
        let cards = decided.iter().enumerate();
        let cards = cards.map(|(place, one)| card(lang, (place, one), &rights)).collect();
        let title = text(lang, "page-participant-decided");
        parts.push(Part::new("decided", title, Body::Cards(cards)));
    }
    answer(&SheetView::new(page, text(lang, "page-participant-lead"), parts))
}

fn open_part(lang: Lang, open: &[&Participant], rights: &Rights) -> Part {
    let title = text(lang, "page-participant-open");
    if open.is_empty() {
        let empty = Empty::new(
            text(lang, "page-participant-empty"),
            text(lang, "page-participant-empty-why"),
        );
        let body = Body::Empty(empty.action(text(lang, "button-import"), "/imports"));
        return Part::new("open", title, body);
    }
    let cards = open.iter().take(MOST).enumerate();
    let cards = cards.map(|(place, one)| card(lang, (place, one), rights)).collect();
    let count = [("count", open.len().into())];
    let part = Part::new("open", title, Body::Cards(cards));
    let part = part.noted(text_with(lang, "page-participant-count", &count));
    let rest = open.len().saturating_sub(MOST);
    if rest == 0 {
        return part;
    }
    let rest = text_with(lang, "page-participant-rest", &[("count", rest.into())]);
    part.with(Body::Note(rest))
}

fn card(lang: Lang, (place, one): (usize, &Participant), rights: &Rights) -> Card {
    let mut tags = Vec::new();
    if one.state != Identification::Open {
        tags.push(text(lang, &format!("state-participant-{}", one.state)));
    }
    let mut forms = Vec::new();
    if one.state == Identification::Open {
        if rights.creates {
            forms.push(add(lang, place, one));
        }
        if rights.updates {
            forms.extend(known(lang, place, one));
            forms.push(form(one, Identification::Ignored, text(lang, "button-participant-ignore")));
        }
    } else if rights.updates {
        forms.push(form(one, Identification::Open, text(lang, "button-participant-ask")));
    }
    let title = one
        .name
        .as_ref()
        .map_or_else(|| one.address.clone(), |name| format!("{name} · {}", one.address));
    Card { title, tags, details: details(lang, one), forms }
}

fn details(lang: Lang, one: &Participant) -> Vec<String> {
    let words = [
        ("count", one.interactions.into()),
        ("from", format::day(lang, one.first_on).into()),
        ("to", format::day(lang, one.last_on).into()),
    ];
    let mut details = vec![text_with(lang, "page-participant-seen", &words)];
    if let Some((_, name)) = &one.person {
        let words = [("name", name.as_str().into())];
        details.push(text_with(lang, "page-participant-is", &words));
    } else if let Some(company) = &one.company {
        let words = [("company", company.name.as_str().into())];
        details.push(text_with(lang, "page-participant-company", &words));
    }
    details
}

fn form(one: &Participant, decision: Identification, button: String) -> FormView {
    let hidden = vec![("address", one.address.clone()), ("decision", decision.to_string())];
    FormView { action: PATH.to_owned(), fields: Vec::new(), button, has_file: false, hidden }
}

fn add(lang: Lang, place: usize, one: &Participant) -> FormView {
    let company = one.company.as_ref().map(|company| company.name.clone()).unwrap_or_default();
    let field = |name: &'static str| {
        Field::text(name, text(lang, &format!("field-participant-{name}")))
            .id(format!("f-{name}-{place}"))
    };
    let fields = vec![
        field("name").value(one.name.clone().unwrap_or_else(|| guessed(&one.address))),
        field("title").optional(lang),
        field("party").value(company),
    ];
    let button = text(lang, "button-participant-add");
    FormView { fields, ..form(one, Identification::Added, button) }
}

/// Gives the name that an address suggests: `bo.lee@…` is Bo Lee.
fn guessed(address: &str) -> String {
    let local = address.split('@').next().unwrap_or_default();
    let words = local.split(['.', '_', '-', '+']).filter(|word| !word.is_empty()).map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        format!("{}{}", first.unwrap_or_default(), letters.as_str())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Gives the form that names a colleague of the same company; none without one.
fn known(lang: Lang, place: usize, one: &Participant) -> Option<FormView> {
    let people = &one.company.as_ref()?.people;
    if people.is_empty() {
        return None;
    }
    let nobody = Choice::new("", text(lang, "page-participant-choose"));
    let people = people.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
    let choices: Vec<Choice> = std::iter::once(nobody).chain(people).collect();
    let field = Field::select("person", text(lang, "field-participant-person"), choices);
    let fields = vec![field.id(format!("f-person-{place}"))];
    let button = text(lang, "button-participant-known");
    Some(FormView { fields, ..form(one, Identification::Known, button) })
}

/// `POST /people/review`.
pub(crate) async fn decide(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    participants::may_decide(&visit.ctx)?;
    let decision = decision(&visit, &fields).await?;
    participants::decide(&visit.ctx, fields.get("address"), decision).await?;
    Ok(Redirect::to(PATH).into_response())
}

async fn decision(visit: &Visit, fields: &Fields) -> Result<Decision, AppError> {
    Ok(match fields.word("decision", Identification::parse)? {
        Identification::Added => {
            let sent = fields.get("party");
            let party = match PartyId::parse(sent) {
                Some(party) => party,
                None => participants::party_named(&visit.ctx, sent).await?,
            };
            let (name, title) = (fields.get("name").to_owned(), fields.some("title"));
            Decision::Add { name, title, party }
        }
        Identification::Known => Decision::Known(fields.word("person", PersonId::parse)?),
        Identification::Ignored => Decision::Ignore,
        Identification::Open => Decision::Ask,
    })
}
