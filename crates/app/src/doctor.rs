//! A look for faults in stored data, for those who hold the data.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::fault::Fault;
use orchestre_domain::hierarchy::{Graph, Reach};
use orchestre_domain::id::PartyId;
pub use orchestre_store::FaultFound;
use orchestre_store::StoreError;
use orchestre_store::imports::ClosureRow;

use crate::{App, AppError, chain};

/// How far a look goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What is quick.
    Quick,
    /// Every row, page and file again.
    Deep,
}

/// Looks for every fault; of those that read all data only when the look is deep.
///
/// A statement that fails says itself that something is damaged.
pub async fn look(app: &App, depth: Depth) -> Vec<FaultFound> {
    let mut all = Vec::new();
    for fault in Fault::ALL.iter().copied() {
        if depth == Depth::Quick && fault.is_deep() {
            continue;
        }
        let found = match fault {
            Fault::BrokenChain => broken_link(app).await,
            Fault::WrongClosure => wrong_closure(app).await,
            _ => asked(app, fault).await,
        };
        let failed = |error: AppError| {
            tracing::warn!(fault = fault.as_str(), %error, "a look for a fault failed");
            FaultFound { fault, count: 1, place: error.code().text().to_owned() }
        };
        all.push(found.unwrap_or_else(failed));
    }
    all
}

async fn asked(app: &App, fault: Fault) -> Result<FaultFound, AppError> {
    let now = app.clock.now();
    Ok(app.db.read(async |work| work.system_fault(fault, now).await).await?)
}

async fn broken_link(app: &App) -> Result<FaultFound, AppError> {
    let broken = chain::verify(app).await?.broken_at;
    let place = broken.map_or_else(String::new, |at| format!("event {at}"));
    Ok(FaultFound { fault: Fault::BrokenChain, count: i64::from(broken.is_some()), place })
}

/// Computes the closure of every view from its links again.
async fn wrong_closure(app: &App) -> Result<FaultFound, AppError> {
    let differing = app
        .db
        .read(async |work| {
            let links = work.system_links().await?;
            let mut differing = Vec::new();
            for view in work.system_views().await?.into_values() {
                let of_view = links.iter().filter(|one| one.view == view).map(|one| one.link);
                let graph = Graph::new(of_view);
                let kept = work.system_closure(view).await?;
                differing.extend(differences(&graph, &kept));
            }
            Ok::<_, StoreError>(differing)
        })
        .await?;
    let count = i64::try_from(differing.len()).unwrap_or(i64::MAX);
    let place = differing.first().map_or_else(String::new, |party| format!("party {}", party.0));
    Ok(FaultFound { fault: Fault::WrongClosure, count, place })
}

type Row = (PartyId, i64, i64, String, String);

/// Gives the parties whose kept closure is not the computed one.
fn differences(graph: &Graph, kept: &[ClosureRow]) -> Vec<PartyId> {
    let row = |ancestor: PartyId, reach: &Reach| -> Row {
        let period = reach.period;
        let days = (period.from.to_string(), period.to.to_string());
        (ancestor, reach.depth, reach.share_ppm, days.0, days.1)
    };
    let mut by_party: BTreeMap<PartyId, BTreeSet<Row>> = BTreeMap::new();
    for one in kept {
        by_party.entry(one.descendant).or_default().insert(row(one.ancestor, &one.reach));
    }
    let is_other = |(party, rows): &(PartyId, BTreeSet<Row>)| {
        let computed: BTreeSet<Row> = graph
            .ancestors(*party)
            .iter()
            .flat_map(|(ancestor, reaches)| reaches.iter().map(|reach| row(*ancestor, reach)))
            .collect();
        computed != *rows
    };
    by_party.into_iter().filter(is_other).map(|(party, _)| party).collect()
}
