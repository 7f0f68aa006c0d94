//! A line without axes in a cell: the months before in grey, the last ones in colour.

use orchestre_domain::float;

use super::drawing::Palette;
use super::pen::{Path, Pen};
use crate::html::{Html, escape};

/// Gives a small line; the first `before` values are grey, and a gap is a gap.
///
/// Each line has its own scale from its lowest to its highest value, so the form is what is told:
/// the label has to say the numbers.
pub fn sparkline(values: &[Option<f64>], before: usize, label: &str) -> Html {
    let known = || values.iter().flatten().copied();
    let low = known().fold(f64::INFINITY, f64::min);
    let high = known().fold(f64::NEG_INFINITY, f64::max);
    let span = if high - low > 0.0 { high - low } else { 1.0 };
    let steps = float::from_count(values.len().saturating_sub(1).max(1));
    let place = |index: usize, value: f64| {
        (2.0 + 90.0 * float::from_count(index) / steps, 17.0 - 14.0 * (value - low) / span)
    };
    let mut pen = Pen::new(Palette::Page);
    let parts = [(0, before + 1, "ln sp thin"), (before, values.len(), "ln s1")];
    for (from, to, class) in parts.into_iter().filter(|(_, to, _)| *to > 1) {
        let mut path = Path::default();
        let mut is_drawing = false;
        for (index, value) in values.iter().enumerate().take(to).skip(from) {
            if let Some(value) = value {
                let at = place(index, *value);
                if is_drawing { path.line_to(at) } else { path.move_to(at) }
            }
            is_drawing = value.is_some();
        }
        pen.path(&path, class);
    }
    let last = values.iter().enumerate().filter_map(|(i, value)| value.map(|v| (i, v))).next_back();
    if let Some((index, value)) = last {
        pen.circle(place(index, value), 2.0, "c1");
    }
    let (label, shapes) = (escape(label), pen.finish());
    Html(format!(
        "<svg class=\"spark\" viewBox=\"0 0 96 20\" role=\"img\" aria-label=\"{label}\">{shapes}</svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_not_drawn_over() {
        let svg = sparkline(&[Some(1.0), None, Some(2.0), Some(3.0)], 0, "a <b>").0;
        assert!(svg.contains("aria-label=\"a &lt;b&gt;\""), "{svg}");
        assert_eq!(svg.matches('M').count(), 2, "{svg}");
    }
}
