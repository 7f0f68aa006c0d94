//! What the records say that happened at a viewer's accounts between two days.

use std::collections::BTreeSet;

use jiff::civil::Date;
use orchestre_domain::id::AccountId;
use orchestre_domain::permission::Object;
use orchestre_domain::viewer::Viewer;

use crate::alarms::within;
use crate::error::StoreError;
use crate::scope::condition;
use crate::sql::Sql;
use crate::work::Work;

/// Something that happened in the customers' world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// `person_arrived`, `person_left`, `opportunity_moved`, `tier_set` or `status_set`.
    pub code: &'static str,
    /// At which account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// The person or the opportunity.
    pub object_id: Option<i64>,
    /// The name of the person or the opportunity.
    pub title: Option<String>,
    /// The party of the person; the stage, tier or status as a word.
    pub detail: String,
    /// When.
    pub day: Date,
}

/// A kind of news: its code, the right it needs, and its rows as `object_id`, `title`, `detail`,
/// `day`, found through `m`.
struct Kind {
    code: &'static str,
    object: Object,
    text: &'static str,
}

const KINDS: &[Kind] = &[
    Kind {
        code: "person_arrived",
        object: Object::Person,
        text: "h.id AS object_id, h.name AS title, t.name AS detail, f.valid_from AS day \
               FROM account_parties m JOIN affiliations f ON f.party_id = m.party_id \
               JOIN persons h ON h.id = f.person_id AND h.side <> 'supplier' \
               JOIN parties t ON t.id = f.party_id \
               JOIN accounts a ON a.id = m.account_id JOIN parties p ON p.id = a.party_id \
               WHERE m.valid_from <= $2 AND $2 < m.valid_to AND f.valid_from > $1 AND f.valid_from <= $2",
    },
    Kind {
        code: "person_left",
        object: Object::Person,
        text: "h.id AS object_id, h.name AS title, t.name AS detail, f.valid_to AS day \
               FROM account_parties m JOIN affiliations f ON f.party_id = m.party_id \
               JOIN persons h ON h.id = f.person_id AND h.side <> 'supplier' \
               JOIN parties t ON t.id = f.party_id \
               JOIN accounts a ON a.id = m.account_id JOIN parties p ON p.id = a.party_id \
               WHERE m.valid_from <= $2 AND $2 < m.valid_to AND f.valid_to > $1 AND f.valid_to <= $2",
    },
    Kind {
        code: "opportunity_moved",
        object: Object::Opportunity,
        text: "q.id AS object_id, q.name AS title, g.stage AS detail, g.since AS day \
               FROM account_parties m JOIN opportunities q ON q.party_id = m.party_id \
               JOIN opportunity_stages g ON g.opportunity_id = q.id \
               JOIN accounts a ON a.id = m.account_id JOIN parties p ON p.id = a.party_id \
               WHERE m.valid_from <= $2 AND $2 < m.valid_to AND g.since > $1 AND g.since <= $2",
    },
    Kind {
        code: "status_set",
        object: Object::Account,
        text: "m.id AS object_id, p.name AS title, s.value AS detail, s.valid_from AS day \
               FROM accounts m JOIN account_states s ON s.account_id = m.id AND s.field = 'status' \
               JOIN parties p ON p.id = m.party_id WHERE s.valid_from > $1 AND s.valid_from <= $2",
    },
    Kind {
        code: "tier_set",
        object: Object::Account,
        text: "m.id AS object_id, p.name AS title, s.value AS detail, s.valid_from AS day \
               FROM accounts m JOIN account_states s ON s.account_id = m.id AND s.field = 'tier' \
               JOIN parties p ON p.id = m.party_id WHERE s.valid_from > $1 AND s.valid_from <= $2",
    },
];

impl Work<'_> {
    /// Gives what happened at the accounts of `focus` after one day and up to another, the newest
    /// first, at most `limit` of each kind.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn news(
        &mut self,
        viewer: &Viewer,
        focus: &BTreeSet<AccountId>,
        (after, until): (Date, Date),
        limit: usize,
    ) -> Result<Vec<News>, StoreError> {
        let mut news = Vec::new();
        for kind in KINDS {
            let column = match kind.object {
                Object::Account => "m.id",
                _ => "m.account_id",
            };
            let (seen, values) = condition(&within(viewer, kind.object, focus), column, 3);
            let text = format!(
                "SELECT {column} AS account_id, p.name AS account_name, {} AND {seen} \
                 ORDER BY day DESC, object_id LIMIT {limit}",
                kind.text
            );
            let asked = Sql::built(text).bind(after.to_string()).bind(until.to_string());
            for row in self.rows(asked.bind_all(values)).await? {
                news.push(News {
                    code: kind.code,
                    account: AccountId(row.get("account_id")?),
                    account_name: row.get("account_name")?,
                    object_id: row.opt("object_id")?,
                    title: row.opt("title")?,
                    detail: row.get("detail")?,
                    day: row.day("day")?,
                });
            }
        }
        news.sort_by(|a, b| b.day.cmp(&a.day).then(a.account_name.cmp(&b.account_name)));
        Ok(news)
    }
}
