//! The story behind the doors: loaded once through the imports, with its walls and sign-ins.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use jiff::ToSpan as _;
use orchestre_app::delegations::{self, NewDelegation};
use orchestre_app::imports::{ImportOptions, Upload};
use orchestre_app::logins::NewLogin;
use orchestre_app::rights::{self, NewRole, NewScope, OPEN};
use orchestre_app::sessions::Credentials;
use orchestre_app::vault::Vault;
use orchestre_app::{App, accounts, imports, logins, sessions, walls};
use orchestre_domain::clock::FixedClock;
use orchestre_domain::id::{AccountId, Ids};
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Country, Role};
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Db, Options};
use orchestre_story::{StoryLoan, StoryLogin};
use tower::ServiceExt as _;

use crate::routes::router;
use crate::state::{Site, State};

/// The password of everybody in the tests.
pub(super) const PASSWORD: &str = "a password for tests, four words and more";

/// The program on the story.
pub(super) struct Story {
    pub(super) app: App,
    pub(super) router: Router,
    _folder: tempfile::TempDir,
}

impl Story {
    /// Loads the story as the demo does.
    pub(super) async fn load() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { is_durable: false, ..Options::default() };
        let db = Db::sqlite(&folder.path().join("story.sqlite"), &options).await.unwrap();
        let day = orchestre_story::FROZEN_T;
        let app = App::new(db, Arc::new(FixedClock::at(day)), Ids::new(1));
        let app = app.with_vault(Vault::of([7; 32]));
        let ctx = app.ctx(Viewer::shell(Lang::En));
        for file in orchestre_story::files(day) {
            let options = ImportOptions { origin: "story".to_owned(), ..ImportOptions::default() };
            let kind = ImportKind::parse(file.kind);
            let upload = Upload {
                file_name: file.name.to_owned(),
                kind,
                bytes: file.text.into_bytes(),
                options,
            };
            imports::import(&ctx, upload, &|_, _| {}).await.unwrap();
        }
        let programme = orchestre_story::programme(day);
        for (one, other) in &programme.walls {
            let pair = (
                accounts::find(&ctx, one).await.unwrap(),
                accounts::find(&ctx, other).await.unwrap(),
            );
            walls::add(&ctx, pair.0, pair.1).await.unwrap();
        }
        people(&ctx, programme.logins, programme.loans).await;
        let router = router(State::new(app.clone(), site()));
        Self { app, router, _folder: folder }
    }

    /// Gives the account of one of the story's codes.
    pub(super) async fn account(&self, code: &str) -> AccountId {
        accounts::find(&self.app.ctx(Viewer::shell(Lang::En)), code).await.unwrap()
    }

    /// Signs somebody in by the first part of the address.
    pub(super) async fn sign_in(&self, name: &str) -> String {
        let credentials = Credentials {
            email: format!("{name}@ardenval.example"),
            password: PASSWORD.to_owned(),
            network: "127.0.0.1".to_owned(),
            agent: String::new(),
        };
        sessions::sign_in(&self.app, &credentials).await.unwrap().token
    }

    /// Gives who somebody is, by the first part of the address.
    pub(super) async fn viewer(&self, name: &str) -> Viewer {
        let token = self.sign_in(name).await;
        sessions::find(&self.app, &token).await.unwrap().unwrap().viewer
    }

    /// Gives what the local shell may do.
    pub(super) fn shell(&self) -> orchestre_app::Ctx {
        self.app.ctx(Viewer::shell(Lang::En))
    }

    /// Asks as the owner of a token (or as a stranger with an empty one): status and body.
    pub(super) async fn send(&self, token: &str, method: &str, path: &str) -> (u16, String) {
        let (status, bytes) = self.send_for_bytes(token, method, path).await;
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Sends a form as a stranger: status.
    pub(super) async fn send_form(&self, path: &str, body: &str) -> u16 {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()))
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap().status().as_u16()
    }

    /// Sends JSON as the owner of a token: status and body.
    pub(super) async fn send_json(&self, token: &str, path: &str, body: &str) -> (u16, String) {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let bytes = to_bytes(answer.into_body(), 50 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// As [`Self::send`], for outputs that are no text.
    pub(super) async fn send_for_bytes(
        &self,
        token: &str,
        method: &str,
        path: &str,
    ) -> (u16, Vec<u8>) {
        let (status, _, bytes) = self.tagged(token, method, path).await;
        (status, bytes)
    }

    /// As [`Self::send_for_bytes`], with the `ETag`, empty where there is none.
    pub(super) async fn tagged(
        &self,
        token: &str,
        method: &str,
        path: &str,
    ) -> (u16, String, Vec<u8>) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, format!("orchestre_session={token}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::empty())
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let tag = answer.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let tag = tag.unwrap_or_default().to_owned();
        (status, tag, to_bytes(answer.into_body(), 50 << 20).await.unwrap().to_vec())
    }
}

/// Gives how the installation presents itself.
pub(super) fn site() -> Site {
    Site { is_demo: true, ..Site::default() }
}

/// Makes the sign-ins of the story and lends what is lent in it.
async fn people(ctx: &orchestre_app::Ctx, told: Vec<StoryLogin>, loans: Vec<StoryLoan>) {
    let mut made = BTreeMap::new();
    for login in told {
        let role = Role::parse(&login.role).unwrap();
        let new = NewLogin {
            email: login.email.clone(),
            name: login.name.clone(),
            password: PASSWORD.to_owned(),
            roles: if login.country.is_none() { vec![role] } else { Vec::new() },
            person: None,
            lang: Lang::En,
        };
        let id = logins::create(ctx, new).await.unwrap();
        if let Some(country) = login.country {
            let scope = NewScope::Country(Country::parse(country).unwrap());
            let new = NewRole { login: id, role, scope, from: ctx.today(), to: OPEN };
            rights::give(ctx, new).await.unwrap();
        }
        made.insert(login.code.clone(), id);
    }
    for loan in loans {
        let mut chosen = BTreeSet::new();
        for code in &loan.accounts {
            chosen.insert(accounts::find(ctx, code).await.unwrap());
        }
        let new = NewDelegation {
            to: made[&loan.to],
            accounts: Some(chosen),
            begins: ctx.today().saturating_add(loan.days.0.days()),
            ends: ctx.today().saturating_add((loan.days.1 + 1).days()),
        };
        delegations::lend_for(ctx, made[&loan.from], new).await.unwrap();
    }
}
