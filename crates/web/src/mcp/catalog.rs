//! The list of tools: name, what they need, what they take and give.

use std::sync::Arc;

use orchestre_domain::lang::Lang;
use orchestre_domain::token::TokenScope;
use orchestre_view::text;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

/// A tool.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its name.
    pub(super) name: &'static str,
    /// The scope that its token needs.
    pub(super) scope: TokenScope,
    /// What it takes: name, type and whether it must be there.
    takes: &'static [(&'static str, Kind, Must)],
    /// What its answer has at least, with its type.
    gives: &'static [(&'static str, &'static str)],
}

/// The type of what a tool takes.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Day,
    Count,
    Contact,
    Set,
}

/// Whether a tool needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Must {
    Be,
    Not,
}

use Kind::{Contact, Count, Day, Set, Text};
use Must::{Be, Not};
use TokenScope::{AccountsRead, AccountsWrite, PlansRead, PlansWrite};

const ITEMS: &[(&str, &str)] = &[("items", "array")];
const PROPOSED: &[(&str, &str)] = &[("id", "string"), ("state", "string"), ("page", "string")];
const PROPOSES: &[(&str, Kind, Must)] =
    &[("account", Text, Be), ("text", Text, Be), ("due_on", Day, Not), ("reason", Text, Not)];

macro_rules! tools {
    ($($name:literal $scope:ident $takes:expr => $gives:expr;)+) => {
        /// Every tool, in the order in which it is listed.
        pub(super) const ALL: &[Entry] =
            &[$(Entry { name: $name, scope: $scope, takes: $takes, gives: $gives }),+];
    };
}

tools! {
    "account_show" AccountsRead &[("account", Text, Be)] => &[("id", "string"), ("name", "string")];
    "accounts_list" AccountsRead &[("words", Text, Not), ("from", Count, Not), ("count", Count, Not)] => ITEMS;
    "people_list" AccountsRead &[("words", Text, Not)] => ITEMS;
    "plan_show" PlansRead &[("account", Text, Be)] => &[("id", "string"), ("objectives", "array")];
    "portfolio_show" AccountsRead &[] => &[("accounts", "integer"), ("currency", "string")];
    "propose_action" PlansWrite PROPOSES => PROPOSED;
    "propose_interaction" AccountsWrite &[("account", Text, Be), ("kind", Contact, Be), ("day", Day, Be), ("text", Text, Be), ("reason", Text, Not)] => PROPOSED;
    "propose_objective" PlansWrite PROPOSES => PROPOSED;
    "score_why" AccountsRead &[("account", Text, Be), ("set", Set, Not)] => &[("axes", "array")];
    "search" AccountsRead &[("words", Text, Be)] => ITEMS;
    "week_show" PlansRead &[] => &[("as_of", "string"), ("actions", "array"), ("alarms", "array")];
}

/// Gives a tool by its name.
pub(super) fn find(name: &str) -> Option<&'static Entry> {
    ALL.iter().find(|one| one.name == name)
}

impl Entry {
    fn is_reading(&self) -> bool {
        !self.name.starts_with("propose_")
    }

    /// Gives the tool as it is listed.
    pub(super) fn tool(&self, lang: Lang) -> Tool {
        let words = text(lang, &format!("page-mcp-{}", self.name));
        let mut hints = ToolAnnotations::new();
        hints.read_only_hint = Some(self.is_reading());
        hints.destructive_hint = Some(false);
        hints.idempotent_hint = Some(self.is_reading());
        hints.open_world_hint = Some(false);
        Tool::new(self.name, words, Arc::new(self.input(lang)))
            .with_raw_output_schema(Arc::new(self.output()))
            .with_annotations(hints)
    }

    fn input(&self, lang: Lang) -> JsonObject {
        let properties: JsonObject = self
            .takes
            .iter()
            .map(|(name, kind, _)| ((*name).to_owned(), kind.schema(lang, name)))
            .collect();
        let required: Vec<&str> = self
            .takes
            .iter()
            .filter(|(_, _, must)| *must == Be)
            .map(|(name, _, _)| *name)
            .collect();
        object(
            json!({"properties": properties, "required": required, "additionalProperties": false}),
        )
    }

    fn output(&self) -> JsonObject {
        let properties: JsonObject = self
            .gives
            .iter()
            .map(|(name, kind)| ((*name).to_owned(), json!({"type": kind})))
            .collect();
        let required: Vec<&str> = self.gives.iter().map(|(name, _)| *name).collect();
        object(json!({"properties": properties, "required": required}))
    }
}

impl Kind {
    fn schema(self, lang: Lang, name: &str) -> Value {
        let words = text(lang, &format!("page-mcp-takes-{name}"));
        match self {
            Self::Text => json!({"type": "string", "description": words}),
            Self::Day => json!({"type": "string", "format": "date", "description": words}),
            Self::Count => json!({"type": "integer", "minimum": 0, "description": words}),
            Self::Contact => {
                let all = orchestre_domain::interaction::InteractionType::ALL;
                let all: Vec<&str> = all.iter().map(|one| one.as_str()).collect();
                json!({"type": "string", "enum": all, "description": words})
            }
            Self::Set => {
                let all = orchestre_domain::criterion::CriteriaSet::ALL;
                let all: Vec<&str> = all.iter().map(|one| one.as_str()).collect();
                json!({"type": "string", "enum": all, "description": words})
            }
        }
    }
}

fn object(more: Value) -> JsonObject {
    let mut schema = JsonObject::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("type".to_owned(), json!("object"));
    if let Value::Object(more) = more {
        schema.extend(more);
    }
    schema
}
