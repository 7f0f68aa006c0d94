//! Links on their way in, and what follows from them: the closure, the accounts and their parties.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::hierarchy::{Graph, Link, Period};
use orchestre_domain::id::PartyId;
use orchestre_domain::import::{IssueCode, Outcome};
use orchestre_domain::party::BuiltInView;
use orchestre_store::imports::{ClosureRow, LinkRecord, Records, WaitingRow, Wanted};
use orchestre_store::{StoreError, Work};

use super::fields::doubt;
use super::journal::{Journal, Source};
use super::keys::{Found, KeyMap};
use super::run::Run;
use super::tally::Doubt;
use super::woken;

mod roots;

/// A link that a file speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposal {
    pub(super) line: i64,
    pub(super) views: Vec<i64>,
    pub(super) parent: String,
    pub(super) child: String,
    pub(super) share_ppm: i64,
    pub(super) period: Period,
    pub(super) source: Option<String>,
    /// From the column of parents of an accounts file: it says who is above, not since when.
    pub(super) is_plain: bool,
}

/// Marks links that come from the column of parents of an accounts file.
const PLAIN: &str = "accounts";

/// All links, and those that a file changes.
pub(super) struct Hierarchy<'a> {
    run: &'a Run<'a>,
    pub(super) parties: KeyMap,
    links: BTreeMap<i64, LinkRecord>,
    /// The links of a view and a child.
    of_child: BTreeMap<(i64, PartyId), Vec<i64>>,
    graphs: BTreeMap<i64, Graph>,
    /// The links that change, and who says so.
    changed: BTreeMap<i64, Source>,
    /// The parties whose ancestors may have changed, by view.
    touched: BTreeMap<i64, BTreeSet<PartyId>>,
    /// The import whose links are taken in.
    import: i64,
    waiting: Vec<WaitingRow>,
    ended: Vec<WaitingRow>,
    pub(super) doubts: Vec<Doubt>,
}

impl<'a> Hierarchy<'a> {
    /// Loads all links, and takes in those that waited for a party.
    pub(super) async fn load(work: &mut Work<'_>, run: &'a Run<'a>) -> Result<Self, StoreError> {
        let mut hierarchy = Self::all(work, run).await?;
        hierarchy.wake(work).await?;
        Ok(hierarchy)
    }

    /// Loads all links to bring what follows from them to what they say; what waits goes on waiting.
    pub(super) async fn at_rest(work: &mut Work<'_>, run: &'a Run<'a>) -> Result<Self, StoreError> {
        let mut hierarchy = Self::all(work, run).await?;
        let parties: BTreeSet<PartyId> = work.system_party_kinds().await?.into_keys().collect();
        for touched in hierarchy.touched.values_mut() {
            touched.extend(&parties);
        }
        Ok(hierarchy)
    }

    async fn all(work: &mut Work<'_>, run: &'a Run<'a>) -> Result<Self, StoreError> {
        let parties = KeyMap::load(work, Records::Parties, run.answers).await?;
        let mut hierarchy = Self {
            run,
            parties,
            links: BTreeMap::new(),
            of_child: BTreeMap::new(),
            graphs: BTreeMap::new(),
            changed: BTreeMap::new(),
            touched: BTreeMap::new(),
            import: run.import,
            waiting: Vec::new(),
            ended: Vec::new(),
            doubts: Vec::new(),
        };
        for view in work.system_views().await?.into_values() {
            hierarchy.graphs.insert(view, Graph::default());
            // Who has no place yet, of this import or of one that was interrupted, gets one.
            let outside = work.system_parties_outside(view).await?;
            hierarchy.touched.insert(view, outside.into_iter().collect());
        }
        for record in work.system_links().await? {
            hierarchy.keep(record);
        }
        Ok(hierarchy)
    }

    /// Tries the links again that wait for a party.
    async fn wake(&mut self, work: &mut Work<'_>) -> Result<(), StoreError> {
        for row in work.system_waiting("link").await? {
            let Some(proposal) = written::read(&row) else { continue };
            let [parent, child] =
                [&proposal.parent, &proposal.child].map(|key| self.parties.find(&row.origin, key));
            if let (Found::One(parent), Found::One(child)) = (parent, child) {
                self.import = row.import_id;
                self.link(&proposal, PartyId(parent), PartyId(child));
                self.ended.push(row);
            }
        }
        self.import = self.run.import;
        self.doubts.clear();
        Ok(())
    }

