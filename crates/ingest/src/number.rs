//! Numbers as files write them: marks, groups, signs, units; exact, without floats.

use crate::unit::Unit;
use orchestre_domain::money::divide_half_even;

/// The sign between whole units and decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// `1234.5`
    Point,
    /// `1234,5`
    Comma,
}

impl Mark {
    const fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    const fn of(sign: char) -> Option<Self> {
        match sign {
            '.' => Some(Self::Point),
            ',' => Some(Self::Comma),
            _ => None,
        }
    }
}

/// An exact decimal number: `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// All digits, with the sign.
    pub mantissa: i128,
    /// How many of the digits are decimals.
    pub scale: u32,
}

/// More digits in one run are no figure of a company.
const MOST_DIGITS: usize = 18;
/// Decimals beyond this one are cut off: they cannot change a half-even rounding to cents.
const MOST_DECIMALS: usize = 17;

impl Decimal {
    /// Gives the number in units of `10^-decimals`, rounded half-even; `None` when it does not fit.
    ///
    /// ```
    /// use orchestre_ingest::Decimal;
    /// let number = Decimal { mantissa: 12_345, scale: 3 };
    /// assert_eq!(number.scaled(2), Some(1_234));
    /// assert_eq!(number.scaled(4), Some(123_450));
    /// ```
    pub fn scaled(self, decimals: u32) -> Option<i64> {
        match decimals.checked_sub(self.scale) {
            Some(up) => i64::try_from(self.mantissa.checked_mul(10_i128.checked_pow(up)?)?).ok(),
            None => divide_half_even(self.mantissa, 10_i128.checked_pow(self.scale - decimals)?),
        }
    }

    /// Gives the exact product; `None` when it has too many digits.
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            mantissa: self.mantissa.checked_mul(other.mantissa)?,
            scale: self.scale + other.scale,
        })
    }

    /// Gives the number with the other sign.
    const fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    /// Gives the number times a power of ten.
    pub(crate) fn shifted(self, power: u32) -> Option<Self> {
        Some(Self { mantissa: self.mantissa.checked_mul(10_i128.checked_pow(power)?)?, ..self })
    }
}

/// What a cell says as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numeral {
    /// Without a mark: the same in every dialect.
    Plain(Decimal),
    /// Readable with this decimal mark only.
    Marked(Mark, Decimal),
    /// `1.234` or `1,234`: one thing with a point as decimal mark, another with a comma.
    Either {
        /// The number when the decimal mark is a point.
        point: Decimal,
        /// The number when the decimal mark is a comma.
        comma: Decimal,
    },
}

impl Numeral {
    fn map(self, change: fn(Decimal) -> Decimal) -> Self {
        match self {
            Self::Plain(number) => Self::Plain(change(number)),
            Self::Marked(mark, number) => Self::Marked(mark, change(number)),
            Self::Either { point, comma } => {
                Self::Either { point: change(point), comma: change(comma) }
            }
        }
    }

    /// Gives the number in a column whose decimal mark is known; `None` when it contradicts.
    pub const fn settle(self, mark: Mark) -> Option<Decimal> {
        match (self, mark) {
            (Self::Plain(number), _)
            | (
                Self::Marked(Mark::Point, number) | Self::Either { point: number, .. },
                Mark::Point,
            )
            | (
                Self::Marked(Mark::Comma, number) | Self::Either { comma: number, .. },
                Mark::Comma,
            ) => Some(number),
            (Self::Marked(..), _) => None,
        }
    }
}

