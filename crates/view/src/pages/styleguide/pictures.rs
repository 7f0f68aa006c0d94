//! One of every kind of picture, with invented numbers.

use crate::chart::{
    BarRow, Bars, Breadth, Bubble, BubbleKind, Column, Columns, Drawing, Heading, Line, Lines,
    Lorenz, Matrix, Node, OrgTree, Palette, Stacked, StackedBar,
};
use crate::lang::Lang;
use crate::text::text;
use crate::view::NASTY;

/// Gives every picture.
pub(crate) fn all(lang: Lang, palette: Palette) -> Vec<Drawing> {
    vec![
        columns(lang, palette),
        lines(lang, palette),
        matrix(lang, palette),
        lorenz(lang, palette),
        stacked(lang, palette),
        bars(lang, palette),
        tree(lang, palette),
        below_zero(lang, palette),
    ]
}

fn heading(lang: Lang, name: &str) -> Heading {
    Heading {
        title: text(lang, &format!("page-styleguide-chart_{name}")),
        measure: text(lang, "page-styleguide-measure"),
        source: text(lang, "page-styleguide-source"),
        describe: text(lang, &format!("page-styleguide-chart_{name}")),
        breadth: Breadth::Half,
    }
}

fn columns(lang: Lang, palette: Palette) -> Drawing {
    let values = [1240.0, 1150.0, 1190.0, 1180.0, 1345.0, 1300.0, 1170.0, 1360.0, 1290.0, 842.0];
    let months: Vec<&str> = "11 12 1 2 3 4 5 6 7 8 9 10 11".split(' ').collect();
    let column = |(index, month): (usize, &&str)| Column {
        label: (*month).to_owned(),
        value: values.get(index).copied().or(Some(1425.0)),
        before: Some(values.get(index).copied().unwrap_or(1200.0) * 0.95),
        is_open: index == 12,
        ..Column::default()
    };
    Columns {
        heading: heading(lang, "columns"),
        unit: "k€".to_owned(),
        label: text(lang, "page-styleguide-month"),
        measure: text(lang, "page-styleguide-money"),
        columns: months.iter().enumerate().map(column).collect(),
        ..Columns::default()
    }
    .draw(lang, palette)
}

fn below_zero(lang: Lang, palette: Palette) -> Drawing {
    let values = [Some(42.0), Some(18.0), Some(-12.0), Some(25.0), Some(-31.0), None, Some(51.0)];
    let column = |(index, value): (usize, Option<f64>)| Column {
        label: format!("{}", index + 1),
        value,
        href: Some(format!("/?month={index}")),
        ..Column::default()
    };
    Columns {
        heading: heading(lang, "below_zero"),
        unit: "k€".to_owned(),
        label: text(lang, "page-styleguide-month"),
        measure: text(lang, "page-styleguide-money_change"),
        columns: values.into_iter().enumerate().map(column).collect(),
        ..Columns::default()
    }
    .draw(lang, palette)
}

fn lines(lang: Lang, palette: Palette) -> Drawing {
    let line = |name: &str, values: [f64; 6], gap: Option<usize>| Line {
        name: name.to_owned(),
        values: values
            .into_iter()
            .enumerate()
            .map(|(i, v)| (Some(i) != gap).then_some(v))
            .collect(),
        is_past: false,
    };
    Lines {
        heading: heading(lang, "lines"),
        unit: "M€".to_owned(),
        label: text(lang, "page-styleguide-year"),
        labels: (2021..2027).map(|year: i32| year.to_string()).collect(),
        lines: vec![
            line("Benelux", [52.0, 54.0, 53.0, 57.0, 59.0, 61.0], None),
            line("Iberia", [24.0, 26.0, 27.0, 30.0, 31.0, 33.0], None),
            line(NASTY, [15.0, 16.0, 0.0, 17.0, 15.0, 14.0], Some(2)),
        ],
        ..Lines::default()
    }
    .draw(lang, palette)
}

