//! What every page has beside its own content: who looks, where, on which day, in which currency.

mod address;
mod place;

pub use place::{Entry, Group, Place};

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;

use crate::asset;
use crate::format;
use crate::html::{Html, Link, escape};
use crate::icon;
use crate::lang::Lang;
use crate::notice::Notice;
use crate::text::{Value, text, text_with};

/// Which colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Those that the system is set to.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Gives the word of the cookie `theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the word of the cookie; any other is `Auto`.
    pub fn parse(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// Who is signed in, as the side shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The person's name.
    pub name: String,
    /// The role in words.
    pub role: String,
}

/// What is the same for every page of one request; made once by the web.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language.
    pub lang: Lang,
    /// Who is signed in; `None` before signing in.
    pub signed: Option<Signed>,
    /// The name of the company that runs the programme.
    pub organization: String,
    /// The token that forms send back.
    pub csrf: String,
    /// Today.
    pub today: Date,
    /// The day for which figures are asked.
    pub as_of: Date,
    /// The currency of the report.
    pub currency: Currency,
    /// The viewer's own report currency: what holds when the address says nothing.
    pub home_currency: Currency,
    /// The currencies that can be chosen.
    pub currencies: Vec<Currency>,
    /// The viewer's accounts.
    pub accounts: Vec<Link>,
    /// The places that the viewer may go to.
    pub places: BTreeSet<Place>,
    /// How many things wait at a place.
    pub counts: BTreeMap<Place, usize>,
    /// The path of the address.
    pub path: String,
    /// The query of the address, decoded.
    pub query: Vec<(String, String)>,
    /// Which colours are used.
    pub theme: Theme,
    /// Whose eyes one looks with, when they are not one's own: nothing can be changed then.
    pub watched: Option<String>,
    /// Those whose rights one holds for a time.
    pub acts_for: Vec<String>,
    /// What is to be told once, above the content.
    pub notice: Option<Notice>,
}

/// A page's surroundings; the field `page` of every view.
#[derive(Debug, Clone)]
pub struct Page {
    /// What is the same for every page of the request.
    pub frame: Frame,
    /// The language.
    pub lang: Lang,
    /// The name of the page: the tab, the end of the crumbs, mostly the heading.
    pub title: String,
    place: Option<Place>,
    pub(crate) crumbs: Vec<Link>,
    pub(crate) exports: Vec<Link>,
    pub(crate) shows_as_of: bool,
    pub(crate) shows_currency: bool,
}

impl Page {
    /// Gives a page at a place.
    pub fn new(frame: Frame, place: Place, title: impl Into<String>) -> Self {
        Self { place: Some(place), ..Self::bare(frame, title) }
    }

    /// Gives a page that belongs to no place: signing in, errors, search.
    pub fn bare(frame: Frame, title: impl Into<String>) -> Self {
        Self {
            lang: frame.lang,
            frame,
            title: title.into(),
            place: None,
            crumbs: Vec::new(),
            exports: Vec::new(),
            shows_as_of: false,
            shows_currency: false,
        }
    }

