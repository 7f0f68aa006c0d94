//! The ways in besides our own passwords: `[[oidc]]` tables, and what `[sign_in]` and `[ldap]` say.

use std::collections::BTreeMap;
use std::path::Path;

#[cfg(any(feature = "ldap", feature = "oidc"))]
use anyhow::Context as _;
use anyhow::bail;
#[cfg(any(feature = "ldap", feature = "oidc"))]
use orchestre_app::identity::Admission;
use orchestre_app::identity::{Identity, Rules};
use orchestre_domain::permission::Role;
use serde::Deserialize;

use super::{Config, parts};
use crate::refusal::Refusal;

/// A provider as the file names it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Its word in addresses.
    id: String,
    /// What its button says.
    name: String,
    issuer: String,
    client_id: String,
    #[serde(default)]
    client_secret: Option<String>,
    #[serde(default)]
    client_secret_file: Option<String>,
    #[serde(default = "usual_scopes")]
    scopes: Vec<String>,
    #[serde(default)]
    group_claim: String,
    #[serde(default)]
    roles: BTreeMap<String, String>,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default)]
    create: bool,
    #[serde(default)]
    trust_email: bool,
    #[serde(default)]
    #[cfg_attr(not(feature = "oidc"), expect(dead_code, reason = "known by its name"))]
    authority: Option<String>,
}

fn usual_scopes() -> Vec<String> {
    ["profile", "email"].map(str::to_owned).into()
}

/// Reads the `[[oidc]]` tables of a file; none when it is not there.
///
/// # Errors
///
/// An unknown or missing key, two providers with one id, a role or an id that is none.
pub(crate) fn entries(path: &Path) -> anyhow::Result<Vec<Entry>> {
    #[derive(Deserialize)]
    struct Tables {
        #[serde(default)]
        oidc: Vec<Entry>,
    }
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(Vec::new()) };
    let tables: Tables = toml::from_str(&text).map_err(|error| {
        // The excerpt of the parser could hold a secret.
        let what = format!("{}: {}", path.display(), error.message());
        Refusal::misuse(what, "a provider is a table [[oidc]] with id, name, issuer, client_id")
    })?;
    for (at, entry) in tables.oidc.iter().enumerate() {
        let refuse = |why: &str| Err(Refusal::misuse(format!("[[oidc]] {}: {why}", entry.id), ""));
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if entry.id.is_empty() || !entry.id.chars().all(is_word) {
            refuse("an id has small letters, digits and - only")?;
        }
        if tables.oidc.iter().skip(at + 1).any(|other| other.id == entry.id) {
            refuse("another provider has this id")?;
        }
        if entry.client_secret.is_some() && entry.client_secret_file.is_some() {
            refuse("keep client_secret or client_secret_file, not both")?;
        }
        for word in entry.roles.values() {
            if role(word).is_none() {
                refuse(&format!("{word} is no role"))?;
            }
        }
    }
    Ok(tables.oidc)
}

impl Entry {
    /// Gives the lines that `config check` shows; secrets are masked.
    pub(crate) fn shown(&self) -> Vec<(String, String)> {
        let key = |name: &str| format!("oidc.{}.{name}", self.id);
        let secret = if self.client_secret.is_some() || self.client_secret_file.is_some() {
            "***"
        } else {
            ""
        };
        let roles = self.roles.iter().map(|(group, role)| format!("{group} = {role}"));
        vec![
            (key("name"), self.name.clone()),
            (key("issuer"), self.issuer.clone()),
            (key("client_id"), self.client_id.clone()),
            (key("client_secret"), secret.to_owned()),
            (key("scopes"), self.scopes.join(" ")),
            (key("group_claim"), self.group_claim.clone()),
            (key("roles"), roles.collect::<Vec<_>>().join("; ")),
            (key("domains"), self.domains.join(", ")),
            (key("create"), self.create.to_string()),
            (key("trust_email"), self.trust_email.to_string()),
        ]
    }
}

fn role(word: &str) -> Option<Role> {
    Role::parse(word).filter(|role| *role != Role::Shell)
}

/// Reads `group = ROLE; group = ROLE`; a group may hold `=` itself.
///
/// # Errors
///
/// What is wrong.
pub(crate) fn roles(text: &str) -> Result<Vec<(String, Role)>, &'static str> {
    text.split(';')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (group, word) = pair.rsplit_once('=').ok_or("must be group = ROLE; …")?;
            let role = role(word.trim()).ok_or("names a role that is none")?;
            Ok((group.trim().to_owned(), role))
        })
        .collect()
}

fn words(text: &str) -> Vec<String> {
    parts(text).map(str::to_lowercase).collect()
}

#[cfg(any(feature = "ldap", feature = "oidc"))]
fn file(path: &str) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))
}

/// Gives the ways in of a configuration, for a program that browsers reach at `url`.
///
/// # Errors
///
/// A file that cannot be read, a provider or a directory that cannot be used, a way in that this
/// program was built without.
pub(crate) fn identity(config: &Config, url: &str) -> anyhow::Result<Identity> {
    let url = match config.get("server.public_url") {
        "" => url.to_owned(),
        public => public.trim_end_matches('/').to_owned(),
    };
    let rules = Rules {
        is_sso_only: config.is_on("sign_in.only_providers"),
        break_glass: words(config.get("sign_in.break_glass")).into_iter().collect(),
    };
    if rules.is_sso_only && rules.break_glass.is_empty() {
        let hint = "name at least one administrator in sign_in.break_glass";
        bail!(Refusal::misuse("sign_in.only_providers without a way in when they are down", hint));
    }
    Ok(Identity {
        rules,
        #[cfg(feature = "oidc")]
        providers: config.providers().iter().map(provider).collect::<anyhow::Result<_>>()?,
        #[cfg(feature = "ldap")]
        directory: directory(config)?,
        passkeys: orchestre_app::identity::passkeys::Party::at(&url),
        url,
    })
    .and_then(|identity| built_for(config).map(|()| identity))
}

