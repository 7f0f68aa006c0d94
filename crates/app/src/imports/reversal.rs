//! Taking an import back: what nobody touched since returns to what it was, what somebody touched
//! is listed and chosen, what is used stays and says by whom.
//!
//! What would happen is the same code in a unit of work that is taken back.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::event::EventName;
use orchestre_domain::id::{ImportId, PartyId};
use orchestre_domain::import::{ImportState, KeptBy};
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_store::imports::ImportRecord;
use orchestre_store::{Counter, Event, StoreError, Work};

use super::keys::Keys;
use super::run::{LEASE, Run, give_back};
use super::{ImportLine, Progress};
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

mod derived;
mod facts;
mod records;
mod settled;

use self::facts::Piece;

/// What to do with something that was touched since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// It stays as it is now.
    #[default]
    Keep,
    /// It returns to what it was before the import; what the import made goes.
    PutBack,
}

/// What the user chose: for single things by their key, and for all others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// By [`Conflict::key`].
    pub by_key: BTreeMap<String, Choice>,
    /// For everything that has no choice of its own.
    pub rest: Choice,
}

static KEEP_ALL: Choices = Choices { by_key: BTreeMap::new(), rest: Choice::Keep };

impl Choices {
    fn of(&self, key: &str) -> Choice {
        self.by_key.get(key).copied().unwrap_or(self.rest)
    }
}

/// Something that was touched since the import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// By what the choice is given: object, number, field.
    pub key: String,
    /// The kind of object.
    pub object: String,
    /// What it is called.
    pub label: String,
    /// The field.
    pub field: String,
    /// The line of the file.
    pub line: i64,
    /// What was there before the import; `None`: nothing.
    pub before: Option<String>,
    /// What the import set.
    pub after: Option<String>,
    /// What is there now.
    pub now: Option<String>,
    /// What is done with it.
    pub choice: Choice,
}

/// Something that the import made and that stays, because something else needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The kind of object.
    pub object: String,
    /// What it is called.
    pub label: String,
    /// The line of the file.
    pub line: i64,
    /// What needs it.
    pub by: KeptBy,
}

/// What taking an import back does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The import.
    pub import: ImportLine,
    /// The fields that return to what they were.
    pub fields: i64,
    /// The records that go, by kind of object.
    pub removed: BTreeMap<String, i64>,
    /// The sales lines that go.
    pub lines_removed: i64,
    /// The sales lines that return to what they were.
    pub lines_restored: i64,
    /// What was touched since.
    pub conflicts: Vec<Conflict>,
    /// What stays because something else needs it.
    pub kept: Vec<Kept>,
}

/// What taking an import back is given, and what it gathers.
struct Taking<'a> {
    run: &'a Run<'a>,
    id: ImportId,
    choices: &'a Choices,
    found: Reversal,
    /// The parties whose names or links change.
    parties: BTreeSet<PartyId>,
    /// What this import made and what stays, by kind of object: its values stay, too.
    stays: BTreeMap<&'static str, BTreeSet<i64>>,
    /// Whether links or parties change.
    is_hierarchy: bool,
    /// What search finds anew, by kind of object.
    stale: BTreeMap<&'static str, BTreeSet<i64>>,
}

impl<'a> Taking<'a> {
    fn new(
        run: &'a Run<'a>,
        (record, lines): (&ImportRecord, Piece),
        choices: &'a Choices,
    ) -> Self {
        let found = Reversal {
            import: super::line(record.clone(), 0),
            fields: 0,
            removed: BTreeMap::new(),
            lines_removed: lines.removed,
            lines_restored: lines.restored,
            conflicts: Vec::new(),
            kept: Vec::new(),
        };
        Self {
            run,
            id: record.id,
            choices,
            found,
            parties: BTreeSet::new(),
            stays: BTreeMap::new(),
            is_hierarchy: false,
            stale: BTreeMap::new(),
        }
    }

    /// Takes everything but sales lines back.
    async fn rest(&mut self, work: &mut Work<'_>) -> Result<(), StoreError> {
        facts::inherit(work, self.id).await?;
        self.rates(work).await?;
        self.records(work, records::FIRST).await?;
        self.records(work, records::LAST).await?;
        self.goals(work).await?;
        self.settled(work, &["party_identifier", "account"]).await?;
        self.waiting(work).await?;
        work.system_remove_added(self.id).await?;
        for other in work.system_half_reversed().await? {
            self.again(work, other).await?;
        }
        self.derive(work).await
    }

    /// Removes what an import that was taken back before had to leave, where nothing needs it now.
    async fn again(&mut self, work: &mut Work<'_>, other: ImportId) -> Result<(), StoreError> {
        let listed = (self.found.kept.len(), self.found.conflicts.len());
        let own = std::mem::replace(&mut self.id, other);
        let choices = std::mem::replace(&mut self.choices, &KEEP_ALL);
        self.records(work, records::FIRST).await?;
        self.records(work, records::LAST).await?;
        (self.id, self.choices) = (own, choices);
        self.found.kept.truncate(listed.0);
        self.found.conflicts.truncate(listed.1);
        Ok(())
    }
}

/// Refuses whoever takes no import back.
///
/// # Errors
///
/// [`Code::Forbidden`].
pub fn may_reverse(ctx: &Ctx) -> Result<(), AppError> {
    let may = may(&ctx.viewer, Capability::Update, Object::Import, Scope::Company);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}

