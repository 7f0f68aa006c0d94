//! Pictures that are no charts: the squares that a phone reads.

use crate::html::{Html, escape};

/// Squares of white that a phone needs around the picture.
const EDGE: usize = 4;

/// Gives squares as a picture, dark on white in every theme.
///
/// # Shape
/// `dark` holds `width` rows of `width` squares from the top left; what is missing is white.
pub fn squares(width: usize, dark: &[bool], label: &str) -> Html {
    let size = width + 2 * EDGE;
    let mut path = String::new();
    for (row, squares) in dark.chunks(width.max(1)).enumerate() {
        for (column, _) in squares.iter().enumerate().filter(|(_, is_dark)| **is_dark) {
            path.extend([
                "M",
                &(column + EDGE).to_string(),
                " ",
                &(row + EDGE).to_string(),
                "h1v1h-1z",
            ]);
        }
    }
    Html(format!(
        "<svg class=\"squares\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{}\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>",
        escape(label)
    ))
}

#[cfg(test)]
mod tests {
    use super::squares;

    #[test]
    fn dark_squares_stand_in_their_rows() {
        let html = squares(2, &[true, false, false, true], "<b>").0;
        assert!(html.contains("M4 4h1") && html.contains("M5 5h1") && !html.contains("M5 4h1"));
        assert!(html.contains("viewBox=\"0 0 10 10\"") && html.contains("&lt;b&gt;"));
    }
}
