//! Who signs in, and what is set before the first file.

use crate::people;

/// What the demo sets beside its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// The name of the company that runs the programme.
    pub company: &'static str,
    /// The name of the programme.
    pub name: &'static str,
    /// The currency of reports.
    pub currency: &'static str,
    /// The first month of the fiscal year.
    pub fiscal_start: i64,
    /// The people who sign in.
    pub logins: Vec<StoryLogin>,
    /// Pairs of account codes between which a wall stands.
    pub walls: Vec<(String, String)>,
    /// The holiday during which one stands in for another.
    pub loans: Vec<StoryLoan>,
}

/// Rights that one person lends to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLoan {
    /// The code of who lends.
    pub from: String,
    /// The code of who stands in.
    pub to: String,
    /// The codes of the accounts.
    pub accounts: Vec<String>,
    /// Days from T to the first day and to the last.
    pub days: (i64, i64),
}

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryLogin {
    /// The code of the person in `people.csv`.
    pub code: String,
    /// The full name.
    pub name: String,
    /// The address of the sign-in.
    pub email: String,
    /// The role: `PD`, `KAM`, `SP`, `FIN`, `REL` or `OPS`.
    pub role: String,
    /// The country for which alone the role is held.
    pub country: Option<&'static str>,
    /// The language of the pages: `fr` or `en`.
    pub language: String,
    /// The codes of the accounts; empty for all.
    pub accounts: Vec<String>,
}

/// The sign-ins in the order in which the demo shows them, with role and language.
const LOGINS: [(&str, &str, &str); 9] = [
    ("S02", "PD", "fr"),
    ("S09", "KAM", "fr"),
    ("S10", "KAM", "en"),
    ("S05", "SP", "en"),
    ("S25", "FIN", "fr"),
    ("S24", "REL", "en"),
    ("S34", "OPS", "en"),
    ("S11", "KAM", "en"),
    ("S16", "REL", "en"),
];

/// Who holds the role for one country alone.
const COUNTRIES: [(&str, &str); 1] = [("S16", "DE")];

/// Gives the sign-ins, the wall and the settings of the story; they are the same for every T.
pub fn programme(_t: jiff::civil::Date) -> Programme {
    let (staff, _) = people::all();
    let login = |&(code, role, language): &(&str, &str, &str)| {
        let person = staff.iter().find(|person| person.code == code)?;
        let held =
            person.assignments.iter().filter(|held| held.role == role && !held.account.is_empty());
        Some(StoryLogin {
            code: code.to_owned(),
            name: person.name.to_owned(),
            email: person.email(),
            role: role.to_owned(),
            country: COUNTRIES
                .iter()
                .find(|(known, _)| *known == code)
                .map(|(_, country)| *country),
            language: language.to_owned(),
            accounts: held.map(|held| format!("{}0", held.account)).collect(),
        })
    };
    Programme {
        company: "Groupe Ardenval",
        name: "Cap Clients",
        currency: "EUR",
        fiscal_start: 4,
        logins: LOGINS.iter().filter_map(login).collect(),
        walls: vec![("LYS0".to_owned(), "HAR0".to_owned())],
        loans: vec![StoryLoan {
            from: "S09".to_owned(),
            to: "S11".to_owned(),
            accounts: vec!["UNI0".to_owned(), "CEL0".to_owned()],
            days: (0, 13),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_people_sign_in() {
        let programme = programme(crate::FROZEN_T);
        assert_eq!(programme.logins.len(), 9);
        let kam = programme.logins.iter().find(|login| login.code == "S09").unwrap();
        assert_eq!(kam.email, "aminata.lefort@ardenval.example");
        assert_eq!(kam.accounts, ["LYS0", "UNI0", "CEL0"]);
        let director = programme.logins.iter().find(|login| login.role == "PD").unwrap();
        assert!(director.accounts.is_empty());
    }
}
