//! Criteria in sets; an empty set has the shipped defaults and version 0.

use orchestre_domain::criterion::{Axis, CriteriaSet, Criterion, Source, defaults};

use crate::error::StoreError;
use crate::sql::{Value, sql};
use crate::work::Work;

impl Work<'_> {
    /// Gives the criteria of a set in order, and the set's version.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn criteria(
        &mut self,
        set: CriteriaSet,
    ) -> Result<(Vec<Criterion>, i64), StoreError> {
        let text = "SELECT key, axis, weight_ppm, source, limits, version FROM criteria \
                    WHERE set_name = $1 ORDER BY position, key";
        let rows = self.rows(sql(text).bind(set.as_str())).await?;
        let mut version = 0;
        let mut criteria = Vec::with_capacity(rows.len());
        for row in &rows {
            version = row.get::<i64>("version")?.max(version);
            let key: String = row.get("key")?;
            let limits: String = row.get("limits")?;
            criteria.push(Criterion {
                set,
                axis: row.opt_word("axis", Axis::parse)?,
                weight_ppm: row.get("weight_ppm")?,
                source: row.word("source", Source::parse)?,
                limits: limits
                    .split_whitespace()
                    .map(str::parse)
                    .collect::<Result<_, _>>()
                    .map_err(|_error: std::num::ParseIntError| StoreError::Unreadable {
                        table: "criteria",
                        column: "limits",
                        row: key.clone(),
                    })?,
                key,
            });
        }
        if criteria.is_empty() {
            return Ok((defaults(set), 0));
        }
        Ok((criteria, version))
    }

    /// Keeps a whole set and gives its new version; `None` when it was changed since `version`.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_criteria(
        &mut self,
        set: CriteriaSet,
        criteria: &[Criterion],
        version: i64,
    ) -> Result<Option<i64>, StoreError> {
        let (_, now) = self.criteria(set).await?;
        if now != version {
            return Ok(None);
        }
        self.run(sql("DELETE FROM criteria WHERE set_name = $1").bind(set.as_str())).await?;
        let next = version + 1;
        let rows: Vec<Vec<Value>> = (1_i64..)
            .zip(criteria)
            .map(|(position, criterion)| {
                let limits: Vec<String> = criterion.limits.iter().map(i64::to_string).collect();
                vec![
                    set.as_str().into(),
                    (&criterion.key).into(),
                    position.into(),
                    criterion.axis.map(Axis::as_str).into(),
                    criterion.weight_ppm.into(),
                    criterion.source.as_str().into(),
                    limits.join(" ").into(),
                    next.into(),
                ]
            })
            .collect();
        let columns: &[&str] =
            &["set_name", "key", "position", "axis", "weight_ppm", "source", "limits", "version"];
        self.insert("criteria", columns, rows, "").await?;
        Ok(Some(next))
    }
}
