//! Parameters that several operations share.

use std::marker::PhantomData;

use orchestre_app::access::SECTIONS;
use orchestre_app::portfolio::SortKey;
use orchestre_app::roster::CHANGES;
use orchestre_app::wire::words;
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::event::EventName;
use orchestre_domain::id::LoginId;
use orchestre_domain::import::ImportKind;
use orchestre_domain::party::BuiltInView;
use orchestre_domain::permission::FIELDS;
use orchestre_domain::rate::RateRule;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{
    ArrayBuilder, Object, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{KnownFormat, RefOr};
use utoipa::{IntoParams, ToSchema};

use crate::api::answer::PAGE;

pub(crate) use super::shapes::*;

/// Any text without a NUL.
pub(crate) const TEXT: &str = "^[^\\u0000]*$";

/// Gives a parameter of the query.
pub(crate) fn query(name: &str, meaning: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .description(Some(meaning))
        .schema(Some(schema))
        .build()
}

/// Gives the schema of a text of at most so many letters.
pub(crate) fn text(most: usize) -> Object {
    let text = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    text.pattern(Some(TEXT)).max_length(Some(most)).build()
}

/// Gives the schema of a text of a form.
pub(crate) fn pattern(pattern: &str) -> Object {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).pattern(Some(pattern)).build()
}

/// Gives the schema of a whole number.
pub(crate) fn whole(least: usize, most: usize) -> Object {
    let number = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer));
    number.minimum(Some(least)).maximum(Some(most)).build()
}

/// Gives the schema of a day.
pub(crate) fn day() -> Object {
    let text = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    text.format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).build()
}

fn many(item: Object) -> Schema {
    ArrayBuilder::new().items(item).build().into()
}

/// Day, currency and rule of conversion of figures.
#[derive(Debug)]
pub(crate) struct Figures;

impl IntoParams for Figures {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let rules = words::of(RateRule::ALL.iter().map(|rule| rule.as_str()));
        vec![
            query("as_of", "The day for which figures hold; today unless given.", day()),
            query("currency", "The currency of all money.", pattern("^(EUR|USD|GBP|PLN|JPY|CHF)$")),
            query("rates", "The rule of conversion.", rules),
        ]
    }
}

/// The day alone.
#[derive(Debug)]
pub(crate) struct Day;

impl IntoParams for Day {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![query("as_of", "The day that is looked at; today unless given.", day())]
    }
}

/// Which page of a list.
#[derive(Debug)]
pub(crate) struct Paging;

impl IntoParams for Paging {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let cursor = pattern("^[0-9]{1,6}-[0-9A-Za-z_.]{1,64}$");
        vec![
            query("cursor", "`next_cursor` of the page before.", cursor),
            query("limit", "At most so many things.", whole(1, PAGE.1)),
            query("from", "So many come before; `cursor` is better.", whole(0, 1_000_000)),
            query("count", "The older name of `limit`.", whole(1, 1_000)),
        ]
    }
}

/// Which fields of a thing; all unless given.
#[derive(Debug)]
pub(crate) struct Fields<T>(PhantomData<T>);

impl<T: ToSchema> IntoParams for Fields<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        // The names are put in when all types are known.
        let item = pattern(&format!("@{}", T::name()));
        let list = ArrayBuilder::new().items(item).min_items(Some(1)).build();
        let one = ParameterBuilder::new()
            .name("fields")
            .parameter_in(ParameterIn::Query)
            .description(Some("Only these fields, with commas between."))
            .style(Some(ParameterStyle::Form))
            .explode(Some(false))
            .schema(Some(list));
        vec![one.build()]
    }
}

/// The filters and the order of accounts.
#[derive(Debug)]
pub(crate) struct Accounts;

impl IntoParams for Accounts {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let keys = SortKey::WORDS.iter().map(|(_, word)| *word);
        let orders: Vec<String> =
            keys.flat_map(|key| [key.to_owned(), format!("-{key}")]).collect();
        let order = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
        let tiers = words::of(Tier::ALL.iter().map(|tier| tier.as_str()));
        let statuses = words::of(AccountStatus::ALL.iter().map(|status| status.as_str()));
        vec![
            query("q", "Words with which names, ids, city or sector begin.", text(200)),
            query("tier", "Any of these tiers.", many(tiers)),
            query("status", "Any of these statuses.", many(statuses)),
            query("country", "Any of these countries.", many(pattern("^[A-Z]{2}$"))),
            query("sector", "Any of these sectors.", many(text(100))),
            query(
                "sort",
                "By what; a minus turns it round.",
                order.enum_values(Some(orders)).build(),
            ),
        ]
    }
}

/// Words to look for.
#[derive(Debug)]
pub(crate) struct Words;

