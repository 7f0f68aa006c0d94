//! The words of the JSON answers, the same from the API and from the command line.
//!
//! Fields are a promise to scripts: more may follow, none goes away.

mod plan;
mod proposal;
mod score;
mod system;
mod token;
mod webhook;

use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::figure::Figure;
use orchestre_domain::import::ImportKind;
use orchestre_domain::money::Currency;
use serde_json::{Value, json};

use crate::accounts::{AccountPage, Shown};
use crate::imports::{Report, ReportIssue};
use crate::portfolio::{AccountRow, PortfolioFigures};

pub use plan::plan;
pub use proposal::{Decision, Proposal};
pub use score::score;
pub use system::{JobWire, SystemImportWire, SystemWire, system};
pub use token::{NewToken, Token, TokenMade, TokenOwner};
pub use webhook::{Delivery, DeliveryTry, Subscription, Webhook, WebhookMade};

/// Gives a row of the portfolio; what may not be read is not there.
pub fn account(row: &AccountRow) -> Value {
    let mut value = json!({
        "id": row.id.to_string(),
        "name": row.name,
        "external_ids": row.external_ids,
        "tier": row.tier.map(Tier::as_str),
        "status": row.status.map(AccountStatus::as_str),
        "parent": row.parent.as_ref().map(|parent| json!({"id": parent.party.to_string(), "name": parent.name})),
        "country": row.country,
        "currency": row.currency.as_str(),
        "turnover_12m_minor": row.turnover_12m_minor,
        "previous_12m_minor": row.previous_12m_minor,
        "growth": row.growth,
        "rank": row.rank,
        "kam": row.kam.as_ref().map(|(_, name)| name),
    });
    if let Some(margin) = row.margin.shown() {
        put(&mut value, "margin", json!(margin.fraction));
        put(&mut value, "margin_coverage", json!(margin.coverage));
    }
    if let Some(score) = row.score.shown() {
        put(&mut value, "score", json!(score.value));
        put(&mut value, "sufficient", json!(score.is_sufficient));
        put(&mut value, "coverage", json!(score.coverage));
        put(&mut value, "missing", json!(score.missing));
        put(&mut value, "fragile", json!(score.is_fragile));
    }
    if let Some(open) = row.opportunities_open.shown() {
        put(&mut value, "opportunities_open", json!(open));
    }
    if let Some(won) = row.opportunities_won_minor.shown() {
        put(&mut value, "opportunities_won_minor", json!(won));
    }
    value
}

/// Gives the portfolio's figures.
pub fn portfolio(figures: &PortfolioFigures) -> Value {
    let years = figures.by_year.iter().map(|year| {
        let mut value = json!({"year": year.year, "turnover_minor": year.turnover_minor});
        if let Some(margin) = year.margin_minor.shown() {
            put(&mut value, "margin_minor", json!(margin));
        }
        value
    });
    let amounts = |list: &[(Currency, i64)]| -> Value {
        list.iter()
            .map(|(currency, minor)| json!({"currency": currency.as_str(), "amount_minor": minor}))
            .collect()
    };
    json!({
        "as_of": figures.asked.as_of.to_string(),
        "currency": figures.asked.currency.as_str(),
        "rates": figures.asked.rates.as_str(),
        "perimeter": figures.perimeter.as_str(),
        "window": figures.window.as_ref().map(|window| json!({"from": window.from.number(), "to": window.to.number()})),
        "accounts": figures.accounts,
        "turnover_minor": figures.turnover_minor,
        "growth": figures.growth.value,
        "cr1": figures.cr1.value,
        "cr3": figures.cr3.value,
        "cr5": figures.cr5.value,
        "hhi": figures.hhi.value,
        "n_eff": figures.n_eff.value,
        "gini": figures.gini.value,
        "by_year": years.collect::<Value>(),
        "by_currency": amounts(&figures.by_currency),
        "unattributed_minor": figures.unattributed_minor.shown().copied().flatten(),
        "unconverted": amounts(&figures.unconverted),
    })
}

/// Gives an account's figures by key, each explained.
pub fn account_page(page: &AccountPage) -> Value {
    let mut value = account(&page.row);
    let figures: serde_json::Map<String, Value> =
        page.figures.iter().map(|shown| (shown.key.to_owned(), shown_figure(shown))).collect();
    put(&mut value, "figures", Value::Object(figures));
    value
}

fn shown_figure(shown: &Shown) -> Value {
    let mut value = figure(&shown.figure);
    if let Some(currency) = shown.currency {
        put(&mut value, "currency", json!(currency.as_str()));
    }
    value
}

/// Gives a figure with everything that explains it.
pub fn figure(figure: &Figure) -> Value {
    json!({
        "value": figure.value,
        "unit": figure.unit.as_str(),
        "coverage": figure.coverage,
        "evidence": figure.evidence,
        "as_of": figure.as_of.to_string(),
        "warnings": figure.warnings.iter().map(|warning| warning.as_str()).collect::<Vec<_>>(),
        "method": figure.method,
    })
}

/// Gives what a file did; `message` puts an issue into words.
pub fn report(report: &Report, message: impl Fn(&ReportIssue) -> String) -> Value {
    let issues = report.issues.iter().map(|issue| {
        json!({
            "line": issue.line,
            "column": issue.column,
            "value": issue.value,
            "code": issue.code.as_str(),
            "message": message(issue),
            "details": issue.args.iter().map(|(name, value)| (name.clone(), json!(value))).collect::<serde_json::Map<_, _>>(),
        })
    });
    json!({
        "id": report.import.map(|id| id.to_string()),
        "file": report.file,
        "kind": report.kind.map(ImportKind::as_str),
        "state": report.state.as_str(),
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": report.skipped,
        "conflicts": report.conflicts,
        "unmapped": report.unmapped,
        "issues": issues.collect::<Value>(),
    })
}

fn put(value: &mut Value, key: &str, inner: Value) {
    if let Some(object) = value.as_object_mut() {
        object.insert(key.to_owned(), inner);
    }
}