/// Refuses a way in that this program was built without.
fn built_for(config: &Config) -> anyhow::Result<()> {
    let lacks = |what: &str| {
        let hint = "take the program with all features, as the package has them";
        Err(Refusal::misuse(format!("this program was built without {what}"), hint).into())
    };
    if cfg!(not(feature = "oidc")) && !config.providers().is_empty() {
        return lacks("providers ([[oidc]])");
    }
    if cfg!(not(feature = "ldap")) && !config.get("ldap.url").is_empty() {
        return lacks("directories ([ldap])");
    }
    Ok(())
}

#[cfg(feature = "oidc")]
fn provider(entry: &Entry) -> anyhow::Result<orchestre_app::identity::oidc::Provider> {
    use orchestre_app::identity::oidc::{Issuer, Provider, Settings};
    let secret = match (&entry.client_secret, &entry.client_secret_file) {
        (Some(secret), _) => Some(secret.clone()),
        (None, Some(path)) => Some(file(path)?.trim_end().to_owned()),
        (None, None) => None,
    };
    let settings = Settings {
        issuer: entry.issuer.clone(),
        client_id: entry.client_id.clone(),
        client_secret: secret,
        scopes: entry.scopes.clone(),
        group_claim: entry.group_claim.clone(),
        authority: entry.authority.as_deref().map(file).transpose()?,
    };
    let of = |(group, word): (&String, &String)| Some((group.clone(), role(word)?));
    Ok(Provider {
        id: entry.id.clone(),
        name: entry.name.clone(),
        admission: Admission {
            domains: entry.domains.iter().map(|domain| domain.to_lowercase()).collect(),
            creates: entry.create,
            trusts_email: entry.trust_email,
            roles: entry.roles.iter().filter_map(of).collect(),
        },
        issuer: Issuer::new(settings).with_context(|| format!("[[oidc]] {}", entry.id))?,
    })
}

#[cfg(feature = "ldap")]
fn directory(config: &Config) -> anyhow::Result<Option<orchestre_app::identity::ldap::Directory>> {
    use orchestre_app::identity::ldap::{Directory, Server, Settings};
    if config.get("ldap.url").is_empty() {
        return Ok(None);
    }
    let text = |key: &str| config.get(key).to_owned();
    let authority = match config.get("ldap.authority") {
        "" => None,
        path => Some(file(path)?),
    };
    let settings = Settings {
        urls: config.get("ldap.url").split_whitespace().map(str::to_owned).collect(),
        is_starttls: config.is_on("ldap.starttls"),
        authority,
        bind_dn: text("ldap.bind_dn"),
        bind_password: text("ldap.bind_password"),
        base: text("ldap.base"),
        filter: text("ldap.filter"),
        group_base: text("ldap.group_base"),
        group_filter: text("ldap.group_filter"),
        patience: std::time::Duration::from_secs(config.get("ldap.timeout").parse().unwrap_or(5)),
    };
    let admission = Admission {
        domains: words(config.get("ldap.domains")),
        creates: config.is_on("ldap.create"),
        trusts_email: true,
        roles: roles(config.get("ldap.roles")).unwrap_or_default(),
    };
    Ok(Some(Directory { admission, server: Server::new(settings).context("[ldap]")? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<Vec<Entry>> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("orchestre.toml");
        std::fs::write(&path, text).unwrap();
        entries(&path)
    }

    const HOUSE: &str = "[[oidc]]\nid = \"house\"\nname = \"House\"\nissuer = \"https://sso.example\"\nclient_id = \"kam\"\n";

    #[test]
    fn a_provider_is_read_and_its_secret_is_masked() {
        let found =
            read(&format!("{HOUSE}client_secret = \"hidden\"\nroles = {{ kam = \"KAM\" }}\n"))
                .unwrap();
        let shown = format!("{:?}", found[0].shown());
        assert!(shown.contains("***") && !shown.contains("hidden"), "{shown}");
        assert!(shown.contains("kam = KAM"), "{shown}");
    }

    #[test]
    fn what_cannot_be_right_is_refused_without_its_secrets() {
        for bad in [
            format!("{HOUSE}secret = \"hidden\"\n"),
            format!("{HOUSE}{HOUSE}"),
            format!("{HOUSE}roles = {{ x = \"SHELL\" }}\n"),
            format!("{HOUSE}client_secret = \"hidden\"\nclient_secret_file = \"x\"\n"),
            HOUSE.replace("\"house\"", "\"a/b\""),
            "[[oidc]]\nid = \"x\"\n".to_owned(),
        ] {
            let error = read(&bad).unwrap_err();
            assert!(!format!("{error:#}").contains("hidden"), "{error:#}");
        }
        assert!(read("").unwrap().is_empty());
    }

    #[test]
    fn roles_of_groups_are_read_with_whole_names_too() {
        let read = roles("kam = KAM; cn=heads,dc=example = PD;").unwrap();
        assert_eq!(
            read,
            [("kam".to_owned(), Role::Kam), ("cn=heads,dc=example".to_owned(), Role::Pd)]
        );
        assert!(roles("kam").is_err());
        assert!(roles("kam = SHELL").is_err());
        assert_eq!(roles("").unwrap(), []);
    }
}
