//! The heads of a table that can be sorted: links that keep the rest of the address.

use crate::html::{Html, escape, push_query};
use crate::table::Column;

/// How a table is sorted now, and where its heads lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    path: String,
    rest: Vec<(String, String)>,
    current: String,
    is_descending: bool,
}

impl Sort {
    /// Gives the heads of a table at an address whose query says `sort=key` or `sort=-key`.
    pub fn new(path: &str, query: &[(String, String)], default: &str) -> Self {
        let wanted = query.iter().find(|(name, _)| name == "sort");
        let wanted = wanted.map_or(default, |(_, value)| value.as_str());
        let (current, is_descending) = match wanted.strip_prefix('-') {
            Some(key) => (key, true),
            None => (wanted, false),
        };
        let rest = query.iter().filter(|(name, _)| name != "sort" && name != "page");
        Self {
            path: path.to_owned(),
            rest: rest.cloned().collect(),
            current: current.to_owned(),
            is_descending,
        }
    }

    /// Gives the key that the table is sorted by.
    pub fn key(&self) -> &str {
        &self.current
    }

    /// Says whether the largest comes first.
    pub const fn is_descending(&self) -> bool {
        self.is_descending
    }

    /// Gives the head of a column; numbers begin with the largest, words with A.
    pub fn head(&self, key: &str, column: &Column) -> Html {
        self.head_with(key, column, "")
    }

    /// Gives the head of a column with further classes (`wide`, `c56`, `pin`).
    pub fn head_with(&self, key: &str, column: &Column, classes: &str) -> Html {
        let is_current = key == self.current;
        let turns_down = if is_current { !self.is_descending } else { column.is_number };
        let mut href = self.path.clone();
        href.push_str(if turns_down { "?sort=-" } else { "?sort=" });
        push_query(&mut href, key);
        for (name, value) in &self.rest {
            href.push('&');
            push_query(&mut href, name);
            href.push('=');
            push_query(&mut href, value);
        }
        let state = match (is_current, self.is_descending) {
            (false, _) => "",
            (true, true) => " aria-sort=\"descending\"",
            (true, false) => " aria-sort=\"ascending\"",
        };
        let number = if column.is_number { "num " } else { "" };
        let (href, label) = (escape(&href), escape(&column.label));
        Html(format!(
            "<th scope=\"col\" class=\"{number}{classes}\"{state}><a href=\"{href}\">{label}</a></th>"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_keeps_the_filters_and_turns_round() {
        let query = [("tier", "key&x"), ("sort", "-turnover"), ("page", "3")];
        let query: Vec<_> = query.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
        let sort = Sort::new("/portfolio", &query, "name");
        assert_eq!((sort.key(), sort.is_descending()), ("turnover", true));
        let head = sort.head("turnover", &Column::number("Turnover")).0;
        assert!(head.contains("/portfolio?sort=turnover&amp;tier=key%26x\""), "{head}");
        assert!(head.contains("aria-sort=\"descending\""));
        assert!(sort.head("name", &Column::text("Name")).0.contains("?sort=name&amp;"));
        assert!(sort.head("score", &Column::number("Score")).0.contains("?sort=-score&amp;"));
    }
}
