//! Backups by themselves: once a day, read again after writing, old ones thinned out.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use orchestre_domain::backup::BackupRules;
use orchestre_domain::event::EventName;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Capability, Object, Role, Scope, may};
use orchestre_domain::viewer::Viewer;
use orchestre_view::mail::LetterView;
use orchestre_view::text;

use crate::keep::{self, KeepError, Key};
use crate::{App, AppError, Code, Ctx, mails};

/// The job's name, also its kind.
pub const JOB: &str = "backup";
/// The folder in the data directory, unless another is configured.
const FOLDER: &str = "backups";
/// The ends of the names of backups: plain and encrypted.
const ENDS: [&str; 2] = [".tar.gz", ".tar.gz.age"];
/// Files that are shown.
const SHOWN: usize = 100;

/// Where backups go, as far as the configuration says.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The folder; `None` is the one in the data directory.
    pub folder: Option<PathBuf>,
    /// The public key with which they are encrypted.
    pub key: Option<Key>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// The name of the file.
    pub name: String,
    /// The day on which it was made.
    pub day: Date,
    /// Its length in bytes.
    pub bytes: i64,
    /// Whether only a secret key opens it.
    pub is_encrypted: bool,
}

/// What the page of backups shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    /// The folder; `None` when the program has no directory.
    pub folder: Option<PathBuf>,
    /// The files, the newest first.
    pub files: Vec<BackupFile>,
    /// When the last was made, anyhow, µs; `None` when never.
    pub made_at: Option<i64>,
    /// When one failed since then, µs.
    pub failed_at: Option<i64>,
    /// Whether backups are encrypted.
    pub is_encrypting: bool,
    /// The rules and their version.
    pub rules: (BackupRules, i64),
    /// Whether the viewer may change something.
    pub can_update: bool,
}

