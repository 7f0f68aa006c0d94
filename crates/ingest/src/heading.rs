//! Headings: folding, the list of known names, and which column means what.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use orchestre_domain::fold::fold;
use orchestre_domain::import::ImportKind;

use crate::unit::Unit;

/// What the cells of a column are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellType {
    /// Any text.
    Text,
    /// The key of something, compared as it stands.
    Key,
    /// An amount of money.
    Money,
    /// A price or cost of one unit.
    Price,
    /// A number with up to four decimals.
    Number,
    /// A whole number.
    Integer,
    /// A small whole number or a word for it.
    Level,
    /// A share: `0.5` or `50%`.
    Share,
    /// A day; a month stands for its first day.
    Date,
    /// The first day after a period; a month stands for the first day of the next.
    Until,
    /// A time of the day.
    Time,
    /// A currency.
    Currency,
    /// A word of a closed list.
    Word(&'static str),
    /// Several words of a closed list.
    Words(&'static str),
    /// Several keys, parted by `;`.
    List,
    /// Yes or no.
    Flag,
}

impl CellType {
    fn parse(text: &'static str) -> Option<Self> {
        Some(match text {
            "text" => Self::Text,
            "key" => Self::Key,
            "money" => Self::Money,
            "price" => Self::Price,
            "number" => Self::Number,
            "integer" => Self::Integer,
            "level" => Self::Level,
            "share" => Self::Share,
            "date" => Self::Date,
            "until" => Self::Until,
            "time" => Self::Time,
            "currency" => Self::Currency,
            "list" => Self::List,
            "flag" => Self::Flag,
            _ => match text.split_once(':')? {
                ("word", list) => Self::Word(list),
                ("words", list) => Self::Words(list),
                _ => return None,
            },
        })
    }
}

/// A column that a kind of file may have: readers, mapping page and manual are made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDef {
    /// The kind of file.
    pub kind: ImportKind,
    /// The stable name of the field.
    pub field: &'static str,
    /// What its cells are read as.
    pub cells: CellType,
    /// Whether rows need it.
    pub required: bool,
    /// The folded headings that it is known by, the surest first.
    keys: Vec<String>,
}

impl ColumnDef {
    /// Says whether a folded heading means this column.
    pub(crate) fn is_known_as(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }
}

static COLUMNS: LazyLock<Vec<ColumnDef>> = LazyLock::new(|| {
    let lines: Vec<Vec<&'static str>> = include_str!("lists/columns.csv")
        .lines()
        .skip(1)
        .map(|line| line.splitn(5, ',').collect())
        .collect();
    let nouns: Vec<(&str, Vec<&str>)> = lines
        .iter()
        .filter(|line| line.first() == Some(&"noun"))
        .filter_map(|line| Some((*line.get(1)?, line.get(4)?.split('|').collect())))
        .collect();
    lines.iter().filter_map(|line| definition(line, &nouns)).collect()
});

