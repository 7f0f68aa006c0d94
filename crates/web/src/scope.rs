//! What a token must have been made for, by the address that a script asks.

use axum::http::Method;
use orchestre_domain::token::{Area, TokenScope};

/// What an address asks of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needed {
    /// This scope.
    Scope(TokenScope),
    /// No scope is enough: a person must be signed in.
    Person,
    /// Nothing more: the tools ask for themselves.
    Nothing,
}

/// Gives what a request needs. What is not named here is of the last area, so that a new address is
/// closed to tokens that were not made for everything.
pub(crate) fn needed(method: &Method, path: &str) -> Needed {
    if path == "/mcp" {
        return Needed::Nothing;
    }
    let Some(rest) = path.strip_prefix("/api/v1/") else { return Needed::Person };
    let is_reading = matches!(*method, Method::GET | Method::HEAD);
    let mut parts = rest.split('/');
    let first = parts.next().unwrap_or_default();
    if !is_reading && is_personal(first) {
        return Needed::Person;
    }
    // A list in another form is the same list: accounts.jsonl, portfolio.xlsx.
    let list = first.split('.').next().unwrap_or_default();
    let area = area(list, parts.nth(1).unwrap_or_default());
    Needed::Scope(if is_reading { area.read() } else { area.write() })
}

/// Says whether a change there makes or takes ways in, or confirms what a script proposed.
fn is_personal(first: &str) -> bool {
    matches!(
        first,
        "tokens"
            | "sessions"
            | "proposals"
            | "passkeys"
            | "identities"
            | "second-step"
            | "password"
            | "view-as"
    )
}

fn area(first: &str, third: &str) -> Area {
    match (first, third) {
        ("accounts", "plan" | "plans" | "actions")
        | ("plans" | "actions" | "objectives" | "risks" | "week", _) => Area::Plans,
        (
            "accounts" | "criteria" | "interactions" | "participants" | "people" | "portfolio"
            | "search",
            _,
        ) => Area::Accounts,
        ("imports" | "rates" | "recipes", _) => Area::Imports,
        _ => Area::Admin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_asks_for_the_scope_of_its_area() {
        let of = |method: Method, path: &str| match needed(&method, path) {
            Needed::Scope(scope) => scope.as_str(),
            Needed::Person => "person",
            Needed::Nothing => "nothing",
        };
        for (method, path, wanted) in [
            (Method::GET, "/api/v1/accounts", "accounts:read"),
            (Method::HEAD, "/api/v1/accounts/acc_1/score", "accounts:read"),
            (Method::POST, "/api/v1/accounts/acc_1/judgements", "accounts:write"),
            (Method::GET, "/api/v1/accounts/acc_1/plan", "plans:read"),
            (Method::PATCH, "/api/v1/actions/act_1", "plans:write"),
            (Method::POST, "/api/v1/imports", "imports:write"),
            (Method::GET, "/api/v1/accounts.jsonl", "accounts:read"),
            (Method::GET, "/api/v1/people.jsonl", "accounts:read"),
            (Method::GET, "/api/v1/portfolio.xlsx", "accounts:read"),
            (Method::GET, "/api/v1/events.jsonl", "admin:read"),
            (Method::GET, "/api/v1/openapi.json", "admin:read"),
            (Method::GET, "/api/v1/tokens", "admin:read"),
            (Method::GET, "/api/v1/what-comes-next", "admin:read"),
            (Method::PUT, "/api/v1/settings", "admin:write"),
            (Method::POST, "/api/v1/tokens", "person"),
            (Method::DELETE, "/api/v1/sessions/s1", "person"),
            (Method::POST, "/api/v1/passkeys/options", "person"),
            (Method::DELETE, "/api/v1/identities/1", "person"),
            (Method::POST, "/api/v1/proposals/prp_1/confirmation", "person"),
            (Method::POST, "/api/v1/second-step", "person"),
            (Method::GET, "/accounts", "person"),
            (Method::POST, "/mcp", "nothing"),
        ] {
            assert_eq!(of(method.clone(), path), wanted, "{method} {path}");
        }
    }
}
