//! `plans.json`: the plans as written, with the days of this telling.

use crate::calendar::Calendar;
use serde_json::Value;

/// The plans, most complete first; a text that begins with `@` is a day of the story.
const PLANS: [&str; 8] = [
    include_str!("tables/plans/lysarel.json"),
    include_str!("tables/plans/steinwende.json"),
    include_str!("tables/plans/hartwenden.json"),
    include_str!("tables/plans/elvarion.json"),
    include_str!("tables/plans/castelune.json"),
    include_str!("tables/plans/trovanda.json"),
    include_str!("tables/plans/tillinghurst.json"),
    include_str!("tables/plans/short.json"),
];

/// Gives `plans.json`.
pub(crate) fn file(calendar: Calendar) -> String {
    let mut plans = Vec::new();
    for text in PLANS {
        if let Ok(Value::Array(list)) = serde_json::from_str(text) {
            plans.extend(list);
        }
    }
    let mut plans = Value::Array(plans);
    put_days(calendar, &mut plans);
    format!("{plans:#}\n")
}

fn put_days(calendar: Calendar, value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(day) = text.strip_prefix('@').and_then(|word| calendar.read(word)) {
                *text = day.to_string();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| put_days(calendar, value)),
        Value::Object(map) => map.iter_mut().for_each(|(_, value)| put_days(calendar, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plan_is_read_and_has_its_days() {
        let text = file(Calendar::new(crate::FROZEN_T));
        let plans: Vec<Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(plans.len(), 11);
        assert!(!text.contains("\"@"), "a word that names no day");
        assert_eq!(plans[0]["updated_on"], "2026-11-10");
        assert_eq!(plans[0]["objectives"].as_array().map(Vec::len), Some(6));
        assert_eq!(plans[0]["actions"].as_array().map(Vec::len), Some(10));
    }

    #[test]
    fn every_text_of_a_plan_is_in_both_languages() {
        let plans: Value = serde_json::from_str(&file(Calendar::new(crate::FROZEN_T))).unwrap();
        let mut texts = 0;
        walk(&plans, &mut texts);
        assert!(texts > 100, "only {texts}");
    }

    fn walk(value: &Value, texts: &mut usize) {
        match value {
            Value::Object(map) if map.contains_key("fr") || map.contains_key("en") => {
                assert!(map.contains_key("fr") && map.contains_key("en"), "{map:?}");
                *texts += 1;
            }
            Value::Object(map) => map.values().for_each(|value| walk(value, texts)),
            Value::Array(list) => list.iter().for_each(|value| walk(value, texts)),
            _ => {}
        }
    }
}
