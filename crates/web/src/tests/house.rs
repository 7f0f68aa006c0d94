//! An empty program, for what does not need the story: requests with any headers from any address.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request};
use orchestre_app::App;
use orchestre_app::logins::{self, NewLogin};
use orchestre_domain::clock::FixedClock;
use orchestre_domain::id::Ids;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Db, Options};
use tower::ServiceExt as _;

use crate::routes::router;
use crate::state::{Proxies, Site, State, network};

/// The password of everybody in the tests.
pub(super) const PASSWORD: &str = "a password for tests";
/// Our own proxy.
pub(super) const PROXY: &str = "10.0.0.9:4711";
/// Somebody from outside.
pub(super) const STRANGER: &str = "192.0.2.66:4711";
/// This machine.
pub(super) const LOCAL: &str = "127.0.0.1:4711";

pub(super) struct House {
    pub(super) app: App,
    router: Router,
    _folder: tempfile::TempDir,
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl House {
    /// Gives a program behind a proxy of 10.0.0.0/8.
    pub(super) async fn new() -> Self {
        let networks = network("10.0.0.0/8").into_iter().collect();
        let proxies = Proxies { networks, is_standard: false };
        Self::with(Site { proxies, ..Site::default() }).await
    }

    pub(super) async fn with(site: Site) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { is_durable: false, ..Options::default() };
        let db = Db::sqlite(&folder.path().join("house.sqlite"), &options).await.unwrap();
        let clock = Arc::new(FixedClock::at(orchestre_story::FROZEN_T));
        let app = App::new(db, clock, Ids::new(1)).at(folder.path().to_owned());
        let router = router(State::new(app.clone(), site));
        Self { app, router, _folder: folder }
    }

    /// Gives the same program with other parts.
    pub(super) fn made_of(self, change: impl FnOnce(App) -> App) -> Self {
        let app = change(self.app);
        let router = router(State::new(app.clone(), Site::default()));
        Self { app, router, ..self }
    }

    /// Gives the same program some seconds later.
    pub(super) fn later(self, seconds: i64) -> Self {
        self.made_of(|app| {
            let clock = FixedClock(app.clock.now() + seconds * 1_000_000);
            App { clock: Arc::new(clock), ..app }
        })
    }

    /// Makes a sign-in.
    pub(super) async fn enrol(&self, email: &str, role: Role) {
        let new = NewLogin {
            email: email.to_owned(),
            name: "Somebody".to_owned(),
            password: PASSWORD.to_owned(),
            roles: vec![role],
            person: None,
            lang: Lang::En,
        };
        logins::create(&self.app.ctx(Viewer::shell(Lang::En)), new).await.unwrap();
    }

    /// Asks from an address with headers.
    pub(super) async fn get(&self, peer: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(peer, ("GET", path, ""), headers).await
    }

    pub(super) async fn ask(
        &self,
        peer: &str,
        (method, path, body): (&str, &str, &str),
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let mut request = request.body(Body::from(body.to_owned())).unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }
}
