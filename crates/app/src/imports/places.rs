//! Where people work, whom they serve and what is thought of them, as lines of files tell it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;
use orchestre_domain::hierarchy::Period;
use orchestre_domain::id::AccountId;
use orchestre_domain::import::Outcome;
use orchestre_ingest::{PersonRow, Row};
use orchestre_store::imports::{Affiliation, Assessment, Assignment, Records, WaitingRow, Wanted};
use orchestre_store::{StoreError, Work};

use super::fields::doubt;
use super::journal::{Journal, Source};
use super::keys::{self, Keys};
use super::run::Run;
use super::tally::Done;
use super::woken;

mod written;

/// What a line tells of a person beside the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    line: i64,
    person: i64,
    title: Option<String>,
    from: Option<Date>,
    to: Option<Date>,
    /// Where the person works.
    organization: Option<String>,
    opinion: Option<Opinion>,
    role: Option<Role>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Opinion {
    buying_roles: Option<String>,
    influence: Option<i64>,
    stance: Option<i64>,
    strength: Option<i64>,
    motive: Option<String>,
    on: Date,
    author: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Role {
    word: String,
    /// `None`: all accounts.
    account: Option<String>,
    fte_ppm: Option<i64>,
}

/// An opinion holds for so long \[D\].
const MONTHS: i32 = 12;

impl Place {
    /// Gives what a line tells; `None` when it tells of the person only.
    pub(super) fn of(run: &Run<'_>, person: i64, row: &Row<PersonRow>) -> Option<Self> {
        let value = &row.value;
        let roles: Vec<&str> = value.buying_roles.iter().map(|role| role.as_str()).collect();
        let has_opinion = !roles.is_empty()
            || [value.influence, value.stance, value.strength].iter().any(Option::is_some)
            || value.motive.is_some();
        let opinion = || Opinion {
            buying_roles: (!roles.is_empty()).then(|| roles.join(";")),
            influence: value.influence,
            stance: value.stance,
            strength: value.strength,
            motive: value.motive.clone(),
            on: value.assessed_on.unwrap_or_else(|| run.ctx.today()),
            author: value.author.clone(),
        };
        let role = value.role.clone().map(|word| Role {
            word,
            account: value.account.clone(),
            fte_ppm: value.fte_e4.map(|fte| fte * 100),
        });
        let is_placed = value.organization.is_some();
        (is_placed || role.is_some()).then(|| Self {
            line: i64::from(row.line),
            person,
            title: value.title.clone(),
            from: value.from,
            to: value.to,
            organization: value.organization.clone(),
            opinion: (has_opinion && is_placed).then(opinion),
            role,
        })
    }

    fn period(&self, known: Option<Period>) -> Period {
        let known = known.unwrap_or(Period::ALWAYS);
        Period { from: self.from.unwrap_or(known.from), to: self.to.unwrap_or(known.to) }
    }
}

/// Writes what lines tell; what refers to something unknown waits.
pub(super) async fn settle(
    work: &mut Work<'_>,
    run: &Run<'_>,
    keys: &Keys,
    places: Vec<(usize, Place)>,
) -> Result<Done, StoreError> {
    if places.is_empty() {
        return Ok(Done::default());
    }
    let mut told = Told::load(work, run, keys, &places).await?;
    let mut waiting = Vec::new();
    for (at, place) in &places {
        if let Some(rest) = told.tell(*at, place) {
            waiting.push(WaitingRow {
                id: run.ctx.id(),
                import_id: run.import,
                line: place.line,
                kind: "place".to_owned(),
                origin: run.origin.to_owned(),
                fields: written::write(&rest),
            });
        }
    }
    work.system_add_waiting(waiting).await?;
    told.keep(work).await
}

/// Tries what waits again, with the keys of now.
pub(super) async fn wake(
    work: &mut Work<'_>,
    run: &Run<'_>,
    keys: &Keys,
) -> Result<(), StoreError> {
    let waiting = work.system_waiting("place").await?;
    for origin in waiting.iter().map(|row| row.origin.clone()).collect::<BTreeSet<String>>() {
        let rows = waiting.iter().filter(|row| row.origin == origin);
        let places: Vec<(&WaitingRow, Place)> =
            rows.filter_map(|row| Some((row, written::read(row)?))).collect();
        let ordered: Vec<(usize, Place)> =
            places.iter().map(|(_, place)| place.clone()).enumerate().collect();
        let mut told = Told::load(work, run, keys, &ordered).await?;
        told.origin = &origin;
        let mut ended = Vec::new();
        for (row, place) in &places {
            // All of it or nothing: a row that waits for two things waits for the second, too.
            if told.leads(place) {
                told.import = row.import_id;
                told.tell(0, place);
                ended.push((*row).clone());
            }
        }
        told.keep(work).await?;
        woken::end(work, run, &ended).await?;
    }
    Ok(())
}

/// What is known of some people, and what lines add to it.
struct Told<'a> {
    run: &'a Run<'a>,
    origin: &'a str,
    keys: &'a Keys,
    accounts: BTreeMap<i64, AccountId>,
    affiliations: Vec<Affiliation>,
    assignments: Vec<Assignment>,
    assessments: Vec<Assessment>,
    /// The import whose lines are told.
    import: i64,
    /// What changes, and who says so.
    changed: BTreeMap<i64, Source>,
    done: Done,
}

