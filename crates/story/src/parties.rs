//! The 150 parties: what the table says of them, and `accounts.csv`.

mod address;
mod identifiers;

use std::collections::BTreeMap;

use crate::accounts::Facts;
use crate::amount::{self, euro_cents, spread, thousand};
use crate::calendar::{self, Calendar};
use crate::table::{Sheet, rows};

/// How a party hangs on another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tie {
    /// A root of the legal view.
    Root,
    /// A subsidiary, with the owner's share in percent.
    Owned(&'static str, i64),
    /// A member of a buying organization.
    Member(&'static str),
}

/// A tie with its days as the table words them.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) tie: Tie,
    pub(crate) span: &'static str,
}

/// A party of the story.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) code: &'static str,
    pub(crate) number: i64,
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) country: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) links: Vec<Link>,
    /// Thousands of the currency in each story year.
    pub(crate) turnover: [i128; 3],
}

impl Party {
    /// Gives the letters of the party's group.
    pub(crate) fn group(&self) -> &'static str {
        group_of(self.code)
    }

    /// Gives the turnover of a story year in minor units.
    pub(crate) fn minor(&self, year: usize) -> i128 {
        self.turnover.get(year).copied().unwrap_or(0) * thousand(self.currency)
    }
}

/// Gives the letters of the group in the code of a party or a person.
pub(crate) fn group_of(code: &'static str) -> &'static str {
    code.get(..3).unwrap_or(code)
}

/// Reads the table of parties.
pub(crate) fn all() -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for (row, number) in rows(include_str!("tables/parties.txt")).zip(1..) {
        parties.extend(read(&row, number));
    }
    parties
}

fn read(row: &[&'static str], number: i64) -> Option<Party> {
    let mut cells = row.iter().copied();
    let (code, name) = cells.next()?.split_once(' ')?;
    let mut words = cells.next()?.split(' ');
    let kind = match words.next()? {
        "G" => "group",
        "E" => "legal_entity",
        "S" => "site",
        "B" => "business_unit",
        "O" => "buying_organization",
        "F" => "fund",
        _ => return None,
    };
    let country = words.next()?;
    let currency = words.next().unwrap_or("EUR");
    let links = cells
        .next()?
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(link)
        .collect::<Option<_>>()?;
    let mut turnover = [0; 3];
    for (year, thousands) in turnover.iter_mut().zip(cells.next().unwrap_or("0/0/0").split('/')) {
        *year = thousands.parse().ok()?;
    }
    Some(Party { code, number, name, kind, country, currency, links, turnover })
}

fn link(word: &'static str) -> Option<Link> {
    let (tie, span) = word.split_once('@').unwrap_or((word, ".."));
    let tie = if tie == "^" {
        Tie::Root
    } else if let Some(organization) = tie.strip_prefix('~') {
        Tie::Member(organization)
    } else {
        let (owner, share) =
            tie.strip_prefix('<')?.split_once('=').unwrap_or((tie.get(1..)?, "100"));
        Tie::Owned(owner, share.parse().ok()?)
    };
    Some(Link { tie, span })
}

/// Gives the story years in which a party exists only in part, as `from..to`.
fn life(code: &str) -> &'static str {
    match code {
        "ELV0" | "ELV16" | "ELV17" | "ELV18" => "M-6..",
        "ELV1" => "M-30..",
        "KOG0" | "KOG1" => "M-24..",
        "VEN3" => "..M-26",
        "VEN4" => "M-14..",
        _ => "..",
    }
}

/// Gives the name a party had, and the day until which it had it.
fn former(code: &str) -> (&'static str, &'static str) {
    match code {
        "CAS0" => ("Fromageries de Castelmont", "T-410"),
        "NUS0" => ("Valsérane Nutrition SAS", "M-12"),
        _ => ("", ""),
    }
}

const HEADINGS: &str = "id,name,kind,country,currency,city,street,postal_code,sector,employees,website,since,lei,siren,\
    siret,vat,register,erp_id,crm_id,tier,status,status_since,valid_from,valid_to,former_name,former_until,\
    growth_potential,wallet,wallet_currency,note";

/// Gives `accounts.csv`.
pub(crate) fn file(calendar: Calendar, parties: &[Party], facts: &[Facts]) -> String {
    let staff = employees(parties, facts);
    let mut sheet = Sheet::new(HEADINGS);
    for party in parties {
        let facts = facts.iter().find(|facts| facts.root() == party.code);
        let heads = staff.get(party.code).filter(|heads| **heads > 0).map(ToString::to_string);
        sheet.row(row(calendar, party, facts, heads.unwrap_or_default()));
    }
    sheet.finish()
}

fn row(calendar: Calendar, party: &Party, facts: Option<&Facts>, employees: String) -> Vec<String> {
    let mut cells: Vec<String> =
        [party.code, party.name, party.kind, party.country, party.currency]
            .map(str::to_owned)
            .to_vec();
    cells.extend(address::of(party));
    cells.push(facts.map_or("", |facts| facts.sector).to_owned());
    cells.push(employees);
    cells.push(facts.map(|facts| format!("https://{}.example", facts.domain)).unwrap_or_default());
    cells.push(calendar::text(facts.and_then(|facts| calendar.read(facts.since))));
    cells.extend(identifiers::of(party));
    cells.extend(facts.map_or(["", ""], |facts| [facts.tier, facts.status]).map(str::to_owned));
    cells.push(calendar::text(facts.and_then(|facts| calendar.read(facts.status_since))));
    let (from, to) = calendar.span(life(party.code)).unwrap_or_default();
    cells.extend([calendar::text(from), calendar::text(to)]);
    let (name, until) = former(party.code);
    cells.extend([name.to_owned(), calendar::text(calendar.read(until))]);
    cells.push(facts.map(|facts| amount::decimals(facts.potential, 2)).unwrap_or_default());
    cells.push(facts.map(|facts| amount::text(facts.wallet * 100_000, "EUR")).unwrap_or_default());
    cells.extend(facts.map_or(["", ""], |facts| ["EUR", facts.note]).map(str::to_owned));
    cells
}

/// Gives the employees of each party: 0.4 a thousand euros of wallet for the group, spread like turnover.
fn employees(parties: &[Party], facts: &[Facts]) -> BTreeMap<&'static str, i128> {
    let mut heads = BTreeMap::new();
    for facts in facts {
        let group: Vec<&Party> =
            parties.iter().filter(|party| party.group() == facts.code).collect();
        let weights: Vec<i128> =
            group.iter().map(|party| euro_cents(party.minor(2), party.currency)).collect();
        let total = amount::rounded(facts.wallet * 4, 10);
        heads.extend(group.iter().map(|party| party.code).zip(spread(total, &weights)));
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_party_of_the_table_is_read() {
        let parties = all();
        let count = |kind: &str| parties.iter().filter(|party| party.kind == kind).count();
        assert_eq!(parties.len(), 150);
        assert_eq!(
            ["group", "legal_entity", "site", "business_unit", "buying_organization", "fund"]
                .map(count),
            [24, 87, 28, 9, 1, 1]
        );
        assert_eq!(parties.iter().filter(|party| party.turnover != [0; 3]).count(), 109);
    }

    #[test]
    fn a_broken_link_is_no_party() {
        assert!(read(&["X0 Name", "E FR", "?Y", "1/2/3"], 1).is_none());
        assert!(read(&["X0 Name", "Z FR", "^", "1/2/3"], 1).is_none());
    }
}
