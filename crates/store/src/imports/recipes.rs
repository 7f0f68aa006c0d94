//! What files of one origin and with the same headings need to be read.

use orchestre_domain::import::ImportKind;

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A row of `recipes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipeRecord {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What the files hold.
    pub kind: ImportKind,
    /// The program that they come from.
    pub origin: String,
    /// The digest of their headings.
    pub headings: String,
    /// The recipe as a text.
    pub body: String,
    /// How many files it has read.
    pub uses: i64,
    /// When it was last changed, µs.
    pub updated_at: i64,
    /// How often it was changed.
    pub version: i64,
}

const COLUMNS: &str = "id, name, kind, origin, headings, body, uses, updated_at, version";

impl Work<'_> {
    /// Keeps a recipe in place of the one for the same origin and headings.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_recipe(&mut self, recipe: &RecipeRecord) -> Result<(), StoreError> {
        let text = "INSERT INTO recipes (id, name, kind, origin, headings, body, uses, updated_at, version) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                    ON CONFLICT (origin, headings) DO UPDATE SET name = excluded.name, \
                    kind = excluded.kind, body = excluded.body, updated_at = excluded.updated_at, \
                    version = recipes.version + 1";
        let put = sql(text)
            .bind(recipe.id)
            .bind(recipe.name.as_str())
            .bind(recipe.kind.as_str())
            .bind(recipe.origin.as_str())
            .bind(recipe.headings.as_str())
            .bind(recipe.body.as_str())
            .bind(recipe.uses)
            .bind(recipe.updated_at)
            .bind(recipe.version);
        self.run(put).await?;
        Ok(())
    }

    /// Gives the recipe for files of an origin with these headings.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_recipe_for(
        &mut self,
        origin: &str,
        headings: &str,
    ) -> Result<Option<RecipeRecord>, StoreError> {
        let text = format!("SELECT {COLUMNS} FROM recipes WHERE origin = $1 AND headings = $2");
        let row = self.row(Sql::built(text).bind(origin).bind(headings)).await?;
        row.as_ref().map(record).transpose()
    }

    /// Gives all recipes by name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_recipes(&mut self) -> Result<Vec<RecipeRecord>, StoreError> {
        let text = format!("SELECT {COLUMNS} FROM recipes ORDER BY name, id");
        self.rows(Sql::built(text)).await?.iter().map(record).collect()
    }

    /// Counts a file that a recipe has read.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_use_recipe(&mut self, id: i64) -> Result<(), StoreError> {
        self.run(sql("UPDATE recipes SET uses = uses + 1 WHERE id = $1").bind(id)).await?;
        Ok(())
    }

    /// Removes a recipe; false when there is none.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_remove_recipe(&mut self, id: i64) -> Result<bool, StoreError> {
        Ok(self.run(sql("DELETE FROM recipes WHERE id = $1").bind(id)).await? > 0)
    }
}

fn record(row: &Row) -> Result<RecipeRecord, StoreError> {
    Ok(RecipeRecord {
        id: row.get("id")?,
        name: row.get("name")?,
        kind: row.word("kind", ImportKind::parse)?,
        origin: row.get("origin")?,
        headings: row.get("headings")?,
        body: row.get("body")?,
        uses: row.get("uses")?,
        updated_at: row.get("updated_at")?,
        version: row.get("version")?,
    })
}