    fn keep(&mut self, record: LinkRecord) {
        self.graphs.entry(record.view).or_default().add(record.link);
        self.of_child.entry((record.view, record.link.child)).or_default().push(record.id);
        self.links.insert(record.id, record);
    }

    /// Takes a link in, lets it wait or refuses it.
    pub(super) fn propose(&mut self, proposal: &Proposal) -> Outcome {
        let mut ends = Vec::new();
        for (field, key) in [("parent", &proposal.parent), ("child", &proposal.child)] {
            let found = self.parties.find(self.run.origin, key);
            self.doubts.extend(doubt(Wanted::Party, &found, (proposal.line, field, key)));
            ends.extend(found.id().map(PartyId));
        }
        if let [parent, child] = ends.as_slice() {
            return self.link(proposal, *parent, *child);
        }
        self.waiting.push(WaitingRow {
            id: self.run.ctx.id(),
            import_id: self.run.import,
            line: proposal.line,
            kind: "link".to_owned(),
            origin: self.run.origin.to_owned(),
            fields: written::write(proposal),
        });
        Outcome::Skip
    }

    fn link(&mut self, proposal: &Proposal, parent: PartyId, child: PartyId) -> Outcome {
        let Proposal { share_ppm, period, .. } = *proposal;
        let link = Link { parent, child, share_ppm, period };
        let outcomes: Vec<Outcome> =
            proposal.views.iter().map(|view| self.link_in(*view, proposal, link)).collect();
        let is = |outcome: Outcome| outcomes.contains(&outcome);
        [Outcome::Conflict, Outcome::Create, Outcome::Update]
            .into_iter()
            .find(|it| is(*it))
            .unwrap_or(if is(Outcome::Unchanged) { Outcome::Unchanged } else { Outcome::Skip })
    }

    fn link_in(&mut self, view: i64, proposal: &Proposal, link: Link) -> Outcome {
        let ids = self.of_child.get(&(view, link.child)).cloned().unwrap_or_default();
        let records = || ids.iter().filter_map(|id| self.links.get(id));
        let same = records().find(|known| {
            let is_pair = known.link.parent == link.parent;
            is_pair && (proposal.is_plain || known.link.period.meet(link.period).is_some())
        });
        let plain =
            || records().find(|known| proposal.is_plain && known.source.as_deref() == Some(PLAIN));
        let before = same.or_else(plain).cloned();
        let is_said = before.as_ref().is_some_and(|known| {
            proposal.is_plain && known.link.parent == link.parent || known.link == link
        });
        if is_said
            || proposal.views.len() > 1
                && before.is_none()
                && self.is_dated_elsewhere(view, proposal, link)
        {
            return Outcome::Unchanged;
        }
        if let Some(before) = &before {
            self.graphs.entry(view).or_default().remove(before.link);
        }
        if let Some(doubt) = self.refusal(view, proposal, link) {
            self.doubts.push(doubt);
            if let Some(before) = before {
                self.graphs.entry(view).or_default().add(before.link);
            }
            return Outcome::Conflict;
        }
        let (id, outcome) = match &before {
            Some(known) => (known.id, Outcome::Update),
            None => (self.run.ctx.id(), Outcome::Create),
        };
        let source =
            proposal.source.clone().or_else(|| proposal.is_plain.then(|| PLAIN.to_owned()));
        self.graphs.entry(view).or_default().add(link);
        if before.is_none() {
            self.of_child.entry((view, link.child)).or_default().push(id);
        }
        let ends =
            [link.parent, link.child].into_iter().chain(before.map(|known| known.link.parent));
        self.touched.entry(view).or_default().extend(ends);
        self.links.insert(id, LinkRecord { id, view, link, source });
        self.changed.insert(id, Source { import: self.import, line: proposal.line });
        outcome
    }

