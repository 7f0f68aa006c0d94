//! Axes: three to five ticks at 1, 2, 2.5 or 5 times a power of ten.

use orchestre_domain::float;

use super::pen::{At, Pen};
use super::placing::width_of;
use crate::format;
use crate::lang::Lang;

/// A range of values with its ticks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    step: f64,
}

impl Scale {
    /// Gives the scale that covers values; with zero unless it is said to be far away.
    pub(crate) fn covering(low: f64, high: f64) -> Self {
        let (low, high) =
            (if low.is_finite() { low } else { 0.0 }, if high.is_finite() { high } else { 1.0 });
        let (low, high) =
            if high - low > 0.0 { (low, high) } else { (low.min(0.0), high.max(1.0)) };
        let power = 10_f64.powf(((high - low) / 4.0).log10().floor());
        let steps = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0];
        let fits = |step: &f64| ((high / step).ceil() - (low / step).floor()) <= 4.0 + 1e-9;
        let step = steps.map(|times| times * power).into_iter().find(fits).unwrap_or(power * 50.0);
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// Gives the ticks from low to high.
    pub(crate) fn ticks(&self) -> Vec<f64> {
        let count = float::round((self.high - self.low) / self.step).clamp(1, 12);
        (0..=count).map(|index| self.low + self.step * float::from_minor(index)).collect()
    }

    /// Gives a tick in words, with as many decimals as the step needs.
    pub(crate) fn written(&self, lang: Lang, tick: f64) -> String {
        let needs = |digits: &u8| {
            let scaled = self.step * 10_f64.powi(i32::from(*digits));
            (scaled - scaled.round()).abs() < 1e-6
        };
        format::decimal(lang, tick, (0..4_u8).find(needs).unwrap_or(3))
    }

    /// Gives where a value lies between two places.
    pub(crate) fn place(&self, value: f64, from: f64, to: f64) -> f64 {
        from + (value - self.low) / (self.high - self.low) * (to - from)
    }

    /// Gives the room that the words of the ticks need at the left.
    pub(crate) fn margin(&self, lang: Lang) -> f64 {
        let widths = self.ticks().into_iter().map(|tick| width_of(&self.written(lang, tick), 11.0));
        widths.fold(18.0, f64::max) + 10.0
    }
}

/// The part of a picture in which values are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// Gives the height of a value.
    pub(crate) fn down(&self, scale: &Scale, value: f64) -> f64 {
        scale.place(value, self.bottom, self.top)
    }

    /// Draws the hair lines of an upright axis, its ticks and its unit; the zero line is ink.
    pub(crate) fn upright(&self, pen: &mut Pen, lang: Lang, scale: &Scale, unit: &str) {
        for tick in scale.ticks() {
            let down = self.down(scale, tick);
            let class = if tick.abs() < 1e-9 { "axis" } else { "grid" };
            pen.line((self.left, down), (self.right, down), class);
            pen.text((self.left - 6.0, down + 3.8), "tick end", &scale.written(lang, tick));
        }
        if width_of(unit, 11.0) < self.left - 6.0 {
            pen.text((self.left - 6.0, self.top - 9.0), "tick end", unit);
        } else {
            pen.text((0.0, self.top - 12.0), "tick", unit);
        }
    }

    /// Writes a word under the axis.
    pub(crate) fn under(&self, pen: &mut Pen, right: f64, words: &str) {
        pen.text((right, self.bottom + 16.0), "tick mid", words);
    }

    /// Gives a place a little over or under a value, for its number.
    pub(crate) fn beside(&self, scale: &Scale, right: f64, value: f64) -> At {
        let down = self.down(scale, value);
        (right, if value < 0.0 { down + 15.0 } else { down - 6.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_has_three_to_five_nice_ticks_around_its_values() {
        for (low, high) in [
            (0.0, 1425.0),
            (0.0, 7.0),
            (-31.0, 51.0),
            (0.0, 0.013),
            (13_400.0, 15_000.0),
            (0.0, 0.0),
        ] {
            let scale = Scale::covering(low, high);
            let ticks = scale.ticks();
            assert!((3..=5).contains(&ticks.len()), "{low} to {high}: {ticks:?}");
            assert!(scale.low <= low && scale.high >= high, "{low} to {high}: {ticks:?}");
        }
        let scale = Scale::covering(0.0, 1425.0);
        assert_eq!(scale.written(Lang::Fr, 1500.0), "1\u{202f}500");
    }
}