fn definition(line: &[&'static str], nouns: &[(&str, Vec<&str>)]) -> Option<ColumnDef> {
    let &[kind, field, cells, need, headings] = line else { return None };
    let mut keys = Vec::new();
    for name in headings.split('|') {
        for key in expanded(name, nouns).iter().map(|name| heading_key(name)) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    let own = heading_key(field);
    if !keys.contains(&own) {
        keys.push(own);
    }
    Some(ColumnDef {
        kind: ImportKind::parse(kind)?,
        field,
        cells: CellType::parse(cells)?,
        required: need == "yes",
        keys,
    })
}

/// Opens `#noun` (its keys), `.noun` (its names) and `@noun` (the bare words).
fn expanded(name: &str, nouns: &[(&str, Vec<&str>)]) -> Vec<String> {
    let patterns: &[&str] = match name.chars().next() {
        Some('#') => &[
            "* id",
            "* key",
            "* number",
            "* no",
            "* num",
            "* code",
            "* ref",
            "* reference",
            "* external id",
            "* alternate key",
            "id *",
            "n *",
            "no *",
            "num *",
            "numero *",
            "code *",
            "ref *",
            "reference *",
            "identifiant *",
            "cle *",
        ],
        Some('.') => &["* name", "nom *", "name *"],
        Some('@') => &["*"],
        _ => return vec![name.to_owned()],
    };
    let noun = name.trim_start_matches(['#', '.', '@']);
    let words = nouns.iter().filter(|(known, _)| *known == noun).flat_map(|(_, words)| words);
    // Patterns outside: a key of any noun outranks the next pattern.
    let words: Vec<&&str> = words.collect();
    patterns.iter().flat_map(|p| words.iter().map(|word| p.replace('*', word))).collect()
}

/// Gives the columns that a kind of file may have, in the order of the template.
pub fn columns(kind: ImportKind) -> impl Iterator<Item = &'static ColumnDef> {
    COLUMNS.iter().filter(move |column| column.kind == kind)
}

/// Words that change nothing in a heading.
const SMALL: &[&str] = &["of", "the", "de", "du", "des", "d", "l", "la", "le", "les", "in", "en"];
/// First words that warehouses put before their names.
const PREFIXES: &[&str] = &["dim", "fact", "english"];

/// Folds a heading so that the same names of different programs agree.
///
/// Case, accents, separators, small words, the prefixes Dim, Fact and English and the ending
/// `__c` of custom fields do not count; words may be run together.
///
/// ```
/// use orchestre_ingest::heading_key;
/// assert_eq!(heading_key("ParentAccountId"), heading_key("parent_account_id"));
/// assert_eq!(heading_key("Nom de l'entreprise"), "nomentreprise");
/// assert_eq!(heading_key("EnglishProductName"), heading_key("Product Name"));
/// assert_eq!(heading_key("Tier__c"), "tier");
/// ```
pub fn heading_key(heading: &str) -> String {
    let heading = heading.strip_suffix("__c").unwrap_or(heading);
    let mut parted = String::with_capacity(heading.len() + 8);
    let mut small = false;
    for c in heading.chars() {
        if small && c.is_uppercase() {
            parted.push(' ');
        }
        small = c.is_lowercase() || c.is_ascii_digit();
        parted.push(c);
    }
    let folded = fold(&parted);
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.len() > 1 && words.first().is_some_and(|word| PREFIXES.contains(word)) {
        words.remove(0);
    }
    let kept: String = words.iter().filter(|word| !SMALL.contains(word)).copied().collect();
    if kept.is_empty() { words.concat() } else { kept }
}

/// A heading and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) text: String,
    key: String,
    /// The heading without a unit at its end, and that unit.
    bare: Option<(String, Unit)>,
}

impl Heading {
    pub(crate) fn new(text: &str) -> Self {
        let bare = text.trim_end_matches([')', ']']).rsplit_once([' ', '_', '(', '[']);
        let bare = bare.and_then(|(rest, end)| {
            let unit = Unit::read(end).filter(|unit| unit.currency.is_some() || unit.percent)?;
            Some((heading_key(rest), unit))
        });
        Self { text: text.to_owned(), key: heading_key(text), bare }
    }

    /// Gives the unit at the end of the heading.
    pub(crate) fn unit(&self) -> Unit {
        self.bare.as_ref().map(|(_, unit)| *unit).unwrap_or_default()
    }

    /// Says whether `--map` means this heading.
    pub(crate) fn is(&self, asked: &str) -> bool {
        self.text == asked || self.key == heading_key(asked)
    }

    /// Gives the place of the heading in the list of a column, and the unit that it names.
    fn rank(&self, def: &ColumnDef) -> Option<(usize, Unit)> {
        let find = |key: &str| def.keys.iter().position(|known| known == key);
        if let Some(rank) = find(&self.key) {
            // Folding drops signs: `Price (€)` is known as `price`, and its unit stays.
            let bare = self.bare.as_ref().filter(|(key, _)| *key == self.key);
            return Some((rank, bare.map(|(_, unit)| *unit).unwrap_or_default()));
        }
        let (key, unit) = self.bare.as_ref()?;
        Some((find(key)?, *unit))
    }
}

/// Which column of a file holds a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) field: &'static str,
    pub(crate) column: usize,
    pub(crate) unit: Unit,
    /// Other columns with the same heading.
    pub(crate) twins: Vec<usize>,
}

