//! `orchestre doctor`: what is wrong with the installation and its facts, and how to mend it.

mod facts;
mod faults;
mod machine;

use orchestre_app::doctor::Depth;
use orchestre_domain::lang::Lang;
use orchestre_domain::viewer::Viewer;
use serde_json::json;

use crate::args::Doctor;
use crate::open::{self, Call};
use crate::table::Table;
use crate::{Exit, logs, output};

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Bad,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug)]
struct Check {
    name: &'static str,
    state: State,
    /// What was found.
    found: String,
    /// What to do about it; empty when it is ok.
    mend: String,
}

impl Check {
    fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, state: State::Ok, found: found.into(), mend: String::new() }
    }

    fn warn(name: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { name, state: State::Warn, found: found.into(), mend: mend.into() }
    }

    fn bad(name: &'static str, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { name, state: State::Bad, found: found.into(), mend: mend.into() }
    }
}

/// Looks at everything; something bad ends with 1.
pub(crate) async fn run(call: &Call, doctor: &Doctor) -> anyhow::Result<Exit> {
    let config = call.config()?;
    logs::quiet(&config);
    let mut checks = vec![machine::directory(&config), machine::space(&config)];
    match open::app(&config).await {
        Ok(app) => {
            let ctx = app.ctx(Viewer::shell(Lang::En));
            checks.extend(machine::database(&ctx).await);
            let depth = if doctor.deep { Depth::Deep } else { Depth::Quick };
            checks.extend(faults::look(&app, depth, call.lang).await);
            checks.extend(facts::look(&ctx).await?);
        }
        Err(error) => {
            let found = format!("{error:#}").replace('\n', " ");
            checks.push(Check::bad(
                "database",
                found,
                "mend what the message says, then look again",
            ));
        }
    }
    tell(call, &checks)?;
    let is_bad = checks.iter().any(|check| check.state == State::Bad);
    Ok(if is_bad { Exit::No } else { Exit::Done })
}

fn tell(call: &Call, checks: &[Check]) -> anyhow::Result<()> {
    if call.is_json {
        let checks = checks.iter().map(|check| {
            json!({
                "name": check.name,
                "state": check.state.word(),
                "found": check.found,
                "mend": (!check.mend.is_empty()).then_some(&check.mend),
            })
        });
        return output::json(&checks.collect::<Vec<_>>());
    }
    let mut table = Table::default().text("").text("what").text("found").text("what to do");
    for check in checks {
        table.row([
            check.state.word().to_owned(),
            check.name.to_owned(),
            check.found.clone(),
            check.mend.clone(),
        ]);
    }
    for line in table.lines() {
        output::data(&line);
    }
    Ok(())
}
