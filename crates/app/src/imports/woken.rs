//! Rows that waited and wait no more: what they were is kept, so that they can wait again.

use orchestre_store::imports::{WAITING, WaitingRow};
use orchestre_store::{StoreError, Work};

use super::journal::{Journal, Source, cells, image};
use super::run::Run;

/// Ends the waiting of rows that went in.
pub(super) async fn end(
    work: &mut Work<'_>,
    run: &Run<'_>,
    rows: &[WaitingRow],
) -> Result<(), StoreError> {
    let mut journal = Journal::new(run);
    for row in rows {
        let source = Source { import: run.import, line: row.line };
        journal.note(source, (WAITING, row.id), WAITING, (Some(write(row)), None));
        work.system_end_waiting(row.id).await?;
    }
    journal.keep(work).await
}

fn write(row: &WaitingRow) -> String {
    let numbers = [row.id, row.import_id, row.line].map(|number| Some(number.to_string()));
    let texts = [&row.kind, &row.origin, &row.fields].map(|text| Some(text.clone()));
    image(&[numbers, texts].concat())
}

/// Reads a row that waited; `None` for another text.
pub(super) fn read(text: &str) -> Option<WaitingRow> {
    let mut cells = cells(text)?.into_iter();
    let mut next = || cells.next()?;
    Some(WaitingRow {
        id: next()?.parse().ok()?,
        import_id: next()?.parse().ok()?,
        line: next()?.parse().ok()?,
        kind: next()?,
        origin: next()?,
        fields: next()?,
    })
}
