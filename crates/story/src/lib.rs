//! The demo story: Ardenval and its twenty-five customer groups, as clean files in the formats that the imports read.
//!
//! Everything is invented. Given T, the Monday on which the story is told, the files are the same byte for byte; the
//! totals are the same for every T. What is fixed stands in the tables under `tables/`; what is drawn comes from
//! streams of SHA-256 named by file and code.

mod accounts;
mod amount;
mod calendar;
mod costs;
mod interactions;
mod links;
mod mail;
mod opportunities;
mod parties;
mod people;
mod plans;
mod products;
mod programme;
mod random;
mod rates;
mod sales;
mod scores;
mod table;
mod waiting;

pub use calendar::{FROZEN_T, monday};
pub use programme::{Programme, StoryLoan, StoryLogin, programme};

use calendar::Calendar;
use jiff::civil::Date;

/// A file of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryFile {
    /// The name, `accounts.csv`.
    pub name: &'static str,
    /// The kind of import, `accounts`.
    pub kind: &'static str,
    /// The whole text, UTF-8.
    pub text: String,
}

/// Gives the files of the story told on T, in the order in which they are imported.
///
/// ```
/// let files = orchestre_story::files(orchestre_story::FROZEN_T);
/// assert_eq!(files.first().map(|file| file.name), Some("accounts.csv"));
/// ```
pub fn files(t: Date) -> Vec<StoryFile> {
    let calendar = Calendar::new(t);
    let (parties, facts, products) = (parties::all(), accounts::all(), products::all());
    let (staff, customers) = people::all();
    let source = sales::Source { calendar, parties: &parties, facts: &facts, products: &products };
    let file = |name, kind, text| StoryFile { name, kind, text };
    vec![
        file("accounts.csv", "accounts", parties::file(calendar, &parties, &facts)),
        file("links.csv", "links", links::file(calendar, &parties)),
        file("people.csv", "people", people::file(calendar, &staff, &customers, &facts)),
        file("products.csv", "products", products::file(calendar, &products)),
        file("rates.csv", "rates", rates::file(calendar)),
        file("budget_rates.csv", "rates", rates::budget_file(calendar)),
        file("sales.csv", "sales", sales::file(&sales::lines(&source))),
        file("costs.csv", "costs", costs::file(calendar, &parties, &facts)),
        file("opportunities.csv", "opportunities", opportunities::file(calendar, &facts)),
        file("interactions.csv", "interactions", interactions::file(calendar, &staff, &customers)),
        file("scores.csv", "scores", scores::file(calendar, &facts)),
        file("plans.json", "plans", plans::file(calendar)),
    ]
}

/// Gives the mailbox of the week before T: three addresses in it belong to nobody known, and what
/// is no exchange between people stays out.
pub fn mail(t: Date) -> StoryFile {
    mail::file(t)
}

/// Gives the files that came on the morning of T and wait for an answer, in the order of a drop.
pub fn waiting(t: Date) -> Vec<StoryFile> {
    vec![waiting::moves(), waiting::credits(t)]
}

#[cfg(test)]
mod tests;
