//! What waited for a reference attaches itself at the end of an import.

use orchestre_store::imports::{Answer, LOOSE, Records, Wanted};
use orchestre_store::{StoreError, Work};

use super::keys::{KeyMap, Keys};
use super::participants;
use super::places;
use super::run::Run;

/// Attaches every row whose reference leads somewhere by now.
pub(super) async fn attach(work: &mut Work<'_>, run: &Run<'_>) -> Result<(), StoreError> {
    let keys = Keys::load(work, run.answers).await?;
    places::wake(work, run, &keys).await?;
    for wanted in [Wanted::Party, Wanted::Product] {
        let records = if wanted == Wanted::Party { Records::Parties } else { Records::Products };
        let answers = keys.of(wanted).answered(run.origin).into_iter();
        let answers =
            answers.map(|(reference, id)| (run.origin.to_owned(), reference, id)).collect();
        work.system_add_external_ids((records.object(), run.import), answers).await?;
        let loose = work.system_loose_sales(wanted).await?;
        work.system_attach_sales(wanted, &found(keys.of(wanted), loose)).await?;
    }
    for loose in LOOSE {
        let waiting = work.system_loose(loose).await?;
        work.system_attach(loose, &found(keys.of(loose.wanted), waiting)).await?;
    }
    participants::settle(work, run.ctx.today(), None).await?;
    work.system_index_parties().await
}

fn found(keys: &KeyMap, references: Vec<(String, String)>) -> Vec<Answer> {
    let lead = |(origin, text): (String, String)| {
        let id = keys.find(&origin, &text).id()?;
        Some((origin, text, id))
    };
    references.into_iter().filter_map(lead).collect()
}
