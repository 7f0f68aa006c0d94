//! Calendars: an event is one row, a recurring one a row an occurrence.
//!
//! Times stand as the calendar shows them: in the zone of the event, those in UTC in the zone
//! that the calendar names for itself.

mod cut;
mod series;

use std::collections::BTreeMap;
use std::str::FromStr;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarClassification, ICalendarComponent, ICalendarEntry, ICalendarParameterName,
    ICalendarParticipationStatus, ICalendarProperty, ICalendarStatus, ICalendarUserTypes,
    ICalendarValue,
};
use calcard::icalendar::{ICalendarParameterValue, timezone::TzResolver};
use calcard::{Entry, Parser};
use jiff::civil::DateTime;

use crate::issue::{Issue, IssueCode};
use crate::item::{Items, is_marked_private, participant};
use crate::options::Options;

use self::cut::Cut;
use self::series::Series;

/// Gives the events of a text.
pub(crate) fn items(text: &str, options: &Options) -> Items {
    let cut = Cut::new(text);
    let zones = zones(&cut.zones);
    let resolver = zones.build_owned_tz_resolver();
    let reader = Reader {
        resolver,
        zones: zones.components,
        shown_in: cut.shown_in.as_deref().and_then(|name| Tz::from_str(name).ok()),
        is_cancelled: cut.is_cancelled,
    };
    let mut items = Items::default();
    let mut events: Vec<Event> = Vec::new();
    for (line, block) in &cut.events {
        match reader.event(*line, block) {
            Ok(event) => events.push(event),
            Err(issue) => items.refuse(issue),
        }
    }
    Series::all(events)
        .into_iter()
        .fold(series::BUDGET, |budget, series| series.tell(&reader, options, (budget, &mut items)));
    items
}

/// Gives the time zones that a calendar defines.
fn zones(text: &str) -> ICalendar {
    let text = format!("BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n");
    match Parser::new(&text).entry() {
        Entry::ICalendar(calendar) => {
            ICalendar { components: calendar.timezones().cloned().collect() }
        }
        _ => ICalendar::default(),
    }
}

/// What all events of a file share.
struct Reader {
    resolver: TzResolver<String>,
    zones: Vec<ICalendarComponent>,
    /// The zone in which the calendar shows times of no zone of their own.
    shown_in: Option<Tz>,
    is_cancelled: bool,
}

/// A moment as the calendar shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    wall: DateTime,
    has_time: bool,
}

impl Moment {
    /// Says whether an occurrence begins then; a day means whatever begins on it.
    fn is(self, start: DateTime) -> bool {
        self.wall == start || !self.has_time && self.wall.date() == start.date()
    }
}

/// An event as it stands.
struct Event {
    line: u32,
    component: ICalendarComponent,
    uid: Option<String>,
    sequence: i64,
    start: Moment,
    zone: Tz,
    minutes: Option<i64>,
    /// The start of the occurrence that this event replaces.
    replaces: Option<Moment>,
    is_private: bool,
    is_cancelled: bool,
}

impl Reader {
    fn event(&self, line: u32, block: &str) -> Result<Event, Issue> {
        let wrong = |code: IssueCode, column: &str| Issue::row(code, line).in_column(column);
        let Entry::ICalendar(parsed) = Parser::new(block).entry() else {
            return Err(Issue::row(IssueCode::RowUnreadable, line).with_value(block));
        };
        let component = parsed.components.into_iter().next().unwrap_or_default();
        let start = component.property(&ICalendarProperty::Dtstart);
        let replaces = component.property(&ICalendarProperty::RecurrenceId);
        let entry =
            start.or(replaces).ok_or_else(|| wrong(IssueCode::RequiredMissing, "DTSTART"))?;
        let unreadable = || {
            let value = entry.values.first().and_then(ICalendarValue::as_text);
            wrong(IssueCode::DateUnreadable, "DTSTART").with_value(value.unwrap_or_default())
        };
        let (zone, moment) = self.moment(entry, None).ok_or_else(unreadable)?;
        let instead = replaces.and_then(|entry| self.moment(entry, Some(zone)));
        let text = |property| component.property(property).and_then(text);
        let class = component.property(&ICalendarProperty::Class);
        let is_private = matches!(
            class.and_then(|entry| entry.values.first()),
            Some(ICalendarValue::Classification(
                ICalendarClassification::Private | ICalendarClassification::Confidential
            ))
        );
        Ok(Event {
            line,
            uid: component.uid().map(str::trim).filter(|uid| !uid.is_empty()).map(str::to_owned),
            sequence: component
                .property(&ICalendarProperty::Sequence)
                .and_then(|entry| entry.values.first()?.as_integer())
                .unwrap_or(0),
            minutes: self.minutes(&component, zone, moment),
            start: moment,
            zone,
            replaces: instead.map(|(_, moment)| moment),
            is_private: is_private
                || text(&ICalendarProperty::Summary).is_some_and(is_marked_private),
            is_cancelled: self.is_cancelled
                || component.status() == Some(&ICalendarStatus::Cancelled),
            component,
        })
    }

