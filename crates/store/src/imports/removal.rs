//! Removing records that an import made: who uses them, what lets go of them, what goes with them.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::import::KeptBy;

use crate::error::StoreError;
use crate::imports::reattach::{LOOSE, Wanted};
use crate::imports::records::Records;
use crate::imports::rollup::{Rollup, RollupPart, Sums};
use crate::sql::Sql;
use crate::work::Work;

/// What refers to a record for good: why it stays, the table (joined), the column.
type User = (KeptBy, &'static str, &'static str);

const USES_PARTY: &[User] = &[
    (KeptBy::Link, "party_links", "parent_id"),
    (KeptBy::Link, "party_links", "child_id"),
    (KeptBy::People, "affiliations", "party_id"),
    (KeptBy::People, "stakeholder_assessments", "party_id"),
    (KeptBy::Business, "contracts", "party_id"),
    (KeptBy::Right, "account_scopes", "party_id"),
    (KeptBy::Merge, "aliases", "new_id"),
    (
        KeptBy::Right,
        "account_states s JOIN accounts a ON a.id = s.account_id \
         AND (s.event_id IS NOT NULL OR s.decided_by IS NOT NULL)",
        "a.party_id",
    ),
    (KeptBy::Right, "account_scopes s JOIN accounts a ON a.id = s.account_id", "a.party_id"),
    (KeptBy::People, "assignments s JOIN accounts a ON a.id = s.account_id", "a.party_id"),
    (KeptBy::Right, "walls s JOIN accounts a ON a.id = s.account_a", "a.party_id"),
    (KeptBy::Right, "walls s JOIN accounts a ON a.id = s.account_b", "a.party_id"),
    (KeptBy::Right, "scoped_roles s JOIN accounts a ON a.id = s.account_id", "a.party_id"),
    (KeptBy::Right, "unit_accounts s JOIN accounts a ON a.id = s.account_id", "a.party_id"),
    (KeptBy::Right, "delegation_accounts s JOIN accounts a ON a.id = s.account_id", "a.party_id"),
    (KeptBy::Right, "proposals s JOIN accounts a ON a.id = s.account_id", "a.party_id"),
    (KeptBy::Plan, "plans s JOIN accounts a ON a.id = s.account_id", "a.party_id"),
    (KeptBy::Plan, "actions s JOIN accounts a ON a.id = s.account_id", "a.party_id"),
];

const USES_PERSON: &[User] = &[
    (KeptBy::People, "affiliations", "person_id"),
    (KeptBy::People, "assignments", "person_id"),
    (KeptBy::People, "stakeholder_assessments", "person_id"),
    (KeptBy::Right, "logins", "person_id"),
    (KeptBy::People, "participant_decisions", "person_id"),
    (KeptBy::Merge, "aliases", "new_id"),
];

const USES_PLAN: &[User] = &[
    (KeptBy::Plan, "objectives", "plan_id"),
    (KeptBy::Plan, "actions", "plan_id"),
    (KeptBy::Plan, "risks", "plan_id"),
];

const USES_OBJECTIVE: &[User] = &[(KeptBy::Plan, "actions", "objective_id")];

const fn uses(records: Records) -> &'static [User] {
    match records {
        Records::Parties => USES_PARTY,
        Records::Persons => USES_PERSON,
        Records::Plans => USES_PLAN,
        Records::Objectives => USES_OBJECTIVE,
        _ => &[],
    }
}

const fn wanted(records: Records) -> Option<Wanted> {
    match records {
        Records::Parties => Some(Wanted::Party),
        Records::Persons => Some(Wanted::Person),
        Records::Products => Some(Wanted::Product),
        _ => None,
    }
}

/// What goes with a record: table and column.
const fn parts(records: Records) -> &'static [(&'static str, &'static str)] {
    match records {
        Records::Parties => &[
            ("party_names", "party_id"),
            ("party_identifiers", "party_id"),
            ("party_closure", "ancestor_id"),
            ("party_closure", "descendant_id"),
            ("account_parties", "party_id"),
            ("accounts", "party_id"),
        ],
        Records::Interactions => &[("interaction_people", "interaction_id")],
        Records::Opportunities => &[("opportunity_stages", "opportunity_id")],
        Records::Plans => &[("plan_goals", "plan_id")],
        _ => &[],
    }
}

