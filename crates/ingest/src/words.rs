//! The closed lists in the words of other programs, English and French.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use orchestre_domain::fold::fold;

/// The folded words of each list and what they stand for.
static WORDS: LazyLock<BTreeMap<(&str, String), &str>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    for line in include_str!("lists/words.csv").lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        let (Some(list), Some(word)) = (cells.next(), cells.next()) else { continue };
        words.insert((list, key(word)), word);
        for also in cells.next().unwrap_or_default().split('|').filter(|w| !w.is_empty()) {
            words.entry((list, key(also))).or_insert(word);
        }
    }
    words
});

/// Folds a word and closes its gaps, so that `cross-sell`, `Cross Sell` and `cross_sell` agree.
fn key(text: &str) -> String {
    let folded = fold(text).replace(' ', "");
    if text.starts_with('-') { format!("-{folded}") } else { folded }
}

/// Gives the word of a list that a cell stands for.
///
/// ```
/// use orchestre_ingest::known_word;
/// assert_eq!(known_word("stage", "Proposal/Price Quote"), Some("proposed"));
/// assert_eq!(known_word("stage", "Gagné"), Some("won"));
/// assert_eq!(known_word("stage", "somewhere"), None);
/// ```
pub fn known_word(list: &'static str, text: &str) -> Option<&'static str> {
    WORDS.get(&(list, key(text))).copied()
}

#[cfg(test)]
mod tests {
    use orchestre_domain::account::{AccountStatus, Tier};
    use orchestre_domain::criterion::CriteriaSet;
    use orchestre_domain::interaction::InteractionType;
    use orchestre_domain::opportunity::{OpportunityType, Stage};
    use orchestre_domain::party::PartyKind;
    use orchestre_domain::person::{BuyingRole, Side};

    use super::*;

    #[test]
    fn every_word_of_the_domain_is_on_its_list_and_the_other_way_round() {
        let agrees = |list: &str, words: &[&'static str]| {
            for word in words {
                assert_eq!(WORDS.get(&(list, key(word))), Some(word), "{list}");
            }
            for ((_, _), word) in WORDS.iter().filter(|((known, _), _)| *known == list) {
                assert!(words.contains(word), "{list} {word}");
            }
        };
        macro_rules! words {
            ($name:ty) => {
                &<$name>::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>()
            };
        }
        agrees("stage", words!(Stage));
        agrees("opportunity_type", words!(OpportunityType));
        agrees("interaction_type", words!(InteractionType));
        agrees("party_kind", words!(PartyKind));
        agrees("tier", words!(Tier));
        agrees("status", words!(AccountStatus));
        agrees("side", words!(Side));
        agrees("buying_role", words!(BuyingRole));
        agrees("criteria_set", words!(CriteriaSet));
    }
}
