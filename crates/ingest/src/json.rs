//! JSON files as tables: an array of objects, one object a line, or an object that holds the array.

use std::collections::BTreeMap;

use serde_json::{Deserializer, Map, Value};

use crate::dialect::{Dialect, Form};
use crate::issue::{Issue, IssueCode};
use crate::table::{FileText, Table};

/// Under these names other programs wrap their arrays.
const WRAPPERS: [&str; 5] = ["records", "value", "data", "results", "items"];

/// Says whether a text is JSON, from its name and its first character.
///
/// # Errors
///
/// The issue of a file that calls itself JSON and is not.
pub(crate) fn is_json(file_name: &str, text: &str) -> Result<bool, Issue> {
    let name = file_name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let named = [".json", ".jsonl", ".ndjson"].iter().any(|end| name.ends_with(end));
    let looks = match text.trim_start().chars().next() {
        Some('{') => true,
        // A heading may begin with a bracket, too: what follows in an array is an object.
        Some('[') => {
            text.trim_start().get(1..).is_some_and(|t| t.trim_start().starts_with(['{', ']']))
        }
        _ => false,
    };
    if named && !looks {
        return Err(Issue::file(IssueCode::FormatMismatch).with_value("text"));
    }
    Ok(looks)
}

/// An object of a JSON file and the line in which it begins.
pub(crate) struct Object {
    pub(crate) line: u32,
    pub(crate) object: Map<String, Value>,
}

/// The objects of a JSON file.
pub(crate) struct Objects {
    pub(crate) form: Form,
    pub(crate) list: Vec<Object>,
    pub(crate) issues: Vec<Issue>,
}

/// Reads the objects of a text; what is no object is an issue.
pub(crate) fn objects(text: &str) -> Objects {
    let whole = text.trim_start();
    let skipped = text.len() - whole.len();
    if whole.starts_with('[') {
        return elements(text, skipped + 1);
    }
    if let Ok(Value::Object(object)) = serde_json::from_str(whole) {
        let wrapper = WRAPPERS.iter().find(|name| object.get(**name).is_some_and(Value::is_array));
        let Some(wrapper) = wrapper else {
            let objects = vec![Object { line: line_at(text, skipped), object }];
            return Objects { form: Form::JsonLines, list: objects, issues: Vec::new() };
        };
        // The first bracket behind the wrapper's name opens its array.
        let name = format!("\"{wrapper}\"");
        let open = text.find(&name).and_then(|at| Some(at + text.get(at..)?.find('[')?));
        return elements(text, open.map_or(text.len(), |at| at + 1));
    }
    lines(text)
}

/// Gives the first object of a text, that of its array where an object wraps one.
pub(crate) fn first(text: &str) -> Option<Map<String, Value>> {
    let begin = text.get(text.find('{')?..)?;
    let value = Deserializer::from_str(begin).into_iter::<Value>().next()?.ok()?;
    let Value::Object(object) = value else { return None };
    let inner = WRAPPERS.iter().find_map(|name| object.get(*name)?.as_array()?.first());
    Some(inner.and_then(Value::as_object).cloned().unwrap_or(object))
}

fn line_at(text: &str, place: usize) -> u32 {
    let lines = text.get(..place).unwrap_or_default().matches('\n').count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}

fn lines(text: &str) -> Objects {
    let (mut objects, mut issues) = (Vec::new(), Vec::new());
    for (line, content) in (1..).zip(text.lines()) {
        if content.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(content) {
            Ok(Value::Object(object)) => objects.push(Object { line, object }),
            _ => issues.push(Issue::row(IssueCode::RowUnreadable, line).with_value(content)),
        }
    }
    Objects { form: Form::JsonLines, list: objects, issues }
}

