//! Files of the Global LEI Foundation: entities and relationships as texts of cells.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Csv;
use crate::issue::{Issue, IssueCode};

/// The elements of a record that fill a column, as the end of their path, and the heading.
type Field = (&'static str, &'static str);

const ENTITY: &[Field] = &[
    ("LEI", "lei"),
    ("Entity/LegalName", "name"),
    ("Entity/LegalAddress/FirstAddressLine", "street"),
    ("Entity/LegalAddress/City", "city"),
    ("Entity/LegalAddress/Region", "region"),
    ("Entity/LegalAddress/Country", "country"),
    ("Entity/LegalAddress/PostalCode", "postal_code"),
    ("RegistrationAuthority/RegistrationAuthorityEntityID", "register"),
    ("Entity/OtherEntityNames/OtherEntityName", "former_name"),
    ("Entity/LegalForm/EntityLegalFormCode", "legal form"),
    ("Entity/EntityCategory", "entity category"),
    ("Entity/EntityStatus", "entity status"),
];

const RELATION: &[Field] = &[
    ("StartNode/NodeID", "child"),
    ("EndNode/NodeID", "parent"),
    ("Relationship/RelationshipType", "source"),
    ("RelationshipPeriod/StartDate", "valid_from"),
    ("RelationshipPeriod/EndDate", "valid_to"),
    ("RelationshipQuantifier/QuantifierAmount", "share"),
    ("Relationship/RelationshipStatus", "relationship status"),
];

const EXCEPTION: &[Field] =
    &[("Exception/LEI", "lei"), ("ExceptionCategory", "exception"), ("ExceptionReason", "reason")];

/// The files: the element of a record and its fields.
const FILES: &[(&str, &str, &[Field])] = &[
    ("LEIData", "LEIRecord", ENTITY),
    ("RelationshipData", "RelationshipRecord", RELATION),
    ("ReportingExceptionData", "Exception", EXCEPTION),
];

/// Says whether a text begins as one of the files.
pub(super) fn is_gleif(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(2_000)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    head.trim_start_matches('\u{feff}').trim_start().starts_with('<')
        && FILES.iter().any(|(root, ..)| head.contains(root))
}

/// Gives the records as a text of cells; an entity that the text itself defines is never expanded.
pub(super) fn table(bytes: &[u8]) -> Result<Vec<u8>, Issue> {
    let broken = || Issue::file(IssueCode::FormatMismatch).with_value("xml");
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(2_000)).unwrap_or_default());
    let known = FILES.iter().find(|(root, ..)| text.contains(root));
    let (_, record, fields) = known.ok_or_else(broken)?;
    let mut csv = Csv::new();
    let heads = fields.iter().map(|(_, heading)| Cow::Borrowed(*heading));
    csv.row(std::iter::once(Cow::Borrowed("id")).chain(heads));
    let mut walk = Walk { path: Vec::new(), cells: Vec::new(), fields, record };
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|_unreadable| broken())? {
            Event::Start(element) => walk.begin(element.local_name().as_ref().to_owned()),
            Event::End(_) => walk.end(&mut csv),
            Event::Text(text) => walk.text(&text),
            Event::CData(text) => walk.text(&text),
            Event::GeneralRef(entity) => walk.text(&entity_text(&entity)),
            Event::Eof => return Ok(csv.end()),
            _ => {}
        }
        buffer.clear();
    }
}

/// Gives the sign of an entity that every text may use; nothing for any other.
fn entity_text(entity: &str) -> String {
    let number = |digits: &str, radix: u32| {
        u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).map(String::from)
    };
    let known = match entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    };
    let coded = entity.strip_prefix("#x").map(|digits| number(digits, 16));
    let coded = coded.or_else(|| entity.strip_prefix('#').map(|digits| number(digits, 10)));
    coded.flatten().unwrap_or_else(|| known.to_owned())
}

/// So deep does no record go: what is nested deeper is not read.
const DEEPEST: usize = 64;

struct Walk<'a> {
    path: Vec<String>,
    cells: Vec<String>,
    fields: &'a [Field],
    record: &'a str,
}

impl Walk<'_> {
    fn begin(&mut self, name: String) {
        if name == self.record {
            self.cells = vec![String::new(); self.fields.len()];
        }
        self.path.push(name);
    }

    fn text(&mut self, text: &str) {
        if self.path.len() > DEEPEST || self.cells.is_empty() {
            return;
        }
        let place = self.fields.iter().position(|(end, _)| self.is_at(end));
        if let Some(cell) = place.and_then(|place| self.cells.get_mut(place)) {
            // Of several other names the first is kept.
            cell.push_str(text);
        }
    }

    fn is_at(&self, end: &str) -> bool {
        let mut above = self.path.iter().rev();
        end.split('/').rev().all(|part| above.next().is_some_and(|name| name == part))
    }

    fn end(&mut self, csv: &mut Csv) {
        let Some(name) = self.path.pop() else { return };
        if name == self.record && !self.cells.is_empty() {
            let cells = std::mem::take(&mut self.cells);
            let id = cells.first().cloned().unwrap_or_default();
            csv.row(std::iter::once(Cow::Owned(id)).chain(cells.into_iter().map(Cow::Owned)));
        }
    }
}
