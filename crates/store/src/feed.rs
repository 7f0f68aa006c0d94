//! Reading what was done: per account and for all of a viewer's accounts, newest first.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::event::EventName;
use orchestre_domain::fold::fold;
use orchestre_domain::id::{AccountId, EventId, LoginId};
use orchestre_domain::permission::{Capability, Object, Rows, Scope, may, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// An entry of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRow {
    /// The event.
    pub id: EventId,
    /// Its name.
    pub name: EventName,
    /// When, µs.
    pub at: i64,
    /// Who, as the login is called.
    pub who: Option<String>,
    /// The account that it concerns.
    pub account: Option<AccountId>,
    /// The account's name.
    pub account_name: Option<String>,
    /// By which login; `None` for the local shell and for the program itself.
    pub login: Option<LoginId>,
    /// The kind of object.
    pub object: String,
    /// The object's number.
    pub object_id: Option<i64>,
    /// Closed words, ids and amounts, one `key=value` a line.
    pub payload: String,
    /// The person of ours whom it was done to or for, by name: who got a role, whose eyes.
    pub whom: Option<String>,
    /// In whose place, `for` a lender or `as` another: the word and the name.
    pub stead: Option<(&'static str, String)>,
}

/// What is looked for in the feed; what is not set is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedAsk {
    /// What concerns an account.
    pub account: Option<AccountId>,
    /// What a login did.
    pub login: Option<LoginId>,
    /// What was done to this kind of object.
    pub object: Option<String>,
    /// What was done to the object of this number.
    pub object_id: Option<i64>,
    /// Only events of these names; none means all.
    pub names: Vec<EventName>,
    /// Later than this instant, µs.
    pub since: Option<i64>,
    /// Earlier than this instant, µs.
    pub until: Option<i64>,
    /// A text: it is found in who, in the account, or in the events that are called so.
    pub words: Option<Words>,
    /// Only what stands behind this entry: its instant (µs) and its id.
    pub before: Option<(i64, i64)>,
    /// Entries at most.
    pub limit: usize,
}

/// A text to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The folded text.
    pub folded: String,
    /// The events whose words, in the reader's language, hold it.
    pub names: Vec<EventName>,
}

/// The condition of a question, with its values.
struct Where {
    text: String,
    values: Vec<Value>,
}

impl Where {
    /// Adds a condition on one value; `$` stands for its place.
    fn and(&mut self, condition: &str, value: Option<impl Into<Value>>) {
        let Some(value) = value else { return };
        self.values.push(value.into());
        let place = format!("${}", self.values.len());
        let condition = condition.replace('$', &place);
        self.text = format!("{} AND {condition}", self.text);
    }

    /// Gives the places of these values in the text.
    fn places(&mut self, values: impl IntoIterator<Item = Value>) -> String {
        let places = values.into_iter().map(|value| {
            self.values.push(value);
            format!("${}", self.values.len())
        });
        places.collect::<Vec<_>>().join(", ")
    }

    /// Gives the places of the words of events.
    fn names(&mut self, names: &[EventName]) -> String {
        self.places(names.iter().map(|name| name.as_str().into()))
    }
}

