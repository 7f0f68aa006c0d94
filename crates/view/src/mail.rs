//! Mails: one letter for all of them, as plain words and as a simple page.

use askama::Template;

use crate::html::Link;
use crate::lang::Lang;
use crate::text;

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterView {
    /// The language.
    pub lang: Lang,
    /// The subject, which is also the heading.
    pub title: String,
    /// The paragraphs before the link.
    pub before: Vec<String>,
    /// The link, with its full address.
    pub link: Option<Link>,
    /// The paragraphs after it.
    pub after: Vec<String>,
}

impl LetterView {
    /// Gives a letter without paragraphs.
    pub fn new(lang: Lang, title: impl Into<String>) -> Self {
        let (before, after) = (Vec::new(), Vec::new());
        Self { lang, title: title.into(), before, link: None, after }
    }

    /// Adds a paragraph before the link.
    #[must_use]
    pub fn say(mut self, words: impl Into<String>) -> Self {
        self.before.push(words.into());
        self
    }

    /// Adds the link.
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, address: impl Into<String>) -> Self {
        self.link = Some(Link::new(label, address));
        self
    }

    /// Adds a paragraph after the link.
    #[must_use]
    pub fn end(mut self, words: impl Into<String>) -> Self {
        self.after.push(words.into());
        self
    }

    /// Gives the letter as plain words.
    ///
    /// # Errors
    ///
    /// When the template cannot be rendered.
    pub fn text(&self) -> Result<String, askama::Error> {
        Plain { letter: self, foot: text(self.lang, "mail-foot") }.render()
    }

    /// Gives the letter as a page.
    ///
    /// # Errors
    ///
    /// When the template cannot be rendered.
    pub fn html(&self) -> Result<String, askama::Error> {
        Rich { letter: self, foot: text(self.lang, "mail-foot") }.render()
    }
}

#[derive(Template)]
#[template(path = "mails/letter.txt")]
struct Plain<'a> {
    letter: &'a LetterView,
    foot: String,
}

#[derive(Template)]
#[template(path = "mails/letter.html")]
struct Rich<'a> {
    letter: &'a LetterView,
    foot: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_plain_in_one_form_and_escaped_in_the_other() {
        let letter = LetterView::new(Lang::Fr, "Titre")
            .say("Bonjour <b>")
            .link("Ouvrir", "https://kam.example/sign-in/link/abc?x=1&y=2")
            .end("Fin");
        let text = letter.text().unwrap();
        assert!(text.contains("Bonjour <b>\n"), "{text}");
        assert!(
            text.contains("Ouvrir\u{202f}:\nhttps://kam.example/sign-in/link/abc?x=1&y=2\n"),
            "{text}"
        );
        let html = letter.html().unwrap();
        assert!(html.contains("Bonjour &#60;b&#62;"), "{html}");
        assert!(html.contains("lang=\"fr\"") && html.contains("href=\"https://kam.example/"));
        assert!(!html.contains('⟦') && !text.contains('⟦'));
    }
}
