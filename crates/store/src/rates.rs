//! Exchange rates as conversion needs them: means of months and budget rates, all at once.

use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;

use crate::error::StoreError;
use crate::sql::{Sql, sql};
use crate::work::Work;

impl Work<'_> {
    /// Gives the mean rate of each month of these currencies, ordered by currency and month.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn month_rates(
        &mut self,
        currencies: &[Currency],
    ) -> Result<Vec<(Currency, Ym, i64)>, StoreError> {
        if currencies.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<String> = (1..=currencies.len()).map(|place| format!("${place}")).collect();
        let text = format!(
            "SELECT currency, ym, rate_e8 FROM month_rates WHERE currency IN ({}) \
             ORDER BY currency, ym",
            places.join(", ")
        );
        let values = currencies.iter().map(|currency| currency.as_str().into());
        let rows = self.rows(Sql::built(text).bind_all(values)).await?;
        rows.iter()
            .map(|row| Ok((row.currency("currency")?, row.ym("ym")?, row.get("rate_e8")?)))
            .collect()
    }

    /// Gives the budget rates: fiscal year, currency, rate.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn budget_rates(&mut self) -> Result<Vec<(i64, Currency, i64)>, StoreError> {
        let text = "SELECT fiscal_year, currency, rate_e8 FROM budget_rates \
                    ORDER BY currency, fiscal_year";
        let rows = self.rows(sql(text)).await?;
        rows.iter()
            .map(|row| {
                Ok((row.get("fiscal_year")?, row.currency("currency")?, row.get("rate_e8")?))
            })
            .collect()
    }

    /// Gives the currencies that have a rate of any kind.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn rated_currencies(&mut self) -> Result<Vec<Currency>, StoreError> {
        let text = "SELECT currency FROM month_rates \
                    UNION SELECT currency FROM budget_rates ORDER BY currency";
        self.rows(sql(text)).await?.iter().map(|row| row.currency("currency")).collect()
    }
}
