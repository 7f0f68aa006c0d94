//! Facts as every figure reads them: sums by month and currency, of accounts, parties, products.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PartyId, ProductId};
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::scan::Scanned;
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

/// Sums of a party, small enough to be kept in memory for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartyMonth {
    /// The party; 0 for lines that name no known party.
    pub party: PartyId,
    amount_minor: i64,
    cost_minor: i64,
    costed_minor: i64,
    ym: u32,
    lines: u32,
    costed_lines: u32,
    currency: Currency,
}

impl PartyMonth {
    /// Gives the sums; `None` when the stored month is none.
    pub fn sums(&self) -> Option<Sums> {
        Some(Sums {
            ym: Ym::new(i64::from(self.ym))?,
            currency: self.currency,
            amount_minor: self.amount_minor,
            cost_minor: self.cost_minor,
            costed_minor: self.costed_minor,
            lines: i64::from(self.lines),
            costed_lines: i64::from(self.costed_lines),
        })
    }
}

/// The sums that a query of facts selects.
const SUMS: &str = "f.currency, f.ym, CAST(SUM(f.amount_minor) AS BIGINT) AS amount_minor, \
                    CAST(SUM(f.cost_minor) AS BIGINT) AS cost_minor, \
                    CAST(SUM(f.costed_minor) AS BIGINT) AS costed_minor, \
                    CAST(SUM(f.lines) AS BIGINT) AS lines, \
                    CAST(SUM(f.costed_lines) AS BIGINT) AS costed_lines";

impl Work<'_> {
    /// Gives the sums of every party, in the order of parties, for the computed vectors.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_party_months(&mut self) -> Result<Vec<PartyMonth>, StoreError> {
        let text = "SELECT party_id, ym, currency, amount_minor, cost_minor, costed_minor, lines, \
                    costed_lines FROM fact_party_month ORDER BY party_id, ym, currency";
        let small = |number: i64| {
            u32::try_from(number).ok().ok_or_else(|| StoreError::Engine(format!("{number} lines")))
        };
        self.scan(sql(text), |row| {
            Ok(PartyMonth {
                party: PartyId(row.int(0)?),
                ym: small(row.int(1)?)?,
                currency: row.text(2, Currency::parse)?,
                amount_minor: row.int(3)?,
                cost_minor: row.int(4)?,
                costed_minor: row.int(5)?,
                lines: small(row.int(6)?)?,
                costed_lines: small(row.int(7)?)?,
            })
        })
        .await
    }

    /// Gives the account of every party on a day, in the order of parties.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_members_on(
        &mut self,
        as_of: Date,
    ) -> Result<Vec<(PartyId, AccountId)>, StoreError> {
        let text = "SELECT party_id, account_id FROM account_parties \
                    WHERE valid_from <= $1 AND $1 < valid_to ORDER BY party_id";
        self.scan(sql(text).bind(as_of.to_string()), |row| {
            Ok((PartyId(row.int(0)?), AccountId(row.int(1)?)))
        })
        .await
    }

    /// Gives the parties of an account on a day.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account_parties(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<Vec<PartyId>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Account), "account_id", 3);
        let text = format!(
            "SELECT party_id FROM account_parties WHERE account_id = $1 \
             AND valid_from <= $2 AND $2 < valid_to AND {seen} ORDER BY party_id"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        self.scan(asked.bind_all(values), |row| Ok(PartyId(row.int(0)?))).await
    }

    /// Gives the day after the last on which an account had parties; far away for one that has.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account_end(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
    ) -> Result<Option<Date>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Account), "account_id", 2);
        let text = format!(
            "SELECT valid_to AS day FROM account_parties WHERE account_id = $1 AND {seen} \
             ORDER BY valid_to DESC LIMIT 1"
        );
        let row = self.row(Sql::built(text).bind(account.as_i64()).bind_all(values)).await?;
        row.map(|row| row.day("day")).transpose()
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
        self.scan(asked, |row| {
            let product = row.int(0)?;
            Ok(((product != 0).then_some(ProductId(product)), scanned(row)?))
        })
        .await
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

/// Reads what [`SUMS`] selects after one column.
fn scanned(row: &Scanned<'_>) -> Result<Sums, StoreError> {
    let number = row.int(2)?;
    Ok(Sums {
        currency: row.text(1, Currency::parse)?,
        ym: Ym::new(number).ok_or_else(|| StoreError::Engine(format!("{number} is no month")))?,
        amount_minor: row.int(3)?,
        cost_minor: row.int(4)?,
        costed_minor: row.int(5)?,
        lines: row.int(6)?,
        costed_lines: row.int(7)?,
    })
}
