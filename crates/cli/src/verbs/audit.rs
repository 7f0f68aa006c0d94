//! `orchestre audit verify` and `orchestre audit checkpoint`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use orchestre_app::chain::{self, ChainState, Wrong};
use orchestre_app::checkpoints::{self, Kept, Mark};
use orchestre_app::{App, AppError, Code};
use orchestre_domain::clock::day_of;
use serde_json::{Value, json};

use crate::args::Audit;
use crate::open::Call;
use crate::refusal::Refusal;
use crate::{Exit, output};

/// Does what is asked of the chain.
pub(crate) async fn run(call: &Call, asked: &Audit) -> anyhow::Result<Exit> {
    match asked {
        Audit::Verify { checkpoint } => verify(call, checkpoint).await,
        Audit::Checkpoint => give(call).await,
    }
}

/// Gives a checkpoint to every place now.
async fn give(call: &Call) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    let count = match checkpoints::give_now(&ctx).await {
        Err(AppError::Code(Code::CheckpointNowhere)) => {
            let what = "no place for checkpoints is set up";
            return Err(
                Refusal::no(what, "set audit.file, audit.mail or audit.timestamp_url").into()
            );
        }
        Err(AppError::Code(Code::CheckpointFailed)) => {
            let what = "a place did not take the checkpoint";
            return Err(Refusal::no(what, "the log says which, and why").into());
        }
        given => given?,
    };
    let (seq, hash) = checkpoints::get(&ctx).await?.last;
    if call.is_json {
        output::json(&json!({"places": count, "seq": seq, "hash": hash}))?;
    } else {
        output::data(&format!("link {seq} {hash} was given to {count} places"));
    }
    Ok(Exit::Done)
}

/// Reads the chain again, and holds it against checkpoints that were kept outside.
async fn verify(call: &Call, files: &[PathBuf]) -> anyhow::Result<Exit> {
    let mut kept = Vec::new();
    for file in files {
        kept.extend(read(file)?);
    }
    let ctx = call.ctx().await?;
    let state = chain::verify(&ctx.app).await?;
    let kept = held(&ctx.app, kept).await?;
    let broken: Vec<&Held> = kept.iter().filter(|one| one.kept != Kept::Holds).collect();
    if call.is_json {
        output::json(&written(&state, &kept))?;
    } else {
        output::data(&words(&state));
        for one in &broken {
            output::data(&one.words());
        }
        if broken.is_empty() && !kept.is_empty() {
            output::data(&format!("{} checkpoints hold", kept.len()));
        }
    }
    let holds = state.broken_at.is_none() && broken.is_empty();
    Ok(if holds { Exit::Done } else { Exit::No })
}

/// A checkpoint of a file, and what it says of the chain.
struct Held {
    place: String,
    mark: Mark,
    kept: Kept,
}

impl Held {
    fn words(&self) -> String {
        let what = match self.kept {
            Kept::Holds => "holds",
            Kept::Rewritten => "does not hold: the chain was written again before it",
            Kept::Cut => "does not hold: the end of the chain was taken off",
        };
        format!("{}: checkpoint of link {} {what}", self.place, self.mark.seq)
    }

    fn written(&self) -> Value {
        let word = match self.kept {
            Kept::Holds => "holds",
            Kept::Rewritten => "rewritten",
            Kept::Cut => "cut",
        };
        json!({"place": self.place, "seq": self.mark.seq, "result": word})
    }
}

/// Reads the checkpoints of a file, each with its place `FILE:LINE`.
fn read(file: &Path) -> anyhow::Result<Vec<(String, Mark)>> {
    let text = std::fs::read_to_string(file);
    let text = text.with_context(|| format!("cannot read {}", file.display()))?;
    let marks = Mark::all(&text);
    if marks.is_empty() {
        let what = format!("{} holds no checkpoint", file.display());
        let hint = "a line begins with orchestre-checkpoint 1 and has seq, hash and at";
        return Err(Refusal::misuse(what, hint).into());
    }
    let place = |line: usize| format!("{}:{line}", file.display());
    Ok(marks.into_iter().map(|(line, mark)| (place(line), mark)).collect())
}

async fn held(app: &App, kept: Vec<(String, Mark)>) -> anyhow::Result<Vec<Held>> {
    let (places, marks): (Vec<String>, Vec<Mark>) = kept.into_iter().unzip();
    let answers = checkpoints::compare(app, &marks).await?;
    let all = places.into_iter().zip(marks).zip(answers);
    Ok(all.map(|((place, mark), kept)| Held { place, mark, kept }).collect())
}

fn written(state: &ChainState, kept: &[Held]) -> Value {
    json!({
        "sealed": state.sealed,
        "unsealed": state.unsealed,
        "unsealed_from": state.unsealed_from,
        "hash": state.hash,
        "broken_at": state.broken_at,
        "broken": state.broken.as_ref().map(|broken| json!({
            "seq": broken.seq,
            "wrong": broken.wrong.as_str(),
            "id": broken.id.to_string(),
            "day": day_of(broken.at).to_string(),
        })),
        "checkpoints": kept.iter().map(Held::written).collect::<Vec<_>>(),
    })
}

/// Says how far the chain holds, and what is wrong at the first link that does not.
fn words(state: &ChainState) -> String {
    let Some(broken) = &state.broken else {
        let tail = state.unsealed_from.map_or_else(String::new, |id| format!(", from {id} on"));
        let (sealed, unsealed) = (state.sealed, state.unsealed);
        return format!("the chain holds: {sealed} events linked, {unsealed} not linked yet{tail}");
    };
    let what = match broken.wrong {
        Wrong::Changed => "was changed",
        Wrong::Missing => "is the next after one that is missing",
        Wrong::Moved => "stands in another's place",
    };
    let (seq, id, day) = (broken.seq, broken.id, day_of(broken.at));
    format!("the chain is broken at link {seq}: event {id} of {day} {what}")
}
