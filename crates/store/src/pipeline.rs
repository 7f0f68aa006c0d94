//! Opportunities with the history of their stages, and cost-to-serve.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, OpportunityId};
use orchestre_domain::money::Money;
use orchestre_domain::opportunity::Stage;
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// What figures need of an opportunity.
#[derive(Debug, Clone, PartialEq)]
pub struct OpportunityBasis {
    /// Its id.
    pub id: OpportunityId,
    /// The account to which its party belongs on the day.
    pub account: Option<AccountId>,
    /// The present stage.
    pub stage: Stage,
    /// The amount in its own currency.
    pub amount: Option<Money>,
    /// The probability that was entered.
    pub probability: Option<f64>,
    /// When it was opened.
    pub opened_on: Option<Date>,
    /// When it was or will be closed.
    pub close_on: Option<Date>,
}

/// A stage and the day on which it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageStep {
    /// The opportunity.
    pub opportunity: OpportunityId,
    /// The stage.
    pub stage: Stage,
    /// Since when.
    pub since: Date,
}

/// An opportunity as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct OpportunityLine {
    /// What figures need of it.
    pub basis: OpportunityBasis,
    /// The name.
    pub name: Option<String>,
    /// The kind of business.
    pub kind: Option<String>,
    /// The product's name, or its reference.
    pub product: Option<String>,
    /// The owner's name, or its reference.
    pub owner: Option<String>,
}

/// Cost-to-serve of an account over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostBasis {
    /// The account.
    pub account: AccountId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The amount.
    pub amount: Money,
}

const BASIS: &str = "o.id, m.account_id, o.stage, o.amount_minor, o.currency, o.probability, \
                     o.opened_on, o.close_on";

impl Work<'_> {
    /// Gives every opportunity, for the computed vector.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_opportunities(
        &mut self,
        as_of: Date,
    ) -> Result<Vec<OpportunityBasis>, StoreError> {
        let text = format!(
            "SELECT {BASIS} FROM opportunities o LEFT JOIN account_parties m \
             ON m.party_id = o.party_id AND m.valid_from <= $1 AND $1 < m.valid_to ORDER BY o.id"
        );
        let rows = self.rows(Sql::built(text).bind(as_of.to_string())).await?;
        rows.iter().map(basis).collect()
    }

    /// Gives the steps of every opportunity that moves after a day, for the computed vector: the
    /// others are in their present stage.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_stages_moving_after(
        &mut self,
        as_of: Date,
    ) -> Result<Vec<StageStep>, StoreError> {
        let text = "SELECT s.opportunity_id, s.stage, s.since FROM opportunity_stages s \
                    WHERE s.opportunity_id IN \
                    (SELECT opportunity_id FROM opportunity_stages WHERE since > $1) \
                    ORDER BY s.opportunity_id, s.since";
        let rows = self.rows(sql(text).bind(as_of.to_string())).await?;
        rows.iter().map(step).collect()
    }

    /// Gives the opportunities of an account, whatever their stage.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account_opportunities(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<Vec<OpportunityLine>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Opportunity), "m.account_id", 3);
        let text = format!(
            "SELECT {BASIS}, o.name, o.type, COALESCE(p.name, o.product_ref) AS product, \
             COALESCE(w.name, o.owner_ref) AS owner \
             FROM account_parties m JOIN opportunities o ON o.party_id = m.party_id \
             LEFT JOIN products p ON p.id = o.product_id LEFT JOIN persons w ON w.id = o.owner_id \
             WHERE m.account_id = $1 AND m.valid_from <= $2 AND $2 < m.valid_to AND {seen} \
             ORDER BY o.close_on NULLS LAST, o.id"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        let rows = self.rows(asked.bind_all(values)).await?;
        rows.iter()
            .map(|row| {
                Ok(OpportunityLine {
                    basis: basis(row)?,
                    name: row.opt("name")?,
                    kind: row.opt("type")?,
                    product: row.opt("product")?,
                    owner: row.opt("owner")?,
                })
            })
            .collect()
    }

    /// Gives the steps of an account's opportunities.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account_stages(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<Vec<StageStep>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Opportunity), "m.account_id", 3);
        let text = format!(
            "SELECT s.opportunity_id, s.stage, s.since FROM account_parties m \
             JOIN opportunities o ON o.party_id = m.party_id \
             JOIN opportunity_stages s ON s.opportunity_id = o.id \
             WHERE m.account_id = $1 AND m.valid_from <= $2 AND $2 < m.valid_to AND {seen} \
             ORDER BY s.opportunity_id, s.since"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        self.rows(asked.bind_all(values)).await?.iter().map(step).collect()
    }

    /// Gives the cost-to-serve that touches a period, for the computed vector.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_costs(
        &mut self,
        as_of: Date,
        (from, to): (Date, Date),
    ) -> Result<Vec<CostBasis>, StoreError> {
        let text = "SELECT m.account_id, c.from_on, c.to_on, c.amount_minor, c.currency \
                    FROM costs c JOIN account_parties m ON m.party_id = c.party_id \
                    AND m.valid_from <= $1 AND $1 < m.valid_to \
                    WHERE c.from_on <= $3 AND c.to_on >= $2 ORDER BY m.account_id, c.id";
        let asked = sql(text).bind(as_of.to_string()).bind(from.to_string()).bind(to.to_string());
        let rows = self.rows(asked).await?;
        rows.iter()
            .map(|row| {
                let (minor, currency) = (row.get("amount_minor")?, row.currency("currency")?);
                Ok(CostBasis {
                    account: AccountId(row.get("account_id")?),
                    from: row.day("from_on")?,
                    to: row.day("to_on")?,
                    amount: Money { minor, currency },
                })
            })
            .collect()
    }
}

fn basis(row: &Row) -> Result<OpportunityBasis, StoreError> {
    let (minor, currency) = (row.opt("amount_minor")?, row.opt_currency("currency")?);
    Ok(OpportunityBasis {
        id: OpportunityId(row.get("id")?),
        account: row.opt::<i64>("account_id")?.map(AccountId),
        stage: row.word("stage", Stage::parse)?,
        amount: minor.zip(currency).map(|(minor, currency)| Money { minor, currency }),
        probability: row.opt("probability")?,
        opened_on: row.opt_day("opened_on")?,
        close_on: row.opt_day("close_on")?,
    })
}

fn step(row: &Row) -> Result<StageStep, StoreError> {
    Ok(StageStep {
        opportunity: OpportunityId(row.get("opportunity_id")?),
        stage: row.word("stage", Stage::parse)?,
        since: row.day("since")?,
    })
}
