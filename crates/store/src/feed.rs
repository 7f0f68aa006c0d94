//! Reading what was done: per account and for all of a viewer's accounts, newest first.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::event::EventName;
use orchestre_domain::id::{AccountId, EventId, LoginId};
use orchestre_domain::permission::{Capability, Object, Rows, Scope, may, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
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
    /// In whose place, `for` a lender or `as` another: the word and the name.
    pub stead: Option<(&'static str, String)>,
}

impl Work<'_> {
    /// Gives entries that the viewer may see, newest first: of one account, or of all; later than
    /// `since`.
    ///
    /// Entries without an account (imports, settings) are for those who read of all accounts;
    /// sign-ins only for those who read logins.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn feed(
        &mut self,
        viewer: &Viewer,
        account: Option<AccountId>,
        since: i64,
        limit: usize,
    ) -> Result<Vec<FeedRow>, StoreError> {
        let reach = rows(viewer, Object::Event);
        let mut values: Vec<Value> = vec![since.into()];
        let (seen, some) = condition(&reach, "e.account_id", 2);
        values.extend(some);
        let company = match &reach {
            Rows::AllBut(_) => " OR e.account_id IS NULL",
            Rows::Only(_) => "",
        };
        let mut text = format!(
            "SELECT e.id, e.name, e.at, l.name AS who, e.account_id, p.name AS account_name, \
             e.login_id, e.object, e.object_id, e.payload \
             FROM events e LEFT JOIN logins l ON l.id = e.login_id LEFT JOIN accounts a ON a.id = e.account_id \
             LEFT JOIN parties p ON p.id = a.party_id WHERE e.at > $1 AND ({seen}{company})"
        );
        if !may(viewer, Capability::Read, Object::Login, Scope::Company) {
            text.push_str(" AND e.object <> 'login'");
        }
        if let Some(account) = account {
            text = format!("{text} AND e.account_id = ${}", values.len() + 1);
            values.push(account.as_i64().into());
        }
        text = format!("{text} ORDER BY e.at DESC, e.id DESC LIMIT {limit}");
        let mut feed = Vec::new();
        for row in self.rows(Sql::built(text).bind_all(values)).await? {
            let Some(name) = EventName::parse(&row.get::<String>("name")?) else { continue };
            feed.push(FeedRow {
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
                stead: None,
            });
        }
        self.name_steads(&mut feed).await?;
        Ok(feed)
    }

    /// Fills in the names of those in whose place something was done.
    async fn name_steads(&mut self, feed: &mut [FeedRow]) -> Result<(), StoreError> {
        let ids: BTreeSet<i64> =
            feed.iter().filter_map(|row| Some(stead(&row.payload)?.1.as_i64())).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let (places, values) = Sql::places(&ids.into_iter().collect::<Vec<_>>(), 1);
        let text = format!("SELECT id, name FROM logins WHERE id IN ({places})");
        let mut names = BTreeMap::new();
        for row in self.rows(Sql::built(text).bind_all(values)).await? {
            names.insert(LoginId(row.get("id")?), row.get::<String>("name")?);
        }
        for row in feed {
            let stead = stead(&row.payload);
            row.stead = stead.and_then(|(word, login)| Some((word, names.get(&login)?.clone())));
        }
        Ok(())
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

/// Reads in whose place something was done.
fn stead(payload: &str) -> Option<(&'static str, LoginId)> {
    payload.lines().find_map(|line| match line.split_once('=')? {
        ("for", login) => Some(("for", LoginId::parse(login)?)),
        ("as", login) => Some(("as", LoginId::parse(login)?)),
        _ => None,
    })
}
