//! The objectives of a plan.

use jiff::civil::Date;
use orchestre_domain::id::{ObjectiveId, PersonId, PlanId};
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::plan::{Horizon, ObjectiveState, ObjectiveType};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, sql};
use crate::text::{Owner, Text};
use crate::work::Work;

/// An objective of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// The plan.
    pub plan: PlanId,
    /// What will be different.
    pub text: Text,
    /// What is measured.
    pub metric: Text,
    /// In which unit.
    pub unit: Option<String>,
    /// Where it began.
    pub baseline: Option<f64>,
    /// Where it is to end.
    pub target: Option<f64>,
    /// Where it is.
    pub current: Option<f64>,
    /// By when.
    pub due_on: Option<Date>,
    /// Within twelve months or beyond.
    pub horizon: Option<Horizon>,
    /// What it is about.
    pub kind: Option<ObjectiveType>,
    /// Who answers for it on our side.
    pub owner: Option<Owner>,
    /// Who answers for it on theirs.
    pub customer_owner: Option<Owner>,
    /// How it stands.
    pub state: ObjectiveState,
    /// Grows with each change.
    pub version: i64,
}

const COLUMNS: &str = "o.id, o.plan_id, o.text_en, o.text_fr, o.metric_en, o.metric_fr, o.unit, \
                       o.baseline, o.target, o.current_value, o.due_on, o.horizon, o.type, \
                       o.owner_id, COALESCE(h.name, o.owner_ref) AS owner_name, \
                       o.customer_owner_id, COALESCE(c.name, o.customer_owner_ref) AS customer_owner_name, \
                       o.state, o.version";
const FROM: &str = "objectives o JOIN plans l ON l.id = o.plan_id \
                    LEFT JOIN persons h ON h.id = o.owner_id \
                    LEFT JOIN persons c ON c.id = o.customer_owner_id";

impl Work<'_> {
    /// Gives the objectives of a plan, in their order.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn objectives(
        &mut self,
        viewer: &Viewer,
        plan: PlanId,
    ) -> Result<Vec<Objective>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "l.account_id", 2);
        let text = format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE o.plan_id = $1 AND {seen} ORDER BY o.position, o.id"
        );
        let asked = Sql::built(text).bind(plan.as_i64()).bind_all(values);
        self.rows(asked).await?.iter().map(objective).collect()
    }

    /// Gives an objective; `None` when the viewer does not read its plan.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn objective(
        &mut self,
        viewer: &Viewer,
        id: ObjectiveId,
    ) -> Result<Option<Objective>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "l.account_id", 2);
        let text = format!("SELECT {COLUMNS} FROM {FROM} WHERE o.id = $1 AND {seen}");
        let asked = Sql::built(text).bind(id.as_i64()).bind_all(values);
        self.row(asked).await?.as_ref().map(objective).transpose()
    }

    /// Adds an objective behind the others of its plan.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such plan or owner.
    pub async fn add_objective(&mut self, objective: &Objective) -> Result<(), StoreError> {
        let text = "INSERT INTO objectives (id, plan_id, text_en, text_fr, metric_en, metric_fr, \
                    unit, baseline, target, current_value, due_on, horizon, type, owner_id, \
                    customer_owner_id, state, version, position) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1, \
                    (SELECT CAST(COALESCE(MAX(position), 0) + 1 AS BIGINT) FROM objectives WHERE plan_id = $2))";
        self.run(written(sql(text), objective, objective.plan.as_i64())).await?;
        Ok(())
    }

    /// Keeps an objective; false when it was changed since `objective.version`.
    ///
    /// An owner who was only a reference stays when none is given.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such owner.
    pub async fn put_objective(&mut self, objective: &Objective) -> Result<bool, StoreError> {
        let text = "UPDATE objectives SET text_en = $3, text_fr = $4, metric_en = $5, metric_fr = $6, \
                    unit = $7, baseline = $8, target = $9, current_value = $10, due_on = $11, \
                    horizon = $12, type = $13, state = $16, version = version + 1, \
                    owner_ref = CASE WHEN owner_id IS NULL AND CAST($14 AS BIGINT) IS NULL THEN owner_ref END, \
                    owner_id = $14, customer_owner_ref = CASE WHEN customer_owner_id IS NULL \
                    AND CAST($15 AS BIGINT) IS NULL THEN customer_owner_ref END, customer_owner_id = $15 \
                    WHERE id = $1 AND version = $2";
        Ok(self.run(written(sql(text), objective, objective.version)).await? > 0)
    }

    /// Takes an objective away; its actions stay with the plan. False when it was changed since.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn drop_objective(
        &mut self,
        id: ObjectiveId,
        version: i64,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE actions SET objective_id = NULL WHERE objective_id = $1 AND EXISTS \
                    (SELECT 1 FROM objectives WHERE id = $1 AND version = $2)";
        self.run(sql(text).bind(id.as_i64()).bind(version)).await?;
        let text = "DELETE FROM objectives WHERE id = $1 AND version = $2";
        Ok(self.run(sql(text).bind(id.as_i64()).bind(version)).await? > 0)
    }
}

/// Binds `$1` to the id, `$2` to `second`, and the fields from `$3` on.
fn written(statement: Sql, objective: &Objective, second: i64) -> Sql {
    let person = |owner: &Option<Owner>| owner.as_ref().and_then(|owner| owner.person);
    statement
        .bind(objective.id.as_i64())
        .bind(second)
        .bind(&objective.text.en)
        .bind(&objective.text.fr)
        .bind(&objective.metric.en)
        .bind(&objective.metric.fr)
        .bind(&objective.unit)
        .bind(objective.baseline)
        .bind(objective.target)
        .bind(objective.current)
        .bind(objective.due_on.map(|day| day.to_string()))
        .bind(objective.horizon.map(Horizon::as_str))
        .bind(objective.kind.map(ObjectiveType::as_str))
        .bind(person(&objective.owner).map(PersonId::as_i64))
        .bind(person(&objective.customer_owner).map(PersonId::as_i64))
        .bind(objective.state.as_str())
}

fn objective(row: &Row) -> Result<Objective, StoreError> {
    Ok(Objective {
        id: ObjectiveId(row.get("id")?),
        plan: PlanId(row.get("plan_id")?),
        text: row.text("text")?,
        metric: row.text("metric")?,
        unit: row.opt("unit")?,
        baseline: row.opt("baseline")?,
        target: row.opt("target")?,
        current: row.opt("current_value")?,
        due_on: row.opt_day("due_on")?,
        horizon: row.opt_word("horizon", Horizon::parse)?,
        kind: row.opt_word("type", ObjectiveType::parse)?,
        owner: row.owner("owner")?,
        customer_owner: row.owner("customer_owner")?,
        state: row.word("state", ObjectiveState::parse)?,
        version: row.get("version")?,
    })
}
