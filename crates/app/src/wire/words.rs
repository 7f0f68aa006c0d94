//! Closed lists of words as schemas, for what the API is given.

use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::event::EventName;
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::person::Identification;
use orchestre_domain::plan::{ActionState, Horizon, ObjectiveState, ObjectiveType, PlanState};
use orchestre_domain::rate::RateRule;
use orchestre_domain::token::TokenScope;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, SchemaType, Type};

/// Gives the schema of one of these words.
pub fn of(words: impl Iterator<Item = &'static str>) -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .enum_values(Some(words))
        .build()
}

/// Gives the schema of one of these words, or null.
pub fn or_null(words: impl Iterator<Item = &'static str>) -> Object {
    let words: Vec<serde_json::Value> =
        words.map(serde_json::Value::from).chain([serde_json::Value::Null]).collect();
    ObjectBuilder::new()
        .schema_type(SchemaType::Array(vec![Type::String, Type::Null]))
        .enum_values(Some(words))
        .build()
}

macro_rules! closed {
    ($($(#[$doc:meta])* $name:ident = $how:ident $type:ty;)+) => {
        $($(#[$doc])* pub fn $name() -> Object { $how(<$type>::ALL.iter().map(|word| word.as_str())) })+
    };
}

closed! {
    /// What is decided on an unknown participant.
    identification = of Identification;
    /// States of an action.
    action_state = of ActionState;
    /// States of an objective.
    objective_state = of ObjectiveState;
    /// What an objective is about.
    objective_type = or_null ObjectiveType;
    /// Horizons of an objective.
    horizon = or_null Horizon;
    /// States of a plan.
    plan_state = of PlanState;
    /// Sets of criteria.
    criteria_set = of CriteriaSet;
    /// Kinds of contact.
    interaction_type = of InteractionType;
    /// Rules of conversion.
    rate_rule = of RateRule;
    /// Languages.
    lang = of Lang;
    /// Scopes of tokens.
    token_scope = of TokenScope;
}

/// Roles that somebody can be given; the shell's is nobody's.
pub fn role() -> Object {
    of(Role::ALL.iter().filter(|role| **role != Role::Shell).map(|role| role.as_str()))
}

/// Some roles, each once.
pub fn roles() -> Array {
    ArrayBuilder::new().items(role()).unique_items(true).build()
}

/// Some scopes of tokens, at least one.
pub fn token_scopes() -> Array {
    ArrayBuilder::new().items(token_scope()).min_items(Some(1)).build()
}

/// Some names of events.
pub fn event_names() -> Array {
    let name = of(EventName::ALL.iter().map(|name| name.as_str()));
    ArrayBuilder::new().items(name).build()
}
