//! `rates.csv` and `budget_rates.csv`.

use crate::amount::{BUDGET, decimals};
use crate::calendar::Calendar;
use crate::table::Sheet;
use jiff::ToSpan as _;
use jiff::civil::Weekday;

/// Units for one euro in each quarter of the story, oldest first.
const QUARTERS: [(&str, [&str; 12]); 4] = [
    (
        "USD",
        [
            "1.082", "1.078", "1.088", "1.095", "1.071", "1.058", "1.092", "1.128", "1.121",
            "1.109", "1.104", "1.112",
        ],
    ),
    (
        "JPY",
        [
            "161.2", "163.5", "168.1", "165.0", "158.4", "161.0", "157.2", "160.8", "163.9",
            "166.2", "164.7", "163.1",
        ],
    ),
    (
        "GBP",
        [
            ".872", ".868", ".857", ".853", ".845", ".840", ".838", ".845", ".852", ".861", ".866",
            ".870",
        ],
    ),
    (
        "PLN",
        [
            "4.38", "4.33", "4.30", "4.28", "4.31", "4.26", "4.22", "4.25", "4.27", "4.29", "4.31",
            "4.33",
        ],
    ),
];

/// Gives `rates.csv`: one line a working day, the latest first, up to T; the month of T keeps the last quarter.
pub(crate) fn file(calendar: Calendar) -> String {
    let mut sheet = Sheet::new("Date,USD,JPY,GBP,PLN");
    let first = calendar.month(36);
    let mut day = calendar.t();
    while day >= first {
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            let quarter = (1..12).filter(|quarter| day >= calendar.month(36 - 3 * quarter)).count();
            let mut row = vec![day.to_string()];
            row.extend(QUARTERS.iter().map(|(_, rates)| {
                let rate = rates.get(quarter).copied().unwrap_or_default();
                if rate.starts_with('.') { format!("0{rate}") } else { rate.to_owned() }
            }));
            sheet.row(row);
        }
        day = day.saturating_sub(1.day());
    }
    sheet.finish()
}

/// Gives `budget_rates.csv`: the same rates for every fiscal year that the story touches.
pub(crate) fn budget_file(calendar: Calendar) -> String {
    let mut sheet = Sheet::new("currency,rate,rule,fiscal_year");
    for year in calendar.month(36).year()..=calendar.t().year() + 1 {
        for (currency, rate) in BUDGET {
            sheet.row([
                currency.to_owned(),
                decimals(rate, 2),
                "budget".to_owned(),
                year.to_string(),
            ]);
        }
    }
    sheet.finish()
}
