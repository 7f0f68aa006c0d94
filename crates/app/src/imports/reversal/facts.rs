//! Sales lines on their way out, and those that an import corrected on their way back.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::id::ImportId;
use orchestre_domain::import::ImportState;
use orchestre_store::imports::{ChangeRow, Records, Rollup, SalesLine, WHOLE_LINE};
use orchestre_store::{StoreError, Work};

use crate::imports::journal::cells;

/// The lines of one piece.
const PIECE: i64 = 2_000;
const OBJECT: &str = "sales_line";

/// What became of some lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Piece {
    pub(super) removed: i64,
    pub(super) restored: i64,
}

impl Piece {
    pub(super) const fn lines(self) -> i64 {
        self.removed + self.restored
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self { removed: self.removed + other.removed, restored: self.restored + other.restored }
    }
}

/// Takes some lines back; none when there is none left.
pub(super) async fn piece(work: &mut Work<'_>, import: ImportId) -> Result<Piece, StoreError> {
    let lines = work.system_lines_of(import.as_i64(), PIECE).await?;
    let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
    let changes = work.system_changes_of(OBJECT, &ids).await?;
    let mine: Vec<&ChangeRow> =
        changes.iter().filter(|row| row.import_id == import.as_i64()).collect();
    let before = before(work, import, &mine).await?;
    let (mut rollup, mut gone, mut back) = (Rollup::default(), Vec::new(), Vec::new());
    for line in &lines {
        rollup.take(&line.part());
        match before.get(&line.id) {
            None => gone.push(line.id),
            Some(before) => {
                rollup.add(&before.part());
                back.push(before.clone());
            }
        }
    }
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let piece = Piece { removed: count(gone.len()), restored: count(back.len()) };
    work.system_remove_sales(&gone).await?;
    work.system_replace_sales(back).await?;
    work.system_add_rollup(rollup).await?;
    let mine: Vec<i64> = mine.iter().map(|row| row.id).collect();
    work.system_remove_changes(&mine).await?;
    Ok(piece)
}

fn line(image: &str) -> Option<SalesLine> {
    SalesLine::from_cells(&cells(image)?)
}

/// Gives the lines as they were before the import; not those of an import that is taken back, too.
async fn before(
    work: &mut Work<'_>,
    import: ImportId,
    mine: &[&ChangeRow],
) -> Result<BTreeMap<i64, SalesLine>, StoreError> {
    let mut lines: BTreeMap<i64, SalesLine> = BTreeMap::new();
    for row in mine.iter().filter(|row| row.field == WHOLE_LINE) {
        if let Some(line) = row.before.as_deref().and_then(line) {
            lines.entry(row.object_id).or_insert(line);
        }
    }
    let imports: BTreeSet<i64> = lines.values().map(|line| line.import_id).collect();
    let imports: Vec<i64> = imports.into_iter().collect();
    let states = work.system_import_states(&imports).await?;
    lines.retain(|_, line| {
        let state = states.get(&line.import_id);
        line.import_id != import.as_i64()
            && !matches!(state, Some(ImportState::Reversed | ImportState::Reversing))
    });
    known(work, &mut lines).await?;
    Ok(lines)
}

/// Lets lines wait again whose party or product is gone since.
async fn known(
    work: &mut Work<'_>,
    lines: &mut BTreeMap<i64, SalesLine>,
) -> Result<(), StoreError> {
    let parties: BTreeSet<i64> = lines.values().map(|line| line.party_id).collect();
    let products: BTreeSet<i64> = lines.values().map(|line| line.product_id).collect();
    let parties: Vec<i64> = parties.into_iter().collect();
    let products: Vec<i64> = products.into_iter().collect();
    let parties = work.system_records(Records::Parties, &parties).await?;
    let products = work.system_records(Records::Products, &products).await?;
    for line in lines.values_mut() {
        if !parties.contains_key(&line.party_id) {
            line.party_id = 0;
        }
        if !products.contains_key(&line.product_id) {
            line.product_id = 0;
        }
    }
    Ok(())
}

/// Leaves what this import corrected and a newer one corrected again: the newer one found what this
/// one had found.
pub(super) async fn inherit(work: &mut Work<'_>, import: ImportId) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let ids = work.system_changed_objects(import, OBJECT, (after, 500)).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after = *last;
        let changes = work.system_changes_of(OBJECT, &ids).await?;
        let mine = |row: &&ChangeRow| row.import_id == import.as_i64();
        for row in changes.iter().filter(mine).filter(|row| row.field == WHOLE_LINE) {
            let is_next = |next: &&ChangeRow| {
                (next.object_id, next.field.as_ref()) == (row.object_id, WHOLE_LINE)
                    && next.id > row.id
            };
            if let Some(next) = changes.iter().find(is_next) {
                work.system_put_before(next.id, row.before.as_deref()).await?;
            }
        }
        let mine: Vec<i64> = changes.iter().filter(mine).map(|row| row.id).collect();
        work.system_remove_changes(&mine).await?;
    }
}
