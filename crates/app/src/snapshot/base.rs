//! The sums of all parties, kept in memory and shared by the vectors of every day and currency.

use orchestre_domain::id::{AccountId, PartyId};
use orchestre_domain::month::Ym;
use orchestre_store::{PartyMonth, Sums};

/// Gives the sums of every account by currency and month, up to a month; `None` gathers what
/// belongs to no account. Both lists are in the order of parties.
pub(crate) fn by_account(
    months: &[PartyMonth],
    members: &[(PartyId, AccountId)],
    until: Ym,
) -> Vec<(Option<AccountId>, Sums)> {
    let mut found: Vec<(Option<AccountId>, Sums)> = Vec::with_capacity(months.len());
    let mut members = members.iter().peekable();
    for month in months {
        while members.next_if(|(party, _)| *party < month.party).is_some() {}
        let account =
            members.peek().filter(|(party, _)| *party == month.party).map(|(_, account)| *account);
        found.extend(month.sums().filter(|sums| sums.ym <= until).map(|sums| (account, sums)));
    }
    found.sort_unstable_by_key(|(account, sums)| (*account, sums.ym, sums.currency));
    found.dedup_by(|next, kept| {
        let is_same = (kept.0, kept.1.ym, kept.1.currency) == (next.0, next.1.ym, next.1.currency);
        if is_same {
            add(&mut kept.1, &next.1);
        }
        is_same
    });
    found
}

const fn add(kept: &mut Sums, next: &Sums) {
    kept.amount_minor = kept.amount_minor.saturating_add(next.amount_minor);
    kept.cost_minor = kept.cost_minor.saturating_add(next.cost_minor);
    kept.costed_minor = kept.costed_minor.saturating_add(next.costed_minor);
    kept.lines = kept.lines.saturating_add(next.lines);
    kept.costed_lines = kept.costed_lines.saturating_add(next.costed_lines);
}
