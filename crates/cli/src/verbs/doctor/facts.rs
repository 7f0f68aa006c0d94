//! The facts: what is attributed to nobody, what has no rate, who has no tier.

use orchestre_app::portfolio::{self, Filter, Listing, PortfolioFigures, Slice, Sort};
use orchestre_app::{Ctx, asked, health};
use orchestre_domain::figure::Warning;

use super::Check;

/// Looks at the lines, the rates and the accounts.
///
/// # Errors
///
/// What the store says.
pub(super) async fn look(ctx: &Ctx) -> anyhow::Result<Vec<Check>> {
    let counts = health::counts(&ctx.app).await?;
    let asked = asked::of(ctx, None, None, None).await?;
    let figures = portfolio::figures(ctx, &asked).await?;
    let all = Filter::default();
    let listing = portfolio::list(ctx, &asked, &all, Sort::default(), Slice::ALL).await?;
    let lines = counts.lines;
    let without = |name, count: i64, mend: &str| {
        let found = format!("{count} of {lines} lines");
        if count == 0 { Check::ok(name, found) } else { Check::warn(name, found, mend) }
    };
    Ok(vec![
        without(
            "lines without customer",
            counts.without_party,
            "import the missing accounts; the lines attach themselves",
        ),
        without(
            "lines without product",
            counts.without_product,
            "import the missing products; the lines attach themselves",
        ),
        rates(&figures),
        tiers(&listing),
        freshness(&figures),
    ])
}

fn rates(figures: &PortfolioFigures) -> Check {
    let name = "exchange rates";
    let mend =
        "`orchestre import rates FILE` takes the published table of the European Central Bank";
    if !figures.unconverted.is_empty() {
        let all = figures.unconverted.iter().map(|(currency, _)| currency.to_string());
        let found =
            format!("none for {}: amounts are left out", all.collect::<Vec<_>>().join(", "));
        return Check::bad(name, found, mend);
    }
    if figures.warnings.contains(&Warning::RateCarried) {
        return Check::warn(name, "some months take the last rate before them", mend);
    }
    Check::ok(name, "every sales amount is converted")
}

fn tiers(listing: &Listing) -> Check {
    let name = "accounts without tier";
    let count = listing.rows.iter().filter(|row| row.tier.is_none()).count();
    let found = format!("{count} of {}", listing.rows.len());
    if count == 0 {
        return Check::ok(name, found);
    }
    Check::warn(name, found, "give them one with a column `tier` of an accounts file")
}

fn freshness(figures: &PortfolioFigures) -> Check {
    let name = "latest sales";
    let mend = "import newer sales, or ask for an earlier day with --as-of";
    if figures.warnings.contains(&Warning::NoFacts) {
        return Check::warn(name, "no sales lines yet", "`orchestre import sales FILE`");
    }
    if figures.warnings.contains(&Warning::FactsTooOld) {
        return Check::warn(name, "more than three months old", mend);
    }
    Check::ok(name, "recent enough for twelve months as of today")
}