impl<'a> Told<'a> {
    async fn load(
        work: &mut Work<'_>,
        run: &'a Run<'a>,
        keys: &'a Keys,
        places: &[(usize, Place)],
    ) -> Result<Self, StoreError> {
        let people: BTreeSet<i64> = places.iter().map(|(_, place)| place.person).collect();
        let people: Vec<i64> = people.into_iter().collect();
        let serves = |place: &Place| place.role.as_ref().is_some_and(|role| role.account.is_some());
        let accounts = if places.iter().any(|(_, place)| serves(place)) {
            keys::accounts(work, run.ctx.today()).await?
        } else {
            BTreeMap::new()
        };
        Ok(Self {
            run,
            origin: run.origin,
            keys,
            accounts,
            affiliations: work.system_affiliations(&people).await?,
            assignments: work.system_assignments(&people).await?,
            assessments: work.system_assessments(&people).await?,
            import: run.import,
            changed: BTreeMap::new(),
            done: Done::default(),
        })
    }

    fn party(&self, reference: &str) -> Option<i64> {
        self.keys.parties.find(self.origin, reference).id()
    }

    fn account(&self, reference: &str) -> Option<i64> {
        self.accounts.get(&self.party(reference)?).copied().map(AccountId::as_i64)
    }

    fn leads(&self, place: &Place) -> bool {
        let organization = place.organization.as_deref();
        let account = place.role.as_ref().and_then(|role| role.account.as_deref());
        organization.is_none_or(|text| self.party(text).is_some())
            && account.is_none_or(|text| self.account(text).is_some())
    }

    /// Takes a line in; gives the rest that waits for a reference.
    fn tell(&mut self, at: usize, place: &Place) -> Option<Place> {
        let mut rest = Place { organization: None, opinion: None, role: None, ..place.clone() };
        if let Some(text) = &place.organization {
            if let Some(party) = self.party(text) {
                self.work_at(at, place, party);
            } else {
                self.wonder(place.line, "organization", text);
                rest.organization.clone_from(&place.organization);
                rest.opinion.clone_from(&place.opinion);
            }
        }
        if let Some(role) = &place.role {
            match role.account.as_deref().map(|text| (text, self.account(text))) {
                Some((text, None)) => {
                    self.wonder(place.line, "account", text);
                    rest.role = Some(role.clone());
                }
                found => self.serve(at, (place, role), found.and_then(|(_, account)| account)),
            }
        }
        (rest.organization.is_some() || rest.role.is_some()).then_some(rest)
    }

    fn wonder(&mut self, line: i64, field: &'static str, text: &str) {
        let found = self.keys.parties.find(self.origin, text);
        self.done.doubts.extend(doubt(Wanted::Party, &found, (line, field, text)));
    }

    fn work_at(&mut self, at: usize, place: &Place, party: i64) {
        let asked = place.period(None);
        let same = |known: &&mut Affiliation| {
            (known.person, known.party) == (place.person, party)
                && known.period.meet(asked).is_some()
        };
        let known = self.affiliations.iter_mut().find(same);
        let before = known.as_deref().cloned();
        let after = Affiliation {
            id: before.as_ref().map_or_else(|| self.run.ctx.id(), |known| known.id),
            person: place.person,
            party,
            title: place
                .title
                .clone()
                .or_else(|| before.as_ref().and_then(|known| known.title.clone())),
            period: place.period(before.as_ref().map(|known| known.period)),
        };
        match known {
            Some(known) => known.clone_from(&after),
            None => self.affiliations.push(after.clone()),
        }
        self.mark((at, place.line), after.id, (before.is_none(), before.as_ref() != Some(&after)));
        if let Some(opinion) = &place.opinion {
            self.think(at, (place, opinion), party);
        }
    }

