//! Carrying everything from one database into another, table by table; a broken-off carry goes on.

use orchestre_store::{Cell, Db, Shape, StoreError, Value};

use super::{KeepError, digest, line};

/// What was carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// What both databases hold now.
    pub tables: Vec<digest::Digest>,
    /// Rows that this run carried.
    pub rows: i64,
    /// Rows that an earlier run had carried.
    pub before: i64,
}

/// Fills a stage from a database, from where an earlier run was broken off, proves every
/// table equal and settles it. The source is read only; when it changed since an earlier run, the proof says
/// so.
///
/// # Errors
///
/// [`KeepError::Differs`] with the first table that is not equal.
pub async fn carry(
    source: &Db,
    stage: &Db,
    mut tell: impl FnMut(&str, usize, usize),
) -> Result<Carried, KeepError> {
    let marks = stage.write(async |work| work.system_marks().await).await?;
    let shapes = Shape::all()?;
    let (mut rows, mut before) = (0, 0);
    for (at, shape) in shapes.iter().enumerate() {
        tell(shape.table, at, shapes.len());
        match marks.iter().find(|(name, _)| name == shape.table) {
            Some((_, count)) => before += count,
            None => rows += table(source, stage, shape).await?,
        }
    }
    tell("proof", shapes.len(), shapes.len());
    let (wanted, found) = tokio::try_join!(digest::tables(source), digest::tables(stage))?;
    for (one, other) in wanted.iter().zip(&found) {
        if one != other {
            return Err(KeepError::Differs(one.table.to_owned()));
        }
    }
    stage.write(async |work| work.system_end_marks().await).await?;
    stage.settle().await?;
    Ok(Carried { tables: found, rows, before })
}

/// Carries one table.
async fn table(source: &Db, stage: &Db, shape: &'static Shape) -> Result<i64, KeepError> {
    stage.write(async |work| work.system_empty(shape).await).await?;
    let mut count: i64 = 0;
    source
        .snapshot(async |work| {
            work.system_each(shape, async |rows: Vec<Vec<Cell>>| {
                count += i64::try_from(rows.len()).unwrap_or(0);
                let rows: Vec<Vec<Value>> =
                    rows.iter().map(|cells| line::values(shape, cells)).collect();
                let (name, columns) = (shape.table, shape.columns);
                stage
                    .write(async move |work| work.system_fill(name, columns, rows).await)
                    .await
                    .map_err(|error: StoreError| KeepError::from(error))
            })
            .await
        })
        .await?;
    stage.write(async |work| work.system_mark(shape.table, count).await).await?;
    Ok(count)
}
