//! Opening the data directory and its database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};
use orchestre_app::backups;
use orchestre_app::checkpoints::Ways;
use orchestre_app::inbox::Inbox;
use orchestre_app::keep::Key;
use orchestre_app::vault::Vault;
use orchestre_app::{App, Ctx, Outside};
use orchestre_domain::id::Ids;
use orchestre_domain::lang::Lang;
use orchestre_domain::viewer::Viewer;
use orchestre_outbound::mail::{Guard, Mailer, Server};
use orchestre_outbound::stamp::Stamper;
use orchestre_store::{Db, Options};

use crate::clock::SystemClock;
use crate::config::{Config, Place};
use crate::refusal::Refusal;
use crate::{logs, random};

/// The database file of a data directory.
pub(crate) const DATABASE: &str = "orchestre.sqlite";
/// The key file of a data directory.
const KEY_FILE: &str = "orchestre.key";

/// What was said before the verb.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// Where the configuration and the data are, as far as it was said.
    pub(crate) place: Place,
    /// The language of answers.
    pub(crate) lang: Lang,
    /// Whether answers are JSON.
    pub(crate) is_json: bool,
}

impl Call {
    /// Gives the configuration of the data directory.
    ///
    /// # Errors
    ///
    /// As [`Config::read`].
    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        Config::read(&self.place)
    }

    /// Opens the database for a command of the local shell, the administrator of its data.
    ///
    /// # Errors
    ///
    /// As [`app`].
    pub(crate) async fn ctx(&self) -> anyhow::Result<Ctx> {
        let config = self.config()?;
        logs::quiet(&config);
        Ok(app(&config).await?.ctx(Viewer::shell(self.lang)))
    }
}

/// Opens the database of a configuration; any verb creates and migrates a fresh directory.
///
/// # Errors
///
/// The directory cannot be written, the database is of a newer version, the server is not there.
pub(crate) async fn app(config: &Config) -> anyhow::Result<App> {
    let url = config.get("database.url");
    if url.is_empty() {
        return embedded(config).await;
    }
    let schema = config.get("database.schema");
    let db = Db::postgres(url, schema, &options(config)).await;
    let db = db.context("cannot open the PostgreSQL database")?;
    with(db, config)
}

/// Opens the SQLite database of the data directory, whatever server is configured.
///
/// # Errors
///
/// As [`app`].
pub(crate) async fn embedded(config: &Config) -> anyhow::Result<App> {
    make(&config.data)?;
    let file = config.data.join(DATABASE);
    let db = Db::sqlite(&file, &options(config)).await;
    let db = db.with_context(|| format!("cannot open {}", file.display()))?;
    with(db, config)
}

/// Makes a directory in which files can be written.
///
/// # Errors
///
/// When that cannot be done.
pub(crate) fn make(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let probe = folder.join(format!(".writable-{}", std::process::id()));
    std::fs::write(&probe, b"").with_context(|| format!("cannot write in {}", folder.display()))?;
    std::fs::remove_file(&probe).with_context(|| format!("cannot write in {}", folder.display()))
}

fn options(config: &Config) -> Options {
    let readers = config.get("database.readers").parse().unwrap_or(8);
    Options { readers, ..Options::default() }
}

/// Gives this process a number of its own, so that two processes never make the same id.
///
/// # Errors
///
/// When the machine gives no random bytes.
pub(crate) fn with(db: Db, config: &Config) -> anyhow::Result<App> {
    let ids = Ids::new(i64::from(u16::from_le_bytes(random::bytes()?)));
    let app = App::new(db, std::sync::Arc::new(SystemClock), ids).at(config.data.clone());
    Ok(app.with_vault(vault(config)?).with_outside(outside(config)?))
}

/// Opens the key file of secrets, and makes it at the first start.
fn vault(config: &Config) -> anyhow::Result<Vault> {
    let path = match config.get("secrets.path") {
        "" => {
            make(&config.data)?;
            config.data.join(KEY_FILE)
        }
        path => PathBuf::from(path),
    };
    Vault::of_file(&path).with_context(|| format!("cannot use the key file {}", path.display()))
}

/// Gives the ways out of the program that the configuration opens.
fn outside(config: &Config) -> anyhow::Result<Outside> {
    let url = match config.get("server.public_url") {
        "" => format!("http://{}", config.get("server.listen")),
        url => url.to_owned(),
    };
    let mail = if config.get("mail.host").is_empty() { None } else { Some(mailer(config)?) };
    let (backups, inbox) = (backups(config), inbox(config));
    Ok(Outside { url, mail, checkpoints: checkpoints(config)?, backups, inbox })
}

/// Gives the folder from which files go in by themselves.
fn inbox(config: &Config) -> Inbox {
    let folder = Some(config.get("import.folder")).filter(|text| !text.is_empty());
    Inbox { folder: folder.map(PathBuf::from), origin: config.get("import.origin").to_owned() }
}

/// Gives where the daily backups go.
fn backups(config: &Config) -> backups::Place {
    let folder = Some(config.get("backup.folder")).filter(|text| !text.is_empty());
    backups::Place { folder: folder.map(PathBuf::from), key: Key::to(config.get("backup.key")) }
}

/// Gives the places of checkpoints.
fn checkpoints(config: &Config) -> anyhow::Result<Ways> {
    let some = |key: &str| Some(config.get(key).to_owned()).filter(|value| !value.is_empty());
    let stamp = some("audit.timestamp_url").map(|url| Stamper::new(&url)).transpose();
    Ok(Ways {
        file: some("audit.file").map(PathBuf::from),
        mail: some("audit.mail"),
        stamp: stamp.context("audit.timestamp_url cannot be used")?,
        hours: config.get("audit.hours").parse().unwrap_or(24),
    })
}

fn mailer(config: &Config) -> anyhow::Result<Mailer> {
    if config.get("mail.from").is_empty() {
        let why = "say in mail.from who sends, such as Orchestre <kam@example.com>";
        bail!(Refusal::misuse("mail.host without mail.from", why));
    }
    let guard = Guard::parse(config.get("mail.security")).unwrap_or(Guard::StartTls);
    let text = |key: &str| config.get(key).to_owned();
    let server = Server {
        host: text("mail.host"),
        port: config.get("mail.port").parse().unwrap_or_else(|_default| guard.port()),
        guard,
        user: text("mail.user"),
        password: text("mail.password"),
        authority: text("mail.authority"),
        from: text("mail.from"),
        patience: Duration::from_secs(config.get("mail.timeout").parse().unwrap_or(20)),
    };
    Mailer::new(&server).context("the section [mail] of the configuration cannot be used")
}
