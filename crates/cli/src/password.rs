//! Passwords that people can read out and type.

use crate::random;

const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
const VOWELS: &[u8; 4] = b"aiou";
/// Each word of five letters holds 16 random bits.
const WORDS: usize = 4;

/// Makes a password of four words that can be spoken, 64 random bits.
///
/// # Errors
///
/// When the system gives no random numbers.
pub(crate) fn generate() -> anyhow::Result<String> {
    let bytes = random::bytes::<{ 2 * WORDS }>()?;
    let words: Vec<String> = bytes
        .chunks_exact(2)
        .map(|pair| word(pair.iter().fold(0, |bits, byte| bits << 8 | usize::from(*byte))))
        .collect();
    Ok(words.join("-"))
}

/// Writes 16 bits as consonant, vowel, consonant, vowel, consonant.
fn word(bits: usize) -> String {
    let letter = |letters: &[u8], at: usize| letters.get(at).copied().map_or('x', char::from);
    [
        letter(CONSONANTS, bits >> 12 & 15),
        letter(VOWELS, bits >> 10 & 3),
        letter(CONSONANTS, bits >> 6 & 15),
        letter(VOWELS, bits >> 4 & 3),
        letter(CONSONANTS, bits & 15),
    ]
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_word_of_its_own() {
        let words: std::collections::BTreeSet<String> = (0..=0xffff).map(word).collect();
        assert_eq!(words.len(), 0x1_0000);
        assert!(words.iter().all(|word| word.len() == 5 && !word.contains('x')));
    }

    #[test]
    fn two_passwords_differ() {
        assert_ne!(generate().unwrap(), generate().unwrap());
    }
}
