//! What was done as files, CSV and JSON lines: as it is asked for, as far as the viewer sees.

use jiff::Timestamp;
use orchestre_domain::lang::Lang;
use orchestre_view::text;

use super::safe;
use crate::feed::{self, FeedAsk, FeedRow};
use crate::{AppError, Code, Ctx, reads};

/// Entries that are read at once.
const STEP: usize = 2_000;
/// Entries of one file at most; a year of a large company \[D\].
pub const MOST: usize = 200_000;

/// The columns, as the words of the API.
const HEAD: [&str; 12] = [
    "id",
    "at",
    "event",
    "what",
    "login",
    "who",
    "whom",
    "account",
    "account_name",
    "object",
    "object_id",
    "payload",
];

/// Gives the entries as CSV: UTF-8 with a mark, comma; text never begins a formula.
///
/// # Errors
///
/// `forbidden`; `list_too_long` for more than [`MOST`] entries.
pub async fn csv(ctx: &Ctx, ask: &FeedAsk) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let mut is_written = writer.write_record(HEAD).is_ok();
    let rows = each(ctx, ask, |row| {
        let cells = cells(ctx.viewer.lang, row).map(|cell| safe(cell.unwrap_or_default()));
        is_written &= writer.write_record(cells).is_ok();
    })
    .await?;
    let bytes = writer.into_inner().ok().filter(|_| is_written);
    let bytes = bytes.ok_or(AppError::Code(Code::Internal))?;
    reads::export(ctx, "events", "csv", rows).await?;
    Ok(bytes)
}

/// Gives the entries as JSON, one object a line, with the same names as the columns.
///
/// # Errors
///
/// As [`csv()`].
pub async fn lines(ctx: &Ctx, ask: &FeedAsk) -> Result<Vec<u8>, AppError> {
    let mut out = Vec::new();
    let rows = each(ctx, ask, |row| {
        let cells = HEAD.iter().zip(cells(ctx.viewer.lang, row));
        let object: serde_json::Map<_, _> =
            cells.map(|(name, cell)| ((*name).to_owned(), cell.into())).collect();
        out.extend(serde_json::Value::from(object).to_string().bytes());
        out.push(b'\n');
    })
    .await?;
    reads::export(ctx, "events", "jsonl", rows).await?;
    Ok(out)
}

/// Hands every entry over, a step at a time; gives how many there were.
async fn each(ctx: &Ctx, ask: &FeedAsk, mut take: impl FnMut(&FeedRow)) -> Result<usize, AppError> {
    let mut ask = FeedAsk { limit: STEP, ..ask.clone() };
    let mut rows = 0;
    loop {
        let found = feed::find(ctx, &ask).await?;
        rows += found.len();
        if rows > MOST {
            return Err(Code::ListTooLong.into());
        }
        found.iter().for_each(&mut take);
        match found.last() {
            Some(last) if found.len() == STEP => ask.before = Some((last.at, last.id.as_i64())),
            _ => return Ok(rows),
        }
    }
}

fn cells(lang: Lang, row: &FeedRow) -> [Option<String>; HEAD.len()] {
    let at = Timestamp::from_microsecond(row.at).unwrap_or_default();
    let name = row.name.as_str();
    [
        Some(row.id.to_string()),
        Some(at.to_string()),
        Some(name.to_owned()),
        Some(text(lang, &format!("event-{}", name.replace('.', "-")))),
        row.login.map(|login| login.to_string()),
        row.who.clone(),
        row.whom.clone(),
        row.account.map(|account| account.to_string()),
        row.account_name.clone(),
        Some(row.object.clone()),
        row.object_id.map(|id| id.to_string()),
        Some(row.payload.replace('\n', "; ")).filter(|payload| !payload.is_empty()),
    ]
}
