//! Rows that imports create and change field by field.

use std::collections::BTreeMap;

use crate::error::StoreError;
use crate::row::Row;
use crate::sql::{Sql, Value};
use crate::work::Work;

/// Fields and their values; a field that is not there is not spoken of.
pub type Fields = BTreeMap<&'static str, Value>;

/// A table whose rows imports create and change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Records {
    /// `parties`.
    Parties,
    /// `persons`.
    Persons,
    /// `products`.
    Products,
    /// `opportunities`.
    Opportunities,
    /// `interactions`.
    Interactions,
    /// `costs`.
    Costs,
    /// `judgements`.
    Judgements,
    /// `plans`.
    Plans,
    /// `objectives`.
    Objectives,
    /// `actions`.
    Actions,
    /// `risks`.
    Risks,
    /// `affiliations`.
    Affiliations,
    /// `assignments`.
    Assignments,
    /// `stakeholder_assessments`.
    Assessments,
    /// `party_links`.
    Links,
}

/// The type of a column.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Int,
    Real,
    Text,
}

impl Kind {
    const fn null(self) -> Value {
        match self {
            Self::Int => Value::Int(None),
            Self::Real => Value::Real(None),
            Self::Text => Value::Text(None),
        }
    }

    fn read(self, row: &Row, name: &str) -> Result<Value, StoreError> {
        Ok(match self {
            Self::Int => Value::Int(row.opt(name)?),
            Self::Real => Value::Real(row.opt(name)?),
            Self::Text => Value::Text(row.opt(name)?),
        })
    }
}

struct Shape {
    table: &'static str,
    /// The names of all columns: the id first, the version last where there is one.
    names: &'static [&'static str],
    /// The types of the columns after the id, without that of the version.
    kinds: &'static [Kind],
}

impl Shape {
    fn is_versioned(&self) -> bool {
        self.names.last() == Some(&"version")
    }
}

macro_rules! shape {
    ($table:literal: $($name:ident $kind:ident),+) => {
        Shape {
            table: $table,
            names: &["id", $(stringify!($name)),+, "version"],
            kinds: &[$(Kind::$kind),+],
        }
    };
    ($table:literal without version: $($name:ident $kind:ident),+) => {
        Shape { table: $table, names: &["id", $(stringify!($name)),+], kinds: &[$(Kind::$kind),+] }
    };
}

static PARTIES: Shape = shape!("parties": name Text, folded Text, kind Text, country Text, region Text, city Text,
    street Text, postal_code Text, sector Text, employees Int, revenue_minor Int, website Text, currency Text,
    customer_since Text, growth_potential Real, wallet_minor Int, wallet_currency Text, note Text, custom Text,
    valid_from Text, valid_to Text);
static PERSONS: Shape = shape!("persons": side Text, name Text, first_name Text, last_name Text, folded Text,
    title Text, function_code Text, email Text, phone Text, lang Text, custom Text);
static PRODUCTS: Shape = shape!("products": name Text, name_fr Text, folded Text, family Text, business_unit Text,
    unit Text, list_price_e4 Int, unit_cost_e4 Int, currency Text, life_cycle Text, launched_on Text, end_on Text,
    custom Text);
static OPPORTUNITIES: Shape = shape!("opportunities": party_id Int, party_ref Text, product_id Int,
    product_ref Text, name Text, type Text, amount_minor Int, currency Text, stage Text, probability Real,
    opened_on Text, close_on Text, owner_id Int, owner_ref Text, custom Text);
static INTERACTIONS: Shape = shape!("interactions": party_id Int, party_ref Text, type Text, day Text, time Text,
    subject Text, minutes Int, source Text);
static COSTS: Shape = shape!("costs": party_id Int, party_ref Text, type Text, from_on Text, to_on Text,
    amount_minor Int, currency Text);
static JUDGEMENTS: Shape = shape!("judgements": party_id Int, party_ref Text, set_name Text, key Text, value Int,
    raw Real, judge_id Int, judge_ref Text, on_day Text, evidence Text, round Text);

static PLANS: Shape = shape!("plans": account_id Int, label Text, state Text, situation_en Text, situation_fr Text,
    decision_en Text, decision_fr Text, updated_on Text);
static OBJECTIVES: Shape = shape!("objectives": plan_id Int, position Int, ref Text, text_en Text, text_fr Text,
    metric_en Text, metric_fr Text, unit Text, baseline Real, target Real, current_value Real, due_on Text,
    horizon Text, type Text, owner_id Int, owner_ref Text, customer_owner_id Int, customer_owner_ref Text,
    state Text);
static ACTIONS: Shape = shape!("actions": account_id Int, plan_id Int, objective_id Int, ref Text, text_en Text,
    text_fr Text, owner_id Int, owner_ref Text, due_on Text, done_on Text, state Text, note_en Text, note_fr Text);
static RISKS: Shape = shape!("risks": plan_id Int, position Int, ref Text, text_en Text, text_fr Text,
    probability Int, impact_minor Int, currency Text, sign_en Text, sign_fr Text, prevention_en Text,
    prevention_fr Text, reaction_en Text, reaction_fr Text, owner_id Int, owner_ref Text);
