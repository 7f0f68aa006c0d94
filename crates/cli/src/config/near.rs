//! The nearest of the known names, for whoever mistyped one.

/// Gives the name with the fewest letters to change.
pub(super) fn nearest(name: &str, known: impl Iterator<Item = String>) -> String {
    known.min_by_key(|other| distance(name, other)).unwrap_or_default()
}

/// Counts the letters to add, remove or change (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut next = vec![line + 1];
        for (place, wanted) in other.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let changed = cell(&row, place) + usize::from(letter != *wanted);
            next.push(changed.min(cell(&row, place + 1) + 1).min(cell(&next, place) + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        for (one, other, wanted) in
            [("", "", 0), ("a", "", 1), ("lisen", "listen", 1), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(one, other), wanted, "{one} {other}");
            assert_eq!(distance(other, one), wanted, "{other} {one}");
        }
    }

    #[test]
    fn a_mistyped_name_finds_its_own() {
        let known = ["server.listen", "log.level", "metrics.listen"];
        let known = || known.iter().map(|name| (*name).to_owned());
        assert_eq!(nearest("servr.listen", known()), "server.listen");
        assert_eq!(nearest("log.levle", known()), "log.level");
    }
}
