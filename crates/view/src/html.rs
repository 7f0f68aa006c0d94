//! Trusted HTML and the links that parts are made of.

use std::fmt;

/// HTML that is shown as it is: whoever makes it has escaped what came from people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// A link with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// A word beside it, or nothing.
    pub detail: String,
}

impl Link {
    /// Gives a link without a detail.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), detail: String::new() }
    }

    /// Adds a word beside the link.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// Appends a text with everything escaped that means something in HTML.
pub fn push_escaped(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

/// Gives a text with everything escaped that means something in HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Appends a text as one part of a query: letters, digits and `-._~` as they are.
pub fn push_query(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
                out.push(digit.to_ascii_uppercase());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_part_keeps_only_what_is_safe() {
        let mut out = String::new();
        push_query(&mut out, "é & a-b");
        assert_eq!(out, "%C3%A9%20%26%20a-b");
    }

    #[test]
    fn a_script_is_only_text() {
        assert_eq!(escape("<script>'x'"), "&lt;script&gt;&#39;x&#39;");
    }
}
