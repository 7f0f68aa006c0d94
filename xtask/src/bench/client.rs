//! A signed-in visitor over HTTP, with the connection kept.

use anyhow::{Context as _, Result, bail};

use crate::host;

/// A visitor.
#[derive(Clone)]
pub(crate) struct Client {
    agent: ureq::Agent,
    address: String,
    cookie: String,
    token: String,
}

impl Client {
    /// Gives a stranger.
    pub(crate) fn new(address: &str) -> Self {
        let config =
            ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build();
        Self {
            agent: config.into(),
            address: format!("http://{address}"),
            cookie: String::new(),
            token: String::new(),
        }
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

    /// Gives the address without its scheme.
    pub(crate) fn address(&self) -> &str {
        self.address.trim_start_matches("http://")
    }

    /// Gives a script of the same person, with a token made for it.
    pub(crate) fn token(&self) -> Result<Self> {
        let wanted = serde_json::json!({
            "name": "bench", "scopes": ["admin:read"], "expires_on": tomorrow()?,
        });
        let made = self.send("/api/v1/tokens", &wanted)?;
        let made: serde_json::Value = serde_json::from_str(&made)?;
        let token = made.get("token").and_then(serde_json::Value::as_str);
        let token = token.context("no token was made")?.to_owned();
        Ok(Self { token, cookie: String::new(), ..self.clone() })
    }

    /// Notes something to do at an account.
    pub(crate) fn note(&self, account: &str) -> Result<()> {
        let note = serde_json::json!({"account": account, "text": "Call them back"});
        self.send("/api/v1/actions", &note).map(drop)
    }

    fn send(&self, path: &str, body: &serde_json::Value) -> Result<String> {
        let request = self.agent.post(format!("{}{path}", self.address));
        let request = request.header("Cookie", &self.cookie).header("Origin", &self.address);
        let mut answer =
            request.header("Content-Type", "application/json").send(body.to_string())?;
        let text = answer.body_mut().read_to_string()?;
        if !answer.status().is_success() {
            bail!("{path} answers {}: {text}", answer.status());
        }
        Ok(text)
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
        let request = self.agent.get(format!("{}{path}", self.address));
        let request = if self.token.is_empty() {
            request.header("Cookie", &self.cookie)
        } else {
            request.header("Authorization", format!("Bearer {}", self.token))
        };
        request.call().with_context(|| format!("cannot reach {path}"))
    }
}

/// Gives a day on which a token still opens.
fn tomorrow() -> Result<String> {
    let day = host::output(host::command("date", &["--utc", "--date", "tomorrow", "+%F"]))?;
    Ok(day.trim().to_owned())
}
