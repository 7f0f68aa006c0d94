//! The rows of a file on their way in, whatever their kind.

use std::ops::Range;

use orchestre_domain::import::ImportKind;
use orchestre_ingest::Rows;
use orchestre_store::{StoreError, Work};

use super::run::Run;
use super::tally::Done;
use super::{
    accounts, costs, interactions, links, opportunities, people, plans, products, rates, sales,
    scores,
};

/// From so many rows on the engine is told how large its tables have become.
const MANY: usize = 500;

/// Gives the rows of one write: people who work beside it wait no longer than for that.
pub(super) const fn chunk(kind: ImportKind) -> usize {
    match kind {
        // A row has a rate for each of forty currencies, a plan its whole tree.
        ImportKind::Rates => 200,
        ImportKind::Plans => 50,
        ImportKind::Sales => 2_000,
        _ => 1_000,
    }
}

/// The rows of a file, prepared against what is known.
pub(super) enum Batch {
    Nothing,
    Accounts(accounts::Batch),
    Links(links::Batch),
    Products(products::Batch),
    Sales(sales::Batch),
    Opportunities(opportunities::Batch),
    People(people::Batch),
    Interactions(interactions::Batch),
    Costs(costs::Batch),
    Rates(rates::Batch),
    Scores(scores::Batch),
    Plans(plans::Batch),
}

impl Batch {
    /// Prepares rows: keys are followed and ids are made; nothing is written.
    pub(super) fn new(rows: Rows, run: &Run<'_>) -> Self {
        match rows {
            Rows::Accounts(rows) => Self::Accounts(accounts::Batch::new(rows, run)),
            Rows::Links(rows) => Self::Links(links::Batch::new(rows)),
            Rows::Products(rows) => Self::Products(products::Batch::new(rows, run)),
            Rows::Sales(rows) => Self::Sales(sales::Batch::new(rows)),
            Rows::Opportunities(rows) => Self::Opportunities(opportunities::Batch::new(&rows, run)),
            Rows::People(rows) => Self::People(people::Batch::new(&rows, run)),
            Rows::Interactions(rows) => Self::Interactions(interactions::Batch::new(&rows, run)),
            Rows::Costs(rows) => Self::Costs(costs::Batch::new(&rows, run)),
            Rows::Rates(rows) => Self::Rates(rates::Batch::new(rows)),
            Rows::Scores(rows) => Self::Scores(scores::Batch::new(&rows, run)),
            Rows::Plans(rows) => Self::Plans(plans::Batch::new(&rows, run)),
            Rows::Nothing => Self::Nothing,
        }
    }

    /// Gives the number of rows.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Accounts(batch) => batch.len(),
            Self::Links(batch) => batch.len(),
            Self::Products(batch) => batch.len(),
            Self::Sales(batch) => batch.len(),
            Self::Opportunities(batch) => batch.len(),
            Self::People(batch) => batch.len(),
            Self::Interactions(batch) => batch.len(),
            Self::Costs(batch) => batch.len(),
            Self::Rates(batch) => batch.len(),
            Self::Scores(batch) => batch.len(),
            Self::Plans(batch) => batch.len(),
        }
    }

    /// Compares some rows with what is stored and does what the comparison says.
    pub(super) async fn apply(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
        rows: Range<usize>,
    ) -> Result<Done, StoreError> {
        match self {
            Self::Nothing | Self::Links(_) => Ok(Done::default()),
            Self::Accounts(batch) => batch.apply(work, run, rows).await,
            Self::Products(batch) => batch.apply(work, run, rows).await,
            Self::Sales(batch) => batch.apply(work, run, rows).await,
            Self::Opportunities(batch) => batch.apply(work, run, rows).await,
            Self::People(batch) => batch.apply(work, run, rows).await,
            Self::Interactions(batch) => batch.apply(work, run, rows).await,
            Self::Costs(batch) => batch.apply(work, run, rows).await,
            Self::Rates(batch) => batch.apply(work, run, rows).await,
            Self::Scores(batch) => batch.apply(work, run, rows).await,
            Self::Plans(batch) => batch.apply(work, run, rows).await,
        }
    }

    /// Does what needs all rows to be in, in the unit of work of the last of them.
    pub(super) async fn finish(
        &self,
        work: &mut Work<'_>,
        run: &Run<'_>,
    ) -> Result<Done, StoreError> {
        let done = match self {
            Self::Accounts(batch) => batch.finish(work, run).await?,
            Self::Links(batch) => batch.finish(work, run).await?,
            Self::Rates(batch) => batch.finish(work).await?,
            _ => Done::default(),
        };
        if self.len() >= MANY {
            work.system_count_tables(self.tables()).await?;
        }
        super::attach::attach(work, run).await?;
        Ok(done)
    }

    /// Gives the tables that a large import fills.
    const fn tables(&self) -> &'static [&'static str] {
        match self {
            Self::Nothing | Self::Plans(_) => &[],
            Self::Accounts(_) | Self::Links(_) => {
                &["parties", "external_ids", "party_links", "party_closure", "account_parties"]
            }
            Self::Products(_) => &["products", "external_ids"],
            Self::Sales(_) => &["sales_lines", "fact_party_month", "fact_party_product_month"],
            Self::Opportunities(_) => &["opportunities", "external_ids", "search_words"],
            Self::People(_) => &["persons", "affiliations", "external_ids", "search_words"],
            Self::Interactions(_) => &["interactions", "interaction_people", "external_ids"],
            Self::Costs(_) => &["costs", "external_ids"],
            Self::Rates(_) => &["rates", "month_rates"],
            Self::Scores(_) => &["judgements", "external_ids"],
        }
    }
}
