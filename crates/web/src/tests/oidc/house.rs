//! The program with two providers that lie on request, and a browser on its way to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use orchestre_app::App;
use orchestre_app::identity::oidc::{Issuer, Provider as Known, Settings};
use orchestre_app::identity::{Admission, Identity, Rules};
use orchestre_app::rights::{self, NewRole, OPEN};
use orchestre_domain::clock::FixedClock;
use orchestre_domain::id::LoginId;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{NewScope, Ways};
use tower::ServiceExt as _;

use super::hostile::{CLIENT, Mood, Provider};
use crate::door::query;
use crate::routes::router;
use crate::state::State;
use crate::tests::story::{Story, site};

/// The program with two providers: one that may make logins, one that may not.
pub(super) struct House {
    _story: Story,
    pub(super) app: App,
    router: Router,
    pub(super) one: Provider,
    pub(super) other: Provider,
}

/// What a browser has on its way to the provider.
pub(super) struct Gone {
    pub(super) cookie: String,
    pub(super) query: BTreeMap<String, String>,
}

impl House {
    pub(super) async fn open() -> Self {
        Self::with(Rules::default()).await
    }

    pub(super) async fn with(rules: Rules) -> Self {
        let story = Story::load().await;
        let (one, other) = (Provider::start().await, Provider::start().await);
        let known = |id: &str, provider: &Provider, creates| {
            let settings = Settings {
                issuer: provider.issuer.clone(),
                client_id: CLIENT.to_owned(),
                client_secret: Some("a secret".to_owned()),
                scopes: vec!["email".to_owned()],
                group_claim: "groups".to_owned(),
                authority: None,
            };
            Known {
                id: id.to_owned(),
                name: format!("House {id}"),
                admission: Admission {
                    domains: vec!["ardenval.example".to_owned()],
                    creates,
                    trusts_email: false,
                    roles: vec![("kam".to_owned(), Role::Kam), ("heads".to_owned(), Role::Pd)],
                },
                issuer: Issuer::new(settings).unwrap(),
            }
        };
        let identity = Identity {
            url: "https://kam.example".to_owned(),
            rules,
            providers: vec![known("one", &one, true), known("other", &other, false)],
            ..Identity::default()
        };
        let app = story.app.clone().with_identity(identity);
        let router = router(State::new(app.clone(), site()));
        Self { _story: story, app, router, one, other }
    }

    /// Moves the clock by seconds.
    pub(super) fn later(&mut self, seconds: i64) {
        let clock = FixedClock(self.app.clock.now() + seconds * 1_000_000);
        self.app = App { clock: Arc::new(clock), ..self.app.clone() };
        self.router = router(State::new(self.app.clone(), site()));
    }

    pub(super) fn now(&self) -> i64 {
        self.app.clock.now().div_euclid(1_000_000)
    }

    pub(super) async fn ask(
        &self,
        method: &str,
        path: &str,
        cookie: &str,
        body: &str,
    ) -> (u16, BTreeMap<String, String>, String) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let mut headers = BTreeMap::new();
        for (name, value) in answer.headers() {
            let value = value.to_str().unwrap().to_owned();
            headers.entry(name.to_string()).or_insert(value);
        }
        let status = answer.status().as_u16();
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, headers, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Presses the button of a provider.
    pub(super) async fn begin(&self, id: &str) -> Gone {
        let (status, headers, body) =
            self.ask("GET", &format!("/sign-in/oidc/{id}?next=/portfolio"), "", "").await;
        assert_eq!(status, 303, "{body}");
        let cookie = headers["set-cookie"].split(';').next().unwrap().to_owned();
        let (_, raw) = headers["location"].split_once('?').unwrap();
        let query: BTreeMap<String, String> = query(raw).into_iter().collect();
        let provider = if id == "one" { &self.one } else { &self.other };
        provider.question(&query["nonce"], self.now());
        Gone { cookie, query }
    }

    /// Comes back as the provider would send the browser.
    pub(super) async fn back(
        &self,
        id: &str,
        gone: &Gone,
        more: &str,
    ) -> (u16, BTreeMap<String, String>, String) {
        let state = &gone.query["state"];
        let path = format!("/sign-in/oidc/{id}/callback?code=c&state={state}{more}");
        self.ask("GET", &path, &gone.cookie, "").await
    }

    pub(super) fn iss(provider: &Provider) -> String {
        format!("&iss={}", crate::door::encode(&provider.issuer))
    }

    /// Signs in over the first provider in a mood; gives the session's cookie, or the status.
    pub(super) async fn try_in(&self, mood: Mood) -> Result<String, u16> {
        self.one.feel(mood);
        let gone = self.begin("one").await;
        let (status, headers, _) = self.back("one", &gone, &Self::iss(&self.one)).await;
        if status != 303 {
            assert!(!headers.contains_key("set-cookie"), "a refused answer opens nothing");
            return Err(status);
        }
        assert_eq!(headers["location"], "/portfolio");
        Ok(headers["set-cookie"].split(';').next().unwrap().to_owned())
    }

    pub(super) async fn is_in(&self, cookie: &str) -> bool {
        self.ask("GET", "/settings/passkeys", cookie, "").await.0 == 200
    }

    /// Gives the reasons of refusals that were recorded, newest last.
    pub(super) async fn reasons(&self) -> Vec<String> {
        let found = self
            .app
            .db
            .read(async |work| {
                let text = "SELECT payload FROM events WHERE name = 'session.refused' ORDER BY id";
                let rows = work.rows(orchestre_store::sql(text)).await?;
                rows.iter().map(|row| row.get::<String>("payload")).collect::<Result<Vec<_>, _>>()
            })
            .await
            .unwrap();
        let reason = |text: &String| text.rsplit_once("reason=").unwrap().1.to_owned();
        found.iter().map(reason).collect()
    }

    /// Signs in over a provider in a mood, as the first part of an address.
    pub(super) async fn come(&self, id: &str, mood: Mood) {
        let provider = if id == "one" { &self.one } else { &self.other };
        provider.feel(mood);
        let gone = self.begin(id).await;
        let (status, _, body) = self.back(id, &gone, &Self::iss(provider)).await;
        assert_eq!(status, 303, "{body}");
    }

    /// Gives the login of an address.
    pub(super) async fn login(&self, email: &str) -> LoginId {
        let found = self.app.db.read(async |work| work.system_login(email).await).await;
        found.unwrap().unwrap().id
    }

    /// Gives the roles of the whole company that an address holds today.
    pub(super) async fn roles(&self, email: &str) -> Vec<Role> {
        let (login, day) = (self.login(email).await, self.app.clock.today());
        let held = self.app.db.read(async |work| work.system_roles(Ways::Of(login), day).await);
        let today = day.to_string();
        let lines = held.await.unwrap().into_iter().filter(|line| line.from <= today);
        lines.map(|line| line.role).collect()
    }

    /// Gives a role of the whole company by hand, from today for good.
    pub(super) async fn give(&self, email: &str, role: Role) {
        let new = NewRole {
            login: self.login(email).await,
            role,
            scope: NewScope::Company,
            from: self.app.clock.today(),
            to: OPEN,
        };
        rights::give(&self.app.ctx(Viewer::shell(Lang::En)), new).await.unwrap();
    }
}
