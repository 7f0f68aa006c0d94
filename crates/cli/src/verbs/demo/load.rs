//! Loading the story through the use cases, as its administrator would.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, bail};
use jiff::ToSpan as _;
use jiff::civil::Date;
use orchestre_app::delegations::{self, NewDelegation};
use orchestre_app::imports::{self, ImportOptions, Report, Upload};
use orchestre_app::logins::{self, NewLogin};
use orchestre_app::rights::{self, NewRole, NewScope, OPEN};
use orchestre_app::{App, Ctx, accounts, settings, walls};
use orchestre_domain::id::LoginId;
use orchestre_domain::import::{ImportKind, ImportState};
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::permission::{Country, Role};
use orchestre_domain::rate::RateRule;
use orchestre_domain::viewer::Viewer;
use orchestre_story::{Programme, StoryFile, StoryLoan, StoryLogin};

use super::people::Person;
use crate::{output, password};

/// Tells the story on a Monday: settings, files, walls, sign-ins.
///
/// # Errors
///
/// A file of the story that does not go in whole, which is our fault; what the store says.
pub(super) async fn story(app: &App, t: Date) -> anyhow::Result<Vec<Person>> {
    let ctx = app.ctx(Viewer::shell(Lang::En));
    let programme = orchestre_story::programme(t);
    company(&ctx, &programme).await?;
    for file in orchestre_story::files(t) {
        import(&ctx, file).await?;
    }
    for (one, other) in &programme.walls {
        let pair = (accounts::find(&ctx, one).await?, accounts::find(&ctx, other).await?);
        walls::add(&ctx, pair.0, pair.1).await?;
    }
    let (mut people, mut logins) = (Vec::new(), BTreeMap::new());
    for login in &programme.logins {
        let (id, person) = sign_in(&ctx, login).await?;
        logins.insert(login.code.as_str(), id);
        people.push(person);
    }
    for loan in &programme.loans {
        lend(&ctx, loan, &logins).await?;
    }
    let mail = upload(orchestre_story::mail(t));
    imports::import(&ctx, mail, &|_, _| {}).await.context("cannot import the mailbox")?;
    let waiting = orchestre_story::waiting(t).into_iter().map(upload).collect();
    imports::compare(&ctx, waiting, &|_, _| {})
        .await
        .context("cannot compare the waiting files")?;
    Ok(people)
}

/// A holiday of the story: one stands in for another.
async fn lend(ctx: &Ctx, loan: &StoryLoan, logins: &BTreeMap<&str, LoginId>) -> anyhow::Result<()> {
    let login = |code: &str| logins.get(code).copied().context("the story's sign-in");
    let mut chosen = BTreeSet::new();
    for code in &loan.accounts {
        chosen.insert(accounts::find(ctx, code).await?);
    }
    let (first, last) = loan.days;
    let new = NewDelegation {
        to: login(&loan.to)?,
        accounts: Some(chosen),
        begins: ctx.today().saturating_add(first.days()),
        ends: ctx.today().saturating_add((last + 1).days()),
    };
    delegations::lend_for(ctx, login(&loan.from)?, new).await?;
    Ok(())
}

/// The story's control figures are those of budget rates.
async fn company(ctx: &Ctx, programme: &Programme) -> anyhow::Result<()> {
    let shown = settings::get(ctx).await?;
    let mut settings = shown.settings;
    programme.company.clone_into(&mut settings.company);
    settings.currency = Currency::parse(programme.currency).context("the story's currency")?;
    settings.rate_rule = RateRule::Budget;
    settings.fiscal_start = programme.fiscal_start;
    settings::put(ctx, settings, shown.version).await?;
    Ok(())
}

async fn import(ctx: &Ctx, file: StoryFile) -> anyhow::Result<()> {
    let name = file.name;
    let progress = |done: usize, total: usize| output::progress(name, done, total);
    let report = imports::import(ctx, upload(file), &progress).await;
    let report = report.with_context(|| format!("cannot import {name}"))?;
    output::progress_end(name, &format!("{} rows", report.rows));
    check(&report)
}

fn upload(file: StoryFile) -> Upload {
    Upload {
        file_name: file.name.to_owned(),
        kind: ImportKind::parse(file.kind),
        bytes: file.text.into_bytes(),
        options: ImportOptions::default(),
    }
}

/// The story's files are clean: a row that stays out is a fault of ours.
fn check(report: &Report) -> anyhow::Result<()> {
    if report.state == ImportState::Applied && report.skipped == 0 {
        return Ok(());
    }
    let Report { file, skipped, .. } = report;
    let first = report.issues.first().map_or("", |issue| issue.code.as_str());
    bail!("{file} did not go in whole: {skipped} rows were left out, first {first}")
}

async fn sign_in(ctx: &Ctx, login: &StoryLogin) -> anyhow::Result<(LoginId, Person)> {
    let password = password::generate()?;
    let role = Role::parse(&login.role).context("the story's role")?;
    let new = NewLogin {
        email: login.email.clone(),
        name: login.name.clone(),
        password: password.clone(),
        roles: if login.country.is_none() { vec![role] } else { Vec::new() },
        person: None,
        lang: Lang::parse(&login.language).unwrap_or(Lang::En),
    };
    let made = logins::create(ctx, new).await;
    let id = made.with_context(|| format!("cannot make {}", login.email))?;
    if let Some(country) = login.country {
        let scope = NewScope::Country(Country::parse(country).context("the story's country")?);
        let new = NewRole { login: id, role, scope, from: ctx.today(), to: OPEN };
        rights::give(ctx, new).await?;
    }
    let person = Person {
        name: login.name.clone(),
        role: login.role.clone(),
        email: login.email.clone(),
        password,
    };
    Ok((id, person))
}
