//! Actions: what somebody does for an account by a day, within a plan or outside of one.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, ActionId, ObjectiveId, PersonId, PlanId};
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::plan::ActionState;
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, Value, sql};
use crate::text::{Owner, Text};
use crate::work::Work;

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// For which account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// The plan, if it stands in one.
    pub plan: Option<PlanId>,
    /// The objective that it serves.
    pub objective: Option<ObjectiveId>,
    /// That objective's text; empty for those who do not read plans.
    pub objective_text: Text,
    /// What is to be done.
    pub text: Text,
    /// Who does it.
    pub owner: Option<Owner>,
    /// By when.
    pub due_on: Option<Date>,
    /// When it was done.
    pub done_on: Option<Date>,
    /// How it stands.
    pub state: ActionState,
    /// A note.
    pub note: Text,
    /// Grows with each change.
    pub version: i64,
}

impl Action {
    /// Says whether it should have been done before `today` and is not.
    pub fn is_late(&self, today: Date) -> bool {
        self.state.is_open() && self.due_on.is_some_and(|due| due < today)
    }
}

/// Which actions are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actions {
    /// This one.
    One(ActionId),
    /// Those of a plan, and those of its account that stand in no plan; the open ones first.
    Plan(PlanId),
    /// Those of an account, the open ones first.
    Account(AccountId),
    /// The open ones of a person of ours.
    Open(PersonId),
    /// The open ones that should have been done before a day.
    Late(Date),
}

const COLUMNS: &str = "x.id, x.account_id, p.name AS account_name, x.plan_id, x.objective_id, \
                       o.text_en AS objective_en, o.text_fr AS objective_fr, x.text_en, x.text_fr, \
                       x.owner_id, COALESCE(h.name, x.owner_ref) AS owner_name, x.due_on, \
                       x.done_on, x.state, x.note_en, x.note_fr, x.version";

impl Work<'_> {
    /// Gives the actions that the viewer reads, by day; those without a day last.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn actions(
        &mut self,
        viewer: &Viewer,
        which: Actions,
    ) -> Result<Vec<Action>, StoreError> {
        let (seen, some) = condition(&rows(viewer, Object::Action), "x.account_id", 2);
        let next = 2 + some.len();
        let (plan_seen, more) = condition(&rows(viewer, Object::Plan), "x.account_id", next);
        let (wanted, value): (&str, Value) = match which {
            Actions::One(id) => ("x.id = $1", id.as_i64().into()),
            Actions::Plan(id) => (
                "(x.plan_id = $1 OR (x.plan_id IS NULL AND x.account_id IN \
                 (SELECT account_id FROM plans WHERE id = $1)))",
                id.as_i64().into(),
            ),
            Actions::Account(id) => ("x.account_id = $1", id.as_i64().into()),
            Actions::Open(id) => {
                ("x.owner_id = $1 AND x.state IN ('todo', 'doing', 'blocked')", id.as_i64().into())
            }
            Actions::Late(day) => (
                "x.due_on < $1 AND x.state IN ('todo', 'doing', 'blocked')",
                day.to_string().into(),
            ),
        };
        let text = format!(
            "SELECT {COLUMNS}, CASE WHEN x.state IN ('done', 'dropped') THEN 1 ELSE 0 END AS is_over \
             FROM actions x JOIN accounts a ON a.id = x.account_id \
             JOIN parties p ON p.id = a.party_id LEFT JOIN persons h ON h.id = x.owner_id \
             LEFT JOIN objectives o ON o.id = x.objective_id AND {plan_seen} \
             WHERE {wanted} AND {seen} ORDER BY is_over, x.due_on NULLS LAST, x.id"
        );
        let asked = Sql::built(text).bind_all([value]).bind_all(some).bind_all(more);
        self.rows(asked).await?.iter().map(action).collect()
    }

    /// Adds an action.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such account, plan, objective or owner.
    pub async fn add_action(&mut self, action: &Action) -> Result<(), StoreError> {
        let text = "INSERT INTO actions (id, text_en, text_fr, owner_id, due_on, done_on, state, \
                    note_en, note_fr, objective_id, account_id, plan_id, version) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)";
        let row = written(sql(text), action)
            .bind(action.account.as_i64())
            .bind(action.plan.map(PlanId::as_i64));
        self.run(row).await?;
        Ok(())
    }

    /// Keeps an action; false when it was changed since `action.version`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such objective or owner.
    pub async fn put_action(&mut self, action: &Action) -> Result<bool, StoreError> {
        let text = "UPDATE actions SET text_en = $2, text_fr = $3, \
                    owner_ref = CASE WHEN owner_id IS NULL AND CAST($4 AS BIGINT) IS NULL THEN owner_ref END, \
                    owner_id = $4, due_on = $5, done_on = $6, state = $7, note_en = $8, note_fr = $9, \
                    objective_id = $10, version = version + 1 WHERE id = $1 AND version = $11";
        Ok(self.run(written(sql(text), action).bind(action.version)).await? > 0)
    }

    /// Takes an action away; false when it was changed since.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn drop_action(&mut self, id: ActionId, version: i64) -> Result<bool, StoreError> {
        let text = "DELETE FROM actions WHERE id = $1 AND version = $2";
        Ok(self.run(sql(text).bind(id.as_i64()).bind(version)).await? > 0)
    }
}

/// Binds `$1` to the id and the fields to `$2` … `$10`.
fn written(statement: Sql, action: &Action) -> Sql {
    let owner = action.owner.as_ref().and_then(|owner| owner.person);
    statement
        .bind(action.id.as_i64())
        .bind(&action.text.en)
        .bind(&action.text.fr)
        .bind(owner.map(PersonId::as_i64))
        .bind(action.due_on.map(|day| day.to_string()))
        .bind(action.done_on.map(|day| day.to_string()))
        .bind(action.state.as_str())
        .bind(&action.note.en)
        .bind(&action.note.fr)
        .bind(action.objective.map(ObjectiveId::as_i64))
}

fn action(row: &Row) -> Result<Action, StoreError> {
    Ok(Action {
        id: ActionId(row.get("id")?),
        account: AccountId(row.get("account_id")?),
        account_name: row.get("account_name")?,
        plan: row.opt("plan_id")?.map(PlanId),
        objective: row.opt("objective_id")?.map(ObjectiveId),
        objective_text: row.text("objective")?,
        text: row.text("text")?,
        owner: row.owner("owner")?,
        due_on: row.opt_day("due_on")?,
        done_on: row.opt_day("done_on")?,
        state: row.word("state", ActionState::parse)?,
        note: row.text("note")?,
        version: row.get("version")?,
    })
}
