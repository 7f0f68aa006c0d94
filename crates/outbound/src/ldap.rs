//! Sign-in by a directory (LDAP, Active Directory): look somebody up, bind as them, read their groups.
//!
//! The directory is asked with a name of its own for searching; the person's password serves for one
//! bind and is not kept. Referrals are not followed: they would carry passwords to unknown servers.

mod entry;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ldap3::{
    Ldap, LdapConnAsync, LdapConnSettings, Scope, SearchEntry, SearchOptions, ldap_escape,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use url::Url;

use entry::Entry;

/// Groups in groups are followed this far.
const DEPTH: usize = 8;
/// The most groups of somebody.
const GROUPS: usize = 1_000;
/// The result code of a wrong name or password.
const WRONG: u32 = 49;

/// A directory as the configuration names it.
#[derive(Clone)]
pub struct Settings {
    /// Its servers, tried in order: `ldaps://…`, `ldap://…`.
    pub urls: Vec<String>,
    /// Whether `ldap://` turns to TLS before anything is said.
    pub is_starttls: bool,
    /// A certificate (PEM) that is trusted besides the public ones.
    pub authority: Option<String>,
    /// The name that searches.
    pub bind_dn: String,
    /// Its password.
    pub bind_password: String,
    /// Where people are.
    pub base: String,
    /// How somebody is found: `{login}` is what was typed, escaped.
    pub filter: String,
    /// Where groups are; empty: nobody has groups.
    pub group_base: String,
    /// How the groups of a member are found: `{dn}` is the member, escaped.
    pub group_filter: String,
    /// A server and each of its answers may take this long.
    pub patience: Duration,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("urls", &self.urls)
            .field("bind_dn", &self.bind_dn)
            .field("bind_password", &"***")
            .finish_non_exhaustive()
    }
}

/// Why a directory did not let somebody in.
#[derive(Debug, thiserror::Error)]
pub enum LdapError {
    /// No server answers, or none as a directory does.
    #[error("the directory cannot be used: {0}")]
    Unreachable(String),
    /// The configuration cannot be used.
    #[error("the directory is set up wrongly: {0}")]
    Settings(String),
    /// Nobody of this name has this password.
    #[error("the name or the password is wrong")]
    Wrong,
    /// The password fits, and the account is shut.
    #[error("the account is shut")]
    Shut,
}

/// Who somebody is in the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What stays when the name changes: `entryUUID`, `objectGUID`, else the name itself.
    pub subject: String,
    /// The address, in lower case; empty when there is none.
    pub email: String,
    /// The name; empty when there is none.
    pub name: String,
    /// The first two letters of the preferred language; may be empty.
    pub lang: String,
    /// The groups, of groups too: their names and their whole names.
    pub groups: Vec<String>,
}

/// A directory, ready to be asked.
#[derive(Debug)]
pub struct Directory {
    settings: Settings,
    tls: Arc<rustls::ClientConfig>,
}

impl Directory {
    /// Gives the directory of these settings; nothing is asked yet.
    ///
    /// # Errors
    ///
    /// [`LdapError::Settings`] without a server, for a certificate that cannot be read, a filter
    /// without its place, or passwords that would go over the network in the clear.
    pub fn new(settings: Settings) -> Result<Self, LdapError> {
        let wrong = |why: &str| Err(LdapError::Settings(why.to_owned()));
        if settings.urls.is_empty() {
            return wrong("no address of a server");
        }
        for address in &settings.urls {
            let Ok(url) = Url::parse(address) else { return wrong("an address is none") };
            let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
            match url.scheme() {
                "ldaps" => {}
                "ldap" if settings.is_starttls || is_here => {}
                "ldap" => return wrong("ldap:// without StartTLS sends passwords in the clear"),
                _ => return wrong("addresses begin with ldaps:// or ldap://"),
            }
        }
        if !settings.filter.contains("{login}") {
            return wrong("the filter has no {login}");
        }
        if !settings.group_base.is_empty() && !settings.group_filter.contains("{dn}") {
            return wrong("the group filter has no {dn}");
        }
        let tls = Arc::new(trusting(settings.authority.as_deref())?);
        Ok(Self { settings, tls })
    }

    /// Gives where people are, which tells directories apart.
    pub fn base(&self) -> &str {
        &self.settings.base
    }

