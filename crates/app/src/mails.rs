//! Mails: written down in the unit of work of their cause, sent by a job, tried again, given up.
//!
//! A use case drafts a mail before its write ([`draft`]) and adds it inside (`work.add_mail`), so
//! that a mail goes out exactly when what it speaks of is stored.

use orchestre_domain::id::{LoginId, write};
use orchestre_outbound::mail::{Letter, MailError};
use orchestre_store::{NewMail, TakenMail};
use orchestre_view::mail::LetterView;
use serde::{Deserialize, Serialize};

use crate::{App, AppError, Code};

/// Pauses after failures, in seconds; then the mail is given up.
const PAUSES: [i64; 7] = [30, 120, 300, 900, 3_600, 4 * 3_600, 12 * 3_600];
/// While a mail is sent, nobody else takes it for this long, in seconds.
const HOLD: i64 = 300;
/// Mails of one round at most.
const ROUND: usize = 50;
/// Microseconds of a second.
const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
const DAY: i64 = 86_400 * SECOND;
/// A mail that names no end is worth nothing after three days.
const WORTH: i64 = 3 * DAY;

/// A mail to be written down.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// What it is for, a closed word such as `reset`.
    pub purpose: &'static str,
    /// The address.
    pub to: &'a str,
    /// Whose it is, when it is to a login.
    pub login: Option<LoginId>,
    /// Its words.
    pub words: LetterView,
    /// When it is worth nothing any more, µs; `None` after three days.
    pub until_at: Option<i64>,
}

/// What is sealed of a mail.
#[derive(Serialize, Deserialize)]
struct Words {
    subject: String,
    text: String,
    html: String,
}

/// Says whether mail can be sent at all.
pub fn is_set_up(app: &App) -> bool {
    app.outside.mail.is_some()
}

/// Gives a mail that is ready to be added in a unit of work: `work.add_mail(&mail)`.
///
/// # Errors
///
/// `internal` when it cannot be rendered or sealed.
pub fn draft(app: &App, draft: &Draft<'_>) -> Result<NewMail, AppError> {
    let internal = || AppError::Code(Code::Internal);
    let words = Words {
        subject: draft.words.title.clone(),
        text: draft.words.text().map_err(|_unrendered| internal())?,
        html: draft.words.html().map_err(|_unrendered| internal())?,
    };
    let bytes = serde_json::to_vec(&words).map_err(|_unwritten| internal())?;
    let now = app.clock.now();
    Ok(NewMail {
        id: app.ids.next(now),
        purpose: draft.purpose.to_owned(),
        recipient: draft.to.to_owned(),
        login: draft.login,
        sealed: app.vault.seal(&bytes)?,
        made_at: now,
        until_at: draft.until_at.unwrap_or(now + WORTH),
    })
}

/// Says whether a mail is due and can be sent.
///
/// # Errors
///
/// What the store says.
pub async fn has_due(app: &App) -> Result<bool, AppError> {
    let now = app.clock.now();
    Ok(is_set_up(app) && app.db.read(async |work| work.system_has_due_mail(now).await).await?)
}

/// Sends what is due, one mail after the other.
///
/// # Errors
///
/// What the store says; what a server says is kept with its mail.
pub async fn tick(app: &App) -> Result<(), AppError> {
    if !is_set_up(app) {
        return Ok(());
    }
    for _ in 0..ROUND {
        let now = app.clock.now();
        let until = now + HOLD * SECOND;
        let taken = app.db.write(async |work| work.system_take_mail(now, until).await).await?;
        match taken {
            Some(mail) => send(app, mail).await?,
            None => break,
        }
    }
    Ok(())
}

async fn send(app: &App, mail: TakenMail) -> Result<(), AppError> {
    if mail.until_at <= app.clock.now() {
        return end(app, mail.id, "late").await;
    }
    let Some(letter) = letter(app, &mail) else {
        tracing::error!(mail = mail.id, "a mail cannot be opened: was the key file changed?");
        return end(app, mail.id, "unreadable").await;
    };
    let Some(mailer) = &app.outside.mail else { return Ok(()) };
    match mailer.send(&letter).await {
        Ok(()) => end(app, mail.id, "sent").await,
        Err(error) => failed(app, &mail, &error).await,
    }
}

async fn failed(app: &App, mail: &TakenMail, error: &MailError) -> Result<(), AppError> {
    tracing::warn!(mail = mail.id, tries = mail.tries, %error, "a mail could not be sent");
    let result = match error {
        MailError::Configuration(_) => "configuration",
        MailError::Letter(_) => "address",
        MailError::Refused(_) => "refused",
        MailError::Later(_) => "unreachable",
    };
    let tried = usize::try_from(mail.tries).unwrap_or(usize::MAX).saturating_sub(1);
    match PAUSES.get(tried).filter(|_| error.is_passing()) {
        Some(pause) => {
            let due_at = app.clock.now() + pause * SECOND;
            let id = mail.id;
            let kept = async |work: &mut orchestre_store::Work<'_>| {
                work.system_delay_mail(id, due_at, result).await
            };
            Ok(app.db.write(kept).await?)
        }
        None => end(app, mail.id, result).await,
    }
}

async fn end(app: &App, id: i64, result: &str) -> Result<(), AppError> {
    let now = app.clock.now();
    Ok(app.db.write(async |work| work.system_end_mail(id, now, result).await).await?)
}

fn letter(app: &App, mail: &TakenMail) -> Option<Letter> {
    let bytes = app.vault.open(&mail.sealed).ok()?;
    let words: Words = serde_json::from_slice(&bytes).ok()?;
    Some(Letter {
        to: mail.recipient.clone(),
        subject: words.subject,
        text: words.text,
        html: words.html,
        name: write("mail", mail.id),
        written_at: u64::try_from(mail.made_at.div_euclid(SECOND)).unwrap_or_default(),
    })
}
