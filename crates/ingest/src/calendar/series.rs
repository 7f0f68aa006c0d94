//! The occurrences of an event: its rule, what was added, taken out and changed.

use std::collections::BTreeMap;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{ICalendar, ICalendarProperty, ICalendarValue};
use jiff::civil::DateTime;

use crate::issue::{Issue, IssueCode};
use crate::item::Items;
use crate::options::Options;

use super::{Event, Moment, Reader};

/// So many occurrences of one event are looked at: a day of fifty years each.
const OCCURRENCES: usize = 20_000;
/// So many of all events of a file.
pub(super) const BUDGET: usize = 400_000;

/// The events with one UID: the one with the rule, and the occurrences that stand apart.
pub(super) struct Series {
    master: Option<Event>,
    apart: Vec<Event>,
}

impl Series {
    /// Brings together what belongs together, in the order of the file.
    pub(super) fn all(events: Vec<Event>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for event in events {
            let next = all.len();
            let place = event.uid.as_ref().map(|uid| *places.entry(uid.clone()).or_insert(next));
            let place = place.unwrap_or(next);
            if place == next {
                all.push(Self { master: None, apart: Vec::new() });
            }
            let Some(series) = all.get_mut(place) else { continue };
            if event.replaces.is_some() {
                series.apart.push(event);
            } else if series.master.as_ref().is_none_or(|known| known.sequence <= event.sequence) {
                series.master = Some(event);
            }
        }
        all
    }

    /// Adds a row for each occurrence; gives what is left of the budget.
    pub(super) fn tell(
        self,
        reader: &Reader,
        options: &Options,
        (mut budget, items): (usize, &mut Items),
    ) -> usize {
        let Self { master, apart } = self;
        if let Some(event) = &master {
            if event.is_private || event.is_cancelled {
                items.leave_out(why(event), event.line);
                return budget;
            }
            let is_series =
                ["RRULE", "RDATE"].iter().any(|name| has(event, name)) || !apart.is_empty();
            if is_series {
                let starts = starts(reader, event, &mut budget, items);
                for start in starts.into_iter().filter(|start| !replaced(&apart, *start)) {
                    let moment = Moment { wall: start, ..event.start };
                    if within(options, moment) {
                        items.push(event.line, row(event, moment, Some(start)));
                    }
                }
            } else if within(options, event.start) {
                items.push(event.line, row(event, event.start, None));
            } else {
                items.leave_out(IssueCode::OutsideWindow, event.line);
            }
        }
        for event in &apart {
            if event.is_private || event.is_cancelled {
                items.leave_out(why(event), event.line);
            } else if within(options, event.start) {
                let instead = event.replaces.map(|moment| moment.wall);
                items.push(event.line, row(event, event.start, instead));
            }
        }
        budget
    }
}

fn why(event: &Event) -> IssueCode {
    if event.is_private { IssueCode::PrivateLeftOut } else { IssueCode::CancelledLeftOut }
}

fn has(event: &Event, name: &str) -> bool {
    event.component.entries.iter().any(|entry| entry.name.as_str() == name)
}

fn within(options: &Options, moment: Moment) -> bool {
    let day = moment.wall.date();
    options.window.0 <= day && day <= options.window.1
}

fn replaced(apart: &[Event], start: DateTime) -> bool {
    apart.iter().filter_map(|event| event.replaces).any(|moment| moment.is(start))
}

fn row(event: &Event, moment: Moment, instead: Option<DateTime>) -> BTreeMap<String, String> {
    let mut cells = event.cells();
    let mut say = |name: &str, value: String| cells.insert(name.to_owned(), value);
    say("date", moment.wall.date().to_string());
    if moment.has_time {
        say("time", moment.wall.strftime("%H:%M").to_string());
    }
    if let Some(start) = instead {
        say("occurrence", start.strftime("%Y%m%dT%H%M%S").to_string());
        say("thread", event.uid.clone().unwrap_or_default());
    }
    cells
}

/// Gives the starts of the occurrences as the calendar shows them, in order.
fn starts(reader: &Reader, event: &Event, budget: &mut usize, items: &mut Items) -> Vec<DateTime> {
    let mut component = event.component.clone();
    component.entries.retain(|entry| {
        // The rule alone needs the start; an end before it would spoil the rest.
        !matches!(
            entry.name,
            ICalendarProperty::Dtend
                | ICalendarProperty::Duration
                | ICalendarProperty::RecurrenceId
        )
    });
    let mut has_rule = false;
    for entry in &mut component.entries {
        for value in &mut entry.values {
            if let ICalendarValue::RecurrenceRule(rule) = value {
                has_rule = true;
                rule.until = rule.until.take().map(|until| shown(&until, event));
            }
        }
    }
    if has(event, "RRULE") && !has_rule {
        items.remark(Issue::row(IssueCode::RuleUnreadable, event.line).in_column("RRULE"));
    }
    let limit = OCCURRENCES.min(*budget);
    let calendar =
        ICalendar { components: reader.zones.iter().cloned().chain([component]).collect() };
    let expanded = calendar.expand_dates(event.zone, limit);
    *budget = budget.saturating_sub(expanded.events.len());
    if expanded.events.len() >= limit || !expanded.errors.is_empty() {
        items.remark(Issue::row(IssueCode::RuleUnreadable, event.line).in_column("RRULE"));
    }
    let walls = expanded.events.into_iter().filter_map(|occurrence| {
        let at = occurrence.start;
        let at = if at.timezone().is_floating() { at } else { at.with_timezone(&event.zone) };
        at.naive_local().to_string().parse::<DateTime>().ok()
    });
    let mut starts: Vec<DateTime> = walls.collect();
    if starts.is_empty() && !expanded.errors.is_empty() {
        starts.push(event.start.wall);
    }
    let out: Vec<Moment> = event
        .component
        .properties(&ICalendarProperty::Exdate)
        .flat_map(|entry| reader.moments(entry, Some(event.zone)))
        .map(|(_, moment)| moment)
        .collect();
    // What is taken out stays out when it is added by name, too.
    starts.retain(|start| !out.iter().any(|moment| moment.is(*start)));
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Gives the end of a rule as the calendar shows it.
fn shown(until: &PartialDateTime, event: &Event) -> PartialDateTime {
    let zone: Tz = event.zone;
    if until.tz_hour.is_some()
        && let Some(at) = until.to_date_time_with_tz(zone)
    {
        let wall = at.with_timezone(&zone).naive_local();
        return PartialDateTime::from_naive_timestamp(wall.and_utc().timestamp());
    }
    let mut until = until.clone();
    if event.start.has_time && !until.has_time() {
        // A day as the end takes its whole day in.
        (until.hour, until.minute, until.second) = (Some(23), Some(59), Some(59));
    }
    until
}
