//! The risks of a plan.

use orchestre_domain::id::{PersonId, PlanId, RiskId};
use orchestre_domain::money::Money;
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, sql};
use crate::text::{Owner, Text};
use crate::work::Work;

/// A risk of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// Its id.
    pub id: RiskId,
    /// The plan.
    pub plan: PlanId,
    /// What may happen.
    pub text: Text,
    /// How probable, 1 to 5.
    pub probability: Option<i64>,
    /// What it would cost.
    pub impact: Option<Money>,
    /// The early sign.
    pub sign: Text,
    /// What is done before.
    pub prevention: Text,
    /// What is done if it happens.
    pub reaction: Text,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Grows with each change.
    pub version: i64,
}

const COLUMNS: &str = "r.id, r.plan_id, r.text_en, r.text_fr, r.probability, r.impact_minor, \
                       r.currency, r.sign_en, r.sign_fr, r.prevention_en, r.prevention_fr, \
                       r.reaction_en, r.reaction_fr, r.owner_id, \
                       COALESCE(h.name, r.owner_ref) AS owner_name, r.version";
const FROM: &str =
    "risks r JOIN plans l ON l.id = r.plan_id LEFT JOIN persons h ON h.id = r.owner_id";

impl Work<'_> {
    /// Gives the risks of a plan, in their order.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn risks(&mut self, viewer: &Viewer, plan: PlanId) -> Result<Vec<Risk>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "l.account_id", 2);
        let text = format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE r.plan_id = $1 AND {seen} ORDER BY r.position, r.id"
        );
        let asked = Sql::built(text).bind(plan.as_i64()).bind_all(values);
        self.rows(asked).await?.iter().map(risk).collect()
    }

    /// Gives a risk; `None` when the viewer does not read its plan.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn risk(&mut self, viewer: &Viewer, id: RiskId) -> Result<Option<Risk>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "l.account_id", 2);
        let text = format!("SELECT {COLUMNS} FROM {FROM} WHERE r.id = $1 AND {seen}");
        let asked = Sql::built(text).bind(id.as_i64()).bind_all(values);
        self.row(asked).await?.as_ref().map(risk).transpose()
    }

    /// Adds a risk behind the others of its plan.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such plan or owner.
    pub async fn add_risk(&mut self, risk: &Risk) -> Result<(), StoreError> {
        let text = "INSERT INTO risks (id, plan_id, text_en, text_fr, probability, impact_minor, \
                    currency, sign_en, sign_fr, prevention_en, prevention_fr, reaction_en, \
                    reaction_fr, owner_id, version, position) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, \
                    (SELECT CAST(COALESCE(MAX(position), 0) + 1 AS BIGINT) FROM risks WHERE plan_id = $2))";
        self.run(written(sql(text), risk, risk.plan.as_i64())).await?;
        Ok(())
    }

    /// Keeps a risk; false when it was changed since `risk.version`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] for a probability that is not 1 to 5.
    pub async fn put_risk(&mut self, risk: &Risk) -> Result<bool, StoreError> {
        let text = "UPDATE risks SET text_en = $3, text_fr = $4, probability = $5, \
                    impact_minor = $6, currency = $7, sign_en = $8, sign_fr = $9, \
                    prevention_en = $10, prevention_fr = $11, reaction_en = $12, reaction_fr = $13, \
                    owner_ref = CASE WHEN owner_id IS NULL AND CAST($14 AS BIGINT) IS NULL THEN owner_ref END, \
                    owner_id = $14, version = version + 1 WHERE id = $1 AND version = $2";
        Ok(self.run(written(sql(text), risk, risk.version)).await? > 0)
    }

    /// Takes a risk away; false when it was changed since.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn drop_risk(&mut self, id: RiskId, version: i64) -> Result<bool, StoreError> {
        let text = "DELETE FROM risks WHERE id = $1 AND version = $2";
        Ok(self.run(sql(text).bind(id.as_i64()).bind(version)).await? > 0)
    }
}

/// Binds `$1` to the id, `$2` to `second`, and the fields from `$3` on.
fn written(statement: Sql, risk: &Risk, second: i64) -> Sql {
    let owner = risk.owner.as_ref().and_then(|owner| owner.person);
    statement
        .bind(risk.id.as_i64())
        .bind(second)
        .bind(&risk.text.en)
        .bind(&risk.text.fr)
        .bind(risk.probability)
        .bind(risk.impact.map(|impact| impact.minor))
        .bind(risk.impact.map(|impact| impact.currency.to_string()))
        .bind(&risk.sign.en)
        .bind(&risk.sign.fr)
        .bind(&risk.prevention.en)
        .bind(&risk.prevention.fr)
        .bind(&risk.reaction.en)
        .bind(&risk.reaction.fr)
        .bind(owner.map(PersonId::as_i64))
}

fn risk(row: &Row) -> Result<Risk, StoreError> {
    let impact = row.opt("impact_minor")?.zip(row.opt_currency("currency")?);
    Ok(Risk {
        id: RiskId(row.get("id")?),
        plan: PlanId(row.get("plan_id")?),
        text: row.text("text")?,
        probability: row.opt("probability")?,
        impact: impact.map(|(minor, currency)| Money { minor, currency }),
        sign: row.text("sign")?,
        prevention: row.text("prevention")?,
        reaction: row.text("reaction")?,
        owner: row.owner("owner")?,
        version: row.get("version")?,
    })
}
