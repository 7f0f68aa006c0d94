//! The history of an opportunity's stages.

use jiff::civil::Date;

use crate::error::StoreError;
use crate::work::Work;

impl Work<'_> {
    /// Adds steps that an import brings: opportunity, stage, first day; those that are known stay as they are.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_stages(
        &mut self,
        import: i64,
        steps: &[(i64, &str, Date)],
    ) -> Result<(), StoreError> {
        let rows = steps.iter().map(|(id, stage, since)| {
            vec![(*id).into(), (*stage).into(), since.to_string().into(), import.into()]
        });
        let tail = "ON CONFLICT (opportunity_id, since, stage) DO NOTHING";
        self.insert(
            "opportunity_stages",
            &["opportunity_id", "stage", "since", "import_id"],
            rows.collect(),
            tail,
        )
        .await
    }
}
