//! The matrix of attractiveness and strength (B4).

use jiff::ToSpan;
pub use orchestre_analytics::matrix::Cell;
use orchestre_analytics::matrix::{THRESHOLD, cell};
use orchestre_domain::account::AccountStatus;
use orchestre_domain::id::AccountId;

use super::filter::Filter;
use super::row::sufficient;
use crate::asked::Asked;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::sight::Sight;
use crate::snapshot;
use crate::snapshot::line::Line;

/// An account in the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Bubble {
    /// The account.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// 0–100.
    pub attractiveness: f64,
    /// 0–100.
    pub strength: f64,
    /// The size of the bubble.
    pub turnover_12m_minor: Option<i64>,
    /// The status on the day.
    pub status: Option<AccountStatus>,
    /// Attractiveness and strength twelve months before, when both are known.
    pub before: Option<(f64, f64)>,
    /// The cell.
    pub cell: Cell,
}

/// The matrix, and the accounts that stand beside it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// Accounts with both scores, the largest turnover first.
    pub bubbles: Vec<Bubble>,
    /// Accounts without one of them.
    pub not_placed: Vec<(AccountId, String)>,
}

/// Gives the matrix of the accounts that the filter keeps and whose scores the viewer reads.
///
/// # Errors
///
/// When the store fails.
pub async fn matrix(ctx: &Ctx, asked: &Asked, filter: &Filter) -> Result<Matrix, AppError> {
    let sight = Sight::of(ctx, *asked).await?;
    let words = filter.words();
    let mut matrix = Matrix::default();
    for line in sight.scored().into_iter().filter(|line| filter.keeps(&sight, line, &words)) {
        let id = line.id();
        let placed = both(line).and_then(|(attractiveness, strength)| {
            let cell = cell(Some(attractiveness), Some(strength), THRESHOLD)?;
            Some((attractiveness, strength, cell))
        });
        let Some((attractiveness, strength, cell)) = placed else {
            matrix.not_placed.push((id, line.basis.name.clone()));
            continue;
        };
        matrix.bubbles.push(Bubble {
            id,
            name: line.basis.name.clone(),
            attractiveness,
            strength,
            turnover_12m_minor: line.facts.turnover,
            status: line.status,
            before: None,
            cell,
        });
    }
    add_before(ctx, asked, &mut matrix).await?;
    matrix.bubbles.sort_by_key(|bubble| std::cmp::Reverse(bubble.turnover_12m_minor));
    Ok(matrix)
}

/// Adds where the bubbles stood twelve months before.
async fn add_before(ctx: &Ctx, asked: &Asked, matrix: &mut Matrix) -> Result<(), AppError> {
    let Ok(as_of) = asked.as_of.checked_sub(1.year()) else { return Ok(()) };
    if matrix.bubbles.is_empty() {
        return Ok(());
    }
    let earlier = snapshot::get(ctx, Asked { as_of, ..*asked }).await?;
    for bubble in &mut matrix.bubbles {
        let before = earlier.line(bubble.id).and_then(both);
        let now = (bubble.attractiveness, bubble.strength);
        bubble.before = before
            .filter(|before| (before.0 - now.0).abs() > 1e-9 || (before.1 - now.1).abs() > 1e-9);
    }
    Ok(())
}

fn both(line: &Line) -> Option<(f64, f64)> {
    let [_, attractiveness, strength] = &line.scores;
    sufficient(attractiveness).zip(sufficient(strength))
}
