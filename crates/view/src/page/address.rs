//! Addresses that keep the day and the currency, and this address with one thing changed.

use std::fmt::Write;

use super::Page;
use crate::html::{Html, escape, push_query};

impl Page {
    /// Gives a path with the day and the currency that were chosen, if they are not the usual ones.
    pub fn href(&self, path: &str) -> String {
        let mut out = path.to_owned();
        let day = self.frame.as_of.to_string();
        let is_foreign = self.frame.currency != self.frame.home_currency;
        let chosen = [
            ("as_of", self.is_past().then_some(day.as_str())),
            ("currency", is_foreign.then(|| self.frame.currency.as_str())),
        ];
        for (name, value) in chosen {
            if let Some(value) = value {
                push_pair(&mut out, name, value);
            }
        }
        out
    }

    /// Gives this very address with one part of the query changed; an empty value takes it away.
    ///
    /// The number of the page goes, because it belongs to the former choice.
    pub fn href_with(&self, name: &str, value: &str) -> String {
        let mut out = self.frame.path.clone();
        for (known, old) in &self.frame.query {
            if known != name && known != "page" {
                push_pair(&mut out, known, old);
            }
        }
        if !value.is_empty() {
            push_pair(&mut out, name, value);
        }
        out
    }

    /// Gives hidden fields for all of the query but some names, for forms that ask by address.
    pub fn hidden_query(&self, without: &[&str]) -> Html {
        let mut out = String::new();
        let kept = self.frame.query.iter();
        for (name, value) in
            kept.filter(|(name, _)| !without.contains(&name.as_str()) && name != "page")
        {
            let (name, value) = (escape(name), escape(value));
            let written = write!(out, "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
            debug_assert!(written.is_ok(), "writing to a string does not fail");
        }
        Html(out)
    }
}

fn push_pair(out: &mut String, name: &str, value: &str) {
    out.push(if out.contains('?') { '&' } else { '?' });
    push_query(out, name);
    out.push('=');
    push_query(out, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use jiff::civil::date;
    use orchestre_domain::money::Currency;

    #[test]
    fn the_day_and_the_currency_go_along() {
        let mut page = Page::sample(Lang::En);
        assert_eq!(page.href("/portfolio"), "/portfolio");
        page.frame.as_of = date(2019, 12, 31);
        page.frame.currency = Currency::parse("GBP").unwrap();
        assert_eq!(page.href("/portfolio"), "/portfolio?as_of=2019-12-31&currency=GBP");
        assert_eq!(page.href("/x?sort=a"), "/x?sort=a&as_of=2019-12-31&currency=GBP");
    }

    #[test]
    fn one_part_of_the_address_changes() {
        let page = Page::sample(Lang::En);
        assert_eq!(page.href_with("tier", "key"), "/sample?q=a%20b&tier=key");
        assert_eq!(page.href_with("q", ""), "/sample");
        assert_eq!(page.hidden_query(&["q"]).0, "");
    }
}