fn matrix(lang: Lang, palette: Palette) -> Drawing {
    let bubble = |name: &str, x: f64, y: f64, size: f64, kind: BubbleKind| Bubble {
        name: name.to_owned(),
        size_words: format!("{size} k€"),
        before: Some((x - 7.0, y + 4.0)),
        href: Some("/accounts/acc_1".to_owned()),
        ..Bubble { x, y, size, kind, ..Bubble::default() }
    };
    let quadrant = |name: &str| text(lang, &format!("page-styleguide-quadrant_{name}"));
    Matrix {
        heading: heading(lang, "matrix"),
        label: text(lang, "page-nav-accounts"),
        x_label: text(lang, "page-styleguide-strength"),
        y_label: text(lang, "page-styleguide-attractiveness"),
        size_label: text(lang, "page-styleguide-money"),
        quadrants: ["select", "invest", "serve", "maintain"].map(quadrant),
        bubbles: vec![
            bubble("Lumière", 71.0, 78.0, 14_862.0, BubbleKind::Full),
            bubble("Halvorsen", 82.0, 70.0, 11_407.0, BubbleKind::Full),
            bubble("Thalassane", 58.0, 81.0, 9_118.0, BubbleKind::Full),
            bubble("Cryolane", 52.0, 88.0, 3_310.0, BubbleKind::Ring),
            bubble("Lumidor", 33.0, 91.0, 2_655.0, BubbleKind::Dashed),
            bubble(NASTY, 62.0, 31.0, 6_985.0, BubbleKind::Watch),
        ],
        kinds: vec![
            (BubbleKind::Full, text(lang, "state-status-key")),
            (BubbleKind::Ring, text(lang, "state-status-incubator")),
            (BubbleKind::Dashed, text(lang, "state-status-candidate")),
            (BubbleKind::Watch, text(lang, "state-status-watch")),
        ],
    }
    .draw(lang, palette)
}

fn lorenz(lang: Lang, palette: Palette) -> Drawing {
    let weights: Vec<f64> = (1..=312_i32).map(|rank| 1.0 / f64::from(rank)).collect();
    let whole: f64 = weights.iter().sum();
    Lorenz {
        heading: heading(lang, "lorenz"),
        x_label: text(lang, "page-styleguide-groups"),
        y_label: text(lang, "page-styleguide-share"),
        equal: text(lang, "page-styleguide-equal"),
        shares: weights.iter().map(|weight| weight / whole).collect(),
        points: vec![(3, "3".to_owned()), (18, "18".to_owned())],
    }
    .draw(lang, palette)
}

fn stacked(lang: Lang, palette: Palette) -> Drawing {
    let bar = |name: &str, values: [f64; 4]| StackedBar {
        name: name.to_owned(),
        values: values.into(),
        href: None,
    };
    Stacked {
        heading: heading(lang, "stacked"),
        label: text(lang, "page-nav-accounts"),
        parts: (1..=4_i32)
            .map(|part| format!("{} {part}", text(lang, "page-styleguide-family")))
            .collect(),
        bars: vec![
            bar("Lumière", [41.0, 27.0, 18.0, 14.0]),
            bar("Halvorsen", [22.0, 48.0, 12.0, 18.0]),
            bar(NASTY, [12.0, 20.0, 55.0, 13.0]),
        ],
    }
    .draw(lang, palette)
}

fn bars(lang: Lang, palette: Palette) -> Drawing {
    let bar = |name: &str, value: Option<f64>| BarRow {
        name: name.to_owned(),
        value,
        words: value.map_or_else(
            || text(lang, "chart-unknown"),
            |value| crate::format::decimal(lang, value, 0),
        ),
        href: Some("/accounts/acc_1".to_owned()),
    };
    Bars {
        heading: heading(lang, "bars"),
        label: text(lang, "page-nav-accounts"),
        measure: text(lang, "page-styleguide-money"),
        bars: vec![
            bar("Lumière", Some(6214.0)),
            bar("Halvorsen", Some(-1377.0)),
            bar(NASTY, Some(2641.0)),
            bar("Cryolane", None),
        ],
    }
    .draw(lang, palette)
}

fn tree(lang: Lang, palette: Palette) -> Drawing {
    let node = |name: &str, share: f64, children: Vec<Node>| Node {
        name: name.to_owned(),
        words: crate::format::decimal(lang, share * 14_862.0, 0),
        share,
        href: None,
        children,
    };
    let ingredients = vec![node("Arras", 0.26, vec![]), node("Béthune", 0.16, vec![])];
    OrgTree {
        heading: heading(lang, "tree"),
        label: text(lang, "page-nav-accounts"),
        measure: text(lang, "page-styleguide-money"),
        root: node(
            "Lumière SA",
            1.0,
            vec![
                node("Lumière Ingrédients", 0.42, ingredients),
                node("Lumière Boissons", 0.23, vec![]),
                node(NASTY, 0.18, vec![]),
            ],
        ),
    }
    .draw(lang, palette)
}
