//! Columns read as the domain's types: days, months, currencies and closed words.

use jiff::civil::Date;
use orchestre_domain::money::Currency;
use orchestre_domain::month::Ym;

use crate::error::StoreError;
use crate::row::Row;

impl Row {
    /// Reads a day that is never NULL.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when it is NULL or no day.
    pub fn day(&self, name: &str) -> Result<Date, StoreError> {
        self.opt_day(name)?.ok_or_else(|| StoreError::Engine(format!("column {name} is NULL")))
    }

    /// Reads a day that may be NULL.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when it is no day.
    pub fn opt_day(&self, name: &str) -> Result<Option<Date>, StoreError> {
        let text: Option<String> = self.opt(name)?;
        text.map(|text| text.parse().map_err(|error| unreadable(name, &text, &error))).transpose()
    }

    /// Reads a month.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when it is no month.
    pub fn ym(&self, name: &str) -> Result<Ym, StoreError> {
        let number: i64 = self.get(name)?;
        Ym::new(number).ok_or_else(|| unreadable(name, &number.to_string(), &"no month"))
    }

    /// Reads a currency that is never NULL.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when it is NULL or no currency.
    pub fn currency(&self, name: &str) -> Result<Currency, StoreError> {
        self.word(name, Currency::parse)
    }

    /// Reads a currency that may be NULL.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when it is no currency.
    pub fn opt_currency(&self, name: &str) -> Result<Option<Currency>, StoreError> {
        self.opt_word(name, Currency::parse)
    }

    /// Reads a word of a closed list that is never NULL.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when it is NULL or not in the list.
    pub fn word<T>(&self, name: &str, parse: fn(&str) -> Option<T>) -> Result<T, StoreError> {
        self.opt_word(name, parse)?
            .ok_or_else(|| StoreError::Engine(format!("column {name} is NULL")))
    }

    /// Reads a word of a closed list that may be NULL.
    ///
    /// # Errors
    ///
    /// [`StoreError::Engine`] when it is not in the list.
    pub fn opt_word<T>(
        &self,
        name: &str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.opt(name)?;
        text.map(|text| parse(&text).ok_or_else(|| unreadable(name, &text, &"an unknown word")))
            .transpose()
    }
}

fn unreadable(name: &str, value: &str, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Engine(format!("column {name} holds {value}: {why}"))
}
