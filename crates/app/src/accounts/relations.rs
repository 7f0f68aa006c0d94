//! The people, opportunities and interactions of an account's page.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::float;
use orchestre_domain::id::{OpportunityId, PartyId, PersonId};
use orchestre_domain::money::Money;
use orchestre_domain::month::Ym;
use orchestre_domain::opportunity::Stage;
use orchestre_store::{Contact, Opinion, OpportunityLine, StageStep};

use crate::section::Section;
use crate::snapshot::Snapshot;
use crate::snapshot::pipeline::{by_opportunity, stage_on};

pub use orchestre_store::InteractionLine as InteractionRow;

/// A person of the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The title.
    pub title: Option<String>,
    /// The function.
    pub function: Option<String>,
    /// Where the person works.
    pub party: PartyId,
    /// That party's name.
    pub party_name: String,
    /// When somebody of ours last met or wrote to the person; hidden from those who may not read
    /// interactions, `None` when never.
    pub last_contact: Section<Option<Date>>,
    /// The newest opinion that still holds.
    pub opinion: Section<Option<Opinion>>,
}

/// An open opportunity.
#[derive(Debug, Clone, PartialEq)]
pub struct OpportunityRow {
    /// The opportunity.
    pub id: OpportunityId,
    /// Its name.
    pub name: Option<String>,
    /// The product's name or reference.
    pub product: Option<String>,
    /// The kind of business.
    pub kind: Option<String>,
    /// The stage on the day.
    pub stage: Stage,
    /// The probability that was entered.
    pub probability: Option<f64>,
    /// The amount as it was given.
    pub amount: Option<Money>,
    /// The amount in the asked currency.
    pub amount_minor: Option<i64>,
    /// Weighed by the probability.
    pub weighted_minor: Option<i64>,
    /// When it is expected to close.
    pub close_on: Option<Date>,
    /// Who owns it.
    pub owner: Option<String>,
}

/// Gives the people; those met last come first, then by name.
pub(crate) fn people(
    contacts: Vec<Contact>,
    last: Option<&BTreeMap<PersonId, Date>>,
    opinions: Option<&BTreeMap<PersonId, Opinion>>,
) -> Vec<PersonRow> {
    let mut rows: Vec<PersonRow> = contacts
        .into_iter()
        .map(|contact| PersonRow {
            last_contact: match last {
                Some(last) => Section::Shown(last.get(&contact.person).copied()),
                None => Section::Hidden,
            },
            opinion: match opinions {
                Some(opinions) => Section::Shown(opinions.get(&contact.person).cloned()),
                None => Section::Hidden,
            },
            person: contact.person,
            name: contact.name,
            title: contact.title,
            function: contact.function,
            party: contact.party,
            party_name: contact.party_name,
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.last_contact.shown().copied().flatten()));
    rows
}

/// Gives the opportunities that are open on the day, converted.
pub(crate) fn opportunities(
    snapshot: &Snapshot,
    lines: Vec<OpportunityLine>,
    steps: Vec<StageStep>,
) -> Vec<OpportunityRow> {
    let (terms, as_of) = (snapshot.terms(), snapshot.key.asked.as_of);
    let steps = by_opportunity(steps);
    lines
        .into_iter()
        .filter_map(|line| {
            let own = steps.get(&line.basis.id).map_or(&[][..], Vec::as_slice);
            // A history that ends before the day leaves the present stage as it is.
            let own = if own.iter().any(|step| step.since > as_of) { own } else { &[] };
            let (stage, _) = stage_on(&line.basis, own, as_of)?;
            let amount_minor = line.basis.amount.and_then(|amount| {
                let given = (amount.minor, amount.currency);
                terms.exchange.convert(terms.rule, given, terms.to, Ym::of(as_of))
            });
            stage.is_open().then(|| OpportunityRow {
                id: line.basis.id,
                name: line.name,
                product: line.product,
                kind: line.kind,
                stage,
                probability: line.basis.probability,
                amount: line.basis.amount,
                amount_minor,
                weighted_minor: amount_minor.zip(line.basis.probability).map(
                    |(minor, probability)| float::round(float::from_minor(minor) * probability),
                ),
                close_on: line.basis.close_on,
                owner: line.owner,
            })
        })
        .collect()
}
