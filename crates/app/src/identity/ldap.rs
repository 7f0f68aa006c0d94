//! Signing in by the company's directory, with the ordinary form.
//!
//! Who is asked is decided by the address alone: break-glass administrators by ourselves, the domains
//! of the directory (or everybody, when it names none) by the directory, the others by ourselves. So a
//! directory that is down never opens a second way in, and a password is never tried in two places.

use orchestre_domain::lang::Lang;
use orchestre_outbound::ldap::{LdapError, Told};
use orchestre_store::Login;

use super::{Admission, Rules, Vouched, admit};
use crate::sessions::Credentials;
use crate::{App, AppError, Code};

pub use orchestre_outbound::ldap::{Directory as Server, Settings};

/// The directory of the configuration.
#[derive(Debug)]
pub struct Directory {
    /// Whom it may let in, and as what.
    pub admission: Admission,
    /// The directory itself.
    pub server: Server,
}

impl Directory {
    /// Says whether the directory is asked for what somebody typed.
    pub fn covers(&self, rules: &Rules, login: &str) -> bool {
        if rules.break_glass.contains(login) {
            return false;
        }
        let domain = login.rsplit_once('@').map(|(_, domain)| domain);
        self.admission.domains.is_empty()
            || domain.is_none_or(|domain| self.admission.domains.iter().any(|one| one == domain))
    }
}

/// Gives the login of somebody whom the directory lets in; `None` for a wrong name or password.
///
/// # Errors
///
/// `directory_down`; `sign_in_refused`, recorded with its reason.
pub(crate) async fn login(
    app: &App,
    directory: &Directory,
    credentials: &Credentials,
) -> Result<Option<Login>, AppError> {
    let typed = credentials.email.trim();
    let told = directory.server.sign_in(typed, &credentials.password).await;
    admitted(app, directory, told).await
}

/// Gives the login of somebody whom the directory covers and a passkey named; `None` when the
/// directory knows them no more.
///
/// # Errors
///
/// As [`login`].
#[cfg(feature = "passkeys")]
pub(crate) async fn still(
    app: &App,
    directory: &Directory,
    email: &str,
) -> Result<Option<Login>, AppError> {
    admitted(app, directory, directory.server.look_up(email).await).await
}

/// Says whether a password is the one that somebody has in the directory.
///
/// # Errors
///
/// `directory_down`.
pub(crate) async fn fits(
    directory: &Directory,
    email: &str,
    password: &str,
) -> Result<bool, AppError> {
    match directory.server.sign_in(email, password).await {
        Ok(_) => Ok(true),
        Err(LdapError::Wrong | LdapError::Shut) => Ok(false),
        Err(error) => Err(down(&error)),
    }
}

fn down(error: &LdapError) -> AppError {
    tracing::warn!(%error, "the directory is of no help");
    Code::DirectoryDown.into()
}

async fn admitted(
    app: &App,
    directory: &Directory,
    told: Result<Told, LdapError>,
) -> Result<Option<Login>, AppError> {
    let told = match told {
        Ok(told) => told,
        Err(LdapError::Wrong) => return Ok(None),
        Err(LdapError::Shut) => {
            super::refuse(app, "ldap", "inactive").await?;
            return Ok(None);
        }
        Err(error) => return Err(down(&error)),
    };
    let vouched = Vouched {
        issuer: format!("ldap:{}", directory.server.base().to_lowercase()),
        subject: told.subject,
        email: told.email,
        is_email_proved: true,
        name: told.name,
        groups: told.groups,
        lang: Lang::parse(&told.lang).unwrap_or(Lang::En),
    };
    admit(app, "ldap", &directory.admission, &vouched).await.map(Some)
}
