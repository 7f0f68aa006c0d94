//! `costs.csv`: cost-to-serve, one row an account and story year.

use crate::accounts::Facts;
use crate::amount::{self, euro_cents, rounded};
use crate::calendar::Calendar;
use crate::parties::Party;
use crate::table::Sheet;

/// Gives `costs.csv`, in euros at budget rates, on the account's root.
pub(crate) fn file(calendar: Calendar, parties: &[Party], facts: &[Facts]) -> String {
    let mut sheet = Sheet::new("account,type,from,to,amount,currency");
    for facts in facts {
        for year in 0..3 {
            let turnover: i128 = parties
                .iter()
                .filter(|party| party.group() == facts.code)
                .map(|party| euro_cents(party.minor(year), party.currency))
                .sum();
            if turnover > 0 {
                let cost = amount::text(rounded(turnover * facts.cost_to_serve, 1_000), "EUR");
                let (from, to) = calendar.year(year);
                let (root, from, to) = (facts.root(), from.to_string(), to.to_string());
                sheet.row([
                    root.as_str(),
                    "cost_to_serve",
                    from.as_str(),
                    to.as_str(),
                    cost.as_str(),
                    "EUR",
                ]);
            }
        }
    }
    sheet.finish()
}
