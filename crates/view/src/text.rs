//! Texts: Fluent files of `locales/`, read once.

use std::borrow::Cow;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};

use crate::format;
use crate::lang::Lang;

/// The files, in maps as the library's macro makes them; nothing walks through them.
#[expect(clippy::disallowed_types, reason = "the macro of fluent-templates is written with it")]
mod loaded {
    use super::{Lang, written};

    fluent_templates::static_loader! {
        pub(super) static LOCALES = {
            locales: "./locales",
            fallback_language: "en",
            customise: |bundle| {
                bundle.set_use_isolating(false);
                let mut locales = bundle.locales.iter();
                let is_french = locales.any(|locale| locale.language.as_str() == "fr");
                bundle.set_formatter(Some(if is_french {
                    |value, _| written(Lang::Fr, value)
                } else {
                    |value, _| written(Lang::En, value)
                }));
            },
        };
    }
}

use loaded::LOCALES;

static EN: LanguageIdentifier = langid!("en");
static FR: LanguageIdentifier = langid!("fr");

/// A value that a text is given: words as they are, or a count that chooses the plural.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words, or a number that is already formatted.
    Words(String),
    /// A count: it chooses the plural and is written with the digits of the language.
    Count(i64),
}

impl From<&str> for Value {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&String> for Value {
    fn from(words: &String) -> Self {
        Self::Words(words.clone())
    }
}

impl From<i64> for Value {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// Gives the text of a key; a key without a text stands in `⟦ ⟧`, which the tests refuse.
pub fn text(lang: Lang, key: &str) -> String {
    LOCALES.try_lookup_complete(identifier(lang), key, None).unwrap_or_else(|| format!("⟦{key}⟧"))
}

/// Gives the text of a key with its values put in.
pub fn text_with(lang: Lang, key: &str, values: &[(&'static str, Value)]) -> String {
    let values = values
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::Words(words) => FluentValue::String(Cow::Borrowed(words.as_str())),
                Value::Count(count) => FluentValue::from(*count),
            };
            (Cow::Borrowed(*name), value)
        })
        .collect();
    LOCALES
        .try_lookup_complete(identifier(lang), key, Some(&values))
        .unwrap_or_else(|| format!("⟦{key}⟧"))
}

/// Says whether a key has a text.
pub fn has(lang: Lang, key: &str) -> bool {
    LOCALES.try_lookup_complete(identifier(lang), key, None).is_some()
}

fn identifier(lang: Lang) -> &'static LanguageIdentifier {
    match lang {
        Lang::En => &EN,
        Lang::Fr => &FR,
    }
}

fn written(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            Some(format::count(lang, orchestre_domain::float::round(number.value)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_without_a_text_is_seen() {
        assert_eq!(text(Lang::Fr, "page-nowhere"), "⟦page-nowhere⟧");
        assert!(!has(Lang::En, "page-nowhere"));
    }

    #[test]
    fn a_count_chooses_the_plural_and_has_the_digits_of_the_language() {
        let lines = |lang, count: i64| text_with(lang, "word-lines", &[("count", count.into())]);
        assert_eq!(lines(Lang::En, 1), "1 line");
        assert_eq!(lines(Lang::En, 12_418), "12,418 lines");
        assert_eq!(lines(Lang::Fr, 0), "0 ligne");
        assert_eq!(lines(Lang::Fr, 12_418), "12\u{202f}418 lignes");
    }
}
