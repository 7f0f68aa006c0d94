//! `orchestre admin create`.

use std::io::Read as _;

use anyhow::{Context as _, bail};
use orchestre_app::chain;
use orchestre_app::logins::{self, NewLogin};
use orchestre_app::roster::{self, By, Invited, Made};
use orchestre_domain::permission::Role;
use serde_json::json;

use crate::args::Admin;
use crate::open::Call;
use crate::{Exit, output, password};

/// Makes a sign-in.
pub(crate) async fn run(call: &Call, admin: Admin) -> anyhow::Result<Exit> {
    let Admin::Create { email, name, role, password_stdin, link } = admin;
    if link {
        return by_link(call, email, name, role).await;
    }
    let given = if password_stdin { Some(read()?) } else { None };
    let password = match &given {
        Some(password) => password.clone(),
        None => password::generate()?,
    };
    let ctx = call.ctx().await?;
    let new = NewLogin {
        email: email.clone(),
        name: name.clone(),
        password: password.clone(),
        roles: vec![role],
        person: None,
        lang: call.lang,
    };
    let id = logins::create(&ctx, new).await.with_context(|| format!("cannot make {email}"))?;
    chain::close(&ctx.app).await?;
    let made = given.is_none().then_some(password);
    if call.is_json {
        output::json(&json!({
            "id": id.to_string(),
            "email": email,
            "name": name,
            "role": role.as_str(),
            "password": made,
        }))?;
        return Ok(Exit::Done);
    }
    output::data(&format!("{name} signs in as {email}, role {role}"));
    if let Some(password) = made {
        output::data(&format!("password: {password}"));
        output::talk("It is shown this once. Whoever gets it should change it.");
    }
    Ok(Exit::Done)
}

/// Makes a sign-in without a password and prints the link behind which it is chosen.
async fn by_link(call: &Call, email: String, name: String, role: Role) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    let invited =
        Invited { email: email.clone(), name: name.clone(), roles: vec![role], lang: call.lang };
    let made = roster::invite(&ctx, invited, By::Hand).await;
    let (id, made) = made.with_context(|| format!("cannot make {email}"))?;
    chain::close(&ctx.app).await?;
    let Made::Link(link) = made else { bail!("a link was sent and not made") };
    if call.is_json {
        output::json(&json!({
            "id": id.to_string(),
            "email": email,
            "name": name,
            "role": role.as_str(),
            "link": link,
        }))?;
        return Ok(Exit::Done);
    }
    output::data(&format!("{name} chooses a password and comes in as {email}, role {role}:"));
    output::data(&link);
    output::talk("It is shown this once and works once. Whoever has it comes in.");
    Ok(Exit::Done)
}

fn read() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("cannot read the password from stdin")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