    /// Gives a moment as the calendar shows it, in the given zone or its own, and that zone.
    fn moment(&self, entry: &ICalendarEntry, zone: Option<Tz>) -> Option<(Tz, Moment)> {
        self.moments(entry, zone).next()
    }

    /// Gives all moments of a property, as [`Reader::moment`] gives the first.
    fn moments<'a>(
        &'a self,
        entry: &'a ICalendarEntry,
        zone: Option<Tz>,
    ) -> impl Iterator<Item = (Tz, Moment)> + 'a {
        let own = entry.tz_id().and_then(|name| self.resolver.resolve(name));
        entry.values.iter().filter_map(move |value| {
            let ICalendarValue::PartialDateTime(written) = value else { return None };
            self.shown(written, own, zone)
        })
    }

    fn shown(
        &self,
        written: &PartialDateTime,
        own: Option<Tz>,
        zone: Option<Tz>,
    ) -> Option<(Tz, Moment)> {
        let own = own.or(zone).unwrap_or(Tz::Floating);
        if written.tz_hour.is_none() && (zone.is_none() || zone == Some(own)) {
            // A wall time that the clocks skipped or repeat is still what stands there.
            let wall = written.to_date_time()?.date_time.to_string().parse().ok()?;
            return Some((own, Moment { wall, has_time: written.has_time() }));
        }
        let at = written.to_date_time_with_tz(own)?;
        let shown = zone.or_else(|| self.shown_in.filter(|_| own.is_floating()));
        let at = shown.map_or(at, |zone| at.with_timezone(&zone));
        let wall = at.naive_local().to_string().parse().ok()?;
        Some((at.timezone(), Moment { wall, has_time: written.has_time() }))
    }

    fn minutes(&self, event: &ICalendarComponent, zone: Tz, start: Moment) -> Option<i64> {
        if !start.has_time {
            return None;
        }
        let minutes = if let Some(end) = event.property(&ICalendarProperty::Dtend) {
            let (_, end) = self.moment(end, Some(zone))?;
            Some(end.wall.duration_since(start.wall).as_mins())
        } else {
            let entry = event.property(&ICalendarProperty::Duration)?;
            let Some(ICalendarValue::Duration(duration)) = entry.values.first() else {
                return None;
            };
            Some(duration.as_seconds().div_euclid(60))
        };
        minutes.filter(|minutes| (0..=100_000).contains(minutes))
    }
}

fn text(entry: &ICalendarEntry) -> Option<&str> {
    entry.values.first().and_then(ICalendarValue::as_text)
}

impl Event {
    /// Gives what the event says, but for its moment, under the names of our columns.
    fn cells(&self) -> BTreeMap<String, String> {
        let mut cells = BTreeMap::new();
        let mut say = |name: &str, value: String| {
            if !value.trim().is_empty() {
                cells.insert(name.to_owned(), value);
            }
        };
        let property = |name| self.component.property(name).and_then(text).unwrap_or_default();
        say("id", self.uid.clone().unwrap_or_default());
        say("type", "meeting".to_owned());
        say("subject", property(&ICalendarProperty::Summary).trim().to_owned());
        say("minutes", self.minutes.map(|minutes| minutes.to_string()).unwrap_or_default());
        say("participants", self.participants().join("; "));
        say("source", "calendar".to_owned());
        cells
    }

    /// Gives the people of the event, the organizer first; who declined was not there.
    fn participants(&self) -> Vec<String> {
        let organizer = self.component.properties(&ICalendarProperty::Organizer);
        let attendees = self.component.properties(&ICalendarProperty::Attendee);
        let mut people: BTreeMap<String, usize> = BTreeMap::new();
        let mut list: Vec<String> = Vec::new();
        for entry in organizer.chain(attendees.filter(|entry| took_part(entry))) {
            let name = entry.parameter(&ICalendarParameterName::Cn).and_then(|cn| cn.as_text());
            let address = entry.calendar_address().or_else(|| text(entry)).unwrap_or_default();
            let place = people.len();
            let Some(person) = participant(name, address) else { continue };
            if *people.entry(address.to_lowercase()).or_insert(place) == place {
                list.push(person);
            }
        }
        list
    }
}

fn took_part(entry: &ICalendarEntry) -> bool {
    !entry.params.iter().any(|param| {
        matches!(
            param.value,
            ICalendarParameterValue::Cutype(
                ICalendarUserTypes::Room | ICalendarUserTypes::Resource
            ) | ICalendarParameterValue::Partstat(ICalendarParticipationStatus::Declined)
        )
    })
}
