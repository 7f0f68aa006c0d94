//! The parties above and below a party in a view, and what a tree shows of each.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PartyId};
use orchestre_domain::party::{BuiltInView, PartyKind};
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::scope::condition;
use crate::sql::Sql;
use crate::work::Work;

/// A link of a view as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The party above.
    pub parent: PartyId,
    /// The party below.
    pub child: PartyId,
    /// The share.
    pub share_ppm: i64,
    /// Since when; open when 0001-01-01.
    pub since: Date,
}

/// A party as a tree shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyCard {
    /// The party.
    pub party: PartyId,
    /// The name on the day.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// The city.
    pub city: Option<String>,
    /// The country.
    pub country: Option<String>,
    /// The account to which it belongs on the day, and that account's name.
    pub account: Option<(AccountId, String)>,
}

/// Gives the links that are reached from a party: `from` is the end that is known, `to` the other.
///
/// The view is carried from step to step, so that both engines look each step up by view and party.
fn around(from: &str, to: &str) -> String {
    format!(
        "WITH RECURSIVE found (view_id, parent_id, child_id, share_ppm, valid_from, depth) AS (\
         SELECT l.view_id, l.parent_id, l.child_id, l.share_ppm, l.valid_from, CAST(1 AS BIGINT) \
         FROM party_links l WHERE l.view_id = $1 AND l.{from} = $2 \
         AND l.valid_from <= $3 AND $3 < l.valid_to \
         UNION SELECT l.view_id, l.parent_id, l.child_id, l.share_ppm, l.valid_from, f.depth + 1 \
         FROM found f JOIN party_links l ON l.view_id = f.view_id AND l.{from} = f.{to} \
         WHERE f.depth < 40 AND l.valid_from <= $3 AND $3 < l.valid_to) \
         SELECT DISTINCT parent_id, child_id, share_ppm, valid_from FROM found \
         ORDER BY parent_id, child_id"
    )
}

impl Work<'_> {
    /// Gives the links of a view above and below a party on a day: any depth, both ways.
    ///
    /// Links are structure and carry no figures; the caller shows only parties that
    /// [`Work::party_cards`] gives to the viewer.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_links_around(
        &mut self,
        view: BuiltInView,
        party: PartyId,
        as_of: Date,
    ) -> Result<(Vec<Link>, Vec<Link>), StoreError> {
        let below = around("parent_id", "child_id");
        let above = around("child_id", "parent_id");
        let above = self.links(above, view, party, as_of).await?;
        Ok((above, self.links(below, view, party, as_of).await?))
    }

    async fn links(
        &mut self,
        text: String,
        view: BuiltInView,
        party: PartyId,
        as_of: Date,
    ) -> Result<Vec<Link>, StoreError> {
        let asked = Sql::built(text).bind(view.id()).bind(party.as_i64()).bind(as_of.to_string());
        let rows = self.rows(asked).await?;
        rows.iter()
            .map(|row| {
                Ok(Link {
                    parent: PartyId(row.get("parent_id")?),
                    child: PartyId(row.get("child_id")?),
                    share_ppm: row.get("share_ppm")?,
                    since: row.day("valid_from")?,
                })
            })
            .collect()
    }

    /// Gives what a tree shows of these parties; parties of accounts that the viewer does not see
    /// are left out, parties of no account are shown when the viewer sees every account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn party_cards(
        &mut self,
        viewer: &Viewer,
        parties: &[PartyId],
        as_of: Date,
    ) -> Result<Vec<PartyCard>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Account), "m.account_id", 2);
        let mut cards: Vec<PartyCard> = Vec::with_capacity(parties.len());
        for some in parties.chunks(500) {
            let ids: Vec<i64> = some.iter().copied().map(PartyId::as_i64).collect();
            let (places, ids) = Sql::places(&ids, 2 + values.len());
            let text = format!(
                "SELECT p.id, COALESCE(n.name, p.name) AS name, p.kind, p.city, p.country, \
                 m.account_id, r.name AS account_name FROM parties p \
                 LEFT JOIN party_names n ON n.party_id = p.id \
                 AND n.valid_from <= $1 AND $1 < n.valid_to \
                 LEFT JOIN account_parties m ON m.party_id = p.id \
                 AND m.valid_from <= $1 AND $1 < m.valid_to \
                 LEFT JOIN accounts a ON a.id = m.account_id \
                 LEFT JOIN parties r ON r.id = a.party_id \
                 WHERE {seen} AND p.id IN ({places}) ORDER BY p.id"
            );
            let asked = Sql::built(text).bind(as_of.to_string());
            for row in self.rows(asked.bind_all(values.clone()).bind_all(ids)).await? {
                let account = row.opt::<i64>("account_id")?.map(AccountId);
                cards.push(PartyCard {
                    party: PartyId(row.get("id")?),
                    name: row.get("name")?,
                    kind: row.word("kind", PartyKind::parse)?,
                    city: row.opt("city")?,
                    country: row.opt("country")?,
                    account: account.zip(row.opt("account_name")?),
                });
            }
        }
        cards.dedup_by_key(|card| card.party);
        Ok(cards)
    }

    /// Gives the number of people who work at each of these parties on a day, where the viewer
    /// reads people.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn people_counts(
        &mut self,
        viewer: &Viewer,
        parties: &[PartyId],
        as_of: Date,
    ) -> Result<Vec<(PartyId, i64)>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Person), "m.account_id", 2);
        let mut counts = Vec::new();
        for some in parties.chunks(500) {
            let ids: Vec<i64> = some.iter().copied().map(PartyId::as_i64).collect();
            let (places, ids) = Sql::places(&ids, 2 + values.len());
            let text = format!(
                "SELECT f.party_id, CAST(COUNT(*) AS BIGINT) AS people FROM affiliations f \
                 LEFT JOIN account_parties m ON m.party_id = f.party_id \
                 AND m.valid_from <= $1 AND $1 < m.valid_to \
                 WHERE f.valid_from <= $1 AND $1 < f.valid_to AND {seen} \
                 AND f.party_id IN ({places}) GROUP BY f.party_id"
            );
            let asked = Sql::built(text).bind(as_of.to_string());
            for row in self.rows(asked.bind_all(values.clone()).bind_all(ids)).await? {
                counts.push((PartyId(row.get("party_id")?), row.get("people")?));
            }
        }
        Ok(counts)
    }
}