    /// Lets somebody in by name and password.
    ///
    /// # Errors
    ///
    /// [`LdapError::Wrong`] for an unknown or ambiguous name and a wrong or empty password alike;
    /// [`LdapError::Shut`]; [`LdapError::Unreachable`].
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<Told, LdapError> {
        if login.is_empty() || password.is_empty() {
            // An empty password would be an anonymous bind, which succeeds for everybody.
            return Err(LdapError::Wrong);
        }
        let mut reader = self.reader().await?;
        let entry = self.found(&mut reader, login).await?;
        // An unknown name costs a bind too, so that time does not tell it from a wrong password.
        let dn = entry.as_ref().map_or(self.settings.base.as_str(), |entry| entry.dn.as_str());
        let mut person = self.connected().await?;
        let bound = self
            .timely(&mut person)
            .simple_bind(dn, password)
            .await
            .map_err(|error| down(&error))?;
        drop(person.unbind().await);
        let entry = entry.ok_or(LdapError::Wrong)?;
        match bound.rc {
            0 if entry.is_shut() => return Err(LdapError::Shut),
            0 => {}
            WRONG => return Err(LdapError::Wrong),
            _ if entry.is_shut() => return Err(LdapError::Shut),
            other => return Err(LdapError::Unreachable(format!("a bind gave code {other}"))),
        }
        let groups = self.groups(&mut reader, &entry.dn).await?;
        drop(reader.unbind().await);
        Ok(entry.told(groups))
    }

    /// Says who somebody is whose password was not asked for: the directory still knows them.
    ///
    /// # Errors
    ///
    /// [`LdapError::Wrong`] for an unknown or ambiguous name; [`LdapError::Shut`];
    /// [`LdapError::Unreachable`].
    pub async fn look_up(&self, login: &str) -> Result<Told, LdapError> {
        let mut reader = self.reader().await?;
        let entry = self.found(&mut reader, login).await?.ok_or(LdapError::Wrong)?;
        if entry.is_shut() {
            return Err(LdapError::Shut);
        }
        let groups = self.groups(&mut reader, &entry.dn).await?;
        drop(reader.unbind().await);
        Ok(entry.told(groups))
    }

    /// Gives the one entry of a name; none when there are several.
    async fn found(&self, reader: &mut Ldap, login: &str) -> Result<Option<Entry>, LdapError> {
        let filter = self.settings.filter.replace("{login}", &ldap_escape(login));
        let found = self.search(reader, &self.settings.base, &filter, 2).await?;
        Ok(<[Entry; 1]>::try_from(found).ok().map(|[entry]| entry))
    }

    /// Gives a connection that may search.
    async fn reader(&self) -> Result<Ldap, LdapError> {
        let mut reader = self.connected().await?;
        let (dn, password) = (&self.settings.bind_dn, &self.settings.bind_password);
        if !dn.is_empty() {
            let bound = self
                .timely(&mut reader)
                .simple_bind(dn, password)
                .await
                .map_err(|error| down(&error))?;
            if bound.rc != 0 {
                let why = format!("the searching name may not bind (code {})", bound.rc);
                return Err(LdapError::Unreachable(why));
            }
        }
        Ok(reader)
    }

    async fn connected(&self) -> Result<Ldap, LdapError> {
        let mut last = LdapError::Unreachable("no server".to_owned());
        for address in &self.settings.urls {
            let settings = LdapConnSettings::new()
                .set_conn_timeout(self.settings.patience)
                .set_starttls(self.settings.is_starttls)
                .set_config(Arc::clone(&self.tls));
            match LdapConnAsync::with_settings(settings, address).await {
                Ok((connection, ldap)) => {
                    tokio::spawn(async move {
                        if let Err(error) = connection.drive().await {
                            tracing::debug!(%error, "a connection to the directory ended");
                        }
                    });
                    return Ok(ldap);
                }
                Err(error) => last = down(&error),
            }
        }
        Err(last)
    }

