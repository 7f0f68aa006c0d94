//! Facts as every figure reads them: sums by month and currency, of accounts, parties, products.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PartyId, ProductId};
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// Sums of one month in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// The month.
    pub ym: Ym,
    /// The currency of the amounts.
    pub currency: Currency,
    /// Turnover.
    pub amount_minor: i64,
    /// Cost of the lines that have one.
    pub cost_minor: i64,
    /// Turnover of the lines that have a cost.
    pub costed_minor: i64,
    /// Lines.
    pub lines: i64,
    /// Lines that have a cost.
    pub costed_lines: i64,
}

/// The sums that a query of facts selects.
const SUMS: &str = "f.currency, f.ym, CAST(SUM(f.amount_minor) AS BIGINT) AS amount_minor, \
                    CAST(SUM(f.cost_minor) AS BIGINT) AS cost_minor, \
                    CAST(SUM(f.costed_minor) AS BIGINT) AS costed_minor, \
                    CAST(SUM(f.lines) AS BIGINT) AS lines, \
                    CAST(SUM(f.costed_lines) AS BIGINT) AS costed_lines";

impl Work<'_> {
    /// Gives the sums of every account (its parties as of the day) up to a month, for the computed
    /// vector; `None` gathers what belongs to no account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_account_sums(
        &mut self,
        as_of: Date,
        until: Ym,
    ) -> Result<Vec<(Option<AccountId>, Sums)>, StoreError> {
        let text = format!(
            "SELECT m.account_id, {SUMS} FROM fact_party_month f LEFT JOIN account_parties m \
             ON m.party_id = f.party_id AND m.valid_from <= $1 AND $1 < m.valid_to \
             WHERE f.ym <= $2 GROUP BY m.account_id, f.currency, f.ym"
        );
        let asked = Sql::built(text).bind(as_of.to_string()).bind(until.number());
        let rows = self.rows(asked).await?;
        rows.iter()
            .map(|row| Ok((row.opt::<i64>("account_id")?.map(AccountId), sums(row)?)))
            .collect()
    }

    /// Gives the sums of each party of an account between two months, both included.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn party_sums(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
        months: (Ym, Ym),
    ) -> Result<Vec<(PartyId, Sums)>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Sales), "m.account_id", 5);
        let text = format!(
            "SELECT f.party_id, {SUMS} FROM account_parties m JOIN fact_party_month f \
             ON f.party_id = m.party_id WHERE m.account_id = $1 AND m.valid_from <= $2 \
             AND $2 < m.valid_to AND f.ym BETWEEN $3 AND $4 AND {seen} \
             GROUP BY f.party_id, f.currency, f.ym"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        let asked = asked.bind(months.0.number()).bind(months.1.number()).bind_all(values);
        let rows = self.rows(asked).await?;
        rows.iter().map(|row| Ok((PartyId(row.get("party_id")?), sums(row)?))).collect()
    }

    /// Gives the sums of the parties below a party in a view between two months, the party itself
    /// included; parties of accounts that the viewer does not see are left out.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn view_sums(
        &mut self,
        viewer: &Viewer,
        parties: &[PartyId],
        as_of: Date,
        months: (Ym, Ym),
    ) -> Result<Vec<(PartyId, Sums)>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Sales), "m.account_id", 4);
        let mut found = Vec::new();
        for some in parties.chunks(500) {
            let ids: Vec<i64> = some.iter().copied().map(PartyId::as_i64).collect();
            let (places, ids) = Sql::places(&ids, 4 + values.len());
            let text = format!(
                "SELECT f.party_id, {SUMS} FROM fact_party_month f JOIN account_parties m \
                 ON m.party_id = f.party_id AND m.valid_from <= $1 AND $1 < m.valid_to \
                 WHERE f.ym BETWEEN $2 AND $3 AND {seen} AND f.party_id IN ({places}) \
                 GROUP BY f.party_id, f.currency, f.ym"
            );
            let asked = Sql::built(text).bind(as_of.to_string());
            let asked = asked.bind(months.0.number()).bind(months.1.number());
            for row in self.rows(asked.bind_all(values.clone()).bind_all(ids)).await? {
                found.push((PartyId(row.get("party_id")?), sums(&row)?));
            }
        }
        Ok(found)
    }

    /// Gives the sums of each product that an account bought between two months, both included;
    /// `None` gathers what names no known product.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn product_sums(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
        months: (Ym, Ym),
    ) -> Result<Vec<(Option<ProductId>, Sums)>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Sales), "m.account_id", 5);
        let text = format!(
            "SELECT f.product_id, {SUMS} FROM account_parties m JOIN fact_party_product_month f \
             ON f.party_id = m.party_id WHERE m.account_id = $1 AND m.valid_from <= $2 \
             AND $2 < m.valid_to AND f.ym BETWEEN $3 AND $4 AND {seen} \
             GROUP BY f.product_id, f.currency, f.ym"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        let asked = asked.bind(months.0.number()).bind(months.1.number()).bind_all(values);
        let rows = self.rows(asked).await?;
        rows.iter()
            .map(|row| {
                let product: i64 = row.get("product_id")?;
                Ok(((product != 0).then_some(ProductId(product)), sums(row)?))
            })
            .collect()
    }

    /// Gives the sums of a running month of an account, for the open column of its chart.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn month_sums(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
        ym: Ym,
    ) -> Result<Vec<Sums>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Sales), "m.account_id", 4);
        let text = format!(
            "SELECT {SUMS} FROM account_parties m JOIN fact_party_month f \
             ON f.party_id = m.party_id WHERE m.account_id = $1 AND m.valid_from <= $2 \
             AND $2 < m.valid_to AND f.ym = $3 AND {seen} GROUP BY f.currency, f.ym"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        let rows = self.rows(asked.bind(ym.number()).bind_all(values)).await?;
        rows.iter().map(sums).collect()
    }

    /// Says whether an import is being applied, so that figures can carry the warning.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn is_importing(&mut self) -> Result<bool, StoreError> {
        let text = "SELECT id FROM imports WHERE state = 'applying' LIMIT 1";
        Ok(self.row(sql(text)).await?.is_some())
    }
}

fn sums(row: &Row) -> Result<Sums, StoreError> {
    Ok(Sums {
        ym: row.ym("ym")?,
        currency: row.currency("currency")?,
        amount_minor: row.get("amount_minor")?,
        cost_minor: row.get("cost_minor")?,
        costed_minor: row.get("costed_minor")?,
        lines: row.get("lines")?,
        costed_lines: row.get("costed_lines")?,
    })
}
