//! Checkpoints: how far the chain has come, given out of house so that nobody here can rewrite it
//! unseen – to a file that is only added to, by mail, to a time-stamp authority.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
pub use orchestre_domain::checkpoint::{Mark, Place};
use orchestre_domain::event::EventName;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_outbound::stamp::Stamper;
pub use orchestre_store::Checkpoint;
use orchestre_view::mail::LetterView;
use orchestre_view::text;

use crate::chain::{self, ChainState};
use crate::{App, AppError, Code, Ctx, mails};

/// Checkpoints that are shown.
const SHOWN: i64 = 50;
/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// Where checkpoints go, as far as the configuration says.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// The file.
    pub file: Option<PathBuf>,
    /// The address of mail.
    pub mail: Option<String>,
    /// The time-stamp authority.
    pub stamp: Option<Stamper>,
    /// Hours between two checkpoints of one place.
    pub hours: i64,
}

impl Ways {
    /// Gives the places that are set up.
    pub fn places(&self) -> Vec<Place> {
        let is_set = |place: &Place| match place {
            Place::File => self.file.is_some(),
            Place::Mail => self.mail.is_some(),
            Place::Stamp => self.stamp.is_some(),
        };
        Place::ALL.iter().copied().filter(is_set).collect()
    }
}

/// What the page of the audit shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The place and the hash of the last link; 0 and empty before the first.
    pub last: (i64, String),
    /// Events that are not linked yet.
    pub unsealed: i64,
    /// Where checkpoints go.
    pub places: Vec<Place>,
    /// Hours between two of one place.
    pub hours: i64,
    /// The latest checkpoints, the newest first.
    pub checkpoints: Vec<Checkpoint>,
    /// Whether the viewer may give one out now.
    pub can_update: bool,
}

/// Gives how the chain stands and what was given out of it.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub async fn get(ctx: &Ctx) -> Result<Audit, AppError> {
    reads(ctx)?;
    let ways = &ctx.app.outside.checkpoints;
    let can_update = may(&ctx.viewer, Capability::Update, Object::System, Scope::Company);
    ctx.db()
        .read(async |work| {
            Ok(Audit {
                last: work.system_last_link().await?,
                unsealed: work.system_measures(ctx.now()).await?.unsealed,
                places: ways.places(),
                hours: ways.hours,
                checkpoints: work.system_checkpoints(SHOWN).await?,
                can_update,
            })
        })
        .await
}

/// Gives one checkpoint, by its id as it is written.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`]; [`AppError::NOT_FOUND`].
pub async fn show(ctx: &Ctx, id: &str) -> Result<Checkpoint, AppError> {
    reads(ctx)?;
    let id = id.parse().map_err(|_no_number| AppError::NOT_FOUND)?;
    let found = ctx.db().read(async |work| work.system_checkpoint(id).await).await?;
    found.ok_or(AppError::NOT_FOUND)
}

/// Gives what the time-stamp authority signed (the answer of RFC 3161 in DER), for its checkpoints.
pub fn proof(one: &Checkpoint) -> Option<Vec<u8>> {
    STANDARD.decode(one.proof.as_ref()?).ok()
}

/// What a checkpoint that was kept outside says of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The chain still holds this very link.
    Holds,
    /// The chain has another link at this place: it was written again.
    Rewritten,
    /// The chain ends before this place: its end was taken off.
    Cut,
}

/// Holds checkpoints that were kept outside against the chain; the answers come in their order.
///
/// # Errors
///
/// What the store says.
pub async fn compare(app: &App, marks: &[Mark]) -> Result<Vec<Kept>, AppError> {
    app.db
        .read(async |work| {
            let mut kept = Vec::with_capacity(marks.len());
            for mark in marks {
                kept.push(match work.system_link(mark.seq).await? {
                    None => Kept::Cut,
                    Some(hash) if hash == mark.hash => Kept::Holds,
                    Some(_other) => Kept::Rewritten,
                });
            }
            Ok(kept)
        })
        .await
}

/// Reads the whole chain again, for whoever may see how the program runs.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub async fn verify(ctx: &Ctx) -> Result<ChainState, AppError> {
    reads(ctx)?;
    let state = chain::verify(&ctx.app).await?;
    let mut event = ctx.event(EventName::ChainVerified, "chain", None);
    let result = state.broken_at.map_or("whole".to_owned(), |at| format!("broken {at}"));
    event.payload = vec![("links", state.sealed.to_string()), ("result", result)];
    ctx.db().write(async |work| work.record(&event).await).await?;
    Ok(state)
}

fn reads(ctx: &Ctx) -> Result<(), AppError> {
    let may = may(&ctx.viewer, Capability::Read, Object::System, Scope::Company);
    if may { Ok(()) } else { Err(AppError::FORBIDDEN) }
}

