//! The week, what happened, and people, as JSON.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Action, NamedRef, action};
use crate::feed::FeedRow;
use crate::people::{InteractionLine, Person as Shown, PersonLine};
use crate::week::{Alarm as Sounded, News as Told, Week as Seen};

/// Something that happened here.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Event {
    /// The id.
    pub id: String,
    /// What: `plan.updated`, `action.created` …
    #[schema(examples("plan.updated"))]
    pub name: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who; null for the program itself.
    pub who: Option<String>,
    /// To or for which person of ours it was done: who got a role, whose eyes; null for none.
    pub whom: Option<String>,
    /// The account that it concerns.
    pub account: Option<NamedRef>,
    /// The kind of object.
    #[schema(examples("plan"))]
    pub object: String,
    /// Closed words, ids and amounts by name.
    pub details: BTreeMap<String, String>,
}

/// Gives something that happened here.
pub fn event(row: &FeedRow) -> Event {
    let pairs = row.payload.lines().filter_map(|line| line.split_once('='));
    Event {
        id: row.id.to_string(),
        name: row.name.as_str().to_owned(),
        at: Timestamp::from_microsecond(row.at)
            .map_or_else(|_out| String::new(), |at| at.to_string()),
        who: row.who.clone(),
        whom: row.whom.clone(),
        account: row.account.map(|id| NamedRef {
            id: id.to_string(),
            name: row.account_name.clone().unwrap_or_default(),
        }),
        object: row.object.clone(),
        details: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    }
}

/// Something that happened at a customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct News {
    /// What, as a stable word.
    #[schema(examples("opportunity_moved"))]
    pub code: String,
    /// The account.
    pub account: NamedRef,
    /// What it is called.
    pub title: Option<String>,
    /// More of it.
    pub detail: String,
    /// When.
    #[schema(format = Date)]
    pub day: String,
}

/// Something that needs the viewer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Alarm {
    /// What, as a stable word.
    #[schema(examples("plan_stale"))]
    pub code: String,
    /// The account.
    pub account: NamedRef,
    /// The person, when it is about one.
    pub person: Option<NamedRef>,
    /// The plan, when it is about one.
    pub plan: Option<String>,
    /// The action, when it is about one.
    pub action: Option<String>,
    /// How many days.
    pub days: Option<i64>,
    /// The day on which it rests.
    #[schema(format = Date)]
    pub evidence_day: Option<String>,
}

/// What is due, what needs the viewer, what changed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Week {
    /// The day.
    #[schema(format = Date)]
    pub as_of: String,
    /// What should have been done.
    pub late: Vec<Action>,
    /// What is due on the day.
    pub today: Vec<Action>,
    /// What is due until Sunday.
    pub this_week: Vec<Action>,
    /// What is due in the week after.
    pub next_week: Vec<Action>,
    /// What is due after that.
    pub later: Vec<Action>,
    /// What has no day.
    pub undated: Vec<Action>,
    /// What needs the viewer, the most pressing first.
    pub alarms: Vec<Alarm>,
    /// Since when changes are told.
    #[schema(format = DateTime)]
    pub since: String,
    /// What others did here.
    pub changes: Vec<Event>,
    /// What happened at the customers.
    pub news: Vec<News>,
    /// The accounts that are watched.
    pub accounts: Vec<NamedRef>,
}

/// Gives a week.
pub fn week(week: &Seen) -> Week {
    let actions = |list: &[crate::week::Action]| list.iter().map(action).collect();
    let since = Timestamp::from_microsecond(week.since);
    Week {
        as_of: week.as_of.to_string(),
        late: actions(&week.late),
        today: actions(&week.today),
        this_week: actions(&week.this_week),
        next_week: actions(&week.next_week),
        later: actions(&week.later),
        undated: actions(&week.undated),
        alarms: week.alarms.iter().map(alarm).collect(),
        since: since.map_or_else(|_out| String::new(), |at| at.to_string()),
        changes: week.changes.iter().map(event).collect(),
        news: week.news.iter().map(news).collect(),
        accounts: week
            .accounts
            .iter()
            .map(|(id, name)| NamedRef { id: id.to_string(), name: name.clone() })
            .collect(),
    }
}

fn alarm(one: &Sounded) -> Alarm {
    Alarm {
        code: one.code.as_str().to_owned(),
        account: NamedRef { id: one.account.to_string(), name: one.account_name.clone() },
        person: one
            .person
            .as_ref()
            .map(|(id, name)| NamedRef { id: id.to_string(), name: name.clone() }),
        plan: one.plan.map(|id| id.to_string()),
        action: one.action.as_ref().map(|(id, _)| id.to_string()),
        days: one.value,
        evidence_day: one.evidence_day.map(|day| day.to_string()),
    }
}

