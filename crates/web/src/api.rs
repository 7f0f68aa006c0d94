//! The JSON API: the same use cases as the pages, with words that are a promise.
//!
//! [`document`] is the contract: made from the handlers, served, and checked by [`gate`].

pub(crate) mod accounts;
pub(crate) mod actions;
mod again;
pub(crate) mod answer;
pub(crate) mod audit;
pub(crate) mod backups;
pub(crate) mod body;
pub(crate) mod company;
pub(crate) mod comparisons;
pub(crate) mod document;
pub(crate) mod events;
pub(crate) mod gate;
mod given;
pub(crate) mod imports;
pub(crate) mod loans;
pub(crate) mod logins;
pub(crate) mod openapi;
pub(crate) mod own;
pub(crate) mod pace;
pub(crate) mod participants;
pub(crate) mod passkeys;
pub(crate) mod people;
pub(crate) mod plans;
pub(crate) mod portfolio;
pub(crate) mod proposals;
pub(crate) mod recipes;
pub(crate) mod relations;
pub(crate) mod reversals;
pub(crate) mod rights;
pub(crate) mod scores;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod system;
pub(crate) mod tokens;
pub(crate) mod webhooks;
pub(crate) mod week;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;
use orchestre_app::Code;

use crate::problem::Problem;
use crate::state::State;

/// An answer, or the problem.
pub(crate) type Answer = Result<Response, Problem>;

/// What stands in the place of `{id}`.
#[derive(Debug)]
pub(crate) struct Id(pub(crate) String);

impl Id {
    /// Reads it as an id; what is none is not there.
    ///
    /// # Errors
    ///
    /// `not_found`.
    pub(crate) fn read<T>(&self, parse: fn(&str) -> Option<T>) -> Result<T, Problem> {
        parse(&self.0).ok_or_else(|| Code::NotFound.into())
    }
}

impl FromRequestParts<State> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Problem> {
        let found = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = found.map_err(|_unreadable| Problem::from(Code::NotFound))?;
        if text.contains('\0') { Err(Code::NotFound.into()) } else { Ok(Self(text)) }
    }
}
