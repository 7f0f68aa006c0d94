//! Counters that tell every process when what it keeps in memory is out of date.

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counter {
    /// Sales lines, opportunities, costs, rates, parties or links.
    Facts,
    /// Judgements, criteria, settings, states, walls or assignments.
    Scores,
}

impl Counter {
    const fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts_version",
            Self::Scores => "scores_version",
        }
    }
}

/// How often each of the two was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Versions {
    /// Changes of [`Counter::Facts`].
    pub facts: i64,
    /// Changes of [`Counter::Scores`].
    pub scores: i64,
}

impl Work<'_> {
    /// Gives both counters.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn versions(&mut self) -> Result<Versions, StoreError> {
        let text =
            "SELECT name, value FROM counters WHERE name IN ('facts_version', 'scores_version')";
        let mut versions = Versions::default();
        for row in self.rows(sql(text)).await? {
            let value = row.get("value")?;
            if row.get::<String>("name")? == Counter::Facts.name() {
                versions.facts = value;
            } else {
                versions.scores = value;
            }
        }
        Ok(versions)
    }

    /// Counts a change, so that every process computes anew.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn bump(&mut self, counter: Counter) -> Result<(), StoreError> {
        let text = "INSERT INTO counters (name, value) VALUES ($1, 1) \
                    ON CONFLICT (name) DO UPDATE SET value = counters.value + 1";
        self.run(sql(text).bind(counter.name())).await?;
        Ok(())
    }
}
