//! Links between parties from files.

use std::collections::BTreeSet;

use orchestre_domain::hierarchy::Period;
use orchestre_domain::import::{IssueCode, Outcome};
use orchestre_domain::party::{BuiltInView, WHOLE_PPM};
use orchestre_ingest::{LinkRow, Row};
use orchestre_store::{StoreError, Work};

use super::hierarchy::{Hierarchy, Proposal};
use super::run::Run;
use super::tally::{Done, Doubt};

/// The links of a file. They go in together at the end: each is checked against all others.
pub(super) struct Batch {
    rows: Vec<Row<LinkRow>>,
}

impl Batch {
    pub(super) const fn new(rows: Vec<Row<LinkRow>>) -> Self {
        Self { rows }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) async fn finish(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
    ) -> Result<Done, StoreError> {
        let views = work.system_views().await?;
        let mut hierarchy = Hierarchy::load(work, run).await?;
        let mut done = Done::default();
        for (place, row) in self.rows.iter().enumerate() {
            let (line, value) = (i64::from(row.line), &row.value);
            let named = value.view.as_deref().map(str::to_lowercase);
            let ids = match named.as_deref() {
                None => vec![BuiltInView::Legal.id(), BuiltInView::Programme.id()],
                Some(name) => views.get(name).copied().into_iter().collect(),
            };
            if ids.is_empty() {
                done.doubts
                    .push(Doubt::new(IssueCode::UnknownWord, line).at("view", value.view.clone()));
                done.row(place, Outcome::Skip);
                continue;
            }
            let proposal = Proposal {
                line,
                views: ids,
                parent: value.parent.clone(),
                child: value.child.clone(),
                share_ppm: value.share.unwrap_or(WHOLE_PPM),
                period: Period {
                    from: value.valid_from.unwrap_or(Period::ALWAYS.from),
                    to: value.valid_to.unwrap_or(Period::ALWAYS.to),
                },
                source: value.source.clone(),
                is_plain: false,
            };
            let outcome = hierarchy.propose(&proposal);
            done.row(place, outcome);
        }
        done.doubts.append(&mut hierarchy.doubts);
        hierarchy.settle(work, BTreeSet::new()).await?;
        Ok(done)
    }
}
