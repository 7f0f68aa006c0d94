//! Records field by field: what an import set returns to what it was, what it made goes.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::fold::fold;
use orchestre_domain::id::PartyId;
use orchestre_domain::import::KeptBy;
use orchestre_store::imports::{CREATED, ChangeRow, Fields, Records};
use orchestre_store::{StoreError, Value, Work};

use super::{Choice, Conflict, Kept, Taking};
use crate::imports::journal::is_derived;
use crate::imports::merge::is_reference;
use crate::imports::shown;

/// What refers to others, in the order in which it goes.
pub(super) const FIRST: &[Records] = &[
    Records::Assessments,
    Records::Assignments,
    Records::Affiliations,
    Records::Links,
    Records::Judgements,
    Records::Costs,
    Records::Interactions,
    Records::Risks,
    Records::Actions,
    Records::Objectives,
    Records::Plans,
    Records::Opportunities,
];

/// What others refer to.
pub(super) const LAST: &[Records] = &[Records::Products, Records::Persons, Records::Parties];

/// The objects of one look.
const PIECE: i64 = 500;

/// A record, what is noted of it and what it is now.
struct One<'a> {
    id: i64,
    rows: Vec<&'a ChangeRow>,
    now: &'a Fields,
}

impl One<'_> {
    fn label(&self) -> String {
        let text = |name: &&str| self.now.get(*name).and_then(Value::as_text);
        let names = ["name", "label", "subject", "text_fr", "text_en", "key", "type"];
        names.iter().find_map(text).unwrap_or_default()
    }

    fn line(&self) -> i64 {
        self.rows.iter().find(|row| row.field == CREATED).map_or(0, |row| row.line)
    }

    /// Gives the fields that are no more what imports last wrote.
    fn touched(&self) -> Vec<(&'static str, Option<String>, Option<String>)> {
        let mut written: BTreeMap<&str, Option<&String>> = BTreeMap::new();
        for row in &self.rows {
            written.insert(row.field.as_ref(), row.after.as_ref());
        }
        let fields = self.now.iter().filter(|(name, _)| !is_derived(name) && !is_reference(name));
        fields
            .filter_map(|(name, value)| {
                let (now, last) = (value.as_text(), written.get(name).copied().flatten());
                (now.as_ref() != last).then(|| (*name, last.cloned(), now))
            })
            .collect()
    }
}

