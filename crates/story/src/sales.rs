//! The lines of 36 months: exact by party and year, then spread over months, families and products.

mod credits;
mod file;
mod months;
mod prices;

use crate::accounts::Facts;
use crate::amount::{per_hundred_euros, rounded, spread};
use crate::calendar::Calendar;
use crate::parties::Party;
use crate::products::Product;
use crate::random::Stream;
pub(crate) use file::file;
use jiff::ToSpan as _;
use jiff::civil::Date;
use prices::Agreed;

/// A line of sales before it has a document.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    pub(crate) party: &'a Party,
    pub(crate) product: &'a Product,
    pub(crate) day: Date,
    pub(crate) quantity: i128,
    pub(crate) amount: i128,
    pub(crate) cost: i128,
    /// An agreed price in ten-thousandths of the currency; otherwise the price follows from the amount.
    pub(crate) agreed: Option<i128>,
    /// The number of the line that a credit note corrects.
    pub(crate) credits: Option<usize>,
}

/// What the lines are made from.
pub(crate) struct Source<'a> {
    pub(crate) calendar: Calendar,
    pub(crate) parties: &'a [Party],
    pub(crate) facts: &'a [Facts],
    pub(crate) products: &'a [Product],
}

/// Gives every line with its credit notes.
pub(crate) fn lines<'a>(source: &Source<'a>) -> Vec<Line<'a>> {
    credits::with_credits(source.calendar, invoiced(source))
}

/// Gives the lines before credit notes, party by party.
pub(crate) fn invoiced<'a>(source: &Source<'a>) -> Vec<Line<'a>> {
    let agreed = prices::all();
    let mut lines = Vec::new();
    for party in source.parties {
        let Some(facts) = source.facts.iter().find(|facts| facts.code == party.group()) else {
            continue;
        };
        for year in 0..3 {
            let mut own = match party.code {
                "VER3" => twice_a_month(source, party, year),
                _ => party_year(source, party, facts, (year, &agreed)),
            };
            put_costs(&mut own, party, facts, year);
            lines.extend(own);
        }
    }
    lines
}

/// Gives the lines of the company bought in the middle of a month: one product on the 5th and the 25th.
fn twice_a_month<'a>(source: &Source<'a>, party: &'a Party, year: usize) -> Vec<Line<'a>> {
    let Some(product) = source.products.iter().find(|product| product.code == "BR-720") else {
        return Vec::new();
    };
    let amount = 1_250_000;
    let quantity = usual_quantity(amount, product, party.currency);
    let days = (0..12)
        .flat_map(|month| [4, 24].map(|day| first_of(source.calendar, year, month) + day.days()));
    days.map(|day| Line {
        party,
        product,
        day,
        quantity,
        amount,
        cost: 0,
        agreed: None,
        credits: None,
    })
    .collect()
}

fn first_of(calendar: Calendar, year: usize, month: usize) -> Date {
    calendar.month(36 - i64::try_from(12 * year + month).unwrap_or(0))
}

fn party_year<'a>(
    source: &Source<'a>,
    party: &'a Party,
    facts: &Facts,
    (year, agreed): (usize, &[Agreed]),
) -> Vec<Line<'a>> {
    let mut stream = Stream::new("sales", &format!("{}/{}", party.code, year + 1));
    let months = months::amounts(source.calendar, party, (facts, year), &mut stream);
    let cells =
        if year == 2 { prices::of(agreed, party, source.products, &months) } else { Vec::new() };
    let closed: Vec<&str> = agreed
        .iter()
        .filter(|cell| year == 2 && cell.group() == party.group())
        .map(|cell| cell.product)
        .collect();
    let mut lines = Vec::new();
    for (month, amount) in months.iter().enumerate() {
        let first = first_of(source.calendar, year, month);
        let mut families = spread(*amount, &facts.mix(year));
        for cell in &cells {
            let Some((quantity, amount)) = cell.months.get(month).copied() else { continue };
            if let Some(rest) = families.get_mut(cell.product.family) {
                *rest -= amount;
            }
            let day = day_of(first, cell.product);
            let agreed = Some(cell.price);
            lines.push(Line {
                party,
                product: cell.product,
                day,
                quantity,
                amount,
                cost: 0,
                agreed,
                credits: None,
            });
        }
        for (family, amount) in families.into_iter().enumerate().filter(|(_, amount)| *amount > 0) {
            let range: Vec<&Product> =
                source.products.iter().filter(|product| product.family == family).collect();
            let open = |product: &Product| {
                !closed.contains(&product.code)
                    && product.exists(source.calendar, day_of(first, product))
            };
            let Some(product) = drawn(&range, party.number, open, &mut stream) else { continue };
            let quantity = usual_quantity(amount, product, party.currency);
            let day = day_of(first, product);
            lines.push(Line {
                party,
                product,
                day,
                quantity,
                amount,
                cost: 0,
                agreed: None,
                credits: None,
            });
        }
    }
    lines
}

/// Gives the day of a line: 5, 12, 19 or 26 by the number of the family, 1 to 8, modulo 4.
fn day_of(first: Date, product: &Product) -> Date {
    let turn = i64::try_from(product.family + 1).unwrap_or(0).rem_euclid(4);
    first.saturating_add((4 + 7 * turn).days())
}

/// Draws a product of a family with fixed weights in the order of the range, rotated by the party's number.
fn drawn<'a>(
    range: &[&'a Product],
    number: i64,
    open: impl Fn(&Product) -> bool,
    stream: &mut Stream,
) -> Option<&'a Product> {
    let turn = usize::try_from(number).ok()?.checked_rem(range.len())?;
    let weighted: Vec<(&Product, i128)> = range
        .iter()
        .cycle()
        .skip(turn)
        .zip([40, 25, 15, 10, 5, 3, 1, 1])
        .take(range.len())
        .filter(|(product, _)| open(product))
        .map(|(product, weight)| (*product, weight))
        .collect();
    let total: i128 = weighted.iter().map(|(_, weight)| weight).sum();
    let mut mark = stream.below(u64::try_from(total).ok()?);
    for (product, weight) in weighted {
        if mark < weight {
            return Some(product);
        }
        mark -= weight;
    }
    None
}

/// Gives the quantity of an amount at 86 % of the list price and budget rates, at least 1.
fn usual_quantity(amount: i128, product: &Product, currency: &str) -> i128 {
    let hundredths = crate::amount::hundredths(amount, currency);
    rounded(hundredths * 10_000, product.list_price * 86 * per_hundred_euros(currency)).max(1)
}

/// Spreads the exact cost of a party's year over its lines by product cost × quantity.
fn put_costs(lines: &mut [Line<'_>], party: &Party, facts: &Facts, year: usize) {
    let margin = facts.margin.get(year).copied().unwrap_or(0);
    let total = rounded(party.minor(year) * (1_000 - margin), 1_000);
    let weights: Vec<i128> = lines.iter().map(|line| line.product.cost * line.quantity).collect();
    for (line, cost) in lines.iter_mut().zip(spread(total, &weights)) {
        line.cost = cost;
    }
}