    /// Adds a crumb before the title; the address is as `href` gives it.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, path: &str) -> Self {
        let href = if path.is_empty() { String::new() } else { self.href(path) };
        self.crumbs.push(Link::new(label, href));
        self
    }

    /// Shows the day for which the figures hold, to be changed.
    #[must_use]
    pub const fn with_as_of(mut self) -> Self {
        self.shows_as_of = true;
        self
    }

    /// Shows the currency of the figures, to be changed.
    #[must_use]
    pub const fn with_currency(mut self) -> Self {
        self.shows_currency = true;
        self
    }

    /// Adds an entry to the menu of exports: what it is, how much, where.
    #[must_use]
    pub fn export(
        mut self,
        label: impl Into<String>,
        detail: impl Into<String>,
        href: impl Into<String>,
    ) -> Self {
        self.exports.push(Link::new(label, href).detail(detail));
        self
    }

    /// Gives a text.
    pub fn t(&self, key: &str) -> String {
        text(self.lang, key)
    }

    /// Gives a text with one value.
    pub fn t1(&self, key: &str, name: &'static str, value: impl Into<Value>) -> String {
        text_with(self.lang, key, &[(name, value.into())])
    }

    /// Gives a text with two values: `page.t2("key", "from", a, ("to", b))`.
    pub fn t2(
        &self,
        key: &str,
        name: &'static str,
        value: impl Into<Value>,
        second: &(&'static str, String),
    ) -> String {
        let values = [(name, value.into()), (second.0, second.1.clone().into())];
        text_with(self.lang, key, &values)
    }

    /// Gives the sign of the currency of the report.
    pub fn currency_sign(&self) -> String {
        format::currency_sign(self.lang, self.frame.currency)
    }

    /// Gives an icon.
    pub fn icon(&self, name: &str) -> Html {
        icon::icon(name)
    }

    /// Gives a day as the language writes it.
    pub fn day(&self, day: &Date) -> String {
        format::day(self.lang, *day)
    }

    /// Gives the hidden field that every form that changes something sends.
    pub fn csrf_field(&self) -> Html {
        let token = escape(&self.frame.csrf);
        Html(format!("<input type=\"hidden\" name=\"csrf\" value=\"{token}\">"))
    }

    /// Says whether another day than today is shown.
    pub fn is_past(&self) -> bool {
        self.frame.as_of != self.frame.today
    }

    /// Gives the entries of a group of the side.
    pub fn entries(&self, group: Group) -> Vec<Entry> {
        let places = group.places().iter().filter(|place| self.frame.places.contains(place));
        places.map(|place| self.entry(*place)).collect()
    }

    /// Gives every entry of the side.
    pub fn all_entries(&self) -> Vec<Entry> {
        let groups = [Group::Main, Group::Programme, Group::Data, Group::Foot];
        groups.into_iter().flat_map(|group| self.entries(group)).collect()
    }

    /// Gives the entries of the bar at the thumb.
    pub fn thumb(&self) -> Vec<Entry> {
        let places = [Place::Week, Place::Accounts, Place::Portfolio];
        let places = places.into_iter().filter(|place| self.frame.places.contains(place));
        places.map(|place| self.entry(place)).collect()
    }

    fn entry(&self, place: Place) -> Entry {
        let waiting = self.frame.counts.get(&place).copied().filter(|count| *count > 0);
        Entry {
            label: text(self.lang, &format!("page-nav-{}", place.as_str())),
            href: self.href(place.path()),
            icon: icon::icon(place.icon()),
            count: waiting.map_or_else(String::new, |count| format::count_of(self.lang, count)),
            is_current: self.place == Some(place),
            key: place.key(),
        }
    }

    /// Gives the days that are often asked for.
    pub(crate) fn days(&self) -> Vec<Link> {
        let today = self.frame.today;
        let month = Ym::of(today).plus(-1).last_day();
        let year = Date::new(today.year() - 1, 12, 31).unwrap_or(today);
        let days = [
            ("page-layout-today", today),
            ("page-layout-end_of_last_month", month),
            ("page-layout-end_of_last_year", year),
        ];
        let link = |(key, day): (&str, Date)| {
            let value = if day == today { String::new() } else { day.to_string() };
            let href = self.href_with("as_of", &value);
            Link::new(self.t(key), href).detail(format::day(self.lang, day))
        };
        days.into_iter().map(link).collect()
    }

    pub(crate) fn choices(&self) -> Vec<Link> {
        let link = |currency: &Currency| {
            let is_home = *currency == self.frame.home_currency;
            let value = if is_home { "" } else { currency.as_str() };
            let detail = if is_home { self.t("page-layout-home_currency") } else { String::new() };
            Link::new(currency.as_str(), self.href_with("currency", value)).detail(detail)
        };
        self.frame.currencies.iter().map(link).collect()
    }

    #[expect(clippy::unused_self, reason = "the layout reaches it through the page")]
    pub(crate) fn asset(&self, name: &str) -> &'static str {
        asset::url(name)
    }

    /// Gives the surroundings of samples.
    pub fn sample(lang: Lang) -> Self {
        let gbp = Currency::parse("GBP").unwrap_or(Currency::EUR);
        let frame = Frame {
            lang,
            signed: Some(Signed {
                name: "Ana Kovač".to_owned(),
                role: text(lang, "state-role-KAM"),
            }),
            organization: "Halden".to_owned(),
            csrf: "sample".to_owned(),
            today: date(2026, 11, 23),
            as_of: date(2026, 11, 23),
            currency: Currency::EUR,
            home_currency: Currency::EUR,
            currencies: vec![Currency::EUR, gbp],
            accounts: vec![
                Link::new("Lumière & Fils", "/accounts/acc_1"),
                Link::new(crate::view::NASTY, "/accounts/acc_2"),
            ],
            places: Place::ALL.iter().copied().collect(),
            counts: BTreeMap::from([(Place::Week, 7), (Place::Imports, 2)]),
            path: "/sample".to_owned(),
            query: vec![("q".to_owned(), "a b".to_owned())],
            theme: Theme::Auto,
            watched: Some(crate::view::NASTY.to_owned()),
            acts_for: vec![crate::view::NASTY.to_owned()],
            notice: None,
        };
        Self::new(frame, Place::Portfolio, text(lang, "page-nav-portfolio"))
            .crumb(text(lang, "page-nav-programme"), "")
    }
}