    /// Says whether a plain parent is told already by dated links of the same pair.
    fn is_dated_elsewhere(&self, view: i64, proposal: &Proposal, link: Link) -> bool {
        let ids = self.of_child.get(&(view, link.child));
        let records = ids.into_iter().flatten().filter_map(|id| self.links.get(id));
        proposal.is_plain && records.filter(|known| known.link.parent == link.parent).count() > 0
    }

    /// Gives the doubt of a link that cannot be: a circle, or two parents at once where one counts.
    fn refusal(&mut self, view: i64, proposal: &Proposal, link: Link) -> Option<Doubt> {
        let graph = self.graphs.entry(view).or_default();
        let name =
            |party: PartyId| self.parties.name_of(party.as_i64()).unwrap_or_default().to_owned();
        if let Some(way) = graph.cycle(link) {
            let path: Vec<String> = way.into_iter().map(name).collect();
            return Some(
                Doubt::new(IssueCode::LinkCycle, proposal.line).at("parent", path.join(" > ")),
            );
        }
        let overlap = graph.overlap(link).filter(|_| view == BuiltInView::Programme.id())?;
        let told =
            Doubt::new(IssueCode::LinkOverlap, proposal.line).at("parent", proposal.parent.clone());
        Some(told.with("kept", Some(name(overlap.parent))))
    }

    /// Writes the links, the closure of what they touch, and the accounts that follow.
    ///
    /// `told` are the parties whose names or addresses may have changed: search finds them anew.
    pub(super) async fn settle(
        mut self,
        work: &mut Work<'_>,
        told: BTreeSet<PartyId>,
    ) -> Result<(), StoreError> {
        self.keep_links(work).await?;
        work.system_add_waiting(std::mem::take(&mut self.waiting)).await?;
        woken::end(work, self.run, &self.ended).await?;
        for (view, touched) in &self.touched {
            let Some(graph) = self.graphs.get(view) else { continue };
            let parties = graph.component(touched.iter().copied());
            let mut rows = Vec::with_capacity(parties.len());
            for party in &parties {
                for (ancestor, reaches) in graph.ancestors(*party) {
                    rows.extend(reaches.into_iter().map(|reach| ClosureRow {
                        ancestor,
                        descendant: *party,
                        reach,
                    }));
                }
            }
            work.system_put_closure(*view, &parties, &rows).await?;
        }
        let programme = self.graphs.remove(&BuiltInView::Programme.id()).unwrap_or_default();
        roots::settle(work, self.run, (&programme, told)).await
    }

    async fn keep_links(&self, work: &mut Work<'_>) -> Result<(), StoreError> {
        let ids: Vec<i64> = self.changed.keys().copied().collect();
        let before = work.system_records(Records::Links, &ids).await?;
        let changed: Vec<LinkRecord> =
            ids.iter().filter_map(|id| self.links.get(id)).cloned().collect();
        work.system_put_links(&changed).await?;
        let mut journal = Journal::new(self.run);
        journal.compare(work, (Records::Links, &before), &self.changed).await?;
        journal.keep(work).await
    }
}

/// A proposal as a row that waits.
mod written {
    use orchestre_domain::hierarchy::Period;
    use orchestre_store::imports::WaitingRow;
    use serde_json::{Value, json};

    use super::Proposal;

    pub(super) fn write(proposal: &Proposal) -> String {
        json!({
            "views": proposal.views,
            "parent": proposal.parent,
            "child": proposal.child,
            "share": proposal.share_ppm,
            "from": proposal.period.from.to_string(),
            "to": proposal.period.to.to_string(),
            "source": proposal.source,
            "plain": proposal.is_plain,
        })
        .to_string()
    }

    pub(super) fn read(row: &WaitingRow) -> Option<Proposal> {
        let value: Value = serde_json::from_str(&row.fields).ok()?;
        let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
        let views = value.get("views")?.as_array()?.iter().filter_map(Value::as_i64);
        Some(Proposal {
            line: row.line,
            views: views.collect(),
            parent: text("parent")?,
            child: text("child")?,
            share_ppm: value.get("share")?.as_i64()?,
            period: Period { from: text("from")?.parse().ok()?, to: text("to")?.parse().ok()? },
            source: text("source"),
            is_plain: value.get("plain")?.as_bool()?,
        })
    }
}