/// Gives the number and the unit that a cell writes; `None` when it is no number.
///
/// Groups may be parted by spaces of any width, points, commas or apostrophes; the sign may
/// stand before or behind, brackets mean negative; a currency, `%`, `k` and `M` may follow.
///
/// ```
/// use orchestre_ingest::{Decimal, Mark, Numeral, read_number};
/// let cents = |mantissa| Decimal { mantissa, scale: 2 };
/// assert_eq!(read_number("1 250,00-").unwrap().0, Numeral::Marked(Mark::Comma, cents(-125_000)));
/// assert_eq!(read_number("$1,234.50").unwrap().0, Numeral::Marked(Mark::Point, cents(123_450)));
/// assert_eq!(read_number("(250.00)").unwrap().0, Numeral::Marked(Mark::Point, cents(-25_000)));
/// // A single group of three digits can be read in two ways: nothing is guessed.
/// assert!(matches!(read_number("1.234").unwrap().0, Numeral::Either { .. }));
/// assert!(read_number("12/05").is_none());
/// ```
pub fn read_number(text: &str) -> Option<(Numeral, Unit)> {
    match plain_point(text) {
        Some(number) if number.scale == 0 => {
            return Some((Numeral::Plain(number), Unit::default()));
        }
        Some(number) if number.scale != 3 => {
            return Some((Numeral::Marked(Mark::Point, number), Unit::default()));
        }
        _ => {}
    }
    let (text, bracketed) = match text.trim().strip_prefix('(') {
        Some(inner) => (inner.trim().strip_suffix(')')?, true),
        None => (text.trim(), false),
    };
    let first = text.find(char::is_numeric)?;
    let (before, rest) = text.split_at_checked(first)?;
    let end = rest.rfind(char::is_numeric)?;
    let end = end + rest.get(end..)?.chars().next()?.len_utf8();
    let (body, after) = rest.split_at_checked(end)?;
    let (before, open) = match before.strip_suffix(['.', ',']) {
        Some(shorter) => (shorter, before.chars().next_back()),
        None => (before, None),
    };
    let (prefix, minus_before) = unsigned(before);
    let (suffix, minus_after) = unsigned(after.trim_start_matches(['.', ',']));
    if minus_before && minus_after || !prefix.is_empty() && !suffix.is_empty() {
        return None;
    }
    let unit = Unit::read(if prefix.is_empty() { suffix } else { prefix })?;
    let negative = bracketed != (minus_before || minus_after);
    let numeral = body_numeral(open, body)?;
    Some((if negative { numeral.map(Decimal::negated) } else { numeral }, unit))
}

/// Takes a sign off either end.
fn unsigned(text: &str) -> (&str, bool) {
    let text = text.trim();
    for minus in ['-', '\u{2212}'] {
        if let Some(rest) = text.strip_prefix(minus).or_else(|| text.strip_suffix(minus)) {
            return (rest.trim(), true);
        }
    }
    (text.strip_prefix('+').unwrap_or(text).trim(), false)
}

/// A run of digits and the separator before it.
struct Group {
    separator: Option<char>,
    digits: usize,
}

/// The digits of a number and how they are parted.
struct Body {
    groups: Vec<Group>,
    mantissa: i128,
    /// Whether the number begins with a zero: then no separator parts thousands.
    zero_first: bool,
}

fn body_numeral(open: Option<char>, body: &str) -> Option<Numeral> {
    if let Some((body, power)) = body.split_once(['e', 'E']) {
        return with_exponent(open, body, power);
    }
    let groups = vec![Group { separator: None, digits: 0 }];
    let mut read = Body { groups, mantissa: 0, zero_first: false };
    if open.is_some() {
        read.groups.push(Group { separator: open, digits: 0 });
    }
    for c in body.chars() {
        match digit(c) {
            Some(digit) => read.add(digit)?,
            None => read.groups.push(Group { separator: Some(separator(c)?), digits: 0 }),
        }
    }
    read.shape()
}

impl Body {
    /// Adds a digit; `None` when there are too many.
    fn add(&mut self, digit: u32) -> Option<()> {
        self.zero_first |= self.groups.len() == 1 && self.mantissa == 0 && digit == 0;
        let group = self.groups.last_mut()?;
        let decimals = group.separator.is_some_and(|sign| Mark::of(sign).is_some());
        if group.digits >= if decimals { MOST_DECIMALS } else { MOST_DIGITS } {
            return decimals.then_some(());
        }
        group.digits += 1;
        self.mantissa = self.mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
        Some(())
    }

    /// Decides what the separators mean from the sizes of the groups alone.
    fn shape(&self) -> Option<Numeral> {
        let whole = Decimal { mantissa: self.mantissa, scale: 0 };
        let (last, before) = self.groups.split_last()?;
        let Some(sign) = last.separator else { return Some(Numeral::Plain(whole)) };
        let first = before.first()?.digits;
        let grouped = |groups: &[Group], sign: char| {
            (1..=3).contains(&first)
                && groups.iter().skip(1).all(|g| g.separator == Some(sign) && g.digits == 3)
        };
        let Some(mark) = Mark::of(sign) else {
            return grouped(&self.groups, sign).then_some(Numeral::Plain(whole));
        };
        let parted = Decimal { mantissa: self.mantissa, scale: u32::try_from(last.digits).ok()? };
        if let Some(grouping) = before.get(1).and_then(|g| g.separator) {
            if !grouped(before, grouping) {
                return None;
            }
            return if grouping == sign {
                (last.digits == 3).then_some(Numeral::Marked(mark.other(), whole))
            } else {
                Some(Numeral::Marked(mark, parted))
            };
        }
        if last.digits != 3 || self.zero_first || !(1..=3).contains(&first) {
            return Some(Numeral::Marked(mark, parted));
        }
        Some(match mark {
            Mark::Point => Numeral::Either { point: parted, comma: whole },
            Mark::Comma => Numeral::Either { point: whole, comma: parted },
        })
    }
}

