//! People: the list of those whom one may see, and one of them.

use jiff::civil::Date;
use orchestre_domain::fold::fold;
use orchestre_domain::id::PersonId;
use orchestre_domain::permission::{Capability, Object, Scope, may};
use orchestre_store::StoreError;
pub use orchestre_store::{Assessment, InteractionLine, PersonCard, PersonLine, Place};

use crate::{AppError, Ctx, reads};

/// How many contacts a person's page shows.
const CONTACTS: i64 = 20;

/// A person with everything that the viewer may see.
#[derive(Debug, Clone)]
pub struct Person {
    /// The card.
    pub card: PersonCard,
    /// Where a customer's person works and worked.
    pub places: Vec<Place>,
    /// Which accounts a person of ours serves.
    pub served: Vec<Place>,
    /// The latest contacts of which the viewer may read, the newest first.
    pub contacts: Vec<InteractionLine>,
    /// Opinions; `None` when the viewer reads none at all.
    pub assessments: Option<Vec<Assessment>>,
}

/// Gives the customers' people by name.
///
/// # Errors
///
/// What the store says.
pub async fn list(
    ctx: &Ctx,
    words: &str,
    as_of: Date,
    limit: usize,
) -> Result<Vec<PersonLine>, AppError> {
    let folded = fold(words);
    Ok(ctx.db().read(async |work| work.people(&ctx.viewer, &folded, as_of, limit).await).await?)
}

/// Gives one person.
///
/// # Errors
///
/// `not_found` for whoever never worked where the viewer may look.
pub async fn show(ctx: &Ctx, id: PersonId, as_of: Date) -> Result<Person, AppError> {
    let reads_opinions = may(&ctx.viewer, Capability::Read, Object::Opinion, Scope::Company);
    let found = ctx
        .db()
        .read(async |work| {
            let Some(mut card) = work.person(&ctx.viewer, id).await? else { return Ok(None) };
            let places = work.places(&ctx.viewer, id).await?;
            let today = ctx.today().to_string();
            let works_here = places.iter().any(|place| place.from <= today && today < place.to);
            if card.side != "supplier" && !works_here {
                // Where the person went is not for whoever sees the past place only.
                card = PersonCard { email: None, phone: None, title: None, ..card };
            }
            let served = work.served(&ctx.viewer, id, as_of).await?;
            let contacts = work.latest_with(&ctx.viewer, id, as_of, CONTACTS).await?;
            let assessments = if reads_opinions {
                Some(work.assessments(&ctx.viewer, id, as_of).await?)
            } else {
                None
            };
            Ok::<_, StoreError>(Some(Person { card, places, served, contacts, assessments }))
        })
        .await?;
    let person = found.ok_or(AppError::NOT_FOUND)?;
    if let Some(first) = person.assessments.as_ref().and_then(|all| all.first()) {
        reads::opinions(ctx, Some(first.account), "person", id.as_i64()).await?;
    }
    Ok(person)
}
