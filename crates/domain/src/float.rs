//! The one place where integers become floats: on their way into a fraction, never to hold money.

/// Gives a whole amount as a float, for a ratio.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a ratio needs no more than 53 bits"
)]
pub fn from_minor(minor: i64) -> f64 {
    minor as f64
}

/// Gives a count as a float, for a mean or a share.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts stay far below 2^53"
)]
pub fn from_count(count: usize) -> f64 {
    count as f64
}

/// Gives `part / whole`; `None` when the whole is zero.
pub fn ratio(part: i64, whole: i64) -> Option<f64> {
    (whole != 0).then(|| from_minor(part) / from_minor(whole))
}

/// Gives the nearest whole number of a float; what does not fit is cut to the limits.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "the cast saturates, which is wanted"
)]
pub fn round(value: f64) -> i64 {
    value.round() as i64
}
