//! What every use case is given: the database, the clock, the ids and the viewer.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use orchestre_domain::clock::Clock;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, EventId, Ids};
use orchestre_domain::permission::{Object, stands_in_for};
use orchestre_domain::viewer::Viewer;
use orchestre_outbound::mail::Mailer;
use orchestre_store::{Db, Event, Stead};

use crate::backups::Place;
use crate::checkpoints::Ways;
use crate::identity::Identity;
use crate::inbox::Inbox;
use crate::node::Node;
use crate::snapshot::Kept;
use crate::vault::Vault;

/// The program's lasting parts; cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The allocator of ids.
    pub ids: Arc<Ids>,
    /// The vectors of accounts that were computed last.
    pub kept: Kept,
    /// This process beside others on the same database.
    pub node: Arc<Node>,
    /// What seals secrets; refuses until a key is given.
    pub vault: Vault,
    /// The ways out of the program; none until they are given.
    pub outside: Arc<Outside>,
    /// The ways in besides passwords of our own.
    pub identity: Arc<Identity>,
}

/// The ways out of the program, as far as the configuration opens them.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// The address by which people reach the program, without a slash at its end; may be empty.
    pub url: String,
    /// Mail out; `None` when none is set up.
    pub mail: Option<Mailer>,
    /// Where checkpoints of the chain go.
    pub checkpoints: Ways,
    /// Where backups go.
    pub backups: Place,
    /// Where files come by themselves.
    pub inbox: Inbox,
}

impl App {
    /// Gives the parts for this process.
    pub fn new(db: Db, clock: Arc<dyn Clock>, ids: Ids) -> Self {
        Self {
            db,
            clock,
            ids: Arc::new(ids),
            kept: Kept::default(),
            node: Arc::default(),
            vault: Vault::default(),
            outside: Arc::default(),
            identity: Arc::default(),
        }
    }

    /// Gives the parts with ways in besides passwords of our own.
    #[must_use]
    pub fn with_identity(self, identity: Identity) -> Self {
        Self { identity: Arc::new(identity), ..self }
    }

    /// Gives the parts with the data directory, for what lies in files.
    #[must_use]
    pub fn at(mut self, folder: PathBuf) -> Self {
        self.node = Arc::new(Node::at(folder));
        self
    }

    /// Gives the parts with the key of secrets.
    #[must_use]
    pub fn with_vault(self, vault: Vault) -> Self {
        Self { vault, ..self }
    }

    /// Gives the parts with ways out of the program.
    #[must_use]
    pub fn with_outside(self, outside: Outside) -> Self {
        Self { outside: Arc::new(outside), ..self }
    }

    /// Gives the context of one request of this viewer.
    pub fn ctx(&self, viewer: Viewer) -> Ctx {
        Ctx { app: self.clone(), viewer }
    }
}

/// One request: who asks, and the program's parts.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The program's parts.
    pub app: App,
    /// Who asks.
    pub viewer: Viewer,
}

impl Ctx {
    /// The database.
    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// The present instant, µs since 1970.
    pub fn now(&self) -> i64 {
        self.app.clock.now()
    }

    /// The present day.
    pub fn today(&self) -> Date {
        self.app.clock.today()
    }

    /// A new id.
    pub fn id(&self) -> i64 {
        self.app.ids.next(self.now())
    }

    /// Gives an event of this viewer, now; add payload and values before recording it.
    pub fn event(&self, name: EventName, object: &'static str, object_id: Option<i64>) -> Event {
        Event {
            id: EventId(self.id()),
            name,
            at: self.now(),
            login: self.viewer.watcher.or(self.viewer.login),
            person: self.viewer.person.filter(|_| self.viewer.watcher.is_none()),
            stead: self.viewer.login.filter(|_| self.viewer.watcher.is_some()).map(Stead::As),
            account: None,
            object,
            object_id,
            payload: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Gives an event on an account, as [`Self::event`].
    pub fn account_event(
        &self,
        name: EventName,
        account: AccountId,
        object: &'static str,
        object_id: i64,
    ) -> Event {
        let event = self.event(name, object, Some(object_id));
        let lender = stands_in_for(&self.viewer, changed(object), account);
        let stead = event.stead.or(lender.map(Stead::For));
        Event { account: Some(account), stead, ..event }
    }
}

/// Gives what the matrix calls the kind of object of an event.
fn changed(object: &str) -> Object {
    match object {
        "objective" | "risk" => Object::Plan,
        "judgement" => Object::Score,
        other => Object::parse(other).unwrap_or(Object::Account),
    }
}