fn news(one: &Told) -> News {
    News {
        code: one.code.to_owned(),
        account: NamedRef { id: one.account.to_string(), name: one.account_name.clone() },
        title: one.title.clone(),
        detail: one.detail.clone(),
        day: one.day.to_string(),
    }
}

/// A customer's person as lists show one.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PersonRef {
    /// The id.
    pub id: String,
    /// The name.
    #[schema(examples("Camille Montaland"))]
    pub name: String,
    /// What one is there.
    pub title: Option<String>,
    /// The company in which one works.
    pub party: String,
    /// The account.
    pub account: NamedRef,
}

/// Gives a customer's person as lists show one.
pub fn person_line(one: &PersonLine) -> PersonRef {
    PersonRef {
        id: one.id.to_string(),
        name: one.name.clone(),
        title: one.title.clone(),
        party: one.party_name.clone(),
        account: NamedRef { id: one.account.to_string(), name: one.account_name.clone() },
    }
}

/// Where somebody works, or whom somebody serves; an open end is null.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Place {
    /// The company or the account.
    pub name: String,
    /// As what.
    pub role: Option<String>,
    /// The account.
    pub account: Option<String>,
    /// Since when.
    #[schema(format = Date)]
    pub from: Option<String>,
    /// Until when.
    #[schema(format = Date)]
    pub to: Option<String>,
}

/// What somebody thinks of a person; it has an author and a day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Assessment {
    /// The account.
    pub account: String,
    /// Influence, 1 to 5.
    pub influence: Option<i64>,
    /// Stance, −2 to 2.
    pub stance: Option<i64>,
    /// Strength of the relation, 0 to 5.
    pub strength: Option<i64>,
    /// When.
    #[schema(format = Date)]
    pub assessed_on: String,
    /// Why.
    pub motive: Option<String>,
    /// Who says so.
    pub author: Option<String>,
}

/// A contact with a customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Interaction {
    /// The id.
    pub id: String,
    /// Its kind.
    #[schema(examples("meeting"))]
    pub kind: String,
    /// The day.
    #[schema(format = Date)]
    pub day: String,
    /// What it was about.
    pub subject: Option<String>,
    /// The company.
    pub party: String,
    /// Who took part.
    pub people: Vec<String>,
}

/// Gives a contact.
pub fn interaction(one: &InteractionLine) -> Interaction {
    Interaction {
        id: one.id.to_string(),
        kind: one.kind.to_string(),
        day: one.day.to_string(),
        subject: one.subject.clone(),
        party: one.party_name.clone(),
        people: one.people.clone(),
    }
}

/// A person with everything that the viewer may see.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Person {
    /// The id.
    pub id: String,
    /// `customer`, `supplier` or `third`.
    pub side: String,
    /// The name.
    pub name: String,
    /// The title.
    pub title: Option<String>,
    /// The function.
    pub function: Option<String>,
    /// The address of mail.
    pub email: Option<String>,
    /// The telephone.
    pub phone: Option<String>,
    /// The language.
    pub lang: Option<String>,
    /// Where one works and worked.
    pub places: Vec<Place>,
    /// Which accounts one of ours serves.
    pub serves: Vec<Place>,
    /// The latest contacts, the newest first.
    pub contacts: Vec<Interaction>,
    /// Opinions; absent for those who read none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessments: Option<Vec<Assessment>>,
}

/// Gives a person.
pub fn person(shown: &Shown) -> Person {
    let card = &shown.card;
    let opinions = shown.assessments.as_ref();
    Person {
        id: card.id.to_string(),
        side: card.side.clone(),
        name: card.name.clone(),
        title: card.title.clone(),
        function: card.function.clone(),
        email: card.email.clone(),
        phone: card.phone.clone(),
        lang: card.lang.clone(),
        places: shown.places.iter().map(place).collect(),
        serves: shown.served.iter().map(place).collect(),
        contacts: shown.contacts.iter().map(interaction).collect(),
        assessments: opinions.map(|all| all.iter().map(assessment).collect()),
    }
}

fn place(one: &crate::people::Place) -> Place {
    let day = |text: &String, open: &str| Some(text.clone()).filter(|text| text != open);
    Place {
        name: one.name.clone(),
        role: one.role.clone(),
        account: one.account.map(|id| id.to_string()),
        from: day(&one.from, "0001-01-01"),
        to: day(&one.to, "9999-12-31"),
    }
}

fn assessment(one: &crate::people::Assessment) -> Assessment {
    Assessment {
        account: one.account.to_string(),
        influence: one.influence,
        stance: one.stance,
        strength: one.strength,
        assessed_on: one.assessed_on.clone(),
        motive: one.motive.clone(),
        author: one.author.clone(),
    }
}
