//! `orchestre admin create`.

use std::io::Read as _;

use anyhow::Context as _;
use orchestre_app::chain;
use orchestre_app::logins::{self, NewLogin};
use serde_json::json;

use crate::args::Admin;
use crate::open::Call;
use crate::{Exit, output, password};

/// Makes a sign-in.
pub(crate) async fn run(call: &Call, admin: Admin) -> anyhow::Result<Exit> {
    let Admin::Create { email, name, role, password_stdin } = admin;
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

fn read() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("cannot read the password from stdin")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
