//! `orchestre demo`: the product on the story of Ardenval, loaded through the same imports.

mod folder;
mod load;
mod people;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::bail;
use folder::{Folder, Start};
use orchestre_app::{App, chain};
use orchestre_domain::clock::Clock as _;
use orchestre_domain::lang::Lang;
use orchestre_view::text;
use orchestre_web::Site;
use people::Person;
use serde_json::json;

use super::serve;
use crate::args::Demo;
use crate::clock::SystemClock;
use crate::config::identity::identity;
use crate::config::{Config, Place};
use crate::open::{self, Call};
use crate::refusal::Refusal;
use crate::{Exit, logs, output};

/// Loads the story where it is absent, says who can sign in, and serves.
pub(crate) async fn run(call: &Call, demo: &Demo) -> anyhow::Result<Exit> {
    let path = call.place.data.clone().unwrap_or_else(|| PathBuf::from("orchestre-demo"));
    let config = Config::read(&Place { data: Some(path.clone()), ..call.place.clone() })?
        .with_flag("server.listen", demo.listen.as_deref())?;
    let address = loopback(&config)?;
    let mut folder = Folder::open(&path, if demo.reset { Start::Anew } else { Start::Again })?;
    let bound = if demo.load_only {
        logs::quiet(&config);
        None
    } else {
        logs::start(&config);
        Some(serve::bind(&config).await?)
    };
    if !config.get("database.url").is_empty() {
        output::talk("The demo keeps to its own directory; the PostgreSQL database is left alone.");
    }
    let address = bound.as_ref().map_or(address, |doors| doors.main.address);
    let identity = identity(&config, &format!("http://{address}"))?;
    let app = open::embedded(&config).await?.with_identity(identity);
    let people = ready(&app, &mut folder).await?;
    if call.is_json {
        output::json(&json!({"address": format!("http://{address}"), "people": people}))?;
    } else {
        let is_served = bound.is_some();
        greet(&people, &folder, (address, is_served), call.lang);
    }
    let Some(bound) = bound else { return Ok(Exit::Done) };
    serve::until_stopped(app, bound, Site { is_demo: true, ..serve::site(&config)? }).await
}

/// Gives the address; the sign-ins of a demo are no secret, so nobody else may reach it.
fn loopback(config: &Config) -> anyhow::Result<SocketAddr> {
    let address: SocketAddr = config.get("server.listen").parse()?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    bail!(Refusal::misuse(
        format!("the demo is not served on {address}: its sign-ins are no secret"),
        "take a loopback address, such as --listen 127.0.0.1:8080"
    ))
}

/// Gives the people who can sign in, after the story was loaded if it was not there.
async fn ready(app: &App, folder: &mut Folder) -> anyhow::Result<Vec<Person>> {
    if folder.told_on().is_some() {
        return people::read(folder.path());
    }
    let t = orchestre_story::monday(SystemClock.today());
    output::talk("Loading the story of Groupe Ardenval through the imports …");
    let people = load::story(app, t).await?;
    chain::close(app).await?;
    people::write(folder.path(), &people)?;
    folder.finish(t)?;
    Ok(people)
}

/// Says where to go, who to be, and what to look at.
fn greet(people: &[Person], folder: &Folder, (address, is_served): (SocketAddr, bool), lang: Lang) {
    let say = |line: &str| output::data(line);
    let told = folder.told_on().map(|day| orchestre_view::format::day_long(lang, day));
    say(&format!("\nOrchestre, the demo: Groupe Ardenval, told on {}.", told.unwrap_or_default()));
    if folder.told_on().is_some_and(|day| day < orchestre_story::monday(SystemClock.today())) {
        say("The story was told in another week; --reset tells it again as of today.");
    }
    if is_served {
        say(&format!("\n  Open   http://{address}"));
    }
    let mut table =
        crate::table::Table::default().text("").text("").text("e-mail").text("password");
    for person in people {
        table.row([
            format!("  {}", text(lang, &format!("state-role-{}", person.role))),
            person.name.clone(),
            person.email.clone(),
            person.password.clone(),
        ]);
    }
    say("\n  Sign in as");
    for line in table.lines() {
        say(&format!("  {line}"));
    }
    if let Some(first) = people.first() {
        say(&format!("\n  Begin as {}, who sees all accounts:", first.name));
    }
    say("    Portfolio          who is a key account, who is not, and where to invest");
    say("    Lysarel            an account: its group, its money, its people, what is missing");
    say("    Why this score     every figure opens to its evidence and its method");
    say("    Plan               one page; print it as PDF, in English or in French");
    say("  Then sign in as a KAM: My week shows what changed and what is due.");
    say(&format!(
        "\n  The sign-ins are kept in {}.{}",
        folder.path().join(people::FILE).display(),
        if is_served { " Stop with Ctrl-C." } else { "" }
    ));
}
