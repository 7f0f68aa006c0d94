//! Figures from facts: pure functions, one figure a file, the day is an argument.
//!
//! Nothing here reads a clock, a database or a random number, and no money is held as a float.
//! Start reading at [`score`](mod@score), [`window`] and [`concentration`](mod@concentration);
//! `docs/methods` has a page for each method of [`METHODS`].

pub mod capacity;
pub mod concentration;
pub mod contribution;
pub mod exposure;
pub mod fragility;
pub mod judgements;
pub mod loss;
pub mod margin;
pub mod matrix;
pub mod measure;
pub mod merger;
pub mod percentile;
pub mod ranking;
pub mod score;
pub mod window;

/// The method of every figure; the page is the part before the dot, `docs/methods/en/B1.md`.
pub const METHODS: &[&str] = &[
    "B1.score",
    "B1.fragility",
    "B4.attractiveness",
    "B4.strength",
    "B5.cr1",
    "B5.cr3",
    "B5.cr5",
    "B5.hhi",
    "B5.n_eff",
    "B5.gini",
    "B6.delta_hhi",
    "B23.load",
    "T12.turnover",
    "T12.growth",
    "T12.margin",
    "T12.contribution",
];

#[cfg(test)]
mod tests;
