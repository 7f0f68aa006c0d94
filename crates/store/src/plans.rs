//! Account plans: the plan itself with its texts and the customer's goals.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PlanId};
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::plan::PlanState;
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::search::SearchEntry;
use crate::sql::{Sql, Value, sql};
use crate::text::Text;
use crate::work::Work;

/// A plan without what hangs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCard {
    /// Its id.
    pub id: PlanId,
    /// The account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// The version as people write it: `2.3`.
    pub label: String,
    /// How far it has come.
    pub state: PlanState,
    /// Where we stand.
    pub situation: Text,
    /// What executives are asked to decide.
    pub decision: Text,
    /// The day of its last change.
    pub updated_on: Date,
    /// Grows with each change of its texts or its state.
    pub version: i64,
}

/// A plan of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// The plan.
    pub plan: PlanCard,
    /// How many objectives it has.
    pub objectives: i64,
    /// How many actions are open.
    pub actions_open: i64,
    /// How many of them are late.
    pub actions_late: i64,
}

const COLUMNS: &str = "l.id, l.account_id, p.name AS account_name, l.label, l.state, \
                       l.situation_en, l.situation_fr, l.decision_en, l.decision_fr, \
                       l.updated_on, l.version";
/// Letters of a plan's situation that are found.
const DETAIL: usize = 240;

const FROM: &str =
    "plans l JOIN accounts a ON a.id = l.account_id JOIN parties p ON p.id = a.party_id";

impl Work<'_> {
    /// Gives the plans that are not archived and that the viewer reads, in order of account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn plans(
        &mut self,
        viewer: &Viewer,
        today: Date,
    ) -> Result<Vec<PlanLine>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "l.account_id", 2);
        let open =
            "FROM actions x WHERE x.plan_id = l.id AND x.state IN ('todo', 'doing', 'blocked')";
        let text = format!(
            "SELECT {COLUMNS}, \
             (SELECT CAST(COUNT(*) AS BIGINT) FROM objectives o WHERE o.plan_id = l.id) AS objectives, \
             (SELECT CAST(COUNT(*) AS BIGINT) {open}) AS actions_open, \
             (SELECT CAST(COUNT(*) AS BIGINT) {open} AND x.due_on < $1) AS actions_late \
             FROM {FROM} WHERE l.state <> 'archived' AND {seen} ORDER BY p.folded, l.id"
        );
        let rows = self.rows(Sql::built(text).bind(today.to_string()).bind_all(values)).await?;
        rows.iter()
            .map(|row| {
                Ok(PlanLine {
                    plan: card(row)?,
                    objectives: row.get("objectives")?,
                    actions_open: row.get("actions_open")?,
                    actions_late: row.get("actions_late")?,
                })
            })
            .collect()
    }

    /// Gives the plans of an account, the archived ones too, the newest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn plans_of(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
    ) -> Result<Vec<PlanCard>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "l.account_id", 2);
        let text = format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE l.account_id = $1 AND {seen} \
             ORDER BY l.updated_on DESC, l.id DESC"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind_all(values);
        self.rows(asked).await?.iter().map(card).collect()
    }

    /// Gives a plan; `None` when the viewer does not read it.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn plan(
        &mut self,
        viewer: &Viewer,
        id: PlanId,
    ) -> Result<Option<PlanCard>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "l.account_id", 2);
        let text = format!("SELECT {COLUMNS} FROM {FROM} WHERE l.id = $1 AND {seen}");
        let asked = Sql::built(text).bind(id.as_i64()).bind_all(values);
        self.row(asked).await?.as_ref().map(card).transpose()
    }

    /// Gives the customer's goals of a plan, in their order.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn plan_goals(
        &mut self,
        viewer: &Viewer,
        id: PlanId,
    ) -> Result<Vec<Text>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Plan), "l.account_id", 2);
        let text = format!(
            "SELECT g.text_en, g.text_fr FROM plan_goals g JOIN plans l ON l.id = g.plan_id \
             WHERE g.plan_id = $1 AND {seen} ORDER BY g.position, g.id"
        );
        let asked = Sql::built(text).bind(id.as_i64()).bind_all(values);
        self.rows(asked).await?.iter().map(|row| row.text("text")).collect()
    }

    /// Adds a plan without goals.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such account.
    pub async fn add_plan(&mut self, plan: &PlanCard) -> Result<(), StoreError> {
        let text = "INSERT INTO plans (id, account_id, label, state, situation_en, situation_fr, \
                    decision_en, decision_fr, updated_on, version) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
        let row = sql(text)
            .bind(plan.id.as_i64())
            .bind(plan.account.as_i64())
            .bind(&plan.label)
            .bind(plan.state.as_str())
            .bind(&plan.situation.en)
            .bind(&plan.situation.fr)
            .bind(&plan.decision.en)
            .bind(&plan.decision.fr)
            .bind(plan.updated_on.to_string());
        self.run(row).await?;
        Ok(())
    }

    /// Keeps state, texts and day of a plan; false when it was changed since `plan.version`.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_plan(&mut self, plan: &PlanCard) -> Result<bool, StoreError> {
        let text = "UPDATE plans SET state = $3, situation_en = $4, situation_fr = $5, \
                    decision_en = $6, decision_fr = $7, updated_on = $8, version = version + 1 \
                    WHERE id = $1 AND version = $2";
        let row = sql(text)
            .bind(plan.id.as_i64())
            .bind(plan.version)
            .bind(plan.state.as_str())
            .bind(&plan.situation.en)
            .bind(&plan.situation.fr)
            .bind(&plan.decision.en)
            .bind(&plan.decision.fr)
            .bind(plan.updated_on.to_string());
        Ok(self.run(row).await? > 0)
    }

    /// Notes that something that hangs on a plan was changed today; its version stays.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn touch_plan(&mut self, id: PlanId, today: Date) -> Result<(), StoreError> {
        let text = "UPDATE plans SET updated_on = $2 WHERE id = $1";
        self.run(sql(text).bind(id.as_i64()).bind(today.to_string())).await?;
        Ok(())
    }

    /// Keeps the customer's goals in the place of those before, each with an id.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_plan_goals(
        &mut self,
        id: PlanId,
        goals: &[(i64, Text)],
    ) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM plan_goals WHERE plan_id = $1").bind(id.as_i64())).await?;
        let rows: Vec<Vec<Value>> = goals
            .iter()
            .zip(1_i64..)
            .map(|((goal, text), position)| {
                let texts = [(&text.en).into(), (&text.fr).into()];
                [(*goal).into(), id.as_i64().into(), position.into()]
                    .into_iter()
                    .chain(texts)
                    .collect()
            })
            .collect();
        let columns = &["id", "plan_id", "position", "text_en", "text_fr"];
        self.insert("plan_goals", columns, rows, "").await
    }
}