    fn timely<'a>(&self, ldap: &'a mut Ldap) -> &'a mut Ldap {
        ldap.with_timeout(self.settings.patience)
    }

    async fn search(
        &self,
        ldap: &mut Ldap,
        base: &str,
        filter: &str,
        most: i32,
    ) -> Result<Vec<Entry>, LdapError> {
        let seconds = i32::try_from(self.settings.patience.as_secs()).unwrap_or(i32::MAX);
        let options = SearchOptions::new().sizelimit(most).timelimit(seconds);
        let ldap = self.timely(ldap).with_search_options(options);
        let found = ldap
            .search(base, Scope::Subtree, filter, entry::WANTED)
            .await
            .map_err(|error| down(&error))?;
        let (entries, result) = (found.0, found.1);
        // 4: more than asked for; 32: no such place. Both find nobody in particular.
        if !matches!(result.rc, 0 | 4 | 32) {
            return Err(LdapError::Unreachable(format!("a search gave code {}", result.rc)));
        }
        Ok(entries
            .into_iter()
            .filter(|entry| !entry.is_ref() && !entry.is_intermediate())
            .map(|entry| Entry::of(SearchEntry::construct(entry)))
            .collect())
    }

    /// Gives the groups of a member, and the groups that these are in; circles end by themselves.
    async fn groups(&self, ldap: &mut Ldap, dn: &str) -> Result<Vec<String>, LdapError> {
        let mut names = Vec::new();
        if self.settings.group_base.is_empty() {
            return Ok(names);
        }
        let mut seen = BTreeSet::from([dn.to_lowercase()]);
        let mut wave = vec![dn.to_owned()];
        for _ in 0..DEPTH {
            let mut next = Vec::new();
            for member in std::mem::take(&mut wave) {
                let filter = self.settings.group_filter.replace("{dn}", &ldap_escape(member));
                for group in self.search(ldap, &self.settings.group_base, &filter, 0).await? {
                    if seen.len() < GROUPS && seen.insert(group.dn.to_lowercase()) {
                        names.extend(group.common_name());
                        names.push(group.dn.clone());
                        next.push(group.dn);
                    }
                }
            }
            if next.is_empty() {
                break;
            }
            wave = next;
        }
        Ok(names)
    }
}

fn down(error: &ldap3::LdapError) -> LdapError {
    LdapError::Unreachable(error.to_string())
}

/// Gives what trusts the public certificates and one of the house.
fn trusting(authority: Option<&str>) -> Result<rustls::ClientConfig, LdapError> {
    let wrong = |error: &dyn fmt::Display| LdapError::Settings(error.to_string());
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(text) = authority {
        for certificate in CertificateDer::pem_slice_iter(text.as_bytes()) {
            let certificate = certificate.map_err(|error| wrong(&error))?;
            roots.add(certificate).map_err(|error| wrong(&error))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> Settings {
        Settings {
            urls: vec![url.to_owned()],
            is_starttls: false,
            authority: None,
            bind_dn: String::new(),
            bind_password: "hidden".to_owned(),
            base: "dc=example".to_owned(),
            filter: "(mail={login})".to_owned(),
            group_base: String::new(),
            group_filter: String::new(),
            patience: Duration::from_secs(1),
        }
    }

    #[test]
    fn passwords_never_go_in_the_clear_over_a_network() {
        let is_taken = |url| Directory::new(settings(url)).is_ok();
        let is_taken_with_tls =
            |url| Directory::new(Settings { is_starttls: true, ..settings(url) }).is_ok();
        assert!(is_taken("ldaps://ad.example"));
        assert!(is_taken_with_tls("ldap://ad.example"));
        assert!(is_taken("ldap://127.0.0.1:3890"), "this machine");
        assert!(!is_taken("ldap://ad.example"));
        assert!(!is_taken_with_tls("http://ad.example"));
        assert!(!is_taken_with_tls("nothing"));
        let blind = Settings { filter: "(uid=x)".to_owned(), ..settings("ldaps://a") };
        assert!(Directory::new(blind).is_err(), "everybody would be the same person");
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert!(!format!("{:?}", settings("ldaps://a")).contains("hidden"));
    }

    #[tokio::test]
    async fn an_empty_password_is_wrong_before_anybody_is_asked() {
        let nowhere = Directory::new(settings("ldap://127.0.0.1:9")).unwrap();
        assert!(matches!(nowhere.sign_in("sami", "").await, Err(LdapError::Wrong)));
        assert!(matches!(nowhere.sign_in("", "x").await, Err(LdapError::Wrong)));
        assert!(matches!(nowhere.sign_in("sami", "x").await, Err(LdapError::Unreachable(_))));
    }
}
