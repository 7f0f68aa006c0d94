//! The story with one sign-in for each role, all of one person, and somebody with lent rights.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use jiff::ToSpan as _;
use orchestre_app::actions::{self, NewAction};
use orchestre_app::delegations::{self, NewDelegation};
use orchestre_app::logins::{self, NewLogin};
use orchestre_app::plans::{ObjectiveEdit, RiskEdit};
use orchestre_app::rights::{self, NewRole, NewScope, OPEN};
use orchestre_app::{imports, people, plans, sessions, units, walls, watch};
use orchestre_domain::id::{AccountId, LoginId, PersonId, PlanId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::plan::ObjectiveState;
use orchestre_domain::viewer::Viewer;
use tower::ServiceExt as _;

use super::expected::{Row, Target};
use crate::tests::story::{PASSWORD, Story};

/// How a walker holds the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// As the matrix says.
    Whole,
    /// For the own account alone.
    Limited,
}

/// Somebody who walks.
pub(super) struct Walker {
    pub(super) name: String,
    pub(super) role: &'static str,
    pub(super) hold: Hold,
    pub(super) is_watching: bool,
    token: String,
    csrf: String,
}

/// The program with its walkers and what they try.
pub(super) struct World {
    pub(super) walkers: Vec<Walker>,
    story: Story,
    ids: BTreeMap<(&'static str, Target), String>,
    person: PersonId,
    victim: Option<LoginId>,
    tobias: Viewer,
}

/// Whom everybody stands in for: S10, who serves HAR; LYS is behind the wall, STW another's.
const PLACES: [(Target, &str); 3] =
    [(Target::Own, "HAR0"), (Target::Walled, "LYS0"), (Target::Other, "STW0")];

impl World {
    pub(super) async fn load() -> Self {
        let story = Story::load().await;
        let tobias = story.viewer("tobias.reinholt").await;
        let (person, own) = (tobias.person.unwrap(), story.account("HAR0").await);
        let mut world =
            Self { walkers: Vec::new(), story, ids: BTreeMap::new(), person, victim: None, tobias };
        for &role in Role::ALL.iter().filter(|role| **role != Role::Shell) {
            let name = role.as_str().to_lowercase();
            world.enrol(&name, Some(role), Some(person)).await;
            world.walk(&name, role.as_str(), Hold::Whole).await;
        }
        world.limited(own).await;
        world.watch().await;
        world.things().await;
        world
    }

    /// Somebody with a role for one account, and somebody to whom one was lent.
    async fn limited(&mut self, own: AccountId) {
        let world = self;
        let from = world.story.shell().today();
        let scoped = world.enrol("scoped", None, None).await;
        let director = world.ctx("pd").await;
        let scope = NewScope::Account(own);
        let new = NewRole { login: scoped, role: Role::Kam, scope, from, to: OPEN };
        rights::give(&director, new).await.unwrap();
        world.walk("scoped", "KAM", Hold::Limited).await;
        // A role for the rival does not open it to whoever is assigned to this side of the wall.
        let torn = world.enrol("torn", Some(Role::Kam), Some(world.person)).await;
        let rival = NewScope::Account(world.story.account("LYS0").await);
        rights::give(&director, NewRole { login: torn, scope: rival, ..new }).await.unwrap();
        world.walk("torn", "KAM", Hold::Whole).await;
        let lent = world.enrol("lent", None, None).await;
        let new = NewDelegation {
            to: lent,
            accounts: Some(BTreeSet::from([own])),
            begins: from,
            ends: from.saturating_add(14.days()),
        };
        delegations::lend(&world.ctx("kam").await, new).await.unwrap();
        world.walk("lent", "KAM", Hold::Limited).await;
    }

    async fn enrol(&self, name: &str, role: Option<Role>, person: Option<PersonId>) -> LoginId {
        let new = NewLogin {
            email: format!("walker.{name}@ardenval.example"),
            name: name.to_owned(),
            password: PASSWORD.to_owned(),
            roles: role.into_iter().collect(),
            person,
            lang: Lang::En,
        };
        logins::create(&self.story.shell(), new).await.unwrap()
    }

