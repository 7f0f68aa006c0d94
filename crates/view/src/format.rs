//! Numbers, money, shares and days as the reader's language writes them.
//!
//! Signs, names of months and the order of names come from icu once; after that a number is a
//! few pushes into a string, because a table has thousands of them.

mod day;
mod money;
mod number;

pub use day::{
    day, day_long, day_short, moment, month, month_axis, month_long, month_short, weekday,
};
pub use money::{
    currency_sign, money, money_change, money_exact, money_short, thousands, thousands_unit,
};
pub use number::{change, count, count_of, decimal, percent, percent_whole, signed};

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::{Locale, locale};

use crate::lang::Lang;

/// What stands where there is no value.
pub const MISSING: &str = "–";

/// The space inside a French number: narrow, never broken.
pub(crate) const NARROW: char = '\u{202f}';
/// The space before a unit: never broken.
pub(crate) const FIRM: char = '\u{a0}';

static COLLATORS: LazyLock<[Option<CollatorBorrowed<'static>>; 2]> = LazyLock::new(|| {
    [Lang::En, Lang::Fr].map(|lang| {
        let wishes = CollatorPreferences::from(&locale_of(lang));
        CollatorBorrowed::try_new(wishes, CollatorOptions::default()).ok()
    })
});

/// Gives the order of two names in a language: accents and case count last.
pub fn collate(lang: Lang, left: &str, right: &str) -> Ordering {
    let collator = match (lang, &*COLLATORS) {
        (Lang::En, [english, _]) => english,
        (Lang::Fr, [_, french]) => french,
    };
    collator.as_ref().map_or_else(|| left.cmp(right), |collator| collator.compare(left, right))
}

pub(crate) const fn locale_of(lang: Lang) -> Locale {
    match lang {
        Lang::En => locale!("en-GB"),
        Lang::Fr => locale!("fr"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_do_not_send_a_name_to_the_end() {
        let mut names = ["Zeeduin", "Éclair", "eau", "Ébène", "Dvořák"];
        names.sort_by(|a, b| collate(Lang::Fr, a, b));
        assert_eq!(names, ["Dvořák", "eau", "Ébène", "Éclair", "Zeeduin"]);
    }
}
