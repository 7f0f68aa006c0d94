//! Judgements and measured numbers on criteria.

use jiff::civil::Date;
use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::id::{AccountId, JudgementId, PersonId};
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A judgement or a measured number.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Its id.
    pub id: JudgementId,
    /// The set.
    pub set: CriteriaSet,
    /// The criterion.
    pub key: String,
    /// 1 to 5.
    pub value: Option<i64>,
    /// The measured number.
    pub raw: Option<f64>,
    /// Who judged, if that is a known person.
    pub judge: Option<PersonId>,
    /// The judge as the source wrote it.
    pub judge_ref: Option<String>,
    /// The judge's name.
    pub judge_name: Option<String>,
    /// The day.
    pub on: Date,
    /// What it rests on.
    pub evidence: Option<String>,
    /// The round.
    pub round: Option<String>,
}

impl Work<'_> {
    /// Gives every judgement on an account's root party up to a day, for the computed vector.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_judgements(
        &mut self,
        as_of: Date,
    ) -> Result<Vec<(AccountId, Judgement)>, StoreError> {
        let text = "SELECT a.id AS account_id, j.id, j.set_name, j.key, j.value, j.raw, \
                    j.judge_id, j.judge_ref, j.on_day, j.round \
                    FROM judgements j JOIN accounts a ON a.party_id = j.party_id \
                    WHERE j.on_day <= $1 ORDER BY a.id, j.set_name, j.key, j.on_day, j.id";
        let rows = self.rows(sql(text).bind(as_of.to_string())).await?;
        rows.iter()
            .map(|row| Ok((AccountId(row.get("account_id")?), judgement(row, None, None)?)))
            .collect()
    }

    /// Gives the judgements on an account up to a day, the oldest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn judgements(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
        as_of: Date,
    ) -> Result<Vec<Judgement>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Score), "a.id", 3);
        let text = format!(
            "SELECT j.id, j.set_name, j.key, j.value, j.raw, j.judge_id, j.judge_ref, j.on_day, \
             j.round, j.evidence, p.name AS judge_name \
             FROM judgements j JOIN accounts a ON a.party_id = j.party_id \
             LEFT JOIN persons p ON p.id = j.judge_id \
             WHERE a.id = $1 AND j.on_day <= $2 AND {seen} \
             ORDER BY j.set_name, j.key, j.on_day, j.id"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind(as_of.to_string());
        let rows = self.rows(asked.bind_all(values)).await?;
        rows.iter()
            .map(|row| judgement(row, row.opt("judge_name")?, row.opt("evidence")?))
            .collect()
    }

    /// Keeps a new judgement on the account's root party.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_judgement(
        &mut self,
        account: AccountId,
        judgement: &Judgement,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO judgements (id, party_id, party_ref, set_name, key, value, raw, \
                    judge_id, judge_ref, on_day, evidence, round, version) \
                    SELECT $1, a.party_id, CAST(NULL AS TEXT), $2, $3, CAST($4 AS BIGINT), \
                    CAST($5 AS DOUBLE PRECISION), CAST($6 AS BIGINT), $7, $8, $9, $10, \
                    CAST(1 AS BIGINT) FROM accounts a WHERE a.id = $11";
        let row = sql(text)
            .bind(judgement.id.as_i64())
            .bind(judgement.set.as_str())
            .bind(&judgement.key)
            .bind(judgement.value)
            .bind(judgement.raw)
            .bind(judgement.judge.map(PersonId::as_i64))
            .bind(&judgement.judge_ref)
            .bind(judgement.on.to_string())
            .bind(&judgement.evidence)
            .bind(&judgement.round)
            .bind(account.as_i64());
        self.run(row).await?;
        Ok(())
    }
}

fn judgement(
    row: &Row,
    judge_name: Option<String>,
    evidence: Option<String>,
) -> Result<Judgement, StoreError> {
    Ok(Judgement {
        id: JudgementId(row.get("id")?),
        set: row.word("set_name", CriteriaSet::parse)?,
        key: row.get("key")?,
        value: row.opt("value")?,
        raw: row.opt("raw")?,
        judge: row.opt::<i64>("judge_id")?.map(PersonId),
        judge_ref: row.opt("judge_ref")?,
        judge_name,
        on: row.day("on_day")?,
        evidence,
        round: row.opt("round")?,
    })
}