    async fn walk(&mut self, name: &str, role: &'static str, hold: Hold) {
        let token = self.story.sign_in(&format!("walker.{name}")).await;
        let open = sessions::find(&self.story.app, &token).await.unwrap().unwrap();
        let name = name.to_owned();
        self.walkers.push(Walker { name, role, hold, is_watching: false, token, csrf: open.csrf });
    }

    async fn ctx(&self, name: &str) -> orchestre_app::Ctx {
        let viewer = self.story.viewer(&format!("walker.{name}")).await;
        self.story.app.ctx(viewer)
    }

    /// The director sees with the eyes of the manager.
    async fn watch(&mut self) {
        let watched = self.ctx("kam").await.viewer.login.unwrap();
        self.walk("pd", "KAM", Hold::Whole).await;
        let Some(walker) = self.walkers.last_mut() else { return };
        walker.is_watching = true;
        walker.name = "watching".to_owned();
        let open = sessions::find(&self.story.app, &walker.token).await.unwrap().unwrap();
        watch::begin(&self.story.app.ctx(open.viewer), &walker.token, watched).await.unwrap();
    }

    /// Something of each kind at each target.
    async fn things(&mut self) {
        let shell = self.story.shell();
        for (target, key) in PLACES {
            let account = self.story.account(key).await;
            let found = plans::of_account(&shell, account, shell.today()).await.unwrap();
            let plan = match found {
                Some(shown) => shown.plan.id,
                None => plans::create(&shell, account).await.unwrap(),
            };
            let (objective, risk) = self.parts(plan).await;
            let action = actions::add(&shell, action(account)).await.unwrap();
            let all = people::list(&shell, "", shell.today(), 999).await.unwrap();
            let person = all.iter().find(|one| one.account == account).unwrap().id;
            for (kind, id) in [
                ("account", account.to_string()),
                ("plan", plan.to_string()),
                ("objective", objective),
                ("risk", risk),
                ("action", action.to_string()),
                ("person", person.to_string()),
            ] {
                self.ids.insert((kind, target), id);
            }
        }
        self.company().await;
    }

    /// What belongs to the whole company.
    async fn company(&mut self) {
        let shell = self.story.shell();
        let unit = units::create(&shell, "Walk").await.unwrap();
        let wall = walls::list(&shell).await.unwrap()[0].wall.id;
        let import = imports::list(&shell).await.unwrap()[0].id;
        let victim = self.enrol("victim", None, None).await;
        self.victim = Some(victim);
        for (kind, id) in [
            ("unit", unit.to_string()),
            ("wall", wall.to_string()),
            ("import", import.to_string()),
            ("login", victim.to_string()),
        ] {
            self.ids.insert((kind, Target::Own), id);
        }
        self.nothing();
    }

    /// Ids of what is not there.
    fn nothing(&mut self) {
        for (kind, prefix) in [
            ("account", "acc"),
            ("plan", "pln"),
            ("objective", "obj"),
            ("risk", "rsk"),
            ("action", "act"),
            ("person", "per"),
            ("unit", "unt"),
            ("wall", "wal"),
            ("import", "imp"),
            ("login", "lgn"),
            ("delegation", "dlg"),
        ] {
            self.ids.insert((kind, Target::Absent), format!("{prefix}_0000000000001"));
        }
    }

    fn id(&self, kind: &'static str, target: Target) -> &str {
        self.ids.get(&(kind, target)).map_or("", String::as_str)
    }

    fn filled(&self, text: &str, row: &Row, target: Target) -> String {
        let kind = match row.scope.as_str() {
            "plan" | "plan_step" => "plan",
            "objective" | "objective_gone" => "objective",
            "risk" | "risk_gone" => "risk",
            "action" => "action",
            "person" => "person",
            "import" => "import",
            "login" | "login_assign" | "login_unassign" => "login",
            "unit_account" => "unit",
            "wall" => "wall",
            "delegation" => "delegation",
            _ => "account",
        };
        let account = if row.scope == "body_account" { target } else { Target::Own };
        text.replace("{id}", self.id(kind, target))
            .replace("{account}", self.id("account", account))
            .replace("{delegation}", self.id("delegation", target))
            .replace("{person}", &self.person.to_string())
            .replace("{set}", "selection")
            .replace("{name}", "portfolio")
            .replace("{delivery}", "nothing")
    }

