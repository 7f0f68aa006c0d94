//! Contact cards, vCard 2.1, 3.0 and 4.0: one card is one person.

use std::collections::BTreeMap;

use calcard::common::IanaString;
use calcard::vcard::{VCard, VCardEntry, VCardParameterName, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use orchestre_domain::import::ImportKind;

use crate::heading::{columns, heading_key};
use crate::issue::{Issue, IssueCode};
use crate::item::Items;

/// What a card says about itself or in bytes: nobody asks for it in a list of people.
const LEFT_OUT: [&str; 11] = [
    "begin",
    "end",
    "version",
    "prodid",
    "rev",
    "photo",
    "logo",
    "sound",
    "key",
    "x-ablabel",
    "x-ms-ol-design",
];

/// Gives the cards of a text.
pub(crate) fn items(text: &str) -> Items {
    let mut items = Items::default();
    for (line, card) in cards(text) {
        let mut parser = Parser::new(card);
        match parser.entry() {
            Entry::VCard(card) => take(&mut items, line, &Card::new(&card)),
            _ => items.refuse(Issue::row(IssueCode::RowUnreadable, line).with_value(card)),
        }
    }
    items
}

/// Cuts a text at the lines that begin a card; gives each with its line.
fn cards(text: &str) -> Vec<(u32, &str)> {
    let mut cards = Vec::new();
    let (mut begin, mut begin_line, mut place) = (None, 1, 0);
    for (line, content) in (1_u32..).zip(text.split_inclusive('\n')) {
        let trimmed = content.trim().trim_start_matches('\u{feff}');
        if trimmed.eq_ignore_ascii_case("BEGIN:VCARD") {
            if let Some(from) = begin {
                cards.push((begin_line, text.get(from..place).unwrap_or_default()));
            }
            (begin, begin_line) = (Some(place), line);
        }
        place += content.len();
    }
    if let Some(from) = begin {
        cards.push((begin_line, text.get(from..).unwrap_or_default()));
    }
    cards
}

fn take(items: &mut Items, line: u32, card: &Card) {
    let kind = card.first("kind").map(str::to_lowercase);
    if kind.is_some_and(|kind| matches!(kind.as_str(), "group" | "location" | "application")) {
        return items.leave_out(IssueCode::NotAPerson, line);
    }
    let cells = card.cells();
    if cells.is_empty() {
        return items.refuse(Issue::row(IssueCode::RowUnreadable, line));
    }
    items.push(line, cells);
}

/// A property of a card.
struct Property {
    name: String,
    group: Option<String>,
    is_preferred: bool,
    /// The parts of the value; a text has one.
    parts: Vec<String>,
}

/// The properties of a card that are texts.
struct Card {
    properties: Vec<Property>,
    /// The label of each group, as address books of phones write them.
    labels: BTreeMap<String, String>,
}

impl Card {
    fn new(card: &VCard) -> Self {
        let properties: Vec<Property> = card.entries.iter().filter_map(property).collect();
        let labels = properties.iter().filter(|property| property.name == "x-ablabel");
        let labels = labels.filter_map(|label| {
            let text = label.parts.first()?.trim_start_matches("_$!<").trim_end_matches(">!$_");
            Some((label.group.clone()?, text.to_owned()))
        });
        Self { labels: labels.collect(), properties }
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        let of_name = self.properties.iter().filter(move |property| property.name == name);
        let preferred = of_name.clone().filter(|property| property.is_preferred);
        preferred.chain(of_name.filter(|property| !property.is_preferred))
    }

    fn first(&self, name: &str) -> Option<&str> {
        let mut of_name = self.properties.iter().filter(|property| property.name == name);
        let preferred = of_name.clone().find(|property| property.is_preferred);
        preferred.or_else(|| of_name.next())?.parts.first().map(String::as_str)
    }

    /// Gives what the card says, under the names of our columns.
    fn cells(&self) -> BTreeMap<String, String> {
        let mut cells = BTreeMap::new();
        let mut say = |name: &str, value: Option<&str>| {
            if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
                cells.insert(name.to_owned(), value.to_owned());
            }
        };
        let names = self.all("n").next();
        let part = |place: usize| names.and_then(|n| n.parts.get(place)).map(String::as_str);
        say("last_name", part(0));
        say("first_name", part(1));
        let built = [3, 1, 2, 0, 4].into_iter().filter_map(part).filter(|part| !part.is_empty());
        let built = built.collect::<Vec<_>>().join(" ");
        let organization = self.all("org").next();
        let company = organization.and_then(|org| org.parts.first()).map(String::as_str);
        say("organization", company);
        let fallback = (!built.is_empty()).then_some(built.as_str());
        let name = self.first("fn").filter(|name| !name.trim().is_empty());
        let name = name.or(fallback).or(self.first("nickname"));
        say("name", name.or(self.first("email")).or(company));
        say("title", self.first("title"));
        let units = organization.map(|org| org.parts.get(1..).unwrap_or_default().join(" / "));
        let units = units.filter(|units| !units.trim_matches([' ', '/']).is_empty());
        say("function", units.as_deref().or(self.first("role")));
        say("email", self.first("email").map(address));
        say("phone", self.first("tel").map(number));
        say("language", self.first("lang").or(self.first("language")));
        let said = self.first("uid").or(self.first("email").map(address));
        let known = cells.get("name").cloned();
        if let Some(id) =
            said.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).or(known)
        {
            self.others(&mut cells);
            cells.insert("id".to_owned(), id);
        }
        cells
    }

    /// Adds what no column of ours takes: under the name of the property.
    fn others(&self, cells: &mut BTreeMap<String, String>) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut others: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let names: Vec<&str> = self.properties.iter().map(|p| p.name.as_str()).collect();
        let mut done = std::collections::BTreeSet::new();
        for name in names.into_iter().filter(|name| done.insert(*name)) {
            for property in self.all(name) {
                let count = seen.entry(name).or_default();
                *count += 1;
                let taken = match name {
                    "n" | "fn" | "org" | "title" | "email" | "tel" | "uid" | "lang" => *count == 1,
                    "role" => *count == 1 && cells.get("function") == property.parts.first(),
                    _ => false,
                };
                let value = self.labelled(property);
                if !taken && !LEFT_OUT.contains(&name) && !value.is_empty() {
                    others.entry(heading(name)).or_default().push(value);
                }
            }
        }
        cells.extend(others.into_iter().map(|(name, values)| (name, values.join("; "))));
    }

    fn labelled(&self, property: &Property) -> String {
        let value = match property.name.as_str() {
            "email" => property.parts.first().map_or("", |text| address(text)).to_owned(),
            "tel" => property.parts.first().map_or("", |text| number(text)).to_owned(),
            _ => {
                let parts = property.parts.iter().map(|part| part.trim());
                parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            }
        };
        let label = property.group.as_ref().and_then(|group| self.labels.get(group));
        match label.filter(|_| !value.is_empty()) {
            Some(label) => format!("{label}: {value}"),
            None => value,
        }
    }
}