    fn think(&mut self, at: usize, (place, opinion): (&Place, &Opinion), party: i64) {
        let author = opinion
            .author
            .as_deref()
            .and_then(|text| self.keys.people.find(self.origin, text).id());
        let author_ref = opinion.author.clone();
        let same = |known: &&mut Assessment| {
            (known.person, known.party, known.assessed_on) == (place.person, party, opinion.on)
                && (known.author == author && known.author_ref == author_ref)
        };
        let known = self.assessments.iter_mut().find(same);
        let before = known.as_deref().cloned();
        let after = Assessment {
            id: before.as_ref().map_or_else(|| self.run.ctx.id(), |known| known.id),
            person: place.person,
            party,
            buying_roles: opinion.buying_roles.clone(),
            influence: opinion.influence,
            stance: opinion.stance,
            strength: opinion.strength,
            motive: opinion.motive.clone(),
            assessed_on: opinion.on,
            expires_on: opinion.on.saturating_add(MONTHS.months()),
            author,
            author_ref,
        };
        match known {
            Some(known) => known.clone_from(&after),
            None => self.assessments.push(after.clone()),
        }
        self.mark((at, place.line), after.id, (before.is_none(), before.as_ref() != Some(&after)));
    }

    fn serve(&mut self, at: usize, (place, role): (&Place, &Role), account: Option<i64>) {
        let asked = place.period(None);
        let same = |known: &&mut Assignment| {
            (known.person, known.account, &known.role) == (place.person, account, &role.word)
                && known.period.meet(asked).is_some()
        };
        let known = self.assignments.iter_mut().find(same);
        let before = known.as_deref().cloned();
        let after = Assignment {
            id: before.as_ref().map_or_else(|| self.run.ctx.id(), |known| known.id),
            person: place.person,
            account,
            role: role.word.clone(),
            fte_ppm: role.fte_ppm.or_else(|| before.as_ref().and_then(|known| known.fte_ppm)),
            period: place.period(before.as_ref().map(|known| known.period)),
        };
        match known {
            Some(known) => known.clone_from(&after),
            None => self.assignments.push(after.clone()),
        }
        self.mark((at, place.line), after.id, (before.is_none(), before.as_ref() != Some(&after)));
    }

    fn mark(&mut self, (at, line): (usize, i64), id: i64, (is_new, is_changed): (bool, bool)) {
        if is_changed {
            self.changed.insert(id, Source { import: self.import, line });
        }
        self.done.row(
            at,
            match (is_new, is_changed) {
                (true, _) => Outcome::Create,
                (false, true) => Outcome::Update,
                (false, false) => Outcome::Unchanged,
            },
        );
    }

    async fn keep(self, work: &mut Work<'_>) -> Result<Done, StoreError> {
        let Self { run, changed, affiliations, assignments, assessments, done, .. } = self;
        let ids: Vec<i64> = changed.keys().copied().collect();
        let kinds = [Records::Affiliations, Records::Assignments, Records::Assessments];
        let mut before = Vec::with_capacity(kinds.len());
        for records in kinds {
            before.push((records, work.system_records(records, &ids).await?));
        }
        let new: Vec<Affiliation> =
            affiliations.into_iter().filter(|it| changed.contains_key(&it.id)).collect();
        work.system_put_affiliations(&new).await?;
        let new: Vec<Assignment> =
            assignments.into_iter().filter(|it| changed.contains_key(&it.id)).collect();
        work.system_put_assignments(&new).await?;
        let new: Vec<Assessment> =
            assessments.into_iter().filter(|it| changed.contains_key(&it.id)).collect();
        work.system_put_assessments(&new).await?;
        let mut journal = Journal::new(run);
        for (records, before) in before {
            journal.compare(work, (records, &before), &changed).await?;
        }
        journal.keep(work).await?;
        Ok(done)
    }
}
