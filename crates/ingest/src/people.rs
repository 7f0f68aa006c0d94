//! Rows of people: one line the person, a place, an assessment and an assignment.

use orchestre_domain::person::{BuyingRole, Side};

use crate::cells::{Cells, read_rows};
use crate::issue::{Issue, IssueCode};
use crate::rows::PersonRow;
use crate::sheet::{ABSENT, Column, Place, Sheet};
use crate::words::known_word;

/// Reads the people of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, PersonRow)>, Vec<Issue>) {
    read_rows(sheet, |cells| row(sheet, cells))
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<PersonRow> {
    let column = |field: &str| sheet.column(field);
    let first_name = cells.text(column("first_name"));
    let last_name = cells.text(column("last_name"));
    let both = [first_name.as_deref(), last_name.as_deref()];
    let both = both.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = cells.text(column("name")).or_else(|| Some(both).filter(|name| !name.is_empty()));
    let email = cells.text(column("email"));
    let id = cells.text(column("id"));
    let id = if sheet.has("id") {
        cells.need(column("id"), id)
    } else {
        email.clone().or_else(|| name.clone())
    };
    if id.is_none() && !sheet.has("id") {
        let names = ["last_name", "name", "email"].map(column);
        let here = names.into_iter().find(|column| column.place != Place::Absent);
        cells.refuse(IssueCode::RequiredMissing, here.unwrap_or(&ABSENT));
    }
    let (organization, account) = places(sheet);
    let (influence, from_influence) = influence(cells, column("influence"));
    let mut buying_roles = roles(cells, column("buying_roles"));
    buying_roles.extend(from_influence.filter(|role| !buying_roles.contains(role)));
    let row = PersonRow {
        id: id.clone().unwrap_or_default(),
        side: cells.word(column("side")).and_then(Side::parse),
        first_name,
        last_name,
        name,
        title: cells.text(column("title")),
        function: cells.text(column("function")),
        email,
        phone: cells.text(column("phone")),
        language: cells.text(column("language")),
        organization: cells.text(organization),
        from: cells.day(column("from")),
        to: cells.day(column("to")),
        buying_roles,
        influence,
        stance: cells.level(column("stance"), (-2, 2)),
        strength: cells.level(column("strength"), (0, 5)),
        assessed_on: cells.day(column("assessed_on")),
        author: cells.text(column("author")),
        motive: cells.text(column("motive")),
        role: cells.text(column("role")),
        account: cells.text(account),
        fte_e4: cells.scaled(column("fte"), 4),
        custom: cells.custom(),
    };
    id.map(|_| row)
}

/// Gives the columns of organization and account.
///
/// A file without roles assigns nobody: its account is where the person works.
fn places<'a>(sheet: &'a Sheet<'_>) -> (&'a Column, &'a Column) {
    let (organization, account) = (sheet.column("organization"), sheet.column("account"));
    if sheet.has("organization") || sheet.has("role") || sheet.has("fte") {
        (organization, account)
    } else {
        (account, &ABSENT)
    }
}

fn roles(cells: &mut Cells<'_>, column: &Column) -> Vec<BuyingRole> {
    let mut roles = Vec::new();
    for part in cells.list(column).iter().flat_map(|part| part.split(['/', ','])) {
        match known_word("buying_role", part).and_then(BuyingRole::parse) {
            Some(role) if roles.contains(&role) => {}
            Some(role) => roles.push(role),
            None => cells.remark(IssueCode::UnknownWord, column),
        }
    }
    roles
}

/// Gives the influence of 1 to 5, or the buying role that some programs write in its place.
fn influence(cells: &mut Cells<'_>, column: &Column) -> (Option<i64>, Option<BuyingRole>) {
    let word = cells.raw(column).and_then(|cell| known_word("buying_role", cell));
    match word.and_then(BuyingRole::parse) {
        Some(role) => (None, Some(role)),
        None => (cells.level(column, (1, 5)), None),
    }
}
