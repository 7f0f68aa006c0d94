//! Rows of accounts: one line a party.

use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::party::PartyKind;

use crate::cells::{Cells, read_rows};
use crate::issue::{Issue, IssueCode};
use crate::rows::AccountRow;
use crate::sheet::Sheet;

/// Reads the parties of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> (Vec<(u32, AccountRow)>, Vec<Issue>) {
    read_rows(sheet, |cells| row(sheet, cells))
}

fn row(sheet: &Sheet<'_>, cells: &mut Cells<'_>) -> Option<AccountRow> {
    let column = |field: &str| sheet.column(field);
    let name = cells.text(column("name"));
    let id = cells.text(column("id"));
    let id = if sheet.has("id") { cells.need(column("id"), id) } else { name.clone() };
    if id.is_none() && !sheet.has("id") {
        cells.refuse(IssueCode::RequiredMissing, column("name"));
    }
    let currency = cells.currency(column("currency"));
    let of_wallet = cells.currency(column("wallet_currency")).or(currency);
    let row = AccountRow {
        id: id.clone().unwrap_or_default(),
        name,
        kind: cells.word(column("kind")).and_then(PartyKind::parse),
        parent: cells.text(column("parent")),
        country: cells.text(column("country")),
        currency,
        city: cells.text(column("city")),
        region: cells.text(column("region")),
        street: cells.text(column("street")),
        postal_code: cells.text(column("postal_code")),
        sector: cells.text(column("sector")),
        employees: cells.integer(column("employees")),
        revenue: cells.money(column("revenue"), currency),
        website: cells.text(column("website")),
        since: cells.day(column("since")),
        lei: cells.text(column("lei")),
        siren: cells.text(column("siren")),
        siret: cells.text(column("siret")),
        vat: cells.text(column("vat")),
        register: cells.text(column("register")),
        erp_id: cells.text(column("erp_id")),
        crm_id: cells.text(column("crm_id")),
        tier: cells.word(column("tier")).and_then(Tier::parse),
        status: cells.word(column("status")).and_then(AccountStatus::parse),
        status_since: cells.day(column("status_since")),
        valid_from: cells.day(column("valid_from")),
        valid_to: cells.day(column("valid_to")),
        former_name: cells.text(column("former_name")),
        former_until: cells.day(column("former_until")),
        growth_potential: cells.share(column("growth_potential")),
        wallet: cells.money(column("wallet"), of_wallet),
        note: cells.text(column("note")),
        custom: cells.custom(),
    };
    id.map(|_| row)
}
