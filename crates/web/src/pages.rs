//! Pages: each handler asks a use case and puts its answer into words.

pub(crate) mod access;
pub(crate) mod accounts;
pub(crate) mod actions;
pub(crate) mod api;
pub(crate) mod audit;
pub(crate) mod backups;
pub(crate) mod criteria;
pub(crate) mod delegations;
pub(crate) mod errors;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod imports;
mod interactions;
pub(crate) mod logins;
pub(crate) mod manual;
#[cfg(feature = "oidc")]
pub(crate) mod oidc;
pub(crate) mod participants;
pub(crate) mod passkeys;
pub(crate) mod people;
pub(crate) mod plans;
pub(crate) mod portfolio;
pub(crate) mod proposals;
pub(crate) mod rights;
pub(crate) mod scores;
pub(crate) mod search;
pub(crate) mod security;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod sign_in_links;
pub(crate) mod styleguide;
pub(crate) mod system;
pub(crate) mod tokens;
pub(crate) mod walls;
pub(crate) mod watch;
pub(crate) mod webhooks;
pub(crate) mod week;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use crate::problem::PageError;

/// A page, or what went wrong on the way to it.
pub(crate) type Answer = Result<Response, PageError>;

/// Gives a page as an answer.
pub(crate) fn show(view: &impl Template) -> Answer {
    match view.render() {
        Ok(text) => Ok(Html(text).into_response()),
        Err(error) => {
            tracing::error!(%error, "a template could not be rendered");
            Err(PageError::internal())
        }
    }
}
