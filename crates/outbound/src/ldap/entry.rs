//! An entry of a directory, whatever the letters of its attributes' names.

use std::collections::BTreeMap;

use ldap3::SearchEntry;

use super::Told;

/// What is asked of each entry.
pub(super) const WANTED: [&str; 13] = [
    "entryUUID",
    "objectGUID",
    "nsUniqueId",
    "mail",
    "userPrincipalName",
    "displayName",
    "cn",
    "userAccountControl",
    "nsAccountLock",
    "loginDisabled",
    "pwdAccountLockedTime",
    "shadowExpire",
    "preferredLanguage",
];

/// The bits of `userAccountControl` that shut an account: disabled, locked out.
const SHUT: i64 = 0x2 | 0x10;

/// An entry.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) dn: String,
    texts: BTreeMap<String, Vec<String>>,
    bytes: BTreeMap<String, Vec<Vec<u8>>>,
}

impl Entry {
    pub(super) fn of(entry: SearchEntry) -> Self {
        Self {
            dn: entry.dn,
            texts: entry
                .attrs
                .into_iter()
                .map(|(name, values)| (name.to_lowercase(), values))
                .collect(),
            bytes: entry
                .bin_attrs
                .into_iter()
                .map(|(name, values)| (name.to_lowercase(), values))
                .collect(),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name)?.first().map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Says whether the account is shut, by the words of the usual directories.
    pub(super) fn is_shut(&self) -> bool {
        let number = |name| self.text(name).and_then(|text| text.parse::<i64>().ok());
        let is_yes = |name| self.text(name).is_some_and(|text| text.eq_ignore_ascii_case("true"));
        number("useraccountcontrol").is_some_and(|bits| bits & SHUT != 0)
            || is_yes("nsaccountlock")
            || is_yes("logindisabled")
            || self.text("pwdaccountlockedtime").is_some()
            || number("shadowexpire").is_some_and(|day| (0..=1).contains(&day))
    }

    pub(super) fn common_name(&self) -> Option<String> {
        self.text("cn").map(str::to_owned)
    }

    fn subject(&self) -> String {
        let texts = ["entryuuid", "nsuniqueid", "objectguid"];
        if let Some(text) = texts.iter().find_map(|name| self.text(name)) {
            return text.to_owned();
        }
        match self.bytes.get("objectguid").and_then(|all| all.first()) {
            Some(bytes) => bytes.iter().flat_map(|byte| hexadecimal(*byte)).collect(),
            None => self.dn.to_lowercase(),
        }
    }

    pub(super) fn told(&self, groups: Vec<String>) -> Told {
        let email = self.text("mail").or_else(|| self.text("userprincipalname"));
        let name = self.text("displayname").or_else(|| self.text("cn"));
        Told {
            subject: self.subject(),
            email: email.unwrap_or_default().trim().to_lowercase(),
            name: name.unwrap_or_default().trim().to_owned(),
            lang: self.text("preferredlanguage").unwrap_or_default().chars().take(2).collect(),
            groups,
        }
    }
}

fn hexadecimal(byte: u8) -> impl Iterator<Item = char> {
    [byte >> 4, byte & 15].into_iter().filter_map(|half| char::from_digit(u32::from(half), 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(pairs: &[(&str, &str)]) -> Entry {
        let texts = pairs
            .iter()
            .map(|(name, value)| (name.to_lowercase(), vec![(*value).to_owned()]))
            .collect();
        Entry { dn: "UID=Sami,dc=example".to_owned(), texts, bytes: BTreeMap::new() }
    }

    #[test]
    fn a_shut_account_is_known_in_each_directorys_words() {
        for shut in [
            ("userAccountControl", "514"),
            ("userAccountControl", "528"),
            ("nsAccountLock", "TRUE"),
            ("loginDisabled", "true"),
            ("pwdAccountLockedTime", "000001010000Z"),
            ("shadowExpire", "1"),
        ] {
            assert!(entry(&[shut]).is_shut(), "{shut:?}");
        }
        for open in
            [("userAccountControl", "512"), ("nsAccountLock", "FALSE"), ("shadowExpire", "-1")]
        {
            assert!(!entry(&[open]).is_shut(), "{open:?}");
        }
    }

    #[test]
    fn who_somebody_is_survives_a_new_name() {
        let told = |pairs: &[(&str, &str)]| entry(pairs).told(Vec::new());
        assert_eq!(told(&[("entryUUID", "u-1"), ("mail", " A@B.example ")]).subject, "u-1");
        assert_eq!(told(&[("mail", " A@B.example ")]).email, "a@b.example");
        assert_eq!(told(&[]).subject, "uid=sami,dc=example");
        let mut binary = entry(&[]);
        binary.bytes.insert("objectguid".to_owned(), vec![vec![0x0a, 0xff]]);
        assert_eq!(binary.told(Vec::new()).subject, "0aff");
    }
}
