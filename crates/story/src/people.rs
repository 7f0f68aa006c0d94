//! Our 39 people and the customers' 126, and `people.csv`.

mod customers;
mod email;
mod staff;

use crate::accounts::Facts;
use crate::calendar::Calendar;
use crate::table::Sheet;
pub(crate) use customers::Customer;
pub(crate) use email::address;
pub(crate) use staff::Staff;

/// A line of `people.csv`; what is empty says nothing.
#[derive(Debug, Clone, Default)]
struct Row {
    id: String,
    side: String,
    first_name: String,
    last_name: String,
    title: String,
    function: String,
    email: String,
    language: String,
    organization: String,
    from: String,
    to: String,
    buying_roles: String,
    influence: String,
    stance: String,
    strength: String,
    assessed_on: String,
    author: String,
    motive: String,
    role: String,
    account: String,
    fte: String,
}

const HEADINGS: &str = "id,side,first_name,last_name,title,function,email,language,organization,from,to,\
    buying_roles,influence,stance,strength,assessed_on,author,motive,role,account,fte";

/// Reads both tables.
pub(crate) fn all() -> (Vec<Staff>, Vec<Customer>) {
    (staff::all(), customers::all())
}

/// Gives `people.csv`: ours first, for they are the authors of what is said about theirs.
pub(crate) fn file(
    calendar: Calendar,
    staff: &[Staff],
    customers: &[Customer],
    facts: &[Facts],
) -> String {
    let ours = staff.iter().flat_map(|person| person.rows(calendar));
    let theirs = customers.iter().flat_map(|person| person.rows(calendar, facts));
    let mut sheet = Sheet::new(HEADINGS);
    for row in ours.chain(theirs) {
        sheet.row([
            row.id,
            row.side,
            row.first_name,
            row.last_name,
            row.title,
            row.function,
            row.email,
            row.language,
            row.organization,
            row.from,
            row.to,
            row.buying_roles,
            row.influence,
            row.stance,
            row.strength,
            row.assessed_on,
            row.author,
            row.motive,
            row.role,
            row.account,
            row.fte,
        ]);
    }
    sheet.finish()
}

/// Splits a full name; an academic title stays with the first name, `_` joins two first names.
fn split_name(name: &str) -> (String, String) {
    let titled = ["Dr. ", "Ing. ", "Pr. "]
        .into_iter()
        .find_map(|title| Some((title, name.strip_prefix(title)?)));
    let (title, bare) = titled.unwrap_or(("", name));
    let (first, last) = bare.split_once(' ').unwrap_or(("", bare));
    (format!("{title}{}", first.replace('_', " ")), last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_after_the_first_name() {
        assert_eq!(
            split_name("Dr. Ingrid Sollinger"),
            ("Dr. Ingrid".to_owned(), "Sollinger".to_owned())
        );
        assert_eq!(
            split_name("Joost van der Meulen"),
            ("Joost".to_owned(), "van der Meulen".to_owned())
        );
        assert_eq!(
            split_name("José_Luis Terradas"),
            ("José Luis".to_owned(), "Terradas".to_owned())
        );
    }

    #[test]
    fn every_person_is_read() {
        let (staff, customers) = all();
        assert_eq!(staff.len(), 39);
        assert_eq!(customers.len(), 126);
        assert_eq!(customers.iter().filter(|person| person.is_placeholder()).count(), 4);
    }
}
