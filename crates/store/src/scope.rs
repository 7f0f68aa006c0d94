//! Which rows a viewer reads, as a condition of a statement.

use orchestre_domain::id::AccountId;
use orchestre_domain::permission::Rows;

use crate::sql::{Sql, Value};

/// Ids beyond which a list is written into the text instead of being bound.
const BOUND: usize = 500;

/// Gives the condition that keeps the viewer's rows, and its values for `$first` and on.
///
/// `column` holds an account's id; a row whose account is NULL is kept only when nothing is hidden.
pub fn condition(rows: &Rows, column: &'static str, first: usize) -> (String, Vec<Value>) {
    let (ids, word) = match rows {
        Rows::AllBut(hidden) if hidden.is_empty() => return ("1 = 1".to_owned(), Vec::new()),
        Rows::Only(seen) if seen.is_empty() => return ("1 = 0".to_owned(), Vec::new()),
        Rows::AllBut(hidden) => (hidden, "NOT IN"),
        Rows::Only(seen) => (seen, "IN"),
    };
    let ids: Vec<i64> = ids.iter().copied().map(AccountId::as_i64).collect();
    if ids.len() > BOUND {
        let list: Vec<String> = ids.iter().map(i64::to_string).collect();
        return (format!("{column} {word} ({})", list.join(", ")), Vec::new());
    }
    let (places, values) = Sql::places(&ids, first);
    (format!("{column} {word} ({places})"), values)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn everything_nothing_and_a_list_have_their_conditions() {
        let list = |count: i64| (1..=count).map(AccountId).collect::<BTreeSet<_>>();
        let text = |rows: &Rows| condition(rows, "a.id", 3);
        assert_eq!(text(&Rows::AllBut(list(0))), ("1 = 1".to_owned(), Vec::new()));
        assert_eq!(text(&Rows::Only(list(0))), ("1 = 0".to_owned(), Vec::new()));
        let (some, values) = text(&Rows::AllBut(list(3)));
        assert_eq!(some, "a.id NOT IN ($3, $4, $5, $6)");
        assert_eq!(values.len(), 4);
        let (many, values) = text(&Rows::Only(list(501)));
        assert!(many.starts_with("a.id IN (1, 2, ") && values.is_empty());
    }
}