impl Work<'_> {
    /// Gives those of the records that something refers to for good, each with the reason: a
    /// reference that a file brought keeps its text and can wait again, so it does not count.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_users(
        &mut self,
        records: Records,
        ids: &[i64],
    ) -> Result<BTreeMap<i64, KeptBy>, StoreError> {
        let mut users = BTreeMap::new();
        for (word, from, column) in uses(records) {
            for id in self.numbers_where((from, column), (column, ""), ids).await? {
                users.entry(id).or_insert(*word);
            }
        }
        for loose in LOOSE.iter().filter(|loose| Some(loose.wanted) == wanted(records)) {
            let (reference, number) = loose.columns();
            let also = format!(" AND {reference} IS NULL");
            for id in self.numbers_where((loose.table, number), (number, &also), ids).await? {
                users.entry(id).or_insert(KeptBy::Business);
            }
        }
        Ok(users)
    }

    /// Lets the references of files to these records wait again.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_detach(&mut self, records: Records, ids: &[i64]) -> Result<(), StoreError> {
        let Some(wanted) = wanted(records) else { return Ok(()) };
        for loose in LOOSE.iter().filter(|loose| loose.wanted == wanted) {
            let (_, number) = loose.columns();
            for some in ids.chunks(500) {
                let (places, values) = Sql::places(some, 1);
                let table = loose.table;
                let text =
                    format!("UPDATE {table} SET {number} = NULL WHERE {number} IN ({places})");
                self.run(Sql::built(text).bind_all(values)).await?;
            }
        }
        match wanted {
            Wanted::Party => self.detach_sales("party_id", ids).await,
            Wanted::Product => self.detach_sales("product_id", ids).await,
            Wanted::Person => Ok(()),
        }
    }

    /// Moves the sums of sales lines to "not known yet", and the lines with them.
    async fn detach_sales(&mut self, column: &'static str, ids: &[i64]) -> Result<(), StoreError> {
        // The lines have no index of their own for this: one look at all of them, then only the few.
        let text = format!("SELECT DISTINCT {column} AS number FROM sales_lines");
        let rows = self.rows(Sql::built(text)).await?;
        let sold: BTreeSet<i64> =
            rows.iter().map(|row| row.get("number")).collect::<Result<_, _>>()?;
        let ids: Vec<i64> = ids.iter().copied().filter(|id| sold.contains(id)).collect();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!(
                "SELECT party_id, product_id, ym, currency, amount_minor, cost_minor, costed_minor, \
                 quantity_e4, lines, costed_lines FROM fact_party_product_month \
                 WHERE {column} IN ({places})"
            );
            let mut rollup = Rollup::default();
            for row in self.rows(Sql::built(text).bind_all(values.clone())).await? {
                let part = RollupPart {
                    party_id: row.get("party_id")?,
                    product_id: row.get("product_id")?,
                    ym: row.get("ym")?,
                    currency: row.get("currency")?,
                    sums: Sums::read(&row)?,
                };
                if column == "party_id" {
                    rollup.take(&part);
                    rollup.add(&RollupPart { party_id: 0, ..part });
                } else {
                    rollup.add_product(&RollupPart { sums: part.sums.negative(), ..part.clone() });
                    rollup.add_product(&RollupPart { product_id: 0, ..part });
                }
            }
            self.system_add_rollup(rollup).await?;
            let text = format!("UPDATE sales_lines SET {column} = 0 WHERE {column} IN ({places})");
            self.run(Sql::built(text).bind_all(values)).await?;
        }
        Ok(())
    }

    /// Removes records with what belongs to them alone: names, keys, change rows, what search
    /// finds. What refers to them must have let go before.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_remove_records(
        &mut self,
        records: Records,
        ids: &[i64],
    ) -> Result<(), StoreError> {
        let object = records.object();
        if records == Records::Parties {
            self.remove_accounts(ids).await?;
            self.forget("party_identifier", ids).await?;
        }
        self.system_unindex_all(ids).await?;
        for (table, column) in parts(records) {
            self.remove_where(table, column, ids).await?;
        }
        self.forget(object, ids).await?;
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 2);
            let text =
                format!("DELETE FROM external_ids WHERE object = $1 AND object_id IN ({places})");
            self.run(Sql::built(text).bind(object).bind_all(values)).await?;
        }
        self.remove_where(records.table(), "id", ids).await
    }

    /// Removes the accounts of parties, and the parties from what search finds of others.
    async fn remove_accounts(&mut self, parties: &[i64]) -> Result<(), StoreError> {
        let accounts = self.numbers_where(("accounts", "id"), ("party_id", ""), parties).await?;
        self.system_unindex_all(&accounts).await?;
        self.remove_where("account_parties", "account_id", &accounts).await?;
        self.remove_where("account_states", "account_id", &accounts).await?;
        self.forget("account", &accounts).await?;
        for some in parties.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text =
                format!("UPDATE search_entries SET party_id = NULL WHERE party_id IN ({places})");
            self.run(Sql::built(text).bind_all(values)).await?;
        }
        Ok(())
    }

    /// Takes all change rows of some objects away.
    async fn forget(&mut self, object: &str, ids: &[i64]) -> Result<(), StoreError> {
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 2);
            let text =
                format!("DELETE FROM change_rows WHERE object = $1 AND object_id IN ({places})");
            self.run(Sql::built(text).bind(object).bind_all(values)).await?;
        }
        Ok(())
    }
}