/// Gives the heading of a column for a property that is none of ours.
fn heading(name: &str) -> String {
    let key = heading_key(name);
    let ours = columns(ImportKind::People).any(|def| def.is_known_as(&key));
    if ours { format!("vcard {name}") } else { name.to_owned() }
}

fn address(text: &str) -> &str {
    let begin = text.get(..7).filter(|begin| begin.eq_ignore_ascii_case("mailto:"));
    begin.map_or(text, |_| text.get(7..).unwrap_or_default())
}

fn number(text: &str) -> &str {
    text.strip_prefix("tel:").unwrap_or(text)
}

fn property(entry: &VCardEntry) -> Option<Property> {
    let name = match &entry.name {
        VCardProperty::Other(name) => name.to_lowercase(),
        known => known.as_str().to_lowercase(),
    };
    let parts = match (entry.name.clone(), entry.values.as_slice()) {
        (_, [VCardValue::Component(parts)]) => parts.clone(),
        (_, values) => values.iter().filter_map(text).collect(),
    };
    let is_preferred = entry.params.iter().any(|param| match &param.name {
        VCardParameterName::Pref => true,
        VCardParameterName::Type => {
            param.value.as_text().is_some_and(|text| text.eq_ignore_ascii_case("pref"))
        }
        VCardParameterName::Other(name) => name.eq_ignore_ascii_case("pref"),
        _ => false,
    });
    let has_text = parts.iter().any(|part| !part.trim().is_empty());
    has_text.then(|| Property { name, group: entry.group.clone(), is_preferred, parts })
}

fn text(value: &VCardValue) -> Option<String> {
    Some(match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        VCardValue::Boolean(flag) => flag.to_string(),
        VCardValue::PartialDateTime(day) => {
            let sign = if day.tz_minus { '-' } else { '+' };
            match (day.year, day.month, day.day, day.tz_hour) {
                (Some(year), Some(month), Some(day), _) => format!("{year:04}-{month:02}-{day:02}"),
                (Some(year), Some(month), None, _) => format!("{year:04}-{month:02}"),
                (Some(year), None, ..) => format!("{year:04}"),
                (None, Some(month), Some(day), _) => format!("--{month:02}-{day:02}"),
                (.., Some(hour)) => format!("{sign}{hour:02}:{:02}", day.tz_minute.unwrap_or(0)),
                _ => return None,
            }
        }
        VCardValue::Component(parts) => parts.join(", "),
        VCardValue::Kind(kind) => kind.as_str().to_owned(),
        VCardValue::Sex(sex) => sex.as_str().to_owned(),
        VCardValue::GramGender(gender) => gender.as_str().to_owned(),
        VCardValue::Binary(_) => return None,
    })
}
