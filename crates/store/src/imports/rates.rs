//! Rates as they come in: days, and the means of their months.

use jiff::civil::Date;
use orchestre_domain::money::{Currency, divide_half_even};

use crate::error::StoreError;
use crate::sql::{Value, sql};
use crate::work::Work;

/// A published rate: currency, day, units for one euro × 100,000,000.
pub type DayRate = (Currency, Date, i64);

impl Work<'_> {
    /// Gives the published rates between two days, both included.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_day_rates(
        &mut self,
        from: Date,
        to: Date,
    ) -> Result<Vec<DayRate>, StoreError> {
        let text = "SELECT currency, day, rate_e8 FROM rates WHERE day >= $1 AND day <= $2 ORDER BY currency, day";
        let rows = self.rows(sql(text).bind(from.to_string()).bind(to.to_string())).await?;
        rows.iter()
            .map(|row| Ok((row.currency("currency")?, row.day("day")?, row.get("rate_e8")?)))
            .collect()
    }

    /// Sets published rates.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_day_rates(&mut self, rates: &[DayRate]) -> Result<(), StoreError> {
        let row = |(currency, day, rate): &DayRate| {
            vec![currency.as_str().into(), Value::Text(Some(day.to_string())), (*rate).into()]
        };
        let tail = "ON CONFLICT (currency, day) DO UPDATE SET rate_e8 = excluded.rate_e8";
        self.insert("rates", &["currency", "day", "rate_e8"], rates.iter().map(row).collect(), tail)
            .await
    }

    /// Computes the means of the months between two days anew: the mean of the published days,
    /// rounded half-even.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_mean_rates(&mut self, from: Date, to: Date) -> Result<(), StoreError> {
        let text = "SELECT currency, SUBSTR(day, 1, 7) AS month, CAST(SUM(rate_e8) AS BIGINT) AS total, \
                    COUNT(*) AS days FROM rates WHERE day >= $1 AND day <= $2 \
                    GROUP BY currency, SUBSTR(day, 1, 7)";
        let (from, to) = (from.first_of_month(), to.last_of_month());
        let rows = self.rows(sql(text).bind(from.to_string()).bind(to.to_string())).await?;
        let mut means: Vec<Vec<Value>> = Vec::with_capacity(rows.len());
        for row in rows {
            let (total, days): (i64, i64) = (row.get("total")?, row.get("days")?);
            let month: String = row.get::<String>("month")?.replace('-', "");
            let mean = divide_half_even(i128::from(total), i128::from(days));
            let (Ok(ym), Some(mean)) = (month.parse::<i64>(), mean) else { continue };
            means.push(vec![
                row.get::<String>("currency")?.into(),
                ym.into(),
                mean.into(),
                days.into(),
            ]);
        }
        let tail = "ON CONFLICT (currency, ym) DO UPDATE SET rate_e8 = excluded.rate_e8, days = excluded.days";
        self.insert("month_rates", &["currency", "ym", "rate_e8", "days"], means, tail).await
    }

    /// Sets the rates of whole months.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_month_rates(
        &mut self,
        rates: &[(Currency, i64, i64)],
    ) -> Result<(), StoreError> {
        let row = |(currency, ym, rate): &(Currency, i64, i64)| {
            vec![currency.as_str().into(), (*ym).into(), (*rate).into(), 1_i64.into()]
        };
        let tail = "ON CONFLICT (currency, ym) DO UPDATE SET rate_e8 = excluded.rate_e8, days = excluded.days";
        let columns = &["currency", "ym", "rate_e8", "days"];
        self.insert("month_rates", columns, rates.iter().map(row).collect(), tail).await
    }

    /// Sets budget rates: fiscal year, currency, rate.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_budget_rates(
        &mut self,
        rates: &[(i64, Currency, i64)],
    ) -> Result<(), StoreError> {
        let row = |(year, currency, rate): &(i64, Currency, i64)| {
            vec![(*year).into(), currency.as_str().into(), (*rate).into()]
        };
        let tail = "ON CONFLICT (fiscal_year, currency) DO UPDATE SET rate_e8 = excluded.rate_e8";
        let columns = &["fiscal_year", "currency", "rate_e8"];
        self.insert("budget_rates", columns, rates.iter().map(row).collect(), tail).await
    }
}
