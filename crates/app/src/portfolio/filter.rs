//! Which accounts of a list are shown.

use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::fold::fold;
use orchestre_domain::id::PersonId;

use super::row::{score_shown, score_value};
use crate::sight::Sight;
use crate::snapshot::line::Line;

/// Limits of a number, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between<T> {
    /// The smallest that is shown.
    pub min: Option<T>,
    /// The largest that is shown.
    pub max: Option<T>,
}

impl<T> Default for Between<T> {
    fn default() -> Self {
        Self { min: None, max: None }
    }
}

impl<T: PartialOrd + Copy> Between<T> {
    /// Says whether the value lies between; a missing value only when there are no limits.
    fn has(self, value: Option<T>) -> bool {
        if self.min.is_none() && self.max.is_none() {
            return true;
        }
        value.is_some_and(|value| {
            self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
        })
    }
}

/// Whose accounts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kam {
    /// Accounts that nobody manages.
    Nobody,
    /// Accounts of this person.
    Person(PersonId),
}

/// What is shown; the default shows all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Words that name, external ids, city or sector begin with, in any order.
    pub text: String,
    /// Any of these tiers; all when empty.
    pub tiers: Vec<Tier>,
    /// Any of these statuses; all when empty.
    pub statuses: Vec<AccountStatus>,
    /// Whose.
    pub kam: Option<Kam>,
    /// Any of these countries; all when empty.
    pub countries: Vec<String>,
    /// Any of these sectors; all when empty.
    pub sectors: Vec<String>,
    /// Turnover of twelve months in minor units.
    pub turnover_minor: Between<i64>,
    /// Growth as a fraction.
    pub growth: Between<f64>,
    /// Gross margin as a fraction; without effect for those who may not read margins.
    pub margin: Between<f64>,
    /// Score of 0–100; without effect for those who may not read scores.
    pub score: Between<f64>,
    /// Whether the score has enough coverage.
    pub sufficient: Option<bool>,
}

impl Filter {
    /// Says whether an account is shown to this viewer.
    pub(crate) fn keeps(&self, sight: &Sight, line: &Line, words: &[String]) -> bool {
        let id = line.id();
        let margin = sight.sees_margin(id).then(|| line.facts.now.gross_margin()).flatten();
        let score = sight.sees_score(id);
        self.keeps_words(line, words)
            && (self.tiers.is_empty() || line.tier.is_some_and(|tier| self.tiers.contains(&tier)))
            && (self.statuses.is_empty()
                || line.status.is_some_and(|status| self.statuses.contains(&status)))
            && self.keeps_kam(line)
            && one_of(&self.countries, line.basis.country.as_deref())
            && one_of(&self.sectors, line.basis.sector.as_deref())
            && self.turnover_minor.has(line.facts.turnover)
            && self.growth.has(line.facts.growth)
            && (!sight.has_margin() || self.margin.has(margin))
            && (!sight.has_score()
                || self.score.has(score_value(line).filter(|_| score))
                    && self.sufficient.is_none_or(|wanted| score && is_sufficient(line) == wanted))
    }

    /// The words of the text, folded.
    pub(crate) fn words(&self) -> Vec<String> {
        fold(&self.text).split_whitespace().map(str::to_owned).collect()
    }

    fn keeps_kam(&self, line: &Line) -> bool {
        let kam = line.kam.as_ref().map(|(person, _)| *person);
        match self.kam {
            None => true,
            Some(Kam::Nobody) => kam.is_none(),
            Some(Kam::Person(person)) => kam == Some(person),
        }
    }

    fn keeps_words(&self, line: &Line, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let exact = self.text.trim();
        if line.external_ids.iter().any(|id| id == exact) {
            return true;
        }
        let place = [line.basis.city.as_deref(), line.basis.sector.as_deref()];
        let rest: Vec<String> = place.into_iter().flatten().map(fold).collect();
        words.iter().all(|word| {
            let begins = |text: &str| text.split(' ').any(|part| part.starts_with(word.as_str()));
            begins(&line.folded) || rest.iter().any(|text| begins(text))
        })
    }
}

fn one_of(wanted: &[String], value: Option<&str>) -> bool {
    wanted.is_empty() || value.is_some_and(|value| wanted.iter().any(|one| one == value))
}

fn is_sufficient(line: &Line) -> bool {
    let [selection, _, _] = &line.scores;
    score_shown(selection).is_sufficient
}