/// Gives for every field of a kind the column that names it best; taken columns are left alone.
pub(crate) fn matches(kind: ImportKind, headings: &[Heading], taken: &Taken) -> Vec<Match> {
    let mut used = taken.columns.clone();
    let mut found = Vec::new();
    for def in columns(kind).filter(|def| !taken.fields.contains(def.field)) {
        let ranks = headings.iter().enumerate().filter(|(place, _)| !used.contains(place));
        let ranks: Vec<(usize, usize, Unit)> = ranks
            .filter_map(|(place, heading)| heading.rank(def).map(|(rank, u)| (rank, place, u)))
            .collect();
        let Some(&(best, column, unit)) =
            ranks.iter().min_by_key(|(rank, place, _)| (*rank, *place))
        else {
            continue;
        };
        let twins = ranks.iter().filter(|(rank, place, _)| *rank == best && *place != column);
        let twins: Vec<usize> = twins.map(|(_, place, _)| *place).collect();
        used.insert(column);
        found.push(Match { field: def.field, column, unit, twins });
    }
    found
}

/// The fields and columns that the user has settled.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) fields: BTreeSet<&'static str>,
    pub(crate) columns: BTreeSet<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(kind: ImportKind, headings: &[&str], field: &str) -> Option<usize> {
        let headings: Vec<Heading> = headings.iter().map(|text| Heading::new(text)).collect();
        let found = matches(kind, &headings, &Taken::default());
        found.iter().find(|m| m.field == field).map(|m| m.column)
    }

    #[test]
    fn a_sale_names_its_account_by_key_wherever_the_name_stands() {
        for headings in [
            ["ResellerName", "ResellerKey", "Amount"],
            ["Client", "N° client", "Montant"],
            ["Customer Name", "customer_number", "Net Amount"],
            ["Account Name", "AccountId", "SalesAmount"],
        ] {
            assert_eq!(place(ImportKind::Sales, &headings, "account"), Some(1), "{headings:?}");
            assert_eq!(place(ImportKind::Sales, &headings, "amount"), Some(2), "{headings:?}");
        }
    }

    #[test]
    fn key_and_name_of_an_account_are_told_apart() {
        for (headings, id, name) in [
            (["Id", "Name", "ParentId"], Some(0), 1),
            (["ResellerKey", "ResellerName", "City"], Some(0), 1),
            (["N° client", "Raison sociale", "Pays"], Some(0), 1),
            (["ID de fiche d'informations", "Nom de l'entreprise", "Ville"], Some(0), 1),
            (["accountid", "name", "parentaccountid"], Some(0), 1),
            (["sector", "account", "subsidiary_of"], None, 1),
        ] {
            assert_eq!(place(ImportKind::Accounts, &headings, "id"), id, "{headings:?}");
            assert_eq!(place(ImportKind::Accounts, &headings, "name"), Some(name), "{headings:?}");
        }
    }

    #[test]
    fn a_currency_in_a_heading_is_a_unit() {
        for (text, power) in [("list_price_eur", 0), ("Price (€)", 0), ("Prix k€", 3)] {
            let headings = [Heading::new(text)];
            let found = matches(ImportKind::Products, &headings, &Taken::default());
            let unit = found.first().map(|m| m.unit).unwrap_or_default();
            assert_eq!(unit.currency.map(|c| c.to_string()).as_deref(), Some("EUR"), "{text}");
            assert_eq!(unit.power, power, "{text}");
        }
    }

    #[test]
    fn a_file_with_our_own_names_needs_no_mapping() {
        for &kind in ImportKind::ALL {
            let fields: Vec<&str> = columns(kind).map(|def| def.field).collect();
            let headings: Vec<Heading> = fields.iter().rev().map(|f| Heading::new(f)).collect();
            for found in matches(kind, &headings, &Taken::default()) {
                let heading = headings.get(found.column).map(|h| h.text.as_str());
                assert_eq!(heading, Some(found.field), "{kind}");
            }
        }
    }

    #[test]
    fn no_heading_stands_twice_for_one_kind_and_field() {
        for def in COLUMNS.iter() {
            let unique: BTreeSet<&String> = def.keys.iter().collect();
            assert_eq!(unique.len(), def.keys.len(), "{} {}", def.kind, def.field);
        }
        assert!(columns(ImportKind::Sales).count() > 15);
    }
}
