//! What the document says of the parameters of an operation, as the gate checks it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde_json::Value;

use super::document;
use crate::problem::Problem;

/// The rules of one operation.
#[derive(Debug)]
pub(crate) struct Rules {
    parameters: BTreeMap<String, Value>,
    required: Vec<String>,
    /// Whether a change must name what it changes by `If-Match`.
    pub(crate) needs_match: bool,
}

static RULES: LazyLock<BTreeMap<(String, String), Rules>> = LazyLock::new(|| {
    let paths = document().get("paths").and_then(Value::as_object);
    let operations = paths.into_iter().flatten().flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| {
            ((method.to_uppercase(), path.clone()), Rules::of(operation))
        })
    });
    operations.collect()
});

/// Gives the rules of an operation; `None` for what the document does not know.
pub(crate) fn of(method: &str, path: &str) -> Option<&'static Rules> {
    RULES.get(&(method.to_owned(), path.to_owned()))
}

impl Rules {
    fn of(operation: &Value) -> Self {
        let text =
            |one: &Value, name: &str| one.get(name).and_then(Value::as_str).map(str::to_owned);
        let all =
            operation.get("parameters").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let in_query = all.iter().filter(|one| text(one, "in").as_deref() == Some("query"));
        let is_required = |one: &&Value| one.get("required").and_then(Value::as_bool) == Some(true);
        Self {
            required: in_query
                .clone()
                .filter(is_required)
                .filter_map(|one| text(one, "name"))
                .collect(),
            parameters: in_query
                .filter_map(|one| Some((text(one, "name")?, one.clone())))
                .collect(),
            needs_match: all
                .iter()
                .filter(is_required)
                .any(|one| text(one, "name").as_deref() == Some("If-Match")),
        }
    }

    /// Refuses parameters that the operation does not have, has once only, or not with this value.
    ///
    /// # Errors
    ///
    /// `parameter_invalid`, with the name.
    pub(crate) fn check_query(&self, query: &[(String, String)]) -> Result<(), Problem> {
        for (at, (name, value)) in query.iter().enumerate() {
            let known = self.parameters.get(name).and_then(|one| one.get("schema"));
            let schema = known.ok_or_else(|| Problem::parameter(name))?;
            let is_list = schema.get("type").and_then(Value::as_str) == Some("array");
            let is_joined = self.parameters.get(name).and_then(|one| one.get("explode"))
                == Some(&Value::Bool(false));
            let came = query.iter().take(at).any(|(before, _)| before == name);
            let holds = match schema.get("items").filter(|_| is_list) {
                Some(item) if is_joined => !came && value.split(',').all(|one| fits(item, one)),
                Some(item) => fits(item, value),
                None => !came && fits(schema, value),
            };
            if !holds {
                return Err(Problem::parameter(name));
            }
        }
        let missing =
            self.required.iter().find(|name| query.iter().all(|(given, _)| given != *name));
        missing.map_or(Ok(()), |name| Err(Problem::parameter(name)))
    }
}

/// Says whether a value is one of this schema.
fn fits(schema: &Value, value: &str) -> bool {
    let word = |name: &str| schema.get(name).and_then(Value::as_str);
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.iter().any(|word| word.as_str() == Some(value));
    }
    if word("type") == Some("integer") {
        let limit = |name: &str| schema.get(name).and_then(Value::as_f64);
        let is_plain = value.bytes().all(|byte| byte.is_ascii_digit());
        let number = value.parse::<u32>().ok().filter(|_| is_plain).map(f64::from);
        return number.is_some_and(|number| {
            limit("minimum").is_none_or(|least| number >= least)
                && limit("maximum").is_none_or(|most| number <= most)
        });
    }
    if word("format") == Some("date") {
        return value.len() == 10 && value.parse::<Date>().is_ok();
    }
    let most = schema.get("maxLength").and_then(Value::as_u64).unwrap_or(u64::MAX);
    let is_short = u64::try_from(value.chars().count()).is_ok_and(|length| length <= most);
    is_short
        && !value.contains('\0')
        && word("pattern").is_none_or(|pattern| matches(pattern, value))
}

static PATTERNS: LazyLock<BTreeMap<String, regex::Regex>> = LazyLock::new(|| {
    let parameters = RULES.values().flat_map(|rules| rules.parameters.values());
    let schemas = parameters.filter_map(|one| one.get("schema"));
    let patterns = schemas.flat_map(|schema| [Some(schema), schema.get("items")]).flatten();
    let patterns = patterns.filter_map(|schema| schema.get("pattern")?.as_str());
    patterns.filter_map(|text| Some((text.to_owned(), compiled(text)?))).collect()
});

/// Patterns are written as ECMA-262 has them; the one escape that differs is that of letters.
fn compiled(pattern: &str) -> Option<regex::Regex> {
    regex::Regex::new(&pattern.replace("\\u0000", "\\x00")).ok()
}

fn matches(pattern: &str, value: &str) -> bool {
    PATTERNS.get(pattern).is_some_and(|pattern| pattern.is_match(value))
}