/// Gives a checkpoint to every place now, for whoever runs the program; gives how many went out.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`]; [`Code::CheckpointNowhere`] when no place is set up;
/// [`Code::CheckpointFailed`] when a place did not take it.
pub async fn give_now(ctx: &Ctx) -> Result<usize, AppError> {
    if !may(&ctx.viewer, Capability::Update, Object::System, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let places = ctx.app.outside.checkpoints.places();
    if places.is_empty() {
        return Err(Code::CheckpointNowhere.into());
    }
    let event = ctx.event(EventName::CheckpointAsked, "chain", None);
    ctx.db().write(async |work| work.record(&event).await).await?;
    chain::close(&ctx.app).await?;
    give(&ctx.app, &places).await
}

/// Says whether a place wants a checkpoint.
///
/// # Errors
///
/// What the store says.
pub async fn is_due(app: &App) -> Result<bool, AppError> {
    Ok(!due(app).await?.is_empty())
}

/// Gives a checkpoint to every place that wants one.
///
/// # Errors
///
/// [`Code::CheckpointFailed`] when a place did not take it.
pub async fn run(app: &App) -> Result<(), AppError> {
    let places = due(app).await?;
    give(app, &places).await.map(drop)
}

/// Gives the places whose last checkpoint is old, and behind which events were linked since.
async fn due(app: &App) -> Result<Vec<Place>, AppError> {
    let ways = &app.outside.checkpoints;
    let (now, places) = (app.clock.now(), ways.places());
    app.db
        .read(async |work| {
            let (last, _) = work.system_last_link().await?;
            let mut due = Vec::new();
            for place in places {
                let (seq, at) = work.system_checkpointed(place).await?;
                if seq < last && at + ways.hours * HOUR <= now {
                    due.push(place);
                }
            }
            Ok(due)
        })
        .await
}

async fn give(app: &App, places: &[Place]) -> Result<usize, AppError> {
    let (seq, hash) = app.db.read(async |work| work.system_last_link().await).await?;
    if seq == 0 {
        return Ok(0);
    }
    let mark = Mark { seq, hash, at: app.clock.now() };
    let mut count = 0;
    for place in places {
        let given = give_to(app, *place, &mark).await;
        if let Err(error) = &given {
            tracing::warn!(%place, %error, "a checkpoint was not taken");
        }
        let result = given.as_ref().map_or(Code::CheckpointFailed.text(), |_proof| "done");
        let one = Checkpoint {
            id: app.ids.next(app.clock.now()),
            place: *place,
            seq: mark.seq,
            hash: mark.hash.clone(),
            at: mark.at,
            result: result.to_owned(),
            proof: given.ok().flatten(),
        };
        count += usize::from(one.result == "done");
        app.db.write(async |work| work.system_add_checkpoint(&one).await).await?;
    }
    if count == places.len() { Ok(count) } else { Err(Code::CheckpointFailed.into()) }
}

/// Gives the line to a place; gives what the other side answered.
async fn give_to(app: &App, place: Place, mark: &Mark) -> Result<Option<String>, String> {
    let ways = &app.outside.checkpoints;
    let line = format!("{}\n", mark.line());
    match place {
        Place::File => {
            if let Some(path) = &ways.file {
                append(path, &line).map_err(|error| error.to_string())?;
            }
            Ok(None)
        }
        Place::Mail => {
            if let Some(to) = &ways.mail {
                post(app, to, mark).await.map_err(|error| error.to_string())?;
            }
            Ok(None)
        }
        Place::Stamp => {
            let Some(stamper) = &ways.stamp else { return Ok(None) };
            let nonce = getrandom::u64().map_err(|error| error.to_string())?;
            let token = stamper.stamp(line.as_bytes(), nonce).await;
            Ok(Some(STANDARD.encode(token.map_err(|error| error.to_string())?)))
        }
    }
}

/// Adds a line to a file and brings it to the disk.
fn append(path: &Path, line: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

/// Writes the mail down; it goes out with the others.
async fn post(app: &App, to: &str, mark: &Mark) -> Result<(), AppError> {
    if !mails::is_set_up(app) {
        return Err(Code::MailAbsent.into());
    }
    // Nobody knows which language is read there: both stand in the mail.
    let words = LetterView::new(Lang::En, text(Lang::En, "mail-checkpoint-title"))
        .say(text(Lang::En, "mail-checkpoint-what"))
        .say(text(Lang::Fr, "mail-checkpoint-what"))
        .say(mark.line());
    let draft = mails::Draft { purpose: "checkpoint", to, login: None, words, until_at: None };
    let mail = mails::draft(app, &draft)?;
    Ok(app.db.write(async |work| work.add_mail(&mail).await).await?)
}
