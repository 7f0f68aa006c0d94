//! Our units and the accounts for which each answers.

use orchestre_app::AppError;
use orchestre_app::rights;
use orchestre_app::units::Unit;
use orchestre_domain::id::AccountId;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::pages::sheet::{Body, Card, Form, Part};
use orchestre_view::{text, text_with};

use super::edit;
use crate::door::Visit;

/// Gives the units, each with its accounts and what can be done to them.
pub(super) async fn part(visit: &Visit, units: &[Unit]) -> Result<Part, AppError> {
    let lang = visit.lang();
    let accounts = rights::accounts(&visit.ctx).await?;
    let cards: Vec<Card> = units.iter().map(|unit| card(visit, unit, &accounts)).collect();
    let body = if cards.is_empty() {
        Body::Note(text(lang, "page-right-units-none"))
    } else {
        Body::Cards(cards)
    };
    let mut part = Part::new("units", text(lang, "page-right-units"), body);
    if allows(visit, Capability::Create) {
        let name = Field::text("name", text(lang, "field-unit-name")).id("f-unit-name").required();
        let button = text(lang, "page-right-unit-add");
        part = part.with(edit("/settings/units", button, vec![name], Vec::new()));
    }
    Ok(part)
}

fn allows(visit: &Visit, capability: Capability) -> bool {
    may(&visit.ctx.viewer, capability, Object::Right, Scope::Company)
}

fn card(visit: &Visit, unit: &Unit, accounts: &[(AccountId, String)]) -> Card {
    let lang = visit.lang();
    let can_update = allows(visit, Capability::Update);
    let of = |is_own: bool| {
        let kept = accounts.iter().filter(move |(id, _)| unit.accounts.contains(id) == is_own);
        kept.map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect::<Vec<_>>()
    };
    let names: Vec<&str> = accounts
        .iter()
        .filter(|(id, _)| unit.accounts.contains(id))
        .map(|(_, name)| name.as_str())
        .collect();
    let form =
        |id: &str, choices: Vec<Choice>, button: &str, hidden: Vec<(&'static str, String)>| {
            let field = Field::select("account", text(lang, "word-account"), choices);
            Form {
                action: format!("/settings/units/{}/accounts", unit.id),
                fields: vec![field.id(format!("f-{id}-{}", unit.id))],
                button: text(lang, button),
                has_file: false,
                hidden,
            }
        };
    let mut forms = Vec::new();
    if can_update && !of(false).is_empty() {
        forms.push(form("give", of(false), "page-right-unit-give", Vec::new()));
    }
    if can_update && !of(true).is_empty() {
        let hidden = vec![("remove", "1".to_owned())];
        forms.push(form("take", of(true), "page-right-unit-take", hidden));
    }
    let count = [("count", unit.accounts.len().into())];
    Card {
        title: unit.name.clone(),
        tags: vec![text_with(lang, "page-right-unit-accounts", &count)],
        details: (!names.is_empty()).then(|| names.join(", ")).into_iter().collect(),
        forms,
    }
}
