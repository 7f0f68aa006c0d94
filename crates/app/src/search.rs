//! Finding anything: any order of words, each the beginning of one.

use orchestre_domain::fold::fold;
use orchestre_domain::id::{AccountId, OpportunityId, PartyId, PersonId, PlanId, ProductId};

use crate::{AppError, Ctx};

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The kind of object: `account`, `party`, `person`, `product`, `opportunity`, `plan`.
    pub object: String,
    /// Its outside id.
    pub id: String,
    /// The account to which it belongs.
    pub account: Option<AccountId>,
    /// The words shown first.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
}

/// Words beyond this number are not looked at.
const MOST_WORDS: usize = 8;

/// Finds what has a word beginning with each word of `text`; nothing for an empty text.
///
/// # Errors
///
/// What the store says.
pub async fn find(ctx: &Ctx, text: &str, limit: usize) -> Result<Vec<Hit>, AppError> {
    let folded = fold(text);
    let mut words: Vec<String> = folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map(str::to_owned)
        .collect();
    // The longest word brings the fewest entries.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let today = ctx.today().to_string();
    let found =
        ctx.db().read(async |work| work.find(&ctx.viewer, &words, &today, limit).await).await?;
    let hits = found.into_iter().map(|one| Hit {
        id: outside(&one.object, one.object_id),
        account: one.account_id.map(AccountId),
        object: one.object,
        title: one.title,
        detail: one.detail,
    });
    Ok(hits.collect())
}

fn outside(object: &str, id: i64) -> String {
    match object {
        "account" => AccountId(id).to_string(),
        "person" => PersonId(id).to_string(),
        "product" => ProductId(id).to_string(),
        "opportunity" => OpportunityId(id).to_string(),
        "plan" => PlanId(id).to_string(),
        _ => PartyId(id).to_string(),
    }
}
