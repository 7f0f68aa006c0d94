//! What is not known of an account, and how to mend it.

use jiff::ToSpan;
use jiff::civil::Date;
use orchestre_domain::figure::Warning;

use super::AccountPage;
use crate::sight::Sight;
use crate::snapshot::line::Line;

/// Something that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The stable code, end of a text key.
    pub code: &'static str,
    /// Of what: a criterion, a currency.
    pub object: Option<String>,
    /// Where it is mended: `import`, `score`, `plan`, `person`, `account`, `rates`.
    pub mend: &'static str,
}

/// Days without any contact after which that is told.
const SILENT_DAYS: i64 = 90;

/// Gives what is missing, what weighs most first; only of what the viewer may read.
pub(crate) fn all(
    sight: &Sight,
    line: &Line,
    page: &AccountPage,
    has_plan: Option<bool>,
) -> Vec<Missing> {
    let mut found = Vec::new();
    let mut add = |condition: bool, code: &'static str, mend: &'static str| {
        if condition {
            found.push(Missing { code, object: None, mend });
        }
    };
    let id = line.id();
    let facts = &line.facts;
    add(facts.first.is_none(), "no_sales", "import");
    add(line.kam.is_none(), "no_kam", "account");
    add(line.sponsor.is_none(), "no_sponsor", "account");
    add(line.tier.is_none(), "no_tier", "account");
    add(has_plan == Some(false), "no_plan", "plan");
    if sight.sees_margin(id) && facts.now.lines > 0 {
        add(facts.now.costed_lines < facts.now.lines, "no_costs", "import");
        add(facts.cost_to_serve.is_none(), "no_cost_to_serve", "import");
    }
    if let Some(people) = page.people.shown() {
        add(people.is_empty(), "no_people", "person");
        let opinions = || people.iter().filter_map(|row| row.opinion.shown());
        add(opinions().count() > 0 && opinions().all(Option::is_none), "no_opinion", "person");
        let newest =
            people.iter().filter_map(|row| row.last_contact.shown().copied().flatten()).max();
        let reads = people.iter().any(|row| !row.last_contact.is_hidden());
        add(reads && is_silent(newest, page.asked.as_of), "no_contact_90_days", "person");
    }
    if sight.sees_score(id) {
        let [selection, attractiveness, _] = &sight.snapshot.criteria;
        let [first, second, _] = &line.scores;
        for (criterion, value) in selection.iter().zip(&first.values) {
            let is_hidden = criterion.key == "profitability" && !sight.sees_margin(id);
            if value.is_none() && !is_hidden {
                let object = Some(criterion.key.clone());
                found.push(Missing { code: "no_judgement", object, mend: "score" });
            }
        }
        let mut wallet = attractiveness.iter().zip(&second.values);
        if wallet.any(|(criterion, value)| criterion.key == "wallet" && value.is_none()) {
            found.push(Missing { code: "no_wallet", object: None, mend: "score" });
        }
    }
    if line.warnings.has(Warning::RateMissing) {
        for (currency, _, is_converted) in &facts.currencies {
            if !is_converted {
                let object = Some(currency.to_string());
                found.push(Missing { code: "rate_missing", object, mend: "rates" });
            }
        }
    }
    found
}

fn is_silent(newest: Option<Date>, as_of: Date) -> bool {
    let limit = as_of.checked_sub(SILENT_DAYS.days()).unwrap_or(as_of);
    newest.is_none_or(|newest| newest < limit)
}
