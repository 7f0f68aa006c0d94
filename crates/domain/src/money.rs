//! Money: whole minor units and a currency, never a float.

/// An ISO 4217 currency code of three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro, in which reference rates are published.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a code; letters of any case, nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = text.trim().as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_alphabetic).then(|| Self(code.map(|c| c.to_ascii_uppercase())))
    }

    /// Gives the code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Gives the number of decimals of the currency: 2, or 0 and 3 for the few that differ.
    pub fn exponent(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" | b"UGX" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Debug for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money {
    /// Whole minor units (cents; whole units where the currency has none).
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// Divides half-even, the rounding of every conversion; `None` when the divisor is not positive.
///
/// ```
/// use orchestre_domain::money::divide_half_even;
/// assert_eq!(divide_half_even(25, 10), Some(2));
/// assert_eq!(divide_half_even(35, 10), Some(4));
/// assert_eq!(divide_half_even(-25, 10), Some(-2));
/// assert_eq!(divide_half_even(26, 10), Some(3));
/// ```
pub fn divide_half_even(dividend: i128, divisor: i128) -> Option<i64> {
    if divisor <= 0 {
        return None;
    }
    let (whole, rest) = (dividend.div_euclid(divisor), dividend.rem_euclid(divisor));
    let up = match (rest * 2).cmp(&divisor) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => whole.rem_euclid(2) == 1,
    };
    i64::try_from(whole + i128::from(up)).ok()
}
