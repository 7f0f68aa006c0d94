//! Single values, goals and waiting rows as they were.

use std::collections::{BTreeMap, BTreeSet};

use orchestre_domain::import::ImportState;
use orchestre_store::imports::{ChangeRow, GOALS, RateKind, Records, Texts, WAITING, WaitingRow};
use orchestre_store::{StoreError, Work};

use super::{Choice, Conflict, Taking};
use crate::imports::{shown, woken};

/// The objects of one look.
const PIECE: i64 = 500;

impl Taking<'_> {
    /// Puts the values of these objects back.
    pub(super) async fn settled(
        &mut self,
        work: &mut Work<'_>,
        objects: &[&'static str],
    ) -> Result<(), StoreError> {
        let staying = self.staying(work).await?;
        for object in objects {
            let stays = staying.get(object).cloned().unwrap_or_default();
            let mut after = i64::MIN;
            loop {
                let asked = (after, PIECE);
                let ids = work.system_changed_objects(self.id, object, asked).await?;
                let Some(last) = ids.last() else { break };
                after = *last;
                let changes = work.system_changes_of(object, &ids).await?;
                let mut fields: BTreeMap<(i64, &str), Vec<&ChangeRow>> = BTreeMap::new();
                for row in changes.iter().filter(|row| !stays.contains(&row.object_id)) {
                    fields.entry((row.object_id, row.field.as_ref())).or_default().push(row);
                }
                for ((id, field), rows) in fields {
                    self.value(work, (object, id, field), &rows).await?;
                }
            }
        }
        Ok(())
    }

    /// Puts rates back, and the means of their months.
    pub(super) async fn rates(&mut self, work: &mut Work<'_>) -> Result<(), StoreError> {
        let all = (i64::MIN, i64::MAX);
        let days = work.system_changed_objects(self.id, RateKind::Day.object(), all).await?;
        self.settled(work, &RateKind::ALL.map(RateKind::object)).await?;
        let removed = work.system_remove_rates(self.id).await?;
        let all = days.first().zip(days.last()).map(|(first, last)| (*first, *last));
        let span = [all, removed].into_iter().flatten();
        let span = span.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        if let Some((first, last)) = span {
            work.system_remove_means(first, last).await?;
            work.system_mean_rates(first, last).await?;
        }
        Ok(())
    }

    /// Gives the owners of values that stay, because this import made them and they stay.
    async fn staying(
        &self,
        work: &mut Work<'_>,
    ) -> Result<BTreeMap<&'static str, BTreeSet<i64>>, StoreError> {
        let Some(parties) = self.stays.get(Records::Parties.object()) else {
            return Ok(BTreeMap::new());
        };
        let accounts = work.system_account_roots().await?.into_iter();
        let accounts = accounts.filter(|(party, _)| parties.contains(&party.as_i64()));
        let accounts = accounts.map(|(_, account)| account.as_i64()).collect();
        Ok(BTreeMap::from([("party_identifier", parties.clone()), ("account", accounts)]))
    }

    async fn value(
        &mut self,
        work: &mut Work<'_>,
        (object, id, field): (&'static str, i64, &str),
        rows: &[&ChangeRow],
    ) -> Result<(), StoreError> {
        let mut now = work.system_settled((object, id), field).await?;
        for place in (0..rows.len()).rev() {
            let Some(row) = rows.get(place).filter(|row| self.is_mine(row)) else { continue };
            let newer = rows.get(place + 1).filter(|next| !self.is_mine(next));
            if let Some(newer) = newer {
                work.system_put_before(newer.id, row.before.as_deref()).await?;
            } else if self.settles((row, object.to_owned()), now.as_deref()) {
                work.system_put_back((object, id), field, row.before.as_deref()).await?;
                now.clone_from(&row.before);
                self.found.fields += 1;
            }
            work.system_remove_changes(&[row.id]).await?;
        }
        Ok(())
    }

    /// Says whether the import's change came from this import or through it.
    pub(super) fn is_mine(&self, row: &ChangeRow) -> bool {
        row.import_id == self.id.as_i64() || row.cause_id == Some(self.id.as_i64())
    }

    /// Says whether a field returns to what it was; one that was touched since is listed.
    pub(super) fn settles(
        &mut self,
        (row, label): (&ChangeRow, String),
        now: Option<&str>,
    ) -> bool {
        if now == row.after.as_deref() {
            return true;
        }
        if now == row.before.as_deref() {
            return false;
        }
        let key = format!("{}:{}:{}", row.object, row.object_id, row.field);
        let choice = self.choices.of(&key);
        self.found.conflicts.push(Conflict {
            key,
            object: row.object.clone().into_owned(),
            label,
            field: shown::plain(row.field.split('@').next().unwrap_or_default()).to_owned(),
            line: row.line,
            before: row.before.clone(),
            after: row.after.clone(),
            now: now.map(str::to_owned),
            choice,
        });
        choice == Choice::PutBack
    }

    /// Puts the goals of plans back.
    pub(super) async fn goals(&mut self, work: &mut Work<'_>) -> Result<(), StoreError> {
        let ids = work.system_changed_objects(self.id, "plan", (i64::MIN, i64::MAX)).await?;
        let changes = work.system_changes_of("plan", &ids).await?;
        let goals: Vec<&ChangeRow> = changes.iter().filter(|row| row.field == GOALS).collect();
        let stays = self.stays.get(Records::Plans.object()).cloned().unwrap_or_default();
        for id in ids.into_iter().filter(|id| !stays.contains(id)) {
            let rows: Vec<&&ChangeRow> = goals.iter().filter(|row| row.object_id == id).collect();
            for place in (0..rows.len()).rev() {
                let Some(row) = rows.get(place).filter(|row| self.is_mine(row)) else { continue };
                if let Some(newer) = rows.get(place + 1).filter(|next| !self.is_mine(next)) {
                    work.system_put_before(newer.id, row.before.as_deref()).await?;
                } else {
                    self.put_goals(work, (id, row)).await?;
                }
                work.system_remove_changes(&[row.id]).await?;
            }
        }
        Ok(())
    }

    async fn put_goals(
        &mut self,
        work: &mut Work<'_>,
        (id, row): (i64, &ChangeRow),
    ) -> Result<(), StoreError> {
        let now = serde_json::to_string(&work.system_goals(id).await?).ok();
        let before: Option<Vec<Texts>> =
            row.before.as_deref().and_then(|text| serde_json::from_str(text).ok());
        if let Some(before) = before.filter(|_| self.settles((row, String::new()), now.as_deref()))
        {
            let goals: Vec<(i64, Texts)> =
                before.into_iter().map(|goal| (self.run.ctx.id(), goal)).collect();
            work.system_put_goals(id, &goals).await?;
            self.found.fields += 1;
        }
        Ok(())
    }

    /// Lets rows wait again that this import let go in.
    pub(super) async fn waiting(&mut self, work: &mut Work<'_>) -> Result<(), StoreError> {
        let ids = work.system_changed_objects(self.id, WAITING, (i64::MIN, i64::MAX)).await?;
        let changes = work.system_changes_of(WAITING, &ids).await?;
        let rows: Vec<WaitingRow> =
            changes.iter().filter_map(|row| woken::read(row.before.as_deref()?)).collect();
        let imports: Vec<i64> = rows.iter().map(|row| row.import_id).collect();
        let states = work.system_import_states(&imports).await?;
        let is_in = |row: &WaitingRow| {
            row.import_id != self.id.as_i64()
                && states.get(&row.import_id) == Some(&ImportState::Applied)
        };
        work.system_add_waiting(rows.into_iter().filter(is_in).collect()).await?;
        work.system_remove_changes(&changes.iter().map(|row| row.id).collect::<Vec<_>>()).await
    }
}