impl IntoParams for Words {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![query("q", "Words, each the beginning of one.", text(200))]
    }
}

/// Which set of criteria.
#[derive(Debug)]
pub(crate) struct Set;

impl IntoParams for Set {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let sets = words::of(CriteriaSet::ALL.iter().map(|set| set.as_str()));
        vec![query("set", "The set of criteria; `selection` unless given.", sets)]
    }
}

/// How a file is read.
#[derive(Debug)]
pub(crate) struct Reading;

impl IntoParams for Reading {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let kinds = words::of(ImportKind::ALL.iter().map(|kind| kind.as_str()));
        let mut name =
            query("name", "The name of the file.", pattern("^[A-Za-z0-9_-]{1,60}\\.csv$"));
        name.required = utoipa::openapi::Required::True;
        vec![
            name,
            query("kind", "What it holds; found out unless given.", kinds),
            query("origin", "The system from which it comes.", pattern("^[A-Za-z0-9_-]{1,40}$")),
            query(
                "currency",
                "The currency of money without one.",
                pattern("^(EUR|USD|GBP|PLN|JPY|CHF)$"),
            ),
            query(
                "dry_run",
                "Says what would be done, and does nothing.",
                words::of(["1"].into_iter()),
            ),
            query(
                "compare",
                "Keeps what would be done until it is applied or put aside.",
                words::of(["1"].into_iter()),
            ),
            query(
                "map",
                "HEADING=FIELD for a column that is not understood.",
                many(pattern("^[^=\\u0000]{1,60}=[a-z_]{1,40}$")),
            ),
        ]
    }
}

/// What is looked for among events.
#[derive(Debug)]
pub(crate) struct Events;

impl IntoParams for Events {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let names = words::of(EventName::ALL.iter().map(|name| name.as_str()));
        let login = pattern("^lgn_[0-9a-hjkmnp-tv-z]{13}$");
        vec![
            query("q", "Found in who did it, in the account or in what was done.", text(200)),
            query("event", "Events of this name.", names),
            query("since", "From this day on.", day()),
            query("until", "Up to this day, included.", day()),
            query("account", "What concerns this account.", account_id()),
            query("login", "What was done by this sign-in.", login),
            query("object", "What was done to this kind of object.", pattern("^[a-z_]{1,40}$")),
            query(
                "object_id",
                "What was done to the object of this number.",
                pattern("^[0-9]{1,18}$"),
            ),
        ]
    }
}

/// Whose actions.
#[derive(Debug)]
pub(crate) struct OfAccount;

impl IntoParams for OfAccount {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![query(
            "account",
            "Those of this account; one's own open ones unless given.",
            account_id(),
        )]
    }
}

/// The language of a document.
#[derive(Debug)]
pub(crate) struct Language;

impl IntoParams for Language {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![query("lang", "The language; one's own unless given.", words::lang())]
    }
}

/// Whose tokens or subscriptions.
#[derive(Debug)]
pub(crate) struct Everybodys;

impl IntoParams for Everybodys {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let meaning = "Everybody's, for those who read sign-ins; one's own unless given.";
        vec![query("all", meaning, words::of(["1"].into_iter()))]
    }
}

/// What is asked about access: who sees something, or what somebody sees.
#[derive(Debug)]
pub(crate) struct Access;

impl IntoParams for Access {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let object = pattern("^(acc|per|pln)_[0-9a-hjkmnp-tv-z]{13}$");
        let sections = words::of(SECTIONS.iter().map(|section| section.as_str()));
        let fields = FIELDS.lines().skip(2).filter_map(|line| line.split_once(','));
        let known = sections.enum_values.unwrap_or_default().into_iter();
        let names: Vec<serde_json::Value> =
            known.chain(fields.map(|(name, _)| name.into())).collect();
        let field = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
        vec![
            query("object", "Who sees this: an account, a person or a plan.", object),
            query("field", "Which section or field of it.", field.enum_values(Some(names)).build()),
            query("login", "What this one sees; yourself unless given.", id_of::<LoginId>()),
        ]
    }
}

/// What is done to a sign-in.
#[derive(Debug)]
pub(crate) struct LoginChange;

impl IntoParams for LoginChange {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut change = query("change", "What is done.", words::of(CHANGES.into_iter()));
        change.parameter_in = ParameterIn::Path;
        change.required = utoipa::openapi::Required::True;
        vec![change]
    }
}

/// Which view of a group.
#[derive(Debug)]
pub(crate) struct View;

impl IntoParams for View {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let views = words::of(BuiltInView::ALL.iter().map(|view| view.as_str()));
        vec![query("view", "The view; `legal` unless given.", views)]
    }
}