/// Reads the elements of an array whose bracket is open; stops where the text is no JSON.
fn elements(text: &str, mut place: usize) -> Objects {
    let (mut objects, mut issues) = (Vec::new(), Vec::new());
    let (mut counted, mut line) = (0, 1_u32);
    loop {
        let rest = text.get(place..).unwrap_or_default();
        place += rest.len() - rest.trim_start_matches([',', ' ', '\n', '\r', '\t']).len();
        let rest = text.get(place..).unwrap_or_default();
        line = line
            .saturating_add(line_at(text.get(counted..).unwrap_or_default(), place - counted) - 1);
        counted = place;
        if rest.starts_with(']') {
            break;
        }
        let mut stream = Deserializer::from_str(rest).into_iter::<Value>();
        match stream.next() {
            Some(Ok(Value::Object(object))) => objects.push(Object { line, object }),
            Some(Ok(other)) => {
                let value = other.to_string();
                issues.push(Issue::row(IssueCode::RowUnreadable, line).with_value(&value));
            }
            _ => {
                let begin = rest.lines().next().unwrap_or_default();
                issues.push(Issue::row(IssueCode::RowUnreadable, line).with_value(begin));
                break;
            }
        }
        place += stream.byte_offset();
    }
    Objects { form: Form::Json, list: objects, issues }
}

/// Gives a JSON text as a table: the headings are all names, in the order of their appearance.
pub(crate) fn table(file: &FileText) -> Table {
    let read = objects(&file.text.content);
    let rows: Vec<(u32, BTreeMap<String, String>)> =
        read.list.into_iter().map(|o| (o.line, flat(o.object))).collect();
    let mut headings: Vec<String> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    for (_, row) in &rows {
        for name in row.keys() {
            if known.insert(name.clone()) {
                headings.push(name.clone());
            }
        }
    }
    let dialect = Dialect { form: read.form, ..file.dialect() };
    let mut table = Table::new(dialect, headings);
    table.total_rows = rows.len() + read.issues.len();
    table.issues = read.issues;
    let headings = table.headings.clone();
    for (line, row) in rows {
        let cell = |heading: &String| row.get(heading).map_or("", String::as_str);
        table.push(line, headings.iter().map(cell));
    }
    table
}

/// Gives the values of an object as cells; lists are joined by `;`, inner objects are opened.
fn flat(object: Map<String, Value>) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    for (name, value) in object {
        if let Value::Object(inner) = value {
            cells.extend(
                flat(inner).into_iter().map(|(part, cell)| (format!("{name} {part}"), cell)),
            );
        } else {
            cells.insert(name, cell(&value));
        }
    }
    cells
}

/// Gives a value as the text of a cell.
pub(crate) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_lines_and_wrappers_give_the_same_objects() {
        for (text, lines) in [
            ("[\n{\"a\": 1},\n{\"a\": [1, 2]}\n]", [2, 3]),
            ("{\"a\": 1}\n{\"a\": [1, 2]}\n", [1, 2]),
            ("{\"records\": [{\"a\": 1},\n {\"a\": [1, 2]}]}", [1, 2]),
        ] {
            let read = objects(text);
            assert!(read.issues.is_empty(), "{text}");
            assert_eq!(read.list.iter().map(|o| o.line).collect::<Vec<_>>(), lines, "{text}");
            let cells: Vec<_> =
                read.list.into_iter().filter_map(|o| flat(o.object).remove("a")).collect();
            assert_eq!(cells, ["1", "1;2"], "{text}");
        }
    }

    #[test]
    fn a_broken_line_does_not_hide_the_next() {
        let read = objects("{\"a\": 1}\n{\"a\": \n{\"a\": 3}\n");
        assert_eq!(read.list.len(), 2);
        assert_eq!(read.issues.iter().map(|i| i.line).collect::<Vec<_>>(), [Some(2)]);
    }

    #[test]
    fn a_broken_array_keeps_what_was_read_before() {
        let read = objects("[{\"a\": 1}, 7, {\"a\":");
        assert_eq!((read.list.len(), read.issues.len()), (1, 2));
    }
}