impl Taking<'_> {
    /// Takes the records of these tables back.
    pub(super) async fn records(
        &mut self,
        work: &mut Work<'_>,
        tables: &[Records],
    ) -> Result<(), StoreError> {
        for records in tables {
            let mut after = i64::MIN;
            loop {
                let asked = (after, PIECE);
                let ids = work.system_changed_objects(self.id, records.object(), asked).await?;
                let Some(last) = ids.last() else { break };
                after = *last;
                self.piece(work, *records, &ids).await?;
            }
        }
        Ok(())
    }

    async fn piece(
        &mut self,
        work: &mut Work<'_>,
        records: Records,
        ids: &[i64],
    ) -> Result<(), StoreError> {
        let changes = work.system_changes_of(records.object(), ids).await?;
        let stored = work.system_records(records, ids).await?;
        let mut rows: BTreeMap<i64, Vec<&ChangeRow>> = BTreeMap::new();
        for row in &changes {
            rows.entry(row.object_id).or_default().push(row);
        }
        let (mut made, mut consumed) = (Vec::new(), Vec::new());
        for (id, rows) in rows {
            let mine = rows.iter().filter(|row| self.is_mine(row));
            let Some(now) = stored.get(&id) else {
                consumed.extend(mine.map(|row| row.id));
                continue;
            };
            let one = One { id, rows: rows.clone(), now };
            if mine.clone().any(|row| row.field == CREATED) {
                made.push(one);
            } else {
                consumed.extend(mine.map(|row| row.id));
                self.put_back(work, records, &one).await?;
            }
        }
        work.system_remove_changes(&consumed).await?;
        self.remove(work, records, made).await
    }

    /// Puts the fields of a record back that this import set.
    async fn put_back(
        &mut self,
        work: &mut Work<'_>,
        records: Records,
        one: &One<'_>,
    ) -> Result<(), StoreError> {
        let mut fields: BTreeMap<&str, Vec<&ChangeRow>> = BTreeMap::new();
        for row in &one.rows {
            fields.entry(row.field.as_ref()).or_default().push(row);
        }
        let mut sets = Fields::new();
        for (field, rows) in fields {
            let mut now = one.now.get(field).and_then(Value::as_text);
            for place in (0..rows.len()).rev() {
                let Some(row) = rows.get(place).filter(|row| self.is_mine(row)) else { continue };
                if let Some(newer) = rows.get(place + 1).filter(|next| !self.is_mine(next)) {
                    work.system_put_before(newer.id, row.before.as_deref()).await?;
                } else if self.returns(records, (one, row), now.as_deref()) {
                    let value = records.value(field, row.before.as_deref());
                    sets.extend(value);
                    now.clone_from(&row.before);
                    self.found.fields += 1;
                }
            }
        }
        if let (Some(name), true) =
            (sets.get("name").and_then(Value::as_text), one.now.contains_key("folded"))
        {
            sets.insert("folded", fold(&name).into());
        }
        if sets.is_empty() {
            return Ok(());
        }
        self.mark(records, one);
        work.system_change(records, one.id, &sets.into_iter().collect::<Vec<_>>()).await
    }

    /// Says whether a field returns to what it was; one that was touched since is listed in values
    /// that people read.
    fn returns(
        &mut self,
        records: Records,
        (one, row): (&One<'_>, &ChangeRow),
        now: Option<&str>,
    ) -> bool {
        if is_reference(&row.field) {
            return true;
        }
        let listed = self.found.conflicts.len();
        let returns = self.settles((row, one.label()), now);
        if let Some(conflict) = self.found.conflicts.get_mut(listed) {
            for text in [&mut conflict.before, &mut conflict.after, &mut conflict.now] {
                let value = records.value(&row.field, text.as_deref());
                *text = value.and_then(|value| shown::told(self.run, one.now, &value));
            }
        }
        returns
    }

    /// Removes what this import made, but what was touched since or what is needed.
    async fn remove(
        &mut self,
        work: &mut Work<'_>,
        records: Records,
        made: Vec<One<'_>>,
    ) -> Result<(), StoreError> {
        let newer = self.newer(work, records, &made).await?;
        let mut gone = Vec::new();
        for one in &made {
            if newer.contains(&one.id) || one.rows.iter().any(|row| !self.is_mine(row)) {
                self.keep(records, one, KeptBy::Import);
            } else if self.lets_go(records, one) {
                gone.push(one.id);
            }
        }
        let users = work.system_users(records, &gone).await?;
        for one in made.iter().filter(|one| gone.contains(&one.id)) {
            match users.get(&one.id) {
                Some(by) => self.keep(records, one, *by),
                None => self.mark(records, one),
            }
        }
        gone.retain(|id| !users.contains_key(id));
        let stays = made.iter().map(|one| one.id).filter(|id| !gone.contains(id));
        self.stays.entry(records.object()).or_default().extend(stays);
        if gone.is_empty() {
            return Ok(());
        }
        work.system_detach(records, &gone).await?;
        work.system_remove_records(records, &gone).await?;
        let count = i64::try_from(gone.len()).unwrap_or(i64::MAX);
        *self.found.removed.entry(records.object().to_owned()).or_default() += count;
        Ok(())
    }

    /// Gives the parties whose tier or status another import set.
    async fn newer(
        &self,
        work: &mut Work<'_>,
        records: Records,
        made: &[One<'_>],
    ) -> Result<BTreeSet<i64>, StoreError> {
        if records != Records::Parties || made.is_empty() {
            return Ok(BTreeSet::new());
        }
        let accounts = work.system_account_roots().await?;
        let roots: BTreeMap<i64, i64> = made
            .iter()
            .filter_map(|one| Some((accounts.get(&PartyId(one.id))?.as_i64(), one.id)))
            .collect();
        let ids: Vec<i64> = roots.keys().copied().collect();
        let changes = work.system_changes_of("account", &ids).await?;
        let others = changes.iter().filter(|row| !self.is_mine(row));
        Ok(others.filter_map(|row| roots.get(&row.object_id).copied()).collect())
    }

    fn keep(&mut self, records: Records, one: &One<'_>, by: KeptBy) {
        self.found.kept.push(Kept {
            object: records.object().to_owned(),
            label: one.label(),
            line: one.line(),
            by,
        });
    }

    /// Says whether a record may go; one that was touched since is listed.
    fn lets_go(&mut self, records: Records, one: &One<'_>) -> bool {
        let touched = one.touched();
        let Some((field, after, now)) = touched.first().cloned() else { return true };
        let key = format!("{}:{}:{CREATED}", records.object(), one.id);
        let choice = self.choices.of(&key);
        let run = self.run;
        let read = |text: Option<String>| {
            let value = records.value(field, text.as_deref())?;
            shown::told(run, one.now, &value)
        };
        self.found.conflicts.push(Conflict {
            key,
            object: records.object().to_owned(),
            label: one.label(),
            field: shown::plain(field).to_owned(),
            line: one.line(),
            before: None,
            after: read(after),
            now: read(now),
            choice,
        });
        choice == Choice::PutBack
    }

    /// Notes what has to be derived anew of a record that changes or goes.
    fn mark(&mut self, records: Records, one: &One<'_>) {
        let number = |name: &str| match one.now.get(name) {
            Some(Value::Int(number)) => *number,
            _ => None,
        };
        let (kind, ids): (_, BTreeSet<i64>) = match records {
            Records::Parties | Records::Links => {
                self.is_hierarchy = true;
                let parties = [number("parent_id"), number("child_id"), Some(one.id)];
                self.parties.extend(parties.into_iter().flatten().map(PartyId));
                return;
            }
            Records::Affiliations => {
                (Records::Persons.object(), number("person_id").into_iter().collect())
            }
            _ => (records.object(), BTreeSet::from([one.id])),
        };
        self.stale.entry(kind).or_default().extend(ids);
    }
}
