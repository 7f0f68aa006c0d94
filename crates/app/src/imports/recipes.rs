//! Recipes: what a file needed to be read, kept for the next one of its origin and headings.

use std::collections::BTreeMap;

use orchestre_domain::event::EventName;
use orchestre_domain::id::RecipeId;
use orchestre_domain::import::ImportKind;
use orchestre_domain::money::Currency;
use orchestre_ingest::heading_key;
use orchestre_store::imports::RecipeRecord;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::file::{File, hexadecimal};
use super::{Upload, may_create, may_read};
use crate::code::Code;
use crate::ctx::Ctx;
use crate::error::AppError;

/// A recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Its id.
    pub id: RecipeId,
    /// Its name.
    pub name: String,
    /// What the files hold.
    pub kind: ImportKind,
    /// The program that they come from.
    pub origin: String,
    /// The recipe as a readable text (TOML).
    pub body: String,
    /// How many files it has read.
    pub uses: i64,
    /// How often it was changed.
    pub version: i64,
    /// When it was last changed, µs.
    pub updated_at: i64,
}

/// The text of a recipe.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: String,
    kind: String,
    origin: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    headings: Vec<String>,
    /// Heading and field, and answers, as `ImportOptions::map`.
    #[serde(default)]
    map: BTreeMap<String, String>,
}

/// Reads a file with the recipe for it, where one is kept; what the user says outranks it.
pub(super) async fn read(ctx: &Ctx, upload: Upload) -> Result<File, AppError> {
    let again = upload.clone();
    let file = File::read(upload, ctx.today()).await?;
    let origin = file.options.origin.clone();
    let key = key(file.reading.columns.iter().map(|column| column.heading.as_str()));
    let known = ctx.db().read(async |work| work.system_recipe_for(&origin, &key).await).await?;
    let Some(record) = known else { return Ok(file) };
    let body: Body = parse(&record.body)?;
    let mut upload = again;
    let options = &mut upload.options;
    options.currency = options.currency.or_else(|| Currency::parse(body.currency.as_deref()?));
    for (heading, field) in body.map {
        if !options.map.iter().any(|(known, _)| *known == heading) {
            options.map.push((heading, field));
        }
    }
    upload.kind = upload.kind.or(Some(record.kind));
    let mut file = File::read(upload, ctx.today()).await?;
    file.recipe = Some(record.name);
    ctx.db().write(async |work| work.system_use_recipe(record.id).await).await?;
    Ok(file)
}

/// Keeps what the user said about a file that went in, for the next one like it.
pub(super) async fn keep(ctx: &Ctx, file: &File, kind: ImportKind) -> Result<(), AppError> {
    // What is known under another name is kept as an external id: a recipe needs no word of it.
    let lasting = |(key, _): &&(String, String)| {
        !["party:", "product:", "person:", "rows:", "take:", "kind:"]
            .iter()
            .any(|begin| key.starts_with(begin))
    };
    let map: BTreeMap<String, String> = file.options.map.iter().filter(lasting).cloned().collect();
    if map.is_empty() && file.options.currency.is_none() {
        return Ok(());
    }
    let headings: Vec<String> =
        file.reading.columns.iter().map(|column| column.heading.clone()).collect();
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let body = Body {
        name: stem.to_owned(),
        kind: kind.to_string(),
        origin: file.options.origin.clone(),
        currency: file.options.currency.map(|currency| currency.as_str().to_owned()),
        headings,
        map,
    };
    put(ctx, body).await.map(drop)
}

/// Gives the recipes by name.
///
/// # Errors
///
/// [`Code::Forbidden`]; when the store fails.
pub async fn list(ctx: &Ctx) -> Result<Vec<Recipe>, AppError> {
    may_read(ctx)?;
    let found = ctx.db().read(async |work| work.system_recipes().await).await?;
    Ok(found.into_iter().map(recipe).collect())
}

/// Gives a recipe.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; when the store fails.
pub async fn show(ctx: &Ctx, id: RecipeId) -> Result<Recipe, AppError> {
    list(ctx).await?.into_iter().find(|recipe| recipe.id == id).ok_or(AppError::NOT_FOUND)
}

/// Takes a recipe from a text as [`Recipe::body`] gives it, in place of the one for the same files;
/// gives its id.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::FieldInvalid`] for a text that is no recipe; when the store fails.
pub async fn take(ctx: &Ctx, text: &str) -> Result<RecipeId, AppError> {
    may_create(ctx)?;
    put(ctx, parse(text)?).await
}

/// Removes a recipe.
///
/// # Errors
///
/// [`Code::Forbidden`]; [`Code::NotFound`]; when the store fails.
pub async fn remove(ctx: &Ctx, id: RecipeId) -> Result<(), AppError> {
    may_create(ctx)?;
    ctx.db()
        .write(async |work| {
            if !work.system_remove_recipe(id.as_i64()).await? {
                return Err(AppError::NOT_FOUND);
            }
            Ok(work
                .record(&ctx.event(EventName::RecipeRemoved, "recipe", Some(id.as_i64())))
                .await?)
        })
        .await
}

fn recipe(record: RecipeRecord) -> Recipe {
    let RecipeRecord { id, name, kind, origin, body, uses, version, updated_at, .. } = record;
    let id = RecipeId(id);
    Recipe { id, name, kind, origin, body, uses, version, updated_at }
}

fn parse(text: &str) -> Result<Body, AppError> {
    let refused = AppError::Field { code: Code::FieldInvalid, field: "recipe" };
    let body: Body = toml::from_str(text).map_err(|_unreadable| refused)?;
    Ok(body)
}

async fn put(ctx: &Ctx, body: Body) -> Result<RecipeId, AppError> {
    let refused = || AppError::Field { code: Code::FieldInvalid, field: "recipe" };
    let kind = ImportKind::parse(&body.kind).ok_or_else(refused)?;
    if body.headings.is_empty() || body.name.trim().is_empty() {
        return Err(refused());
    }
    let record = RecipeRecord {
        id: ctx.id(),
        name: body.name.trim().to_owned(),
        kind,
        origin: body.origin.clone(),
        headings: key(body.headings.iter().map(String::as_str)),
        body: toml::to_string_pretty(&body).map_err(|_unwritable| Code::Internal)?,
        uses: 0,
        updated_at: ctx.now(),
        version: 1,
    };
    ctx.db()
        .write(async |work| {
            let before = work.system_recipe_for(&record.origin, &record.headings).await?;
            let id = before.as_ref().map_or(record.id, |before| before.id);
            if before.is_some_and(|before| before.body == record.body) {
                return Ok(RecipeId(id));
            }
            work.system_put_recipe(&record).await?;
            let mut event = ctx.event(EventName::RecipeSet, "recipe", Some(id));
            event.payload =
                vec![("kind", record.kind.to_string()), ("origin", record.origin.clone())];
            work.record(&event).await?;
            Ok(RecipeId(id))
        })
        .await
}

/// Gives the digest of headings, whatever their order and spelling of case and accents.
fn key<'a>(headings: impl Iterator<Item = &'a str>) -> String {
    let mut keys: Vec<String> = headings.map(heading_key).collect();
    keys.sort();
    hexadecimal(&Sha256::digest(keys.join("\n")))
}