/// Says what taking an import back would do; nothing is kept.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; [`Code::StepRefused`] for an import that is not in;
/// when the store fails.
pub async fn preview(ctx: &Ctx, id: ImportId, choices: &Choices) -> Result<Reversal, AppError> {
    let record = find(ctx, id).await?;
    let stopped = ctx.db().write(async |work| {
        let run = run(work, ctx, &record).await?;
        let mut lines = Piece::default();
        loop {
            let piece = facts::piece(work, id).await?;
            if piece.lines() == 0 {
                break;
            }
            lines = lines.and(piece);
        }
        let mut taking = Taking::new(&run, (&record, lines), choices);
        taking.rest(work).await?;
        Err::<(), Stop>(Stop::Done(Box::new(taking.found)))
    });
    match stopped.await {
        Err(Stop::Done(found)) => Ok(*found),
        Err(Stop::Failed(error)) => Err(error.into()),
        Ok(()) => Err(Code::Internal.into()),
    }
}

/// Why a preview ends: with its result, or for an error.
enum Stop {
    Done(Box<Reversal>),
    Failed(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// Takes an import back. Sales lines go in pieces, everything else in one unit of work; one that
/// was broken off goes on where it was.
///
/// # Errors
///
/// As [`preview`]; [`Code::ImportRunning`] while an import of the kind runs.
pub async fn reverse(
    ctx: &Ctx,
    id: ImportId,
    choices: &Choices,
    progress: Progress<'_>,
) -> Result<Reversal, AppError> {
    let record = find(ctx, id).await?;
    let lease = format!("import:{}", record.kind);
    let holder = ctx.id();
    let done = take_back(ctx, (&record, choices), (&lease, holder), progress).await;
    if done.is_err() {
        give_back(ctx, (&lease, holder)).await;
    }
    done
}

async fn take_back(
    ctx: &Ctx,
    (record, choices): (&ImportRecord, &Choices),
    (lease, holder): (&str, i64),
    progress: Progress<'_>,
) -> Result<Reversal, AppError> {
    let hold = async |work: &mut Work<'_>| -> Result<(), AppError> {
        let now = ctx.now();
        let is_held = work.system_lease(lease, holder, now, now + LEASE).await?;
        if is_held { Ok(()) } else { Err(Code::ImportRunning.into()) }
    };
    let run = ctx
        .db()
        .write(async |work| {
            hold(work).await?;
            work.system_put_reversed(record.id, ImportState::Reversing, None).await?;
            Ok::<_, AppError>(run(work, ctx, record).await?)
        })
        .await?;
    let total = usize::try_from(record.counts.rows).unwrap_or(0);
    let mut lines = Piece::default();
    loop {
        let piece = ctx.db().write(async |work| {
            hold(work).await?;
            let piece = facts::piece(work, record.id).await?;
            work.bump(Counter::Facts).await?;
            Ok::<_, AppError>(piece)
        });
        let piece = piece.await?;
        if piece.lines() == 0 {
            break;
        }
        lines = lines.and(piece);
        progress(usize::try_from(lines.lines()).unwrap_or(total).min(total), total);
    }
    let rest = ctx.db().write(async |work| {
        hold(work).await?;
        let mut taking = Taking::new(&run, (record, lines), choices);
        taking.rest(work).await?;
        work.bump(Counter::Facts).await?;
        work.bump(Counter::Scores).await?;
        work.system_put_reversed(record.id, ImportState::Reversed, Some(ctx.now())).await?;
        work.record(&event(ctx, record, &taking.found)).await?;
        work.system_end_lease(lease, holder).await?;
        Ok::<_, AppError>(taking.found)
    });
    let mut found = rest.await?;
    progress(total, total);
    found.import.state = ImportState::Reversed;
    Ok(found)
}

fn event(ctx: &Ctx, record: &ImportRecord, found: &Reversal) -> Event {
    let mut event = ctx.event(EventName::ImportReversed, "import", Some(record.id.as_i64()));
    event.payload = vec![
        ("kind", record.kind.to_string()),
        ("sha256", record.sha256.clone()),
        ("fields", found.fields.to_string()),
        ("removed", found.removed.values().sum::<i64>().to_string()),
        ("lines_removed", found.lines_removed.to_string()),
        ("lines_restored", found.lines_restored.to_string()),
        ("conflicts", found.conflicts.len().to_string()),
        ("kept", found.kept.len().to_string()),
    ];
    event
}

/// Finds an import that is in, or whose reversal was broken off.
async fn find(ctx: &Ctx, id: ImportId) -> Result<ImportRecord, AppError> {
    super::may_read(ctx)?;
    let found = ctx.db().read(async |work| work.system_import(id).await).await?;
    let record = found.ok_or(AppError::NOT_FOUND)?;
    may_reverse(ctx)?;
    match record.state {
        ImportState::Applied | ImportState::Reversing => Ok(record),
        _ => Err(Code::StepRefused.into()),
    }
}

async fn run<'a>(
    work: &mut Work<'_>,
    ctx: &'a Ctx,
    record: &'a ImportRecord,
) -> Result<Run<'a>, StoreError> {
    Ok(Run {
        ctx,
        import: record.id.as_i64(),
        origin: &record.origin,
        answers: &[],
        sha256: &record.sha256,
        same_file: Vec::new(),
        keys: Keys::load(work, &[]).await?,
        is_compared: false,
    })
}