impl Work<'_> {
    /// Gives entries that the viewer may see, newest first.
    ///
    /// Entries without an account (imports, settings) are for those who read of all accounts;
    /// sign-ins and reads of opinions only for those who read logins.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn feed(
        &mut self,
        viewer: &Viewer,
        ask: &FeedAsk,
    ) -> Result<Vec<FeedRow>, StoreError> {
        let (text, values) = seen(viewer, 1);
        let mut found = Where { text, values };
        found.and("e.account_id = $", ask.account.map(AccountId::as_i64));
        found.and("e.login_id = $", ask.login.map(LoginId::as_i64));
        found.and("e.object = $", ask.object.as_ref());
        found.and("e.object_id = $", ask.object_id);
        found.and("e.at > $", ask.since);
        found.and("e.at < $", ask.until);
        if !ask.names.is_empty() {
            let places = found.names(&ask.names);
            found.text = format!("{} AND e.name IN ({places})", found.text);
        }
        if let Some((at, id)) = ask.before {
            let (at, id) = (found.places([at.into()]), found.places([id.into()]));
            let behind = format!("(e.at < {at} OR (e.at = {at} AND e.id < {id}))");
            found.text = format!("{} AND {behind}", found.text);
        }
        if let Some(words) = &ask.words {
            let spoken = self.spoken(&mut found, words).await?;
            found.text = format!("{} AND ({spoken})", found.text);
        }
        let text = format!(
            "SELECT e.id, e.name, e.at, l.name AS who, e.account_id, p.name AS account_name, \
             e.login_id, e.object, e.object_id, e.payload \
             FROM events e LEFT JOIN logins l ON l.id = e.login_id LEFT JOIN accounts a ON a.id = e.account_id \
             LEFT JOIN parties p ON p.id = a.party_id WHERE {} ORDER BY e.at DESC, e.id DESC LIMIT {}",
            found.text, ask.limit
        );
        let rows = self.rows(Sql::built(text).bind_all(found.values)).await?;
        let entries = rows.iter().filter_map(|row| entry(row).transpose());
        let mut feed = entries.collect::<Result<Vec<_>, _>>()?;
        self.name_people(&mut feed).await?;
        Ok(feed)
    }

    /// Gives the condition that an entry speaks of a text.
    async fn spoken(&mut self, found: &mut Where, words: &Words) -> Result<String, StoreError> {
        let account = found.places([format!("%{}%", words.folded).into()]);
        let mut spoken = format!("p.folded LIKE {account}");
        let people = self.rows(sql("SELECT id, name FROM logins")).await?;
        let mut logins: Vec<Value> = Vec::new();
        for row in people {
            if fold(&row.get::<String>("name")?).contains(&words.folded) {
                logins.push(row.get::<i64>("id")?.into());
            }
        }
        if !logins.is_empty() {
            let places = found.places(logins);
            spoken = format!(
                "{spoken} OR e.login_id IN ({places}) \
                 OR (e.object IN ('login', 'right', 'watch') AND e.object_id IN ({places}))"
            );
        }
        if !words.names.is_empty() {
            spoken = format!("{spoken} OR e.name IN ({})", found.names(&words.names));
        }
        Ok(spoken)
    }

    /// Fills in the names of those in whose place something was done, and of those to whom.
    async fn name_people(&mut self, feed: &mut [FeedRow]) -> Result<(), StoreError> {
        let steads = feed.iter().filter_map(|row| Some(stead(&row.payload)?.1.as_i64()));
        let logins: BTreeSet<i64> = steads.chain(feed.iter().filter_map(login_of)).collect();
        let logins = self.names_of("logins", logins).await?;
        let persons: BTreeSet<i64> = feed.iter().filter_map(person_of).collect();
        let persons = self.names_of("persons", persons).await?;
        for row in feed {
            let stead = stead(&row.payload);
            row.stead =
                stead.and_then(|(word, login)| Some((word, logins.get(&login.as_i64())?.clone())));
            let login = login_of(row).and_then(|id| logins.get(&id));
            let person = || person_of(row).and_then(|id| persons.get(&id));
            row.whom = login.or_else(person).cloned();
        }
        Ok(())
    }

    async fn names_of(
        &mut self,
        table: &'static str,
        ids: BTreeSet<i64>,
    ) -> Result<BTreeMap<i64, String>, StoreError> {
        let mut names = BTreeMap::new();
        for some in ids.into_iter().collect::<Vec<_>>().chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let text = format!("SELECT id, name FROM {table} WHERE id IN ({places})");
            for row in self.rows(Sql::built(text).bind_all(values)).await? {
                names.insert(row.get("id")?, row.get("name")?);
            }
        }
        Ok(names)
    }

    /// Takes or renews a lease; says whether `holder` has it.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn lease(
        &mut self,
        name: &str,
        holder: i64,
        now: i64,
        until: i64,
    ) -> Result<bool, StoreError> {
        let text = "INSERT INTO leases (name, holder, until_at) VALUES ($1, $2, $3) \
                    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at \
                    WHERE leases.holder = excluded.holder OR leases.until_at < $4";
        Ok(self.run(sql(text).bind(name).bind(holder).bind(until).bind(now)).await? > 0)
    }
}

/// Gives the condition that a viewer may see the event `e`, with its values from `$first` on.
pub(crate) fn seen(viewer: &Viewer, first: usize) -> (String, Vec<Value>) {
    let reach = rows(viewer, Object::Event);
    let (seen, values) = condition(&reach, "e.account_id", first);
    let company = match &reach {
        Rows::AllBut(_) => " OR e.account_id IS NULL",
        Rows::Only(_) => "",
    };
    let logins = if may(viewer, Capability::Read, Object::Login, Scope::Company) {
        ""
    } else {
        " AND e.object <> 'login' AND e.name <> 'opinion.read'"
    };
    (format!("({seen}{company}){logins}"), values)
}

/// Reads an entry; `None` for an event that this program does not know.
fn entry(row: &Row) -> Result<Option<FeedRow>, StoreError> {
    let Some(name) = EventName::parse(&row.get::<String>("name")?) else { return Ok(None) };
    Ok(Some(FeedRow {
        id: EventId(row.get("id")?),
        name,
        at: row.get("at")?,
        who: row.opt("who")?,
        account: row.opt("account_id")?.map(AccountId),
        account_name: row.opt("account_name")?,
        login: row.opt("login_id")?.map(LoginId),
        object: row.get("object")?,
        object_id: row.opt("object_id")?,
        payload: row.get("payload")?,
        whom: None,
        stead: None,
    }))
}

/// Gives the login to whom something was done, unless somebody did it to themselves.
fn login_of(row: &FeedRow) -> Option<i64> {
    let id = match row.object.as_str() {
        "login" | "right" | "watch" => row.object_id?,
        "delegation" => {
            let to = row.payload.lines().find_map(|line| line.strip_prefix("to="))?;
            LoginId::parse(to)?.as_i64()
        }
        _ => return None,
    };
    (row.login.map(LoginId::as_i64) != Some(id)).then_some(id)
}

/// Gives the person of ours who was assigned to an account.
fn person_of(row: &FeedRow) -> Option<i64> {
    row.object_id.filter(|_| row.name == EventName::AssignmentSet)
}

/// Reads in whose place something was done.
fn stead(payload: &str) -> Option<(&'static str, LoginId)> {
    payload.lines().find_map(|line| match line.split_once('=')? {
        ("for", login) => Some(("for", LoginId::parse(login)?)),
        ("as", login) => Some(("as", LoginId::parse(login)?)),
        _ => None,
    })
}
