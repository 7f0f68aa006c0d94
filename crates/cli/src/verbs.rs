//! One file a verb.

mod accounts;
mod admin;
mod audit;
mod config;
mod demo;
mod doctor;
mod import;
mod imports;
mod keep;
mod migrate;
mod plan;
mod portfolio;
mod reference;
mod serve;

use orchestre_domain::lang::Lang;

use crate::Exit;
use crate::args::{Arguments, Verb};
use crate::config::Place;
use crate::open::Call;

/// Does what the command line says.
///
/// # Errors
///
/// What the verb could not do.
pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<Exit> {
    let lang = arguments.lang.unwrap_or(Lang::En);
    let place = Place { data: arguments.data, file: arguments.config };
    let call = Call { place, lang, is_json: arguments.json };
    match arguments.verb {
        Verb::Demo(demo) => demo::run(&call, &demo).await,
        Verb::Serve(serve) => serve::run(&call, &serve).await,
        Verb::Migrate => migrate::run(&call).await,
        Verb::Import(import) => import::run(&call, import).await,
        Verb::Imports(imports) => imports::run(&call, &imports).await,
        Verb::Accounts(accounts) => accounts::run(&call, accounts).await,
        Verb::Portfolio(asking) => portfolio::run(&call, asking).await,
        Verb::Plan(plan) => plan::run(&call, plan).await,
        Verb::Admin(admin) => admin::run(&call, admin).await,
        Verb::Config(crate::args::Config::Check) => config::check(&call),
        Verb::Doctor(doctor) => doctor::run(&call, &doctor).await,
        Verb::Audit(asked) => audit::run(&call, &asked).await,
        Verb::Keep(verb) => keep::run(&call, &verb).await,
        Verb::Reference { folder } => reference::run(&folder),
    }
}
