//! Texts that may exist in both languages, and the owners of what is planned.

use orchestre_domain::id::PersonId;
use orchestre_domain::lang::Lang;

use crate::error::StoreError;
use crate::row::Row;

/// A text in the languages in which it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// English.
    pub en: Option<String>,
    /// French.
    pub fr: Option<String>,
}

impl Text {
    /// Gives the text in a language, else in the other, else nothing.
    pub fn in_lang(&self, lang: Lang) -> &str {
        let (own, other) = match lang {
            Lang::En => (&self.en, &self.fr),
            Lang::Fr => (&self.fr, &self.en),
        };
        let written = |text: &&Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
        [own, other].into_iter().find(written).and_then(Option::as_deref).unwrap_or_default()
    }

    /// Says whether it is written in no language.
    pub fn is_empty(&self) -> bool {
        self.in_lang(Lang::En).is_empty()
    }

    /// Gives the text of one language.
    pub fn of(lang: Lang, text: &str) -> Self {
        let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match lang {
            Lang::En => Self { en: text, fr: None },
            Lang::Fr => Self { en: None, fr: text },
        }
    }

    /// Gives the text after somebody who reads `lang` wrote `text` over what was shown: the same
    /// words change nothing, no words clear both languages, else the other language stays.
    #[must_use]
    pub fn edited(&self, lang: Lang, text: &str) -> Self {
        let text = text.trim();
        if text == self.in_lang(lang) {
            return self.clone();
        }
        let new = Self::of(lang, text);
        match lang {
            Lang::En if new.en.is_some() => Self { fr: self.fr.clone(), ..new },
            Lang::Fr if new.fr.is_some() => Self { en: self.en.clone(), ..new },
            Lang::En | Lang::Fr => new,
        }
    }
}

/// Who answers for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The person, when it is a known one.
    pub person: Option<PersonId>,
    /// The name, or what a source wrote in its place.
    pub name: String,
}

impl Row {
    /// Reads the columns `<name>_en` and `<name>_fr`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when there are no such columns.
    pub fn text(&self, name: &str) -> Result<Text, StoreError> {
        Ok(Text { en: self.opt(&format!("{name}_en"))?, fr: self.opt(&format!("{name}_fr"))? })
    }

    /// Reads the columns `<name>_id` and `<name>_name`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when there are no such columns.
    pub fn owner(&self, name: &str) -> Result<Option<Owner>, StoreError> {
        let person = self.opt(&format!("{name}_id"))?.map(PersonId);
        let known: Option<String> = self.opt(&format!("{name}_name"))?;
        Ok(known.map(|name| Owner { person, name }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> Text {
        Text { en: Some("Launch".to_owned()), fr: Some("Lancement".to_owned()) }
    }

    #[test]
    fn a_text_is_shown_in_the_other_language_when_ones_own_is_missing() {
        assert_eq!(both().in_lang(Lang::Fr), "Lancement");
        assert_eq!(Text::of(Lang::Fr, "Lancement").in_lang(Lang::En), "Lancement");
        assert_eq!(Text::default().in_lang(Lang::En), "");
    }

    #[test]
    fn writing_touches_the_language_in_which_one_writes() {
        let french = Text::of(Lang::Fr, "Lancement");
        assert_eq!(french.edited(Lang::En, "Lancement"), french, "what was shown was not written");
        assert_eq!(french.edited(Lang::En, "Launch"), both());
        assert_eq!(
            both().edited(Lang::En, " Start "),
            Text { en: Some("Start".to_owned()), ..both() }
        );
        assert!(both().edited(Lang::En, " ").is_empty());
    }
}
