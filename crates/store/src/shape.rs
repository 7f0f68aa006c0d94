//! What the tables look like, the same on both engines: read off the migrations.

use std::sync::OnceLock;

use rusqlite::Connection;

use crate::error::StoreError;
use crate::migrate::MIGRATIONS;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// BIGINT.
    Int,
    /// DOUBLE PRECISION.
    Real,
    /// TEXT.
    Text,
    /// BYTEA.
    Bytes,
}

impl Kind {
    /// Gives the word that manifests use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Int => "integer",
            Self::Real => "real",
            Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }
}

/// A table: its columns in the order of dumps, its key, and what it refers to.
#[derive(Debug)]
pub struct Shape {
    /// The table.
    pub table: &'static str,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// The type of each column.
    pub kinds: Vec<Kind>,
    /// The columns by which rows are ordered: the key, or all of them.
    keys: Vec<(&'static str, Kind)>,
    /// The references, as they stand after `FOREIGN KEY`.
    pub(crate) links: Vec<String>,
}

/// Rows that live for seconds and mean nothing elsewhere.
const PASSING: &str = "leases";

impl Shape {
    /// Gives every table but the leases, by name.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when the migrations do not run, which is our fault.
    pub fn all() -> Result<&'static [Self], StoreError> {
        static SHAPES: OnceLock<Vec<Shape>> = OnceLock::new();
        if let Some(shapes) = SHAPES.get() {
            return Ok(shapes);
        }
        let made = read()?;
        Ok(SHAPES.get_or_init(|| made))
    }

    /// Gives the statement that reads the whole table in the order of dumps, for SQLite.
    pub(crate) fn on_sqlite(&self) -> String {
        self.select("")
    }

    /// Gives the same for PostgreSQL, where texts have an order of their own unless told.
    pub(crate) fn on_postgres(&self) -> String {
        self.select(" COLLATE \"C\"")
    }

    fn select(&self, bytes: &str) -> String {
        let order: Vec<String> = self
            .keys
            .iter()
            .map(|(name, kind)| {
                let bytes = if *kind == Kind::Text { bytes } else { "" };
                format!("{name}{bytes} NULLS FIRST")
            })
            .collect();
        let (columns, order) = (self.columns.join(", "), order.join(", "));
        format!("SELECT {columns} FROM {} ORDER BY {order}", self.table)
    }
}

fn read() -> Result<Vec<Shape>, StoreError> {
    let conn = Connection::open_in_memory()?;
    for migration in MIGRATIONS {
        conn.execute_batch(&migration.on_sqlite())?;
    }
    let mut statement = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    )?;
    let names: Vec<String> =
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let tables = names.into_iter().filter(|name| name != PASSING);
    tables.map(|name| shape(&conn, name)).collect()
}

fn shape(conn: &Connection, table: String) -> Result<Shape, StoreError> {
    let mut statement =
        conn.prepare("SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid")?;
    let found: Vec<(String, String, i64)> = statement
        .query_map([&table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut columns: Vec<&'static str> = Vec::new();
    let mut kinds = Vec::new();
    let mut keys = Vec::new();
    for (name, kind, place) in found {
        let name: &'static str = name.leak();
        let kind = match kind.as_str() {
            "INTEGER" => Kind::Int,
            "REAL" => Kind::Real,
            "BLOB" => Kind::Bytes,
            _ => Kind::Text,
        };
        columns.push(name);
        kinds.push(kind);
        keys.push((place, (name, kind)));
    }
    if keys.iter().any(|(place, _)| *place > 0) {
        keys.retain(|(place, _)| *place > 0);
        keys.sort_by_key(|(place, _)| *place);
    }
    Ok(Shape {
        links: links(conn, &table)?,
        table: table.leak(),
        columns: columns.leak(),
        kinds,
        keys: keys.into_iter().map(|(_, key)| key).collect(),
    })
}

fn links(conn: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let text = "SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list(?1) \
                ORDER BY id, seq";
    let mut statement = conn.prepare(text)?;
    let found: Vec<(i64, String, String, Option<String>, String)> = statement
        .query_map([table], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?
        .collect::<Result<_, _>>()?;
    let mut links = Vec::new();
    for group in found.chunk_by(|one, other| one.0 == other.0) {
        let from: Vec<&str> = group.iter().map(|part| part.2.as_str()).collect();
        let to: Vec<&str> = group.iter().filter_map(|part| part.3.as_deref()).collect();
        let to = if to.is_empty() { String::new() } else { format!(" ({})", to.join(", ")) };
        let Some((_, target, _, _, on_delete)) = group.first() else { continue };
        let from = from.join(", ");
        links.push(format!("({from}) REFERENCES {target}{to} ON DELETE {on_delete}"));
    }
    Ok(links)
}
