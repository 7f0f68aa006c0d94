//! What a file holds, seen from its headings; the name of the file decides a tie.

use orchestre_domain::fold::fold;
use orchestre_domain::import::ImportKind;

use crate::heading::{Heading, Taken, matches};
use crate::rates::wide_currencies;

/// The fields of a kind without which a file is not of that kind: one of each group.
const SIGNS: &[(ImportKind, &[&[&str]])] = &[
    (ImportKind::Scores, &[&["criterion"], &["account"], &["value", "raw"]]),
    (ImportKind::Rates, &[&["date", "fiscal_year"], &["currency"], &["rate"]]),
    (
        ImportKind::Sales,
        &[
            &["date"],
            &["quantity", "amount"],
            &["account", "product"],
            &["document", "product", "cost", "unit_price"],
        ],
    ),
    (ImportKind::Opportunities, &[&["stage"], &["account", "name", "id"]]),
    (
        ImportKind::Interactions,
        &[
            &["date"],
            &["type"],
            &["account", "customer_people", "participants"],
            &["subject", "minutes", "supplier_people", "participants"],
        ],
    ),
    (ImportKind::Costs, &[&["account"], &["amount"], &["from"], &["type", "to"]]),
    (ImportKind::Links, &[&["parent"], &["child"]]),
    (ImportKind::People, &[&["last_name", "email"], &["first_name", "email", "organization"]]),
    (
        ImportKind::Products,
        &[&["id", "name"], &["list_price", "unit_cost", "family", "unit", "business_unit"]],
    ),
    (
        ImportKind::Accounts,
        &[
            &["name"],
            &[
                "country",
                "city",
                "sector",
                "parent",
                "employees",
                "revenue",
                "website",
                "siren",
                "siret",
                "vat",
                "lei",
                "street",
                "currency",
                "tier",
            ],
        ],
    ),
];

/// Words in names of files that speak for a kind.
const FILE_WORDS: &[(ImportKind, &[&str])] = &[
    (ImportKind::Accounts, &["account", "compan", "client", "compte", "entreprise", "reseller"]),
    (ImportKind::People, &["contact", "people", "person", "owner", "employee"]),
    (ImportKind::Links, &["link", "lien", "hierarch"]),
    (ImportKind::Products, &["product", "produit", "article", "price"]),
    (ImportKind::Sales, &["sales", "invoice", "vente", "facture", "turnover"]),
    (ImportKind::Opportunities, &["opportunit", "deal", "pipeline", "affaire"]),
    (ImportKind::Interactions, &["interaction", "activit", "meeting", "event", "task"]),
    (ImportKind::Costs, &["cost", "cout"]),
    (ImportKind::Rates, &["rate", "fx", "taux", "cours", "eurofx"]),
    (ImportKind::Scores, &["score", "note", "judg"]),
];

/// A word in the name weighs as much as so many recognized columns.
const NAME_WEIGHT: usize = 2;

/// Gives the kind whose signs all stand in the headings and that knows the most of them.
pub(crate) fn recognize(file_name: &str, headings: &[Heading]) -> Option<ImportKind> {
    let name = fold(file_name.rsplit(['/', '\\']).next().unwrap_or(file_name));
    let mut best: Option<(usize, ImportKind)> = None;
    for (kind, signs) in SIGNS {
        let found = matches(*kind, headings, &Taken::default());
        let has = |field: &&str| found.iter().any(|m| m.field == *field);
        let complete = signs.iter().all(|group| group.iter().any(has));
        let wide = *kind == ImportKind::Rates
            && found.iter().any(|m| m.field == "date")
            && !wide_currencies(headings).is_empty();
        if !complete && !wide {
            continue;
        }
        let words = FILE_WORDS.iter().filter(|(of, _)| of == kind).flat_map(|(_, words)| *words);
        let named = words.into_iter().any(|word| name.contains(word));
        let columns = found.len() + if wide { wide_currencies(headings).len() } else { 0 };
        let weight = columns + if named { NAME_WEIGHT } else { 0 };
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, *kind));
        }
    }
    best.map(|(_, kind)| kind)
}

/// Gives the kind that knows the most headings, whatever it lacks: a beginning for a question.
pub fn likeliest<'a>(headings: impl Iterator<Item = &'a str>) -> ImportKind {
    let headings: Vec<Heading> = headings.map(Heading::new).collect();
    let known = |kind: &ImportKind| matches(*kind, &headings, &Taken::default()).len();
    let tables = ImportKind::ALL.iter().filter(|kind| **kind != ImportKind::Plans);
    // Of equals the first: accounts, then people.
    tables.rev().max_by_key(|kind| known(kind)).copied().unwrap_or(ImportKind::Accounts)
}

#[cfg(test)]
mod tests {
    use crate::heading::columns;

    use super::*;

    #[test]
    fn a_file_with_our_own_names_is_recognized() {
        for &kind in ImportKind::ALL.iter().filter(|kind| **kind != ImportKind::Plans) {
            let headings: Vec<Heading> = columns(kind).map(|d| Heading::new(d.field)).collect();
            assert_eq!(recognize("file.csv", &headings), Some(kind));
        }
    }

    #[test]
    fn a_table_of_something_else_is_not_recognized() {
        for headings in [
            &["Table", "Field", "Description"][..],
            &["sales_agent", "manager", "regional_office"],
            &["Year", "EmployeeID", "M01", "M02"],
            &["EmployeeKey", "SalesTerritoryKey"],
            &["a", "b", "c"],
        ] {
            let headings: Vec<Heading> = headings.iter().map(|h| Heading::new(h)).collect();
            assert_eq!(recognize("file.csv", &headings), None, "{headings:?}");
        }
    }
}
