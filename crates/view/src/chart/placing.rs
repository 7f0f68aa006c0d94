//! Words in pictures: how wide they are, and where they do not stand on one another.

use orchestre_domain::float;

/// Gives about how wide words are in the typeface of the product.
pub(crate) fn width_of(words: &str, size: f64) -> f64 {
    let units: i64 = words.chars().map(units_of).sum();
    float::from_minor(units) * size / 100.0
}

fn units_of(letter: char) -> i64 {
    match letter {
        'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | ' ' | '\u{a0}' => {
            29
        }
        '\u{202f}' => 19,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 37,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 88,
        letter if letter.is_uppercase() => 66,
        letter if letter.is_ascii_digit() => 60,
        _ => 57,
    }
}

/// A rectangle that is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Taken {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Taken {
    /// Gives the rectangle around a circle.
    pub(crate) fn around(at: (f64, f64), radius: f64) -> Self {
        Self {
            left: at.0 - radius,
            top: at.1 - radius,
            right: at.0 + radius,
            bottom: at.1 + radius,
        }
    }

    /// Gives how much of it another covers.
    pub(crate) fn overlap(&self, other: &Self) -> f64 {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        across.max(0.0) * down.max(0.0)
    }

    /// Gives how far it sticks out of another.
    pub(crate) fn outside(&self, frame: &Self) -> f64 {
        (frame.left - self.left).max(0.0)
            + (self.right - frame.right).max(0.0)
            + (frame.top - self.top).max(0.0)
            + (self.bottom - frame.bottom).max(0.0)
    }
}

/// A label beside a circle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Label {
    pub(crate) at: (f64, f64),
    pub(crate) class: &'static str,
    pub(crate) taken: Taken,
    /// Whether nothing of weight lies where it stands.
    pub(crate) is_free: bool,
}

/// What a label may cover of others and still be read, in square pixels.
const COVERED: f64 = 90.0;

/// Gives the best place for a name beside a circle: right, left, over, under, then the corners.
pub(crate) fn beside(at: (f64, f64), radius: f64, name: &str, around: (&Taken, &[Taken])) -> Label {
    let (frame, taken) = around;
    let wide = width_of(name, 12.0);
    let gap = radius + 4.0;
    let slant = radius * 0.71 + 3.0;
    let places = [
        ("", (at.0 + gap, at.1 + 4.0)),
        ("end", (at.0 - gap, at.1 + 4.0)),
        ("mid", (at.0, at.1 - gap - 2.0)),
        ("mid", (at.0, at.1 + gap + 10.0)),
        ("", (at.0 + slant, at.1 - slant)),
        ("end", (at.0 - slant, at.1 - slant)),
        ("", (at.0 + slant, at.1 + slant + 8.0)),
        ("end", (at.0 - slant, at.1 + slant + 8.0)),
    ];
    let label = |(class, place): (&'static str, (f64, f64))| {
        let left = match class {
            "end" => place.0 - wide,
            "mid" => place.0 - wide / 2.0,
            _ => place.0,
        };
        let rectangle =
            Taken { left, top: place.1 - 10.0, right: left + wide, bottom: place.1 + 3.0 };
        Label { at: place, class, taken: rectangle, is_free: true }
    };
    let cost = |label: &Label| {
        let covered: f64 = taken.iter().map(|other| label.taken.overlap(other)).sum();
        covered + 40.0 * label.taken.outside(frame)
    };
    let mut best = label(("", (at.0 + gap, at.1 + 4.0)));
    let mut least = f64::INFINITY;
    for place in places {
        let candidate = label(place);
        let price = cost(&candidate);
        if price < least - 1.0 {
            (best, least) = (candidate, price);
        }
    }
    Label { is_free: least < COVERED, ..best }
}

/// Moves places down so that each is at least a gap under the one before, inside a range.
///
/// # Shape
/// One place for each that was given, in their order.
pub(crate) fn apart(places: &[f64], gap: f64, range: (f64, f64)) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = places.iter().copied().enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut last = range.0 - gap;
    for (_, place) in &mut order {
        *place = place.max(last + gap);
        last = *place;
    }
    let mut next = range.1 + gap;
    for (_, place) in order.iter_mut().rev() {
        *place = place.min(next - gap);
        next = *place;
    }
    order.sort_by_key(|(index, _)| *index);
    order.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_at_the_end_of_lines_stand_apart() {
        let places = apart(&[100.0, 98.0, 20.0, 101.0], 14.0, (10.0, 120.0));
        let mut sorted = places.clone();
        sorted.sort_by(f64::total_cmp);
        for pair in sorted.windows(2) {
            assert!(pair[1] - pair[0] >= 13.99, "{places:?}");
        }
    }

    #[test]
    fn a_name_leaves_the_place_that_another_has() {
        let frame = Taken { left: 0.0, top: 0.0, right: 500.0, bottom: 500.0 };
        let neighbor = Taken::around((150.0, 100.0), 30.0);
        let label = beside((100.0, 100.0), 10.0, "Delmas", (&frame, &[neighbor]));
        assert_eq!(label.class, "end");
        assert!(label.taken.overlap(&neighbor) < 1.0);
    }
}
