//! Who took part in interactions, and the goals of plans: lists without a version of their own.

use crate::error::StoreError;
use crate::sql::{Value, sql};
use crate::work::Work;

/// The field of a change row that keeps the goals of a plan.
pub const GOALS: &str = "goals";

/// A text in English and in French.
pub type Texts = (Option<String>, Option<String>);

/// Somebody who takes part in an interaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewParticipant {
    /// The interaction.
    pub interaction: i64,
    /// What the file calls the person: an id, a name or an address.
    pub reference: String,
    /// The name written beside an address.
    pub name: Option<String>,
    /// The person, if known.
    pub person: Option<i64>,
    /// The side.
    pub side: &'static str,
}

impl Work<'_> {
    /// Adds people that an import brings to interactions.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_participants(
        &mut self,
        import: i64,
        people: Vec<NewParticipant>,
    ) -> Result<(), StoreError> {
        let rows = people.into_iter().map(|one| {
            vec![
                one.interaction.into(),
                Value::Text(Some(one.reference)),
                Value::Text(one.name),
                one.person.into(),
                one.side.into(),
                import.into(),
            ]
        });
        let columns = &["interaction_id", "person_ref", "name", "person_id", "side", "import_id"];
        let tail = "ON CONFLICT (interaction_id, person_ref) DO NOTHING";
        self.insert("interaction_people", columns, rows.collect(), tail).await
    }

    /// Gives the goals of a plan in their order.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_goals(&mut self, plan: i64) -> Result<Vec<Texts>, StoreError> {
        let text = "SELECT text_en, text_fr FROM plan_goals WHERE plan_id = $1 ORDER BY position";
        let rows = self.rows(sql(text).bind(plan)).await?;
        rows.iter().map(|row| Ok((row.opt("text_en")?, row.opt("text_fr")?))).collect()
    }

    /// Puts goals, each with its id, in the place of those of a plan.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_goals(
        &mut self,
        plan: i64,
        goals: &[(i64, Texts)],
    ) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM plan_goals WHERE plan_id = $1").bind(plan)).await?;
        let rows = (1_i64..).zip(goals).map(|(position, (id, (en, fr)))| {
            vec![(*id).into(), plan.into(), position.into(), en.into(), fr.into()]
        });
        let columns = &["id", "plan_id", "position", "text_en", "text_fr"];
        self.insert("plan_goals", columns, rows.collect(), "").await
    }
}
