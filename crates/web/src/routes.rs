//! The one list of addresses: it makes the router and feeds the tests that walk every door.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware;
use axum::routing::{MethodRouter, delete, get, patch, post, put};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::state::State;
use crate::{api, asset, guard, origin, pages, spoken};

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Everybody.
    Open,
    /// Whoever is signed in.
    SignedIn,
}

/// An address.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path, with `{id}` where an id stands.
    pub path: &'static str,
    /// Who may pass.
    pub door: Door,
}

/// Takes a body of any size: the handler reads up to the limit of the settings.
fn upload<H: Handler<T, State>, T: 'static>(handler: H) -> MethodRouter<State> {
    post(handler).layer(DefaultBodyLimit::disable())
}

macro_rules! routes {
    ($($(#[$with:meta])* $verb:ident $method:literal $path:literal $door:expr => $handler:path;)+) => {
        /// Every address of the program.
        pub const ROUTES: &[Route] =
            &[$($(#[$with])* Route { method: $method, path: $path, door: $door }),+];

        fn table() -> Router<State> {
            let router = Router::new();
            $($(#[$with])* let router = router.route($path, $verb($handler));)+
            router
        }
    };
}

use Door::{Open, SignedIn};

routes! {
    get "GET" "/assets/{*path}" Open => asset::show;
    get "GET" "/healthz" Open => pages::health::show;
    get "GET" "/readyz" Open => pages::health::ready;
    get "GET" "/metrics" Open => pages::health::metrics;
    get "GET" "/sign-in" Open => pages::sessions::new;
    post "POST" "/sign-in" Open => pages::sessions::create;
    get "GET" "/sign-in/code" Open => pages::sessions::code;
    post "POST" "/sign-in/code" Open => pages::sessions::finish;
    get "GET" "/sign-in/forgotten" Open => pages::sign_in_links::forgotten;
    post "POST" "/sign-in/forgotten" Open => pages::sign_in_links::ask;
    get "GET" "/sign-in/link/{token}" Open => pages::sign_in_links::show;
    post "POST" "/sign-in/link/{token}" Open => pages::sign_in_links::follow;
    post "POST" "/sign-out" SignedIn => pages::sessions::delete;
    #[cfg(feature = "oidc")]
    get "GET" "/sign-in/oidc/{name}" Open => pages::oidc::begin;
    #[cfg(feature = "oidc")]
    get "GET" "/sign-in/oidc/{name}/callback" Open => pages::oidc::finish;
    #[cfg(feature = "oidc")]
    post "POST" "/sign-in/oidc/{name}/sign-out" Open => pages::oidc::signed_out;
    post "POST" "/sign-in/passkey/options" Open => pages::passkeys::sign_in_options;
    post "POST" "/sign-in/passkey" Open => pages::passkeys::sign_in;
    get "GET" "/settings/passkeys" SignedIn => pages::passkeys::index;
    post "POST" "/settings/passkeys" SignedIn => pages::passkeys::create;
    post "POST" "/settings/passkeys/options" SignedIn => pages::passkeys::options;
    post "POST" "/settings/passkeys/{id}" SignedIn => pages::passkeys::update;
    post "POST" "/settings/passkeys/{id}/removal" SignedIn => pages::passkeys::delete;
    post "POST" "/settings/identities/removal" SignedIn => pages::passkeys::unlink;
    get "GET" "/portfolio" SignedIn => pages::portfolio::index;
    get "GET" "/portfolio.csv" SignedIn => pages::portfolio::csv;
    get "GET" "/portfolio.xlsx" SignedIn => pages::portfolio::xlsx;
    get "GET" "/accounts" SignedIn => pages::accounts::index;
    get "GET" "/accounts/{id}" SignedIn => pages::accounts::show;
    get "GET" "/accounts/{id}/group" SignedIn => pages::accounts::group;
    get "GET" "/accounts/{id}/people" SignedIn => pages::accounts::people;
    get "GET" "/accounts/{id}/history" SignedIn => pages::accounts::history;
    post "POST" "/accounts/{id}/interactions" SignedIn => pages::accounts::note;
    get "GET" "/accounts/{id}/score" SignedIn => pages::scores::show;
    post "POST" "/accounts/{id}/judgements" SignedIn => pages::scores::judge;
    get "GET" "/" SignedIn => pages::week::show;
    post "POST" "/week/look" SignedIn => pages::week::look;
    get "GET" "/plans" SignedIn => pages::plans::index;
    get "GET" "/plans/{id}" SignedIn => pages::plans::version;
    post "POST" "/plans/{id}" SignedIn => pages::plans::texts;
    post "POST" "/plans/{id}/state" SignedIn => pages::plans::step;
    post "POST" "/plans/{id}/objectives" SignedIn => pages::plans::objective;
    post "POST" "/plans/{id}/risks" SignedIn => pages::plans::risk;
    get "GET" "/accounts/{id}/plan" SignedIn => pages::plans::show;
    post "POST" "/accounts/{id}/plan" SignedIn => pages::plans::create;
    get "GET" "/accounts/{id}/plan.pdf" SignedIn => pages::plans::print;
    post "POST" "/actions" SignedIn => pages::actions::create;
    post "POST" "/actions/{id}" SignedIn => pages::actions::update;
    post "POST" "/actions/{id}/completion" SignedIn => pages::actions::complete;
    get "GET" "/people" SignedIn => pages::people::index;
    get "GET" "/people/review" SignedIn => pages::participants::index;
    post "POST" "/people/review" SignedIn => pages::participants::decide;
    get "GET" "/people/{id}" SignedIn => pages::people::show;
    get "GET" "/criteria" SignedIn => pages::criteria::index;
    post "POST" "/criteria/{set}" SignedIn => pages::criteria::update;
    get "GET" "/imports" SignedIn => pages::imports::index;
    upload "POST" "/imports" SignedIn => pages::imports::create;
    get "GET" "/imports/recipes" SignedIn => pages::imports::recipe_index;
    post "POST" "/imports/recipes" SignedIn => pages::imports::recipe_take;
    get "GET" "/imports/recipes/{id}" SignedIn => pages::imports::recipe_show;
    get "GET" "/imports/recipes/{id}/recipe.toml" SignedIn => pages::imports::recipe_download;
    post "POST" "/imports/recipes/{id}/removal" SignedIn => pages::imports::recipe_remove;
    get "GET" "/imports/{id}" SignedIn => pages::imports::show;
    post "POST" "/imports/{id}/answers" SignedIn => pages::imports::answers;
    post "POST" "/imports/{id}/application" SignedIn => pages::imports::apply;
    post "POST" "/imports/{id}/discard" SignedIn => pages::imports::discard;
    get "GET" "/imports/{id}/corrections.xlsx" SignedIn => pages::imports::corrections;
    get "GET" "/imports/{id}/reversal" SignedIn => pages::imports::reversal;
    post "POST" "/imports/{id}/reversal" SignedIn => pages::imports::reverse;
    get "GET" "/events" SignedIn => pages::events::index;
    get "GET" "/events.csv" SignedIn => pages::events::csv;
    get "GET" "/events.jsonl" SignedIn => pages::events::lines;
    get "GET" "/search" SignedIn => pages::search::index;
    get "GET" "/settings" SignedIn => pages::settings::index;
    post "POST" "/settings" SignedIn => pages::settings::update;
    get "GET" "/settings/system" SignedIn => pages::system::show;
    post "POST" "/settings/system/jobs" SignedIn => pages::system::run;
    get "GET" "/settings/backups" SignedIn => pages::backups::show;
    post "POST" "/settings/backups" SignedIn => pages::backups::ask;
    post "POST" "/settings/backups/rules" SignedIn => pages::backups::rules;
    get "GET" "/settings/audit" SignedIn => pages::audit::show;
    post "POST" "/settings/audit/verification" SignedIn => pages::audit::verify;
    post "POST" "/settings/audit/checkpoints" SignedIn => pages::audit::give;
    get "GET" "/settings/audit/checkpoints/{id}" SignedIn => pages::audit::line;
    get "GET" "/settings/audit/checkpoints/{id}/proof" SignedIn => pages::audit::proof;
    post "POST" "/settings/own" SignedIn => pages::settings::update_own;
    get "GET" "/settings/rights" SignedIn => pages::rights::index;
    get "GET" "/settings/rights/{id}" SignedIn => pages::rights::show;
    post "POST" "/settings/rights/{id}/roles" SignedIn => pages::rights::give;
    post "POST" "/settings/rights/{id}/roles/end" SignedIn => pages::rights::end;
    post "POST" "/settings/rights/{id}/assignments" SignedIn => pages::rights::assign;
    post "POST" "/settings/rights/{id}/assignments/end" SignedIn => pages::rights::unassign;
    post "POST" "/settings/units" SignedIn => pages::rights::unit;
    post "POST" "/settings/units/{id}/accounts" SignedIn => pages::rights::unit_account;
    get "GET" "/settings/walls" SignedIn => pages::walls::index;
    post "POST" "/settings/walls" SignedIn => pages::walls::create;
    post "POST" "/settings/walls/{id}/end" SignedIn => pages::walls::end;
    get "GET" "/settings/delegations" SignedIn => pages::delegations::index;
    post "POST" "/settings/delegations" SignedIn => pages::delegations::create;
    post "POST" "/settings/delegations/end" SignedIn => pages::delegations::end_chosen;
    post "POST" "/settings/delegations/{id}/end" SignedIn => pages::delegations::end;
    get "GET" "/access" SignedIn => pages::access::show;
    post "POST" "/view-as" SignedIn => pages::watch::begin;
    post "POST" "/view-as/leave" SignedIn => pages::watch::end;
    get "GET" "/settings/security" SignedIn => pages::security::index;
    get "GET" "/settings/security/proof" SignedIn => pages::security::proof;
    post "POST" "/settings/security/proof" SignedIn => pages::security::prove;
    post "POST" "/settings/security/password" SignedIn => pages::security::password;
    post "POST" "/settings/security/second-step" SignedIn => pages::security::begin;
    post "POST" "/settings/security/second-step/confirmation" SignedIn => pages::security::confirm;
    post "POST" "/settings/security/second-step/removal" SignedIn => pages::security::remove;
    post "POST" "/settings/security/recovery-codes" SignedIn => pages::security::codes;
    post "POST" "/settings/security/sessions" SignedIn => pages::security::end_others;
    post "POST" "/settings/security/sessions/{id}" SignedIn => pages::security::name_session;
    post "POST" "/settings/security/sessions/{id}/end" SignedIn => pages::security::end_session;
    get "GET" "/settings/logins" SignedIn => pages::logins::index;
    post "POST" "/settings/logins" SignedIn => pages::logins::invite;
    post "POST" "/settings/sign-in" SignedIn => pages::logins::rules;
    get "GET" "/settings/logins/{id}" SignedIn => pages::logins::show;
    post "POST" "/settings/logins/{id}/{change}" SignedIn => pages::logins::change;
    get "GET" "/settings/tokens" SignedIn => pages::tokens::index;
    post "POST" "/settings/tokens" SignedIn => pages::tokens::create;
    get "GET" "/settings/tokens/{id}" SignedIn => pages::tokens::show;
    post "POST" "/settings/tokens/{id}/revocation" SignedIn => pages::tokens::revoke;
    get "GET" "/settings/webhooks" SignedIn => pages::webhooks::index;
    post "POST" "/settings/webhooks" SignedIn => pages::webhooks::create;
    get "GET" "/settings/webhooks/{id}" SignedIn => pages::webhooks::show;
    post "POST" "/settings/webhooks/{id}" SignedIn => pages::webhooks::update;
    post "POST" "/settings/webhooks/{id}/secret" SignedIn => pages::webhooks::rotate;
    post "POST" "/settings/webhooks/{id}/removal" SignedIn => pages::webhooks::remove;
    get "GET" "/settings/webhooks/{id}/deliveries/{delivery}" SignedIn => pages::webhooks::delivery::show;
    post "POST" "/settings/webhooks/{id}/deliveries/{delivery}/replay" SignedIn => pages::webhooks::delivery::replay;
    get "GET" "/proposals" SignedIn => pages::proposals::index;
    post "POST" "/proposals/{id}/confirmation" SignedIn => pages::proposals::confirm;
    post "POST" "/proposals/{id}/refusal" SignedIn => pages::proposals::refuse;
    get "GET" "/help" SignedIn => pages::manual::help;
    get "GET" "/help/{name}" SignedIn => pages::manual::help_page;
    get "GET" "/methods" SignedIn => pages::manual::methods;
    get "GET" "/methods/{name}" SignedIn => pages::manual::method;
    get "GET" "/styleguide" SignedIn => pages::styleguide::index;
    get "GET" "/api/docs" Open => pages::api::index;
    get "GET" "/api/v1/openapi.json" Open => api::openapi::show;
    post "POST" "/api/v1/sessions" Open => api::sessions::create;
    delete "DELETE" "/api/v1/sessions/current" Open => api::sessions::delete;
    get "GET" "/api/v1/sessions" SignedIn => api::own::list;
    get "GET" "/api/v1/sessions/{id}" SignedIn => api::own::show;
    patch "PATCH" "/api/v1/sessions/{id}" SignedIn => api::own::name;
    delete "DELETE" "/api/v1/sessions/{id}" SignedIn => api::own::end;
    post "POST" "/api/v1/sessions/others/end" SignedIn => api::own::end_others;
    post "POST" "/api/v1/sessions/current/proof" SignedIn => api::own::prove;
    post "POST" "/api/v1/password" SignedIn => api::own::password;
    get "GET" "/api/v1/second-step" SignedIn => api::own::step;
    post "POST" "/api/v1/second-step" SignedIn => api::own::begin_step;
    delete "DELETE" "/api/v1/second-step" SignedIn => api::own::remove_step;
    post "POST" "/api/v1/second-step/confirmation" SignedIn => api::own::confirm_step;
    post "POST" "/api/v1/second-step/codes" SignedIn => api::own::codes;
    get "GET" "/api/v1/accounts" SignedIn => api::accounts::list;
    get "GET" "/api/v1/accounts.jsonl" SignedIn => api::accounts::lines;
    get "GET" "/api/v1/accounts/{id}" SignedIn => api::accounts::show;
    get "GET" "/api/v1/accounts/{id}/group" SignedIn => api::relations::group;
    get "GET" "/api/v1/accounts/{id}/people" SignedIn => api::relations::people;
    get "GET" "/api/v1/accounts/{id}/events" SignedIn => api::events::of_account;
    get "GET" "/api/v1/accounts/{id}/interactions" SignedIn => api::relations::contacts;
    post "POST" "/api/v1/accounts/{id}/interactions" SignedIn => api::relations::note;
    get "GET" "/api/v1/accounts/{id}/score" SignedIn => api::scores::show;
    post "POST" "/api/v1/accounts/{id}/judgements" SignedIn => api::scores::judge;
    post "POST" "/api/v1/accounts/{id}/assignments" SignedIn => api::rights::assign;
    get "GET" "/api/v1/rights" SignedIn => api::rights::list;
    get "GET" "/api/v1/rights/{id}" SignedIn => api::rights::show;
    post "POST" "/api/v1/rights/{id}/roles" SignedIn => api::rights::give;
    post "POST" "/api/v1/rights/{id}/roles/end" SignedIn => api::rights::end;
    get "GET" "/api/v1/units" SignedIn => api::rights::units;
    post "POST" "/api/v1/units" SignedIn => api::rights::unit;
    post "POST" "/api/v1/units/{id}/accounts" SignedIn => api::rights::unit_account;
    get "GET" "/api/v1/walls" SignedIn => api::rights::walls;
    post "POST" "/api/v1/walls" SignedIn => api::rights::put_up;
    post "POST" "/api/v1/walls/{id}/end" SignedIn => api::rights::take_down;
    get "GET" "/api/v1/delegations" SignedIn => api::loans::list;
    post "POST" "/api/v1/delegations" SignedIn => api::loans::lend;
    post "POST" "/api/v1/delegations/{id}/end" SignedIn => api::loans::end;
    post "POST" "/api/v1/view-as" SignedIn => api::loans::view_as;
    post "POST" "/api/v1/view-as/leave" SignedIn => api::loans::leave;
    get "GET" "/api/v1/access" SignedIn => api::loans::show;
    get "GET" "/api/v1/logins" SignedIn => api::logins::list;
    post "POST" "/api/v1/logins" SignedIn => api::logins::invite;
    get "GET" "/api/v1/logins/{id}" SignedIn => api::logins::show;
    post "POST" "/api/v1/logins/{id}/{change}" SignedIn => api::logins::change;
    get "GET" "/api/v1/accounts/{id}/plan" SignedIn => api::plans::of_account;
    post "POST" "/api/v1/accounts/{id}/plan" SignedIn => api::plans::create;
    get "GET" "/api/v1/accounts/{id}/plan.pdf" SignedIn => api::plans::print;
    get "GET" "/api/v1/plans" SignedIn => api::plans::list;
    get "GET" "/api/v1/plans/{id}" SignedIn => api::plans::show;
    patch "PATCH" "/api/v1/plans/{id}" SignedIn => api::plans::update;
    put "PUT" "/api/v1/plans/{id}/state" SignedIn => api::plans::step;
    post "POST" "/api/v1/plans/{id}/objectives" SignedIn => api::plans::add_objective;
    get "GET" "/api/v1/objectives/{id}" SignedIn => api::plans::objective;
    patch "PATCH" "/api/v1/objectives/{id}" SignedIn => api::plans::put_objective;
    delete "DELETE" "/api/v1/objectives/{id}" SignedIn => api::plans::remove_objective;
    post "POST" "/api/v1/plans/{id}/risks" SignedIn => api::plans::add_risk;
    get "GET" "/api/v1/risks/{id}" SignedIn => api::plans::risk;
    patch "PATCH" "/api/v1/risks/{id}" SignedIn => api::plans::put_risk;
    delete "DELETE" "/api/v1/risks/{id}" SignedIn => api::plans::remove_risk;
    get "GET" "/api/v1/actions" SignedIn => api::actions::list;
    post "POST" "/api/v1/actions" SignedIn => api::actions::create;
    get "GET" "/api/v1/actions/{id}" SignedIn => api::actions::show;
    patch "PATCH" "/api/v1/actions/{id}" SignedIn => api::actions::update;
    put "PUT" "/api/v1/actions/{id}/completion" SignedIn => api::actions::complete;
    get "GET" "/api/v1/week" SignedIn => api::week::show;
    post "POST" "/api/v1/week/look" SignedIn => api::week::look;
    get "GET" "/api/v1/participants" SignedIn => api::participants::list;
    post "POST" "/api/v1/participants/decisions" SignedIn => api::participants::decide;
    get "GET" "/api/v1/people" SignedIn => api::people::list;
    get "GET" "/api/v1/people.jsonl" SignedIn => api::people::lines;
    get "GET" "/api/v1/people/{id}" SignedIn => api::people::show;
    get "GET" "/api/v1/events" SignedIn => api::events::list;
    get "GET" "/api/v1/events.jsonl" SignedIn => api::events::lines;
    get "GET" "/api/v1/settings" SignedIn => api::company::show;
    patch "PATCH" "/api/v1/settings" SignedIn => api::company::update;
    get "GET" "/api/v1/settings/own" SignedIn => api::company::show_own;
    patch "PATCH" "/api/v1/settings/own" SignedIn => api::company::update_own;
    get "GET" "/api/v1/settings/sign-in" SignedIn => api::logins::rules;
    patch "PATCH" "/api/v1/settings/sign-in" SignedIn => api::logins::put_rules;
    get "GET" "/api/v1/criteria/{set}" SignedIn => api::company::criteria_show;
    put "PUT" "/api/v1/criteria/{set}" SignedIn => api::company::criteria_update;
    get "GET" "/api/v1/portfolio" SignedIn => api::portfolio::show;
    get "GET" "/api/v1/portfolio.csv" SignedIn => api::portfolio::csv;
    get "GET" "/api/v1/portfolio.xlsx" SignedIn => api::portfolio::xlsx;
    get "GET" "/api/v1/passkeys" SignedIn => api::passkeys::list;
    post "POST" "/api/v1/passkeys" SignedIn => api::passkeys::create;
    post "POST" "/api/v1/passkeys/options" SignedIn => api::passkeys::options;
    get "GET" "/api/v1/passkeys/{id}" SignedIn => api::passkeys::show;
    patch "PATCH" "/api/v1/passkeys/{id}" SignedIn => api::passkeys::update;
    delete "DELETE" "/api/v1/passkeys/{id}" SignedIn => api::passkeys::delete;
    get "GET" "/api/v1/identities" SignedIn => api::passkeys::identities;
    get "GET" "/api/v1/identities/{id}" SignedIn => api::passkeys::identity;
    delete "DELETE" "/api/v1/identities/{id}" SignedIn => api::passkeys::unlink;
    get "GET" "/api/v1/search" SignedIn => api::search::list;
    get "GET" "/api/v1/audit" SignedIn => api::audit::show;
    post "POST" "/api/v1/audit/verification" SignedIn => api::audit::verify;
    post "POST" "/api/v1/audit/checkpoints" SignedIn => api::audit::give;
    get "GET" "/api/v1/audit/checkpoints/{id}" SignedIn => api::audit::checkpoint;
    get "GET" "/api/v1/backups" SignedIn => api::backups::show;
    post "POST" "/api/v1/backups" SignedIn => api::backups::ask;
    get "GET" "/api/v1/backups/rules" SignedIn => api::backups::rules;
    patch "PATCH" "/api/v1/backups/rules" SignedIn => api::backups::update;
    get "GET" "/api/v1/system" SignedIn => api::system::show;
    post "POST" "/api/v1/system/jobs" SignedIn => api::system::run;
    get "GET" "/api/v1/imports" SignedIn => api::imports::list;
    upload "POST" "/api/v1/imports" SignedIn => api::imports::create;
    get "GET" "/api/v1/imports/{id}" SignedIn => api::imports::show;
    delete "DELETE" "/api/v1/imports/{id}" SignedIn => api::comparisons::discard;
    get "GET" "/api/v1/imports/{id}/comparison" SignedIn => api::comparisons::show;
    post "POST" "/api/v1/imports/{id}/answers" SignedIn => api::comparisons::answer;
    post "POST" "/api/v1/imports/{id}/application" SignedIn => api::comparisons::apply;
    get "GET" "/api/v1/imports/{id}/corrections.xlsx" SignedIn => api::comparisons::corrections;
    get "GET" "/api/v1/imports/{id}/reversal" SignedIn => api::reversals::show;
    post "POST" "/api/v1/imports/{id}/reversal" SignedIn => api::reversals::create;
    get "GET" "/api/v1/recipes" SignedIn => api::recipes::list;
    post "POST" "/api/v1/recipes" SignedIn => api::recipes::create;
    get "GET" "/api/v1/recipes/{id}" SignedIn => api::recipes::show;
    delete "DELETE" "/api/v1/recipes/{id}" SignedIn => api::recipes::remove;
    get "GET" "/api/v1/tokens" SignedIn => api::tokens::list;
    post "POST" "/api/v1/tokens" SignedIn => api::tokens::create;
    get "GET" "/api/v1/tokens/{id}" SignedIn => api::tokens::show;
    delete "DELETE" "/api/v1/tokens/{id}" SignedIn => api::tokens::revoke;
    get "GET" "/api/v1/proposals" SignedIn => api::proposals::list;
    get "GET" "/api/v1/proposals/{id}" SignedIn => api::proposals::show;
    post "POST" "/api/v1/proposals/{id}/confirmation" SignedIn => api::proposals::confirm;
    post "POST" "/api/v1/proposals/{id}/refusal" SignedIn => api::proposals::refuse;
    get "GET" "/api/v1/webhooks" SignedIn => api::webhooks::list;
    post "POST" "/api/v1/webhooks" SignedIn => api::webhooks::create;
    get "GET" "/api/v1/webhooks/{id}" SignedIn => api::webhooks::show;
    put "PUT" "/api/v1/webhooks/{id}" SignedIn => api::webhooks::update;
    delete "DELETE" "/api/v1/webhooks/{id}" SignedIn => api::webhooks::remove;
    post "POST" "/api/v1/webhooks/{id}/secret" SignedIn => api::webhooks::rotate;
    get "GET" "/api/v1/webhooks/{id}/deliveries" SignedIn => api::webhooks::deliveries;
    get "GET" "/api/v1/webhooks/{id}/deliveries/{delivery}" SignedIn => api::webhooks::delivery;
    post "POST" "/api/v1/webhooks/{id}/deliveries/{delivery}/replay" SignedIn => api::webhooks::replay;
}

/// Gives the router of the whole program.
pub fn router(state: State) -> Router {
    let table = table();
    #[cfg(feature = "mcp")]
    let table = table.route("/mcp", post(crate::mcp::answer));
    table
        .fallback(pages::errors::absent)
        .method_not_allowed_fallback(pages::errors::method)
        .layer(DefaultBodyLimit::max(2 * 1024 * 1024))
        .layer(middleware::from_fn_with_state(state.clone(), api::gate::pass))
        .layer(middleware::from_fn(guard::own_site))
        .layer(middleware::from_fn(spoken::remember))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(guard::headers))
        .layer(CatchPanicLayer::custom(pages::errors::broken))
        .layer(middleware::from_fn_with_state(state.clone(), origin::remember))
        .with_state(state)
}

/// Gives the router of the watchers' own address.
pub(crate) fn watch(state: State) -> Router {
    Router::new()
        .route("/healthz", get(pages::health::show))
        .route("/readyz", get(pages::health::ready))
        .route("/metrics", get(pages::health::own_metrics))
        .layer(middleware::from_fn_with_state(state.clone(), origin::remember))
        .with_state(state)
}
