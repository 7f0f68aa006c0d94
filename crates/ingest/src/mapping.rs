//! What the user settles with `--map HEADING=FIELD`.

use orchestre_domain::import::ImportKind;

use crate::heading::{Heading, columns, heading_key};
use crate::issue::{Issue, IssueCode};

/// A field that is the product of two columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Product {
    pub(crate) field: &'static str,
    pub(crate) left: usize,
    pub(crate) right: usize,
}

/// The pairs of `--map`, found in the file.
#[derive(Debug, Default)]
pub(crate) struct Mapping {
    pub(crate) ones: Vec<(&'static str, usize)>,
    pub(crate) products: Vec<Product>,
    pub(crate) ignored: Vec<usize>,
    pub(crate) issues: Vec<Issue>,
}

impl Mapping {
    /// Finds the headings and fields of the pairs; what is not found is an issue.
    pub(crate) fn new(kind: ImportKind, headings: &[Heading], pairs: &[(String, String)]) -> Self {
        let mut mapping = Self::default();
        for (left, right) in pairs {
            if let Err(issue) = mapping.add(kind, headings, (left.trim(), right.trim())) {
                mapping.issues.push(issue);
            }
        }
        mapping
    }

    fn add(
        &mut self,
        kind: ImportKind,
        headings: &[Heading],
        (left, right): (&str, &str),
    ) -> Result<(), Issue> {
        let place = |asked: &str| {
            let exact = headings.iter().position(|heading| heading.text == asked);
            let found = exact.or_else(|| headings.iter().position(|heading| heading.is(asked)));
            found.ok_or_else(|| Issue::file(IssueCode::ColumnMissing).in_column(asked))
        };
        if let Some((first, second)) = right.split_once('*') {
            let (first, second) = (place(first.trim())?, place(second.trim())?);
            self.products.push(Product { field: field(kind, left)?, left: first, right: second });
        } else if right.is_empty() || right == "-" {
            self.ignored.push(place(left)?);
        } else {
            self.ones.push((field(kind, right)?, place(left)?));
        }
        Ok(())
    }
}

/// Gives the field of a kind that a name means.
fn field(kind: ImportKind, name: &str) -> Result<&'static str, Issue> {
    columns(kind)
        .find(|def| heading_key(def.field) == heading_key(name))
        .map(|def| def.field)
        .ok_or_else(|| Issue::file(IssueCode::UnknownWord).in_column("map").with_value(name))
}