/// Reads `1.5E+06`, as spreadsheets write large numbers; the separator before `E` is the mark.
fn with_exponent(open: Option<char>, body: &str, power: &str) -> Option<Numeral> {
    let power: i32 = power.parse().ok()?;
    let number = match body_numeral(open, body)? {
        Numeral::Plain(number) | Numeral::Marked(_, number) => number,
        Numeral::Either { point, comma } => {
            if body.contains('.') {
                point
            } else {
                comma
            }
        }
    };
    let number = match u32::try_from(power) {
        Ok(up) => number.shifted(Some(up).filter(|up| *up <= 18)?)?,
        Err(_) => Decimal { scale: number.scale + power.unsigned_abs(), ..number },
    };
    if number.scale > 30 {
        return None;
    }
    let mark = body.chars().chain(open).find_map(Mark::of);
    Some(mark.map_or(Numeral::Plain(number), |mark| Numeral::Marked(mark, number)))
}

fn digit(c: char) -> Option<u32> {
    // Full-width digits come from Japanese keyboards.
    c.to_digit(10)
        .or_else(|| u32::from(c).checked_sub(u32::from('\u{FF10}')).filter(|digit| *digit <= 9))
}

fn separator(c: char) -> Option<char> {
    match c {
        '.' | ',' => Some(c),
        '\'' | '\u{2019}' => Some('\''),
        c if c.is_whitespace() => Some(' '),
        _ => None,
    }
}

/// Reads the form that most files use, digits with at most one point, without looking for more.
fn plain_point(text: &str) -> Option<Decimal> {
    let (digits, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let (mut mantissa, mut scale, mut seen, mut point) = (0_i64, 0_u32, 0_u32, false);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' if seen < 18 => {
                seen += 1;
                scale += u32::from(point);
                mantissa = mantissa * 10 + i64::from(byte - b'0');
            }
            b'.' if !point && seen > 0 => point = true,
            _ => return None,
        }
    }
    if point && scale == 0 {
        return None;
    }
    let mantissa = i128::from(if negative { -mantissa } else { mantissa });
    (seen > 0).then_some(Decimal { mantissa, scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(mantissa: i128, scale: u32) -> Decimal {
        Decimal { mantissa, scale }
    }

    #[test]
    fn marks_are_seen_from_one_number_when_it_has_two_kinds_of_separators() {
        for (text, mark, mantissa, scale) in [
            ("1 234,56", Mark::Comma, 123_456, 2),
            ("1\u{202f}234,56", Mark::Comma, 123_456, 2),
            ("1.234,56", Mark::Comma, 123_456, 2),
            ("1,234.56", Mark::Point, 123_456, 2),
            ("1'234.50", Mark::Point, 123_450, 2),
            ("-0.123", Mark::Point, -123, 3),
            (".5", Mark::Point, 5, 1),
            ("-,75 €", Mark::Comma, -75, 2),
            ("1.234.567", Mark::Comma, 1_234_567, 0),
            ("1,234,567", Mark::Point, 1_234_567, 0),
            ("1234,567", Mark::Comma, 1_234_567, 3),
            ("1.5E+06", Mark::Point, 15_000_000, 1),
        ] {
            let read = read_number(text).map(|(numeral, _)| numeral);
            assert_eq!(read, Some(Numeral::Marked(mark, decimal(mantissa, scale))), "{text}");
        }
    }

    #[test]
    fn a_number_without_decimals_says_nothing_about_the_mark() {
        for (text, mantissa) in [
            ("1 234", 1234),
            ("(1 234)", -1234),
            ("12-", -12),
            ("１２", 12),
            ("+7", 7),
            ("12.", 12),
        ] {
            let read = read_number(text).map(|(numeral, _)| numeral);
            assert_eq!(read, Some(Numeral::Plain(decimal(mantissa, 0))), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["", "-", "abc", "12 34", "1,23,456.0", "1.23.45", "12-05", "1 2 3", "--5", "(5"]
        {
            assert_eq!(read_number(text), None, "{text}");
        }
    }

    #[test]
    fn the_quick_way_and_the_long_way_agree() {
        for text in ["2024.99", "-5", "0", "17.123456", "999999999999999"] {
            let quick = plain_point(text).unwrap();
            assert_eq!(read_number(text).unwrap().0.settle(Mark::Point), Some(quick), "{text}");
        }
        assert_eq!(plain_point("."), None);
        assert_eq!(plain_point("1.2.3"), None);
    }
}
