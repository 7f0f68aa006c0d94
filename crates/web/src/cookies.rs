//! The cookie of a session. Over TLS its name begins with `__Host-`: a browser then takes it from this
//! host alone, and another site of the same domain cannot plant one.

use axum::http::HeaderMap;

use crate::door::cookie;
use crate::origin;

/// The name over plain HTTP, as on one's own machine.
const PLAIN: &str = "orchestre_session";
/// The name over TLS.
const SECURE: &str = "__Host-orchestre_session";

fn name() -> &'static str {
    if origin::is_secure() { SECURE } else { PLAIN }
}

/// Gives the token of the session, from the cookie that this way of asking has.
pub(crate) fn session(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, name())
}

/// Gives the line that sets a session's cookie.
pub(crate) fn set_session(token: &str) -> String {
    let secure = if origin::is_secure() { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", name())
}

/// Gives the line that takes a session's cookie away.
pub(crate) fn no_session() -> String {
    format!("{}; Max-Age=0", set_session(""))
}