static AFFILIATIONS: Shape = shape!("affiliations" without version: person_id Int, party_id Int, title Text,
    valid_from Text, valid_to Text);
static ASSIGNMENTS: Shape = shape!("assignments" without version: person_id Int, account_id Int, role Text,
    fte_ppm Int, valid_from Text, valid_to Text);
static ASSESSMENTS: Shape = shape!("stakeholder_assessments" without version: person_id Int, party_id Int,
    buying_roles Text, influence Int, stance Int, strength Int, motive Text, assessed_on Text, expires_on Text,
    author_id Int, author_ref Text);
static LINKS: Shape = shape!("party_links": view_id Int, parent_id Int, child_id Int, share_ppm Int,
    valid_from Text, valid_to Text, source Text);

impl Records {
    fn shape(self) -> &'static Shape {
        match self {
            Self::Parties => &PARTIES,
            Self::Persons => &PERSONS,
            Self::Products => &PRODUCTS,
            Self::Opportunities => &OPPORTUNITIES,
            Self::Interactions => &INTERACTIONS,
            Self::Costs => &COSTS,
            Self::Judgements => &JUDGEMENTS,
            Self::Plans => &PLANS,
            Self::Objectives => &OBJECTIVES,
            Self::Actions => &ACTIONS,
            Self::Risks => &RISKS,
            Self::Affiliations => &AFFILIATIONS,
            Self::Assignments => &ASSIGNMENTS,
            Self::Assessments => &ASSESSMENTS,
            Self::Links => &LINKS,
        }
    }

    /// Gives the value of a column from the text of a change row; `None` for a column that the
    /// table has not, or a text that it cannot hold.
    pub fn value(self, name: &str, text: Option<&str>) -> Option<(&'static str, Value)> {
        let shape = self.shape();
        let (name, kind) =
            shape.names.iter().skip(1).zip(shape.kinds).find(|(known, _)| **known == name)?;
        let value = match (kind, text) {
            (kind, None) => kind.null(),
            (Kind::Int, Some(text)) => Value::Int(Some(text.parse().ok()?)),
            (Kind::Real, Some(text)) => Value::Real(Some(text.parse().ok()?)),
            (Kind::Text, Some(text)) => text.into(),
        };
        Some((*name, value))
    }

    /// Gives the name of the table.
    pub fn table(self) -> &'static str {
        self.shape().table
    }

    /// Gives the name of the object in external ids and change rows.
    pub const fn object(self) -> &'static str {
        match self {
            Self::Parties => "party",
            Self::Persons => "person",
            Self::Products => "product",
            Self::Opportunities => "opportunity",
            Self::Interactions => "interaction",
            Self::Costs => "cost",
            Self::Judgements => "judgement",
            Self::Plans => "plan",
            Self::Objectives => "objective",
            Self::Actions => "action",
            Self::Risks => "risk",
            Self::Affiliations => "affiliation",
            Self::Assignments => "assignment",
            Self::Assessments => "assessment",
            Self::Links => "link",
        }
    }
}

impl Work<'_> {
    /// Gives the rows of a table with these ids, all fields of each.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_records(
        &mut self,
        records: Records,
        ids: &[i64],
    ) -> Result<BTreeMap<i64, Fields>, StoreError> {
        let shape = records.shape();
        let mut found = BTreeMap::new();
        for some in ids.chunks(500) {
            let (places, values) = Sql::places(some, 1);
            let names = shape.names.join(", ");
            let text = format!("SELECT {names} FROM {} WHERE id IN ({places})", shape.table);
            for row in self.rows(Sql::built(text).bind_all(values)).await? {
                let between = shape.names.iter().skip(1).zip(shape.kinds);
                let fields = between.map(|(name, kind)| Ok((*name, kind.read(&row, name)?)));
                found.insert(row.get("id")?, fields.collect::<Result<Fields, StoreError>>()?);
            }
        }
        Ok(found)
    }

    /// Creates rows; fields that are not given are NULL.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_create(
        &mut self,
        records: Records,
        rows: &[(i64, &Fields)],
    ) -> Result<(), StoreError> {
        let shape = records.shape();
        let rows = rows.iter().map(|(id, fields)| {
            let mut row: Vec<Value> = vec![(*id).into()];
            let between = shape.names.iter().skip(1).zip(shape.kinds);
            row.extend(
                between
                    .map(|(name, kind)| fields.get(name).cloned().unwrap_or_else(|| kind.null())),
            );
            if shape.is_versioned() {
                row.push(1_i64.into());
            }
            row
        });
        self.insert(shape.table, shape.names, rows.collect(), "").await
    }

    /// Changes fields of a row.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_change(
        &mut self,
        records: Records,
        id: i64,
        fields: &[(&'static str, Value)],
    ) -> Result<(), StoreError> {
        let sets: Vec<String> =
            (2..).zip(fields).map(|(place, (name, _))| format!("{name} = ${place}")).collect();
        let version = if records.shape().is_versioned() { ", version = version + 1" } else { "" };
        let text =
            format!("UPDATE {} SET {}{version} WHERE id = $1", records.table(), sets.join(", "));
        let values = fields.iter().map(|(_, value)| value.clone());
        self.run(Sql::built(text).bind(id).bind_all(values)).await?;
        Ok(())
    }
}
