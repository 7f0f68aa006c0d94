//! What a line tells, as a row that waits keeps it.

use jiff::civil::Date;
use orchestre_store::imports::WaitingRow;
use serde_json::{Value, json};

use super::{Opinion, Place, Role};

pub(super) fn write(place: &Place) -> String {
    let opinion = place.opinion.as_ref().map(|opinion| {
        json!({
            "roles": opinion.buying_roles, "influence": opinion.influence, "stance": opinion.stance,
            "strength": opinion.strength, "motive": opinion.motive, "on": opinion.on.to_string(),
            "author": opinion.author,
        })
    });
    let role = place.role.as_ref();
    let role =
        role.map(|role| json!({ "role": role.word, "account": role.account, "fte": role.fte_ppm }));
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    json!({
        "person": place.person, "title": place.title, "from": day(place.from), "to": day(place.to),
        "organization": place.organization, "opinion": opinion, "role": role,
    })
    .to_string()
}

pub(super) fn read(row: &WaitingRow) -> Option<Place> {
    let value: Value = serde_json::from_str(&row.fields).ok()?;
    let object = |name: &str| value.get(name).filter(|inner| inner.is_object());
    let opinion = object("opinion").and_then(|inner| {
        Some(Opinion {
            buying_roles: text(inner, "roles"),
            influence: number(inner, "influence"),
            stance: number(inner, "stance"),
            strength: number(inner, "strength"),
            motive: text(inner, "motive"),
            on: text(inner, "on")?.parse().ok()?,
            author: text(inner, "author"),
        })
    });
    let role = object("role").and_then(|inner| {
        Some(Role {
            word: text(inner, "role")?,
            account: text(inner, "account"),
            fte_ppm: number(inner, "fte"),
        })
    });
    Some(Place {
        line: row.line,
        person: number(&value, "person")?,
        title: text(&value, "title"),
        from: text(&value, "from").and_then(|day| day.parse().ok()),
        to: text(&value, "to").and_then(|day| day.parse().ok()),
        organization: text(&value, "organization"),
        opinion,
        role,
    })
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn number(value: &Value, name: &str) -> Option<i64> {
    value.get(name)?.as_i64()
}
