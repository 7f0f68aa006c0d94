//! What a file says of itself: at its start who wrote it, at its end what it must hold.

use orchestre_store::{Kind, MIGRATIONS, Shape};
use serde::{Deserialize, Serialize};

use super::{Digest, KeepError};

/// The first entry.
pub(super) const HEAD: &str = "orchestre.json";
/// The last entry.
pub(super) const END: &str = "manifest.json";
/// The folder of the tables.
pub(super) const TABLES: &str = "tables/";
/// The version of the format.
const FORMAT: i64 = 1;

/// Who wrote a file, and the schema that its tables have.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Head {
    orchestre_backup: i64,
    program: String,
    /// When it was made, µs since 1970.
    made_at: i64,
    migrations: Vec<String>,
    tables: Vec<Columns>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Columns {
    name: String,
    #[serde(rename = "columns")]
    names: Vec<String>,
    types: Vec<String>,
}

/// What a file must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made, µs since 1970.
    pub made_at: i64,
    /// Each table with its rows and its digest.
    pub tables: Vec<TableSum>,
}

/// What a table must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// The table.
    pub name: String,
    /// Its rows.
    pub rows: i64,
    /// The SHA-256 of its lines, hexadecimal; empty when only the rows can be compared.
    pub sha256: String,
}

impl TableSum {
    /// Says whether a table holds this.
    pub(super) fn is_met_by(&self, found: &Digest) -> bool {
        let is_same = self.sha256.is_empty() || self.sha256 == found.sha256;
        is_same && self.rows == found.rows
    }
}

impl Manifest {
    /// Gives the number of rows of all tables.
    pub fn rows(&self) -> i64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// Keeps the counts only.
    pub(super) fn forget_digests(&mut self) {
        for table in &mut self.tables {
            table.sha256.clear();
        }
    }
}

impl Head {
    /// Gives the head of a file made now by this program.
    pub(super) fn now(made_at: i64) -> Result<Self, KeepError> {
        let tables = Shape::all()?.iter().map(|shape| Columns {
            name: shape.table.to_owned(),
            names: shape.columns.iter().map(|&name| name.to_owned()).collect(),
            types: shape.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
        });
        Ok(Self {
            orchestre_backup: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            migrations: MIGRATIONS.iter().map(|one| one.name.to_owned()).collect(),
            tables: tables.collect(),
        })
    }

    /// Reads a head and refuses what a newer program wrote.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, KeepError> {
        #[derive(Deserialize)]
        struct Format {
            orchestre_backup: i64,
        }
        let format: Format = serde_json::from_slice(bytes).or(Err(KeepError::NotOurs))?;
        if format.orchestre_backup > FORMAT {
            return Err(KeepError::Newer(format.orchestre_backup.to_string()));
        }
        let head: Self = serde_json::from_slice(bytes).or(Err(KeepError::NotOurs))?;
        let is_known = |name: &String| MIGRATIONS.iter().any(|one| one.name == name);
        match head.migrations.iter().find(|name| !is_known(name)) {
            Some(name) => Err(KeepError::Newer(name.clone())),
            None => Ok(head),
        }
    }

    /// Says whether the file's schema is the present one, so that digests must be equal.
    pub(super) fn is_present(&self) -> bool {
        self.migrations.len() == MIGRATIONS.len()
    }

    /// Gives the columns of a table that the file has: name, type and place in the file's lines.
    /// What came into the schema later keeps its default.
    pub(super) fn columns(&self, shape: &Shape) -> Vec<(&'static str, Kind, usize)> {
        let Some(table) = self.tables.iter().find(|table| table.name == shape.table) else {
            return Vec::new();
        };
        let found = shape.columns.iter().zip(&shape.kinds).filter_map(|(name, kind)| {
            let place = table.names.iter().position(|known| known == name)?;
            Some((*name, *kind, place))
        });
        found.collect()
    }
}