/// Gives the backups.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`].
pub async fn get(ctx: &Ctx) -> Result<Backups, AppError> {
    if !may(&ctx.viewer, Capability::Read, Object::System, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let (rules, made, failed) = ctx
        .db()
        .read(async |work| {
            let made = work.system_last_at(EventName::BackupMade).await?;
            let failed = work.system_last_at(EventName::BackupFailed).await?;
            Ok::<_, AppError>((work.backup_rules().await?, made, failed))
        })
        .await?;
    let folder = folder(&ctx.app);
    let mut files = folder.as_deref().map_or_else(Vec::new, files);
    files.truncate(SHOWN);
    Ok(Backups {
        folder,
        files,
        made_at: Some(made).filter(|at| *at > 0),
        failed_at: Some(failed).filter(|at| *at > made),
        is_encrypting: ctx.app.outside.backups.key.is_some(),
        rules,
        can_update: may(&ctx.viewer, Capability::Update, Object::System, Scope::Company),
    })
}

/// Asks for a backup now; a node makes it within seconds.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`]; [`AppError::NOT_FOUND`] where no node has served yet.
pub async fn ask(ctx: &Ctx) -> Result<(), AppError> {
    if !may(&ctx.viewer, Capability::Update, Object::System, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    let mut event = ctx.event(EventName::JobAsked, "job", None);
    event.payload = vec![("job", JOB.to_owned())];
    let wanted = crate::jobs::once(&ctx.app, JOB, String::new(), ctx.now());
    ctx.db()
        .write(async |work| {
            work.system_add_job(&wanted).await?;
            Ok(work.record(&event).await?)
        })
        .await
}

/// Changes the rules.
///
/// # Errors
///
/// [`AppError::FORBIDDEN`], [`Code::ChangedSince`], [`Code::FieldInvalid`] with the field.
pub async fn put(ctx: &Ctx, rules: BackupRules, version: i64) -> Result<(), AppError> {
    if !may(&ctx.viewer, Capability::Update, Object::System, Scope::Company) {
        return Err(AppError::FORBIDDEN);
    }
    if let Some(field) = rules.wrong() {
        return Err(AppError::Field { code: Code::FieldInvalid, field });
    }
    let mut event = ctx.event(EventName::SettingUpdated, "setting", None);
    event.payload = vec![("keys", "backup".to_owned())];
    ctx.db()
        .write(async |work| {
            let (before, now) = work.backup_rules().await?;
            if now != version {
                return Err(AppError::Code(Code::ChangedSince));
            }
            if before != rules {
                work.put_backup_rules(&rules).await?;
                work.record(&event).await?;
            }
            Ok(())
        })
        .await
}

/// Says whether the backup of the day is due.
///
/// # Errors
///
/// What the store says.
pub async fn is_due(app: &App) -> Result<bool, AppError> {
    if folder(app).is_none() {
        return Ok(false);
    }
    let (rules, last) = app
        .db
        .read(async |work| {
            let last = work.system_last_at(EventName::BackupMade).await?;
            Ok::<_, AppError>((work.backup_rules().await?.0, last))
        })
        .await?;
    Ok(rules.is_due(app.clock.now(), last))
}

/// Makes a backup, reads it again and thins the old ones out; a failure is recorded and told.
///
/// # Errors
///
/// [`Code::DiskFull`], [`Code::BackupFailed`].
pub async fn run(app: &App, tries: i64) -> Result<(), AppError> {
    let Some(folder) = folder(app) else { return Ok(()) };
    let rules = app.db.read(async |work| work.backup_rules().await).await?.0;
    let (own, handle) = (app.clone(), tokio::runtime::Handle::current());
    let work = move || handle.block_on(make(&own, &folder, &rules));
    let done = tokio::task::spawn_blocking(work).await;
    let Err(error) = done.unwrap_or(Err(KeepError::Damaged)) else {
        return Ok(());
    };
    tracing::error!(%error, "a backup failed");
    let code = match &error {
        KeepError::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => Code::DiskFull,
        _ => Code::BackupFailed,
    };
    if tries <= 1 {
        tell(app, code).await?;
    }
    Err(code.into())
}

/// Records that a backup failed and writes to the administrators.
async fn tell(app: &App, code: Code) -> Result<(), AppError> {
    let ctx = app.ctx(Viewer::shell(Lang::En));
    let mut event = ctx.event(EventName::BackupFailed, "backup", None);
    event.payload = vec![("code", code.text().to_owned())];
    app.db
        .write(async |work| {
            work.record(&event).await?;
            let people = work.roster(ctx.now(), ctx.today()).await?;
            let told = people.iter().filter(|one| one.is_active && one.roles.contains(&Role::Adm));
            for one in told.filter(|_| mails::is_set_up(app)) {
                let page = format!("{}/settings/backups", app.outside.url);
                let words = LetterView::new(one.lang, text(one.lang, "mail-backup-title"))
                    .say(text(one.lang, &format!("error-{}", code.text())))
                    .link(text(one.lang, "mail-backup-link"), page);
                let login = Some(one.id);
                let to = &one.email;
                let draft =
                    mails::Draft { purpose: "backup_failed", to, login, words, until_at: None };
                work.add_mail(&mails::draft(app, &draft)?).await?;
            }
            Ok(())
        })
        .await
}

async fn make(app: &App, folder: &Path, rules: &BackupRules) -> Result<(), KeepError> {
    std::fs::create_dir_all(folder)?;
    let key = app.outside.backups.key.as_ref();
    let [plain, sealed] = ENDS;
    let end = if key.is_some() { sealed } else { plain };
    let out = folder.join(format!("{}{end}", keep::stamp(app.clock.now())));
    let ctx = app.ctx(Viewer::shell(Lang::En));
    keep::backup(&ctx, &out, key).await?;
    if key.is_none() {
        // An encrypted file cannot be read here: its secret key is elsewhere.
        keep::check(&out, None)?;
    }
    thin_out(folder, rules)?;
    Ok(())
}

fn thin_out(folder: &Path, rules: &BackupRules) -> std::io::Result<()> {
    let files = files(folder);
    let days: Vec<Date> = files.iter().map(|file| file.day).collect();
    let kept = rules.kept(&days);
    let old = files.iter().enumerate().filter(|(at, _)| !kept.contains(at));
    for (_, file) in old {
        std::fs::remove_file(folder.join(&file.name))?;
    }
    Ok(())
}

fn folder(app: &App) -> Option<PathBuf> {
    let own = || app.node.folder().map(|data| data.join(FOLDER));
    app.outside.backups.folder.clone().or_else(own)
}

/// Gives the backups of a folder, the newest first; what is not called as ours are is left out.
fn files(folder: &Path) -> Vec<BackupFile> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<BackupFile> = entries.filter_map(|entry| file(&entry)).collect();
    files.sort_by(|one, other| other.name.cmp(&one.name));
    files
}

fn file(entry: &std::fs::DirEntry) -> Option<BackupFile> {
    let name = entry.file_name().into_string().ok()?;
    let stamp = ENDS.iter().find_map(|end| name.strip_suffix(end))?;
    let (day, time) = stamp.split_once('-')?;
    let is_time = time.len() == 6 && time.bytes().all(|byte| byte.is_ascii_digit());
    let day = Date::strptime("%Y%m%d", day).ok().filter(|_| is_time)?;
    let bytes = i64::try_from(entry.metadata().ok()?.len()).unwrap_or(i64::MAX);
    let is_encrypted = name.ends_with(ENDS[1]);
    Some(BackupFile { name, day, bytes, is_encrypted })
}
