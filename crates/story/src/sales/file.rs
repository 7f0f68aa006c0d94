//! `sales.csv`: lines get their documents, one a party and day.

use std::collections::BTreeMap;

use super::Line;
use crate::amount::{self, decimals, hundredths, rounded};
use crate::table::Sheet;

/// Gives `sales.csv`, by day, then in the order of parties.
pub(crate) fn file(lines: &[Line<'_>]) -> String {
    let documents = documents(lines);
    let mut order: Vec<(usize, &Line<'_>)> = lines.iter().enumerate().collect();
    order.sort_by_key(|(_, line)| (line.day, line.party.number, line.credits.is_some()));
    let mut sheet = Sheet::new(
        "document,line,date,account,product,quantity,unit_price,amount,cost,currency,type,original,selling_entity,channel",
    );
    for (number, line) in order {
        let Some((document, position)) = documents.get(number) else { continue };
        let original = line.credits.and_then(|credited| documents.get(credited));
        sheet.row(row(line, (document, *position), original.map_or("", |(document, _)| document)));
    }
    sheet.finish()
}

fn row(line: &Line<'_>, (document, position): (&str, usize), original: &str) -> Vec<String> {
    let currency = line.party.currency;
    let price = line
        .agreed
        .unwrap_or_else(|| rounded(hundredths(line.amount, currency) * 100, line.quantity));
    let kind = if line.credits.is_some() { "credit_note" } else { "invoice" };
    let channel = match (line.agreed, line.party.group()) {
        (Some(_), _) => "contract",
        (None, "TRO") => "api",
        (None, _) => "order",
    };
    vec![
        document.to_owned(),
        position.to_string(),
        line.day.to_string(),
        line.party.code.to_owned(),
        line.product.code.to_owned(),
        line.quantity.to_string(),
        decimals(price, 4),
        amount::text(line.amount, currency),
        amount::text(line.cost, currency),
        currency.to_owned(),
        kind.to_owned(),
        original.to_owned(),
        selling_entity(line).to_owned(),
        channel.to_owned(),
    ]
}

/// Gives each line its document and its position there.
fn documents(lines: &[Line<'_>]) -> Vec<(String, usize)> {
    let mut positions: BTreeMap<String, usize> = BTreeMap::new();
    let mut documents = Vec::with_capacity(lines.len());
    for line in lines {
        let letters = if line.credits.is_some() { "CN" } else { "INV" };
        let day = line.day.strftime("%Y%m%d");
        let document = format!("{letters}-{}-{day}", line.party.code);
        let position = positions.entry(document.clone()).or_insert(0);
        *position += 1;
        documents.push((document, *position));
    }
    documents
}

fn selling_entity(line: &Line<'_>) -> &'static str {
    match (line.party.country, line.product.business_unit()) {
        ("IT", _) => "Ardenval Italia S.r.l.",
        ("PL", _) => "Ardenval Polska Sp. z o.o.",
        ("GB", _) => "Ardenval UK Ltd",
        ("US", _) => "Ardenval Inc.",
        ("NL", _) => "Ardenval Nederland B.V.",
        ("ES", _) => "Ardenval Ibérica S.L.",
        ("DE", _) => "Ardenval Deutschland GmbH",
        ("JP", _) => "Ardenval K.K.",
        (_, "Protection") => "Ardenval Protection SAS",
        (_, "Health & Cold") => "Ardenval Santé-Froid SAS",
        _ => "Ardenval Circulaire SAS",
    }
}
