//! The language of a request: the signed-in person's, before that the browser's.

use std::cell::Cell;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use orchestre_domain::lang::Lang;

use crate::origin;

tokio::task_local! {
    static SPOKEN: Cell<Lang>;
    static ASKED: String;
}

/// Remembers the language while a request is answered, so that an error speaks it too.
pub(crate) async fn remember(request: Request, next: Next) -> Response {
    let lang = Cell::new(wanted(request.headers()));
    let path = request.uri().path().to_owned();
    ASKED.scope(path, SPOKEN.scope(lang, next.run(request))).await
}

/// Gives the path of the request that is answered; empty outside of one.
pub(crate) fn path() -> String {
    ASKED.try_with(Clone::clone).unwrap_or_default()
}

/// Takes language and path along into work that another task does.
pub(crate) fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> {
    ASKED.scope(path(), SPOKEN.scope(Cell::new(lang()), origin::carried(work)))
}

/// Says that whoever asks speaks this language.
pub(crate) fn set(lang: Lang) {
    // Outside of a request there is nobody to speak to.
    let _outside = SPOKEN.try_with(|spoken| spoken.set(lang));
}

/// Gives the language of the request that is answered.
pub(crate) fn lang() -> Lang {
    SPOKEN.try_with(Cell::get).unwrap_or(Lang::En)
}

/// Gives the language that a browser asks for.
pub(crate) fn wanted(headers: &HeaderMap) -> Lang {
    let wanted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut codes = wanted.split(',').map(|part| part.trim().chars().take(2).collect::<String>());
    codes.find_map(|code| Lang::parse(&code)).unwrap_or(Lang::En)
}