impl Work<'_> {
    /// Puts a plan into the index of what can be found, or takes an archived one out.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_index_plan(&mut self, id: PlanId) -> Result<(), StoreError> {
        let text = format!("SELECT {COLUMNS}, p.id AS party_id FROM {FROM} WHERE l.id = $1");
        let Some(row) = self.row(Sql::built(text).bind(id.as_i64())).await? else {
            return self.system_unindex(id.as_i64()).await;
        };
        let plan = card(&row)?;
        if plan.state == PlanState::Archived {
            return self.system_unindex(id.as_i64()).await;
        }
        let texts = [&plan.situation.en, &plan.situation.fr].into_iter().flatten();
        let words: Vec<&str> = texts.map(String::as_str).collect();
        self.system_index(&[SearchEntry {
            object: "plan",
            object_id: id.as_i64(),
            party_id: row.opt("party_id")?,
            title: plan.account_name,
            detail: format!("{} {}", plan.label, words.join(" ")).chars().take(DETAIL).collect(),
            weight: 60,
        }])
        .await
    }
}

fn card(row: &Row) -> Result<PlanCard, StoreError> {
    Ok(PlanCard {
        id: PlanId(row.get("id")?),
        account: AccountId(row.get("account_id")?),
        account_name: row.get("account_name")?,
        label: row.get("label")?,
        state: row.word("state", PlanState::parse)?,
        situation: row.text("situation")?,
        decision: row.text("decision")?,
        updated_on: row.day("updated_on")?,
        version: row.get("version")?,
    })
}
