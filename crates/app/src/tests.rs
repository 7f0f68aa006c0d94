//! The reading side on small worlds that were imported as users import them.

mod backups;
mod checkpoints;
mod doors;
mod inbox;
mod inventory;
mod jobs;
mod links;
mod mails;
mod pages;
mod permissions;
mod plans;
mod receiver;
mod rights;
mod rivals;
mod sign_in;
mod sink;
mod story;
mod vectors;
mod webhooks;
mod week;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, date};
use orchestre_domain::clock::FixedClock;
use orchestre_domain::id::{AccountId, Ids, LoginId, PersonId};
use orchestre_domain::import::ImportKind;
use orchestre_domain::lang::Lang;
use orchestre_domain::money::Currency;
use orchestre_domain::permission::Role;
use orchestre_domain::rate::RateRule;
use orchestre_domain::viewer::Viewer;
use orchestre_store::{Db, Options};

use crate::asked::Asked;
use crate::imports::{ImportOptions, Upload, import};
use crate::portfolio::{AccountRow, Filter, Listing, Slice, Sort, list};
use crate::vault::Vault;
use crate::{App, Ctx, accounts};

pub(crate) const TODAY: Date = date(2026, 11, 16);

/// A program with its own database, which ends with it.
pub(crate) struct World {
    pub(crate) shell: Ctx,
    _dir: tempfile::TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = Options { is_durable: false, ..Options::default() };
        let db = Db::sqlite(&dir.path().join("orchestre.db"), &options).await.unwrap();
        let app = App::new(db, Arc::new(FixedClock::at(TODAY)), Ids::new(1));
        let app = app.with_vault(Vault::of([7; 32]));
        Self { shell: app.ctx(Viewer::shell(Lang::En)), _dir: dir }
    }

    /// Imports a file of which every row goes in.
    pub(crate) async fn import(&self, kind: ImportKind, text: &str) {
        let upload = Upload {
            file_name: format!("{}.csv", kind.as_str()),
            kind: Some(kind),
            bytes: text.as_bytes().to_vec(),
            options: ImportOptions::default(),
        };
        let report = import(&self.shell, upload, &|_, _| {}).await.unwrap();
        assert_eq!(report.created, report.rows, "{report:?}");
    }

    /// Imports a file of which no row stays out; several rows may be of the same thing.
    pub(crate) async fn import_all(&self, kind: ImportKind, text: &str) {
        let upload = Upload {
            file_name: format!("{}.csv", kind.as_str()),
            kind: Some(kind),
            bytes: text.as_bytes().to_vec(),
            options: ImportOptions::default(),
        };
        let report = import(&self.shell, upload, &|_, _| {}).await.unwrap();
        assert_eq!((report.skipped, report.conflicts), (0, 0), "{report:?}");
    }

    /// Gives the context of somebody with one role.
    pub(crate) fn as_role(&self, role: Role, own: &[AccountId], walled: &[AccountId]) -> Ctx {
        self.shell.app.ctx(Viewer {
            login: Some(LoginId(1)),
            person: Some(PersonId(1)),
            roles: BTreeSet::from([role]),
            own: own.iter().copied().collect(),
            walled: walled.iter().copied().collect(),
            grants: Vec::new(),
            watcher: None,
            lang: Lang::En,
        })
    }

    pub(crate) async fn account(&self, text: &str) -> AccountId {
        accounts::find(&self.shell, text).await.unwrap()
    }
}

/// What is asked today in euros.
pub(crate) const fn today() -> Asked {
    Asked { as_of: TODAY, currency: Currency::EUR, rates: RateRule::Month }
}

pub(crate) async fn listing(ctx: &Ctx, asked: &Asked) -> Listing {
    list(ctx, asked, &Filter::default(), Sort::default(), Slice::ALL).await.unwrap()
}

pub(crate) fn row<'a>(listing: &'a Listing, name: &str) -> &'a AccountRow {
    listing.rows.iter().find(|row| row.name == name).unwrap()
}

#[track_caller]
pub(crate) fn near(found: Option<f64>, wanted: f64) {
    let is_near = found.is_some_and(|found| (found - wanted).abs() < 1e-4 * wanted.abs().max(1.0));
    assert!(is_near, "{found:?} is not {wanted}");
}
