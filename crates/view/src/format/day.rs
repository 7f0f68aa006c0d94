//! Days and months.

use std::sync::LazyLock;

use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{E, M};
use icu_datetime::input;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use orchestre_domain::month::Ym;

use super::locale_of;
use crate::lang::Lang;

/// The names of the days and months of a language.
struct Names {
    short: Vec<String>,
    long: Vec<String>,
    weekdays: Vec<String>,
}

static NAMES: LazyLock<[Names; 2]> = LazyLock::new(|| [read(Lang::En), read(Lang::Fr)]);

fn names(lang: Lang) -> &'static Names {
    let [english, french] = &*NAMES;
    match lang {
        Lang::En => english,
        Lang::Fr => french,
    }
}

fn read(lang: Lang) -> Names {
    let locale = locale_of(lang);
    let brief = DateTimeFormatter::try_new((&locale).into(), M::medium()).ok();
    let whole = DateTimeFormatter::try_new((&locale).into(), M::long()).ok();
    let weekly = DateTimeFormatter::try_new((&locale).into(), E::long()).ok();
    let all = |formatter: Option<DateTimeFormatter<M>>| {
        (1..=12_u8)
            .map(|month| {
                let day = input::Date::try_new_iso(2024, month, 1).ok();
                match (day, &formatter) {
                    (Some(day), Some(formatter)) => formatter.format(&day).to_string(),
                    _ => month.to_string(),
                }
            })
            .collect()
    };
    let weekdays = (1..=7_u8)
        .map(|number| {
            let day = input::Date::try_new_iso(2024, 1, number).ok(); // a Monday
            match (day, &weekly) {
                (Some(day), Some(formatter)) => formatter.format(&day).to_string(),
                _ => number.to_string(),
            }
        })
        .collect();
    Names { short: all(brief), long: all(whole), weekdays }
}

fn nth(names: &[String], number: i8) -> &str {
    usize::try_from(number - 1).ok().and_then(|index| names.get(index)).map_or("", String::as_str)
}

fn number_of(lang: Lang, day: Date) -> String {
    match (lang, day.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (_, number) => number.to_string(),
    }
}

/// Gives a day: 23 Nov 2026 or 23 nov. 2026.
pub fn day(lang: Lang, day: Date) -> String {
    format!("{} {}", day_short(lang, day), day.year())
}

/// Gives an instant: 23 Nov 2026, 09:05 UTC. Instants out of range give an empty text.
///
/// # Units
/// Takes microseconds since 1970.
pub fn moment(lang: Lang, micros: i64) -> String {
    let Ok(at) = Timestamp::from_microsecond(micros) else { return String::new() };
    let at = at.to_zoned(TimeZone::UTC);
    format!("{}, {:02}:{:02} UTC", day(lang, at.date()), at.hour(), at.minute())
}

/// Gives a day without its year: 23 Nov or 23 nov.
pub fn day_short(lang: Lang, day: Date) -> String {
    format!("{} {}", number_of(lang, day), nth(&names(lang).short, day.month()))
}

/// Gives a day in full: Monday 23 November 2026 or lundi 23 novembre 2026.
pub fn day_long(lang: Lang, day: Date) -> String {
    let month = nth(&names(lang).long, day.month());
    format!("{} {} {month} {}", weekday(lang, day), number_of(lang, day), day.year())
}

/// Gives the day of the week: Monday or lundi.
pub fn weekday(lang: Lang, day: Date) -> &'static str {
    nth(&names(lang).weekdays, day.weekday().to_monday_one_offset())
}

/// Gives a month: Nov 2026 or nov. 2026.
pub fn month(lang: Lang, month: Ym) -> String {
    format!("{} {}", month_short(lang, month), month.year())
}

/// Gives a month in full: November 2026 or novembre 2026.
pub fn month_long(lang: Lang, month: Ym) -> String {
    let number = i8::try_from(month.month()).unwrap_or(0);
    format!("{} {}", nth(&names(lang).long, number), month.year())
}

/// Gives a month without its year: Nov or nov.
pub fn month_short(lang: Lang, month: Ym) -> &'static str {
    nth(&names(lang).short, i8::try_from(month.month()).unwrap_or(0))
}

/// Gives a month under an axis: its year in two digits only where the year begins or changes.
pub fn month_axis(lang: Lang, month: Ym, before: Option<Ym>) -> String {
    if before.is_some_and(|before| before.year() == month.year()) {
        month_short(lang, month).to_owned()
    } else {
        format!("{} {:02}", month_short(lang, month), month.year().rem_euclid(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_written_in_both_languages() {
        let november = date(2026, 11, 23);
        assert_eq!(day(Lang::En, november), "23 Nov 2026");
        assert_eq!(day(Lang::Fr, november), "23 nov. 2026");
        assert_eq!(day_short(Lang::Fr, date(2026, 3, 1)), "1er mars");
        assert_eq!(day_long(Lang::En, november), "Monday 23 November 2026");
        assert_eq!(day_long(Lang::Fr, november), "lundi 23 novembre 2026");
        assert_eq!(weekday(Lang::Fr, date(2026, 11, 22)), "dimanche");
    }

    #[test]
    fn a_year_is_written_where_it_changes() {
        let january = Ym::new(202_601).unwrap();
        assert_eq!(month(Lang::Fr, january), "janv. 2026");
        assert_eq!(month_axis(Lang::Fr, january, Ym::new(202_512)), "janv. 26");
        assert_eq!(month_axis(Lang::En, january.plus(1), Some(january)), "Feb");
    }
}