    /// An objective and a risk of a plan.
    async fn parts(&self, plan: PlanId) -> (String, String) {
        let shell = self.story.shell();
        let objective = ObjectiveEdit {
            text: "Walk".to_owned(),
            metric: String::new(),
            unit: None,
            baseline: None,
            target: None,
            current: None,
            due_on: None,
            horizon: None,
            kind: None,
            owner: None,
            customer_owner: None,
            state: ObjectiveState::Proposed,
        };
        let risk = RiskEdit {
            text: "Walk".to_owned(),
            probability: None,
            impact: None,
            sign: String::new(),
            prevention: String::new(),
            reaction: String::new(),
            owner: None,
        };
        (
            plans::add_objective(&shell, plan, objective).await.unwrap().to_string(),
            plans::add_risk(&shell, plan, risk).await.unwrap().to_string(),
        )
    }

    /// What is taken away is made anew before it is tried.
    async fn remade(&self, row: &Row, target: Target, path: String) -> String {
        let is_objective = row.scope == "objective_gone";
        if target == Target::Absent || !row.scope.ends_with("_gone") {
            return path;
        }
        let plan = PlanId::parse(self.id("plan", target)).unwrap();
        let (objective, risk) = self.parts(plan).await;
        let (kind, new) = if is_objective { ("objective", objective) } else { ("risk", risk) };
        path.replace(self.id(kind, target), &new)
    }

    /// Gives a loan between two who do not walk: it is ended by whoever may.
    async fn loan(&self) -> String {
        let tobias = self.story.app.ctx(self.tobias.clone());
        let begins = tobias.today();
        let ends = begins.saturating_add(1.days());
        let to = self.victim.unwrap();
        let new = NewDelegation { to, accounts: None, begins, ends };
        delegations::lend(&tobias, new).await.unwrap().to_string()
    }

    /// Sends what the row says about a target as somebody: status, and body without its number and
    /// without the address that was asked.
    pub(super) async fn send(&self, walker: &Walker, row: &Row, target: Target) -> (u16, String) {
        let (mut path, mut body) =
            (self.filled(&row.path, row, target), self.filled(&row.body, row, target));
        if row.scope.ends_with("delegation") && target == Target::Own {
            let loan = self.loan().await;
            path = path.replace("//end", &format!("/{loan}/end"));
            body = body.replace("loan=", &format!("loan={loan}"));
        }
        let path = path.replace("/methods/portfolio", "/methods/B6");
        let path = self.remade(row, target, path).await;
        let (kind, body) = if row.body == "multipart" {
            let part = "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n";
            let body = format!("{part}{}\r\n--x--\r\n", walker.csrf);
            ("multipart/form-data; boundary=x", body)
        } else if path.starts_with("/api/") {
            ("application/json", body)
        } else {
            ("application/x-www-form-urlencoded", format!("csrf={}&{body}", walker.csrf))
        };
        let asked = path.split('?').next().unwrap_or_default().to_owned();
        let request = Request::builder()
            .method(row.method.as_str())
            .uri(path)
            .header(header::COOKIE, format!("orchestre_session={}", walker.token))
            .header(header::CONTENT_TYPE, kind)
            .header(header::IF_MATCH, "*")
            .body(if row.is_write() { Body::from(body) } else { Body::empty() })
            .unwrap();
        let answer = self.story.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let number = answer.headers().get("x-request-id").map(|id| id.to_str().unwrap().to_owned());
        let bytes = to_bytes(answer.into_body(), 50 << 20).await.unwrap();
        let body = String::from_utf8_lossy(&bytes);
        let body = body.replace(&number.unwrap_or_else(|| "no number".to_owned()), "");
        (status, body.replace(&format!("\"instance\":\"{asked}\""), ""))
    }
}

fn action(account: AccountId) -> NewAction {
    let text = "Walk".to_owned();
    NewAction { account, plan: None, objective: None, text, due_on: None, owner: None }
}
