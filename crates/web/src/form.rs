//! Fields of a form as they were sent, read with the checks that every form needs.

use jiff::civil::Date;
use orchestre_app::{AppError, Code};
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::Field;
use orchestre_view::text;
use serde::Deserialize;

/// The fields, in the order of the form; a name may occur several times.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Gives a field as it was sent; empty when it is not there.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Gives all names and values in the order of the form.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Gives every value of a field that occurs several times.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// Gives a field, `None` when it is empty.
    pub(crate) fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// Gives a field that may not be empty.
    ///
    /// # Errors
    ///
    /// `field_missing`, with the field's name.
    pub(crate) fn required(&self, name: &'static str) -> Result<&str, AppError> {
        match self.get(name) {
            "" => Err(AppError::Field { code: Code::FieldMissing, field: name }),
            value => Ok(value),
        }
    }

    /// Gives a word of a closed list.
    ///
    /// # Errors
    ///
    /// `field_missing` or `field_invalid`.
    pub(crate) fn word<T>(
        &self,
        name: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<T, AppError> {
        parse(self.required(name)?).ok_or_else(|| invalid(name))
    }

    /// Gives a day.
    ///
    /// # Errors
    ///
    /// `field_missing` or `field_invalid`.
    pub(crate) fn day(&self, name: &'static str) -> Result<Date, AppError> {
        self.required(name)?.parse().map_err(|_not_a_day: jiff::Error| invalid(name))
    }

    /// Gives a day, `None` when the field is empty.
    ///
    /// # Errors
    ///
    /// `field_invalid`.
    pub(crate) fn some_day(&self, name: &'static str) -> Result<Option<Date>, AppError> {
        if self.get(name).is_empty() { Ok(None) } else { self.day(name).map(Some) }
    }

    /// Gives a whole number, `None` when the field is empty.
    ///
    /// # Errors
    ///
    /// `field_invalid`.
    pub(crate) fn whole(&self, name: &'static str) -> Result<Option<i64>, AppError> {
        let text = self.get(name);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_not_a_number| invalid(name))
    }

    /// Gives a number with a point or a comma, `None` when the field is empty.
    ///
    /// # Errors
    ///
    /// `field_invalid`.
    pub(crate) fn decimal(&self, name: &'static str) -> Result<Option<f64>, AppError> {
        let text: String = self
            .get(name)
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| if c == ',' { '.' } else { c })
            .collect();
        if text.is_empty() {
            return Ok(None);
        }
        let (number, scale) =
            text.strip_suffix('%').map_or((text.as_str(), 1.0), |rest| (rest, 100.0));
        number
            .parse::<f64>()
            .ok()
            .map(|value| value / scale)
            .filter(|value| value.is_finite())
            .map(Some)
            .ok_or_else(|| invalid(name))
    }

    /// Gives the version that the form was read at.
    ///
    /// # Errors
    ///
    /// `field_missing` or `field_invalid`.
    pub(crate) fn version(&self) -> Result<i64, AppError> {
        self.whole("version")?.ok_or(AppError::Field { code: Code::FieldMissing, field: "version" })
    }
}

impl Fields {
    /// Gives a field exactly as it was sent: spaces around a password are part of it.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

/// Puts what was sent back into the fields of a form, and says at its field what is wrong; an error
/// that belongs to no field is given back in words.
pub(crate) fn refill(
    form: Vec<Field>,
    sent: &Fields,
    lang: Lang,
    error: &AppError,
) -> (Vec<Field>, Option<String>) {
    let words = text(lang, &format!("error-{}", error.code().text()));
    let wrong = match error {
        AppError::Field { field, .. } => Some(*field),
        _ => None,
    };
    let is_here = form.iter().any(|field| Some(field.name()) == wrong);
    let fields = form
        .into_iter()
        .map(|field| {
            let is_wrong = Some(field.name()) == wrong;
            let sent = sent.get(field.name()).to_owned();
            let field = field.refilled(&sent);
            if is_wrong { field.error(words.clone()) } else { field }
        })
        .collect();
    (fields, (!is_here).then_some(words))
}

fn invalid(field: &'static str) -> AppError {
    AppError::Field { code: Code::FieldInvalid, field }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    fn fields(value: &str) -> Fields {
        Fields(vec![("x".to_owned(), value.to_owned())])
    }

    #[test]
    fn a_number_may_have_a_comma_and_spaces() {
        assert_eq!(fields("1 234,5").decimal("x").unwrap(), Some(1234.5));
        assert_eq!(fields("").decimal("x").unwrap(), None);
        for bad in ["a", "1.2.3", "inf", "NaN"] {
            assert!(fields(bad).decimal("x").is_err(), "{bad}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        assert!(fields("2026-02-30").day("x").is_err());
        assert!(fields("").day("x").is_err());
        assert_eq!(fields("").some_day("x").unwrap(), None);
    }
}
