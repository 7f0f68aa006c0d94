//! Rates as they come in: days and the means of their months, whole months, budgets.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::money::{Currency, divide_half_even};

use crate::error::StoreError;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// What a rate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RateKind {
    /// A day; published.
    Day,
    /// A whole month.
    Month,
    /// The budget of a fiscal year.
    Budget,
}

/// A rate by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RateKey {
    /// Day, month or budget.
    pub kind: RateKind,
    /// The day as 20261231, the month as 202612, the year as 2026.
    pub number: i64,
    /// The currency.
    pub currency: Currency,
}

struct Shape {
    table: &'static str,
    number: &'static str,
    columns: &'static [&'static str],
    tail: &'static str,
}

impl RateKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Budget];

    /// Gives the name of the object in change rows.
    pub const fn object(self) -> &'static str {
        match self {
            Self::Day => "rate",
            Self::Month => "month_rate",
            Self::Budget => "budget_rate",
        }
    }

    const fn shape(self) -> Shape {
        match self {
            Self::Day => Shape {
                table: "rates",
                number: "CAST(REPLACE(day, '-', '') AS BIGINT)",
                columns: &["currency", "day", "rate_e8", "import_id"],
                tail: "ON CONFLICT (currency, day) DO UPDATE SET rate_e8 = excluded.rate_e8",
            },
            Self::Month => Shape {
                table: "month_rates",
                number: "ym",
                columns: &["currency", "ym", "rate_e8", "days"],
                tail: "ON CONFLICT (currency, ym) DO UPDATE SET rate_e8 = excluded.rate_e8, \
                       days = excluded.days",
            },
            Self::Budget => Shape {
                table: "budget_rates",
                number: "fiscal_year",
                columns: &["currency", "fiscal_year", "rate_e8"],
                tail: "ON CONFLICT (fiscal_year, currency) DO UPDATE SET rate_e8 = excluded.rate_e8",
            },
        }
    }
}

impl RateKey {
    /// Gives a day as a number.
    pub fn day_number(day: Date) -> i64 {
        i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
    }

    fn row(self, rate: i64, import: i64) -> Vec<Value> {
        let mut row: Vec<Value> = vec![self.currency.as_str().into()];
        match self.kind {
            RateKind::Day => row.extend([iso(self.number).into(), rate.into(), import.into()]),
            RateKind::Month => row.extend([self.number.into(), rate.into(), 1_i64.into()]),
            RateKind::Budget => row.extend([self.number.into(), rate.into()]),
        }
        row
    }
}

/// Gives a day in ISO form from its number.
pub(super) fn iso(number: i64) -> String {
    let (year, rest) = (number.div_euclid(10_000), number.rem_euclid(10_000));
    format!("{year:04}-{:02}-{:02}", rest.div_euclid(100), rest.rem_euclid(100))
}

impl Work<'_> {
    /// Gives the rates of a kind between two numbers, both included.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_rates(
        &mut self,
        kind: RateKind,
        (first, last): (i64, i64),
    ) -> Result<BTreeMap<RateKey, i64>, StoreError> {
        let Shape { table, number, .. } = kind.shape();
        let (column, first, last): (_, Value, Value) = match kind {
            RateKind::Day => ("day", iso(first).into(), iso(last).into()),
            RateKind::Month => ("ym", first.into(), last.into()),
            RateKind::Budget => ("fiscal_year", first.into(), last.into()),
        };
        let text = format!(
            "SELECT currency, {number} AS number, rate_e8 FROM {table} \
             WHERE {column} >= $1 AND {column} <= $2"
        );
        let rows = self.rows(Sql::built(text).bind(first).bind(last)).await?;
        rows.iter()
            .map(|row| {
                let (number, currency) = (row.get("number")?, row.currency("currency")?);
                Ok((RateKey { kind, number, currency }, row.get("rate_e8")?))
            })
            .collect()
    }

    /// Sets rates that an import brings; days that were there stay those of their import.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_rates(
        &mut self,
        import: i64,
        rates: &BTreeMap<RateKey, i64>,
    ) -> Result<(), StoreError> {
        for kind in RateKind::ALL {
            let Shape { table, columns, tail, .. } = kind.shape();
            let rows = rates
                .iter()
                .filter(|(key, _)| key.kind == kind)
                .map(|(key, rate)| key.row(*rate, import));
            self.insert(table, columns, rows.collect(), tail).await?;
        }
        Ok(())
    }

    /// Takes the means of months between two days (as numbers) away that have no day left, but gives those back that a file set.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_remove_means(&mut self, from: i64, to: i64) -> Result<(), StoreError> {
        let month = "SUBSTR(CAST(ym AS TEXT), 1, 4) || '-' || SUBSTR(CAST(ym AS TEXT), 5, 2)";
        let empty = format!(
            "ym >= $1 AND ym <= $2 AND NOT EXISTS (SELECT 1 FROM rates r \
             WHERE r.currency = month_rates.currency AND r.day >= {month} || '-01' \
             AND r.day <= {month} || '-31')"
        );
        let said = "FROM change_rows c WHERE c.object = 'month_rate' \
                    AND c.object_id = month_rates.ym AND c.field = month_rates.currency";
        let texts = [
            format!("DELETE FROM month_rates WHERE {empty} AND NOT EXISTS (SELECT 1 {said})"),
            format!(
                "UPDATE month_rates SET days = 1, rate_e8 = CAST((SELECT c.after {said} \
                 ORDER BY c.id DESC LIMIT 1) AS BIGINT) WHERE {empty}"
            ),
        ];
        for text in texts {
            let span = Sql::built(text).bind(from.div_euclid(100)).bind(to.div_euclid(100));
            self.run(span).await?;
        }
        Ok(())
    }

    /// Computes the means of the months between two days (as numbers) anew: the mean of the published days,
    /// rounded half-even.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_mean_rates(&mut self, from: i64, to: i64) -> Result<(), StoreError> {
        let text = "SELECT currency, SUBSTR(day, 1, 7) AS month, CAST(SUM(rate_e8) AS BIGINT) AS total, \
                    COUNT(*) AS days FROM rates WHERE day >= $1 AND day <= $2 \
                    GROUP BY currency, SUBSTR(day, 1, 7)";
        // Whole months: their first day and whatever day may be their last.
        let first = iso(from.div_euclid(100) * 100 + 1);
        let last = iso(to.div_euclid(100) * 100 + 31);
        let rows = self.rows(sql(text).bind(first).bind(last)).await?;
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
}
