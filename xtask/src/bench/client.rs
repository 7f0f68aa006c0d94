//! A signed-in visitor over HTTP, with the connection kept.

use anyhow::{Context as _, Result, bail};

/// A visitor.
#[derive(Clone)]
pub(crate) struct Client {
    agent: ureq::Agent,
    address: String,
    cookie: String,
}

impl Client {
    /// Gives a stranger.
    pub(crate) fn new(address: &str) -> Self {
        let config =
            ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build();
        Self { agent: config.into(), address: format!("http://{address}"), cookie: String::new() }
    }

    /// Signs in.
    pub(crate) fn signed_in(address: &str, email: &str, password: &str) -> Result<Self> {
        let mut client = Self::new(address);
        let answer = client
            .agent
            .post(format!("{}/sign-in", client.address))
            .header("Origin", &client.address)
            .send_form([("email", email), ("password", password)])?;
        let cookie = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok());
        let Some(cookie) = cookie.and_then(|text| text.split(';').next()) else {
            bail!("signing in answers {}", answer.status());
        };
        cookie.clone_into(&mut client.cookie);
        Ok(client)
    }

    /// Gives the status of a page.
    pub(crate) fn status(&self, path: &str) -> Result<u16> {
        Ok(self.answer(path)?.status().as_u16())
    }

    /// Reads a page whole; an error unless it answers 200.
    pub(crate) fn get(&self, path: &str) -> Result<String> {
        let mut answer = self.answer(path)?;
        if answer.status() != 200 {
            bail!("{path} answers {}", answer.status());
        }
        answer
            .body_mut()
            .with_config()
            .limit(100 << 20)
            .read_to_string()
            .with_context(|| format!("cannot read {path}"))
    }

    /// Reads an answer of the API.
    pub(crate) fn json(&self, path: &str) -> Result<serde_json::Value> {
        Ok(serde_json::from_str(&self.get(path)?)?)
    }

    fn answer(&self, path: &str) -> Result<ureq::http::Response<ureq::Body>> {
        let request =
            self.agent.get(format!("{}{path}", self.address)).header("Cookie", &self.cookie);
        request.call().with_context(|| format!("cannot reach {path}"))
    }
}
