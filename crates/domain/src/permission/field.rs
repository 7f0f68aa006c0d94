//! Which section of the matrix a field of an object belongs to, read from one data file.

use super::Object;

/// The fields as people read them: one line a field, with its section.
pub const FIELDS: &str = include_str!("fields.csv");

/// Gives the section of a field; a section's own word is one of its fields. `None` for others.
pub fn section_of(field: &str) -> Option<Object> {
    let mut lines = FIELDS.lines().filter_map(|line| line.split_once(','));
    let known = lines.find(|(name, _)| *name == field);
    known.map_or_else(|| Object::parse(field), |(_, section)| Object::parse(section))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_section_of_an_account() {
        for (field, _) in FIELDS.lines().skip(2).filter_map(|line| line.split_once(',')) {
            assert!(section_of(field).is_some_and(Object::is_of_account), "{field}");
        }
        assert_eq!(section_of("motive"), Some(Object::Opinion));
        assert_eq!(section_of("margin"), Some(Object::Margin));
        assert_eq!(section_of("nonsense"), None);
    }
}
