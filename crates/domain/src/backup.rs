//! When backups are made and which are kept: shipped defaults \[D\] that users see and change.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;
/// Microseconds of a day.
const DAY: i64 = 24 * HOUR;

/// The rules of backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupRules {
    /// The hour of the day (UTC) from which the daily backup is made.
    pub hour: i64,
    /// The last of so many days are kept.
    pub daily: i64,
    /// The last of so many weeks are kept.
    pub weekly: i64,
    /// The last of so many months are kept.
    pub monthly: i64,
}

impl Default for BackupRules {
    fn default() -> Self {
        Self { hour: 2, daily: 7, weekly: 4, monthly: 12 }
    }
}

/// Gives the period of a day: its year, and its number in it.
type Named<'a> = &'a dyn Fn(Date) -> (i16, i64);

impl BackupRules {
    /// Gives the numbers with their names and limits: name, value, least, most.
    pub const fn numbers(&self) -> [(&'static str, i64, i64, i64); 4] {
        [
            ("hour", self.hour, 0, 23),
            ("daily", self.daily, 1, 366),
            ("weekly", self.weekly, 0, 520),
            ("monthly", self.monthly, 0, 240),
        ]
    }

    /// Sets a number by its name; an unknown name changes nothing.
    pub fn set(&mut self, name: &str, value: i64) {
        match name {
            "hour" => self.hour = value,
            "daily" => self.daily = value,
            "weekly" => self.weekly = value,
            "monthly" => self.monthly = value,
            _ => {}
        }
    }

    /// Gives the name of the first number that is out of its limits.
    pub fn wrong(&self) -> Option<&'static str> {
        let mut numbers = self.numbers().into_iter();
        numbers.find(|(_, value, least, most)| value < least || value > most).map(|found| found.0)
    }

    /// Says whether a backup is due at `now` when the last was made at `last`, both µs.
    pub const fn is_due(&self, now: i64, last: i64) -> bool {
        let today = now - now.rem_euclid(DAY) + self.hour * HOUR;
        let since = if today <= now { today } else { today - DAY };
        last < since
    }

    /// Gives which of these days of backups, the newest first, are kept: the newest of each day,
    /// week and month; the very newest always.
    pub fn kept(&self, days: &[Date]) -> BTreeSet<usize> {
        let mut kept: BTreeSet<usize> = days.first().map(|_| 0).into_iter().collect();
        let week = |day: Date| (day.iso_week_date().year(), i64::from(day.iso_week_date().week()));
        let month = |day: Date| (day.year(), i64::from(day.month()));
        let date = |day: Date| (day.year(), i64::from(day.day_of_year()));
        let rules: [(i64, Named<'_>); 3] =
            [(self.daily, &date), (self.weekly, &week), (self.monthly, &month)];
        for (most, name) in rules {
            let mut seen = BTreeSet::new();
            for (at, day) in days.iter().enumerate() {
                let is_more = i64::try_from(seen.len()).is_ok_and(|count| count < most);
                if is_more && seen.insert(name(*day)) {
                    kept.insert(at);
                }
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_weeks_and_months_are_thinned_out() {
        let mut day = date(2026, 11, 23);
        let mut days = Vec::new();
        for _ in 0..500 {
            days.extend([day, day]);
            day = day.yesterday().unwrap();
        }
        let kept = BackupRules::default().kept(&days);
        let found: Vec<String> = kept.iter().map(|at| days[*at].to_string()).collect();
        assert!(kept.iter().all(|at| at % 2 == 0), "the newest of a day");
        assert_eq!(
            found[..10],
            [
                "2026-11-23",
                "2026-11-22",
                "2026-11-21",
                "2026-11-20",
                "2026-11-19",
                "2026-11-18",
                "2026-11-17",
                "2026-11-15",
                "2026-11-08",
                "2026-10-31",
            ]
        );
        assert_eq!(kept.len(), 20);
        let none = BackupRules { daily: 0, weekly: 0, monthly: 0, hour: 2 };
        assert_eq!(none.kept(&days), BTreeSet::from([0]), "the newest stays whatever is asked");
    }

    #[test]
    fn a_backup_is_due_once_a_day_from_its_hour_on() {
        let rules = BackupRules::default();
        let (midnight, now) = (100 * DAY, 100 * DAY + 2 * HOUR);
        assert!(rules.is_due(now, 0) && rules.is_due(now, midnight), "the hour came");
        assert!(!rules.is_due(now + HOUR, now), "it was made");
        assert!(!rules.is_due(midnight + HOUR, midnight - DAY + 3 * HOUR), "not before the hour");
        assert!(rules.is_due(midnight + HOUR, midnight - DAY), "the one of yesterday is missing");
    }

    #[test]
    fn numbers_have_limits() {
        let mut rules = BackupRules::default();
        assert_eq!(rules.wrong(), None);
        rules.set("hour", 24);
        assert_eq!(rules.wrong(), Some("hour"));
    }
}
