//! What follows from records: the closure, the accounts, what search finds.

use orchestre_domain::id::PlanId;
use orchestre_store::imports::Records;
use orchestre_store::{StoreError, Work};

use super::Taking;
use crate::imports::hierarchy::Hierarchy;
use crate::imports::{opportunities, participants, people, products};

impl Taking<'_> {
    /// Brings what follows from the records to what they are now.
    pub(super) async fn derive(&mut self, work: &mut Work<'_>) -> Result<(), StoreError> {
        if self.is_hierarchy {
            let told = std::mem::take(&mut self.parties);
            Hierarchy::at_rest(work, self.run).await?.settle(work, told).await?;
        }
        let mut stale = |records: Records| self.stale.remove(records.object()).unwrap_or_default();
        people::index(work, &stale(Records::Persons)).await?;
        products::index(work, &stale(Records::Products)).await?;
        let deals = stale(Records::Opportunities);
        let plans: Vec<i64> = stale(Records::Plans).into_iter().collect();
        opportunities::index(work, &self.run.keys.parties, &deals).await?;
        for id in work.system_records(Records::Plans, &plans).await?.into_keys() {
            work.system_index_plan(PlanId(id)).await?;
        }
        participants::settle(work, self.run.ctx.today(), None).await?;
        work.system_index_parties().await
    }
}
