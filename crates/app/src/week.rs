//! My week: what is due, what changed since one last looked, what needs one.

mod alarms;

use std::collections::BTreeSet;

use jiff::civil::Date;
use orchestre_domain::clock::{day_of, instant};
use orchestre_domain::event::EventName;
use orchestre_domain::id::AccountId;
use orchestre_store::{Actions, FeedAsk, StoreError};

use crate::{AppError, Ctx};

pub use alarms::{Alarm, AlarmCode};
pub use orchestre_store::{Action, FeedRow, News};

/// How far one looks back who never looked: seven days, in microseconds.
const FIRST_LOOK: i64 = 7 * 24 * 3_600_000_000;
/// Entries of each list.
const MOST: usize = 60;

/// What `my week` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// The day.
    pub as_of: Date,
    /// My actions that should have been done.
    pub late: Vec<Action>,
    /// Those of today.
    pub today: Vec<Action>,
    /// Those of the rest of the week, until Sunday, by day.
    pub this_week: Vec<Action>,
    /// Those of the week after.
    pub next_week: Vec<Action>,
    /// Those after that.
    pub later: Vec<Action>,
    /// Those without a day.
    pub undated: Vec<Action>,
    /// What needs me, the most pressing first.
    pub alarms: Vec<Alarm>,
    /// Since when changes are told, µs: when one last looked, else seven days ago.
    pub since: i64,
    /// What others did here at my accounts, the newest first.
    pub changes: Vec<FeedRow>,
    /// What happened at my accounts, the newest first.
    pub news: Vec<News>,
    /// My accounts, or the key accounts for whoever has none, by name.
    pub accounts: Vec<(AccountId, String)>,
}

/// Gives the viewer's week as of a day.
///
/// # Errors
///
/// What the store says.
pub async fn show(ctx: &Ctx, as_of: Date) -> Result<Week, AppError> {
    let viewer = &ctx.viewer;
    let seen = ctx
        .db()
        .read(async |work| {
            let looked = match viewer.login {
                Some(login) => work.looked_at(login).await?,
                None => None,
            };
            let since = looked.unwrap_or(0).max(ctx.now() - MOST_DAYS).min(ctx.now());
            let since = if looked.is_some() { since } else { ctx.now() - FIRST_LOOK };
            let watched = work.watched(viewer, as_of).await?;
            let focus: BTreeSet<AccountId> = watched.iter().map(|one| one.account).collect();
            let actions = match viewer.person {
                Some(person) => work.actions(viewer, Actions::Open(person)).await?,
                None => Vec::new(),
            };
            let ask = FeedAsk { since: Some(since), limit: MOST, ..FeedAsk::default() };
            let mut changes = work.feed(viewer, &ask).await?;
            changes.retain(|row| row.name != EventName::OpinionRead);
            changes.retain(|row| row.login.is_none() || row.login != viewer.login);
            changes.retain(|row| row.account.is_none_or(|account| focus.contains(&account)));
            let from = day_of(since).min(as_of);
            let news = work.news(viewer, &focus, (from, as_of), MOST).await?;
            let alarms = alarms::sound(work, ctx, &watched, as_of).await?;
            Ok::<_, StoreError>(Seen { since, watched, actions, changes, news, alarms })
        })
        .await?;
    Ok(seen.week(as_of))
}

/// Changes older than ninety days are not told any more.
const MOST_DAYS: i64 = 90 * 24 * 3_600_000_000;

/// Marks the changes up to now as seen.
///
/// # Errors
///
/// What the store says.
pub async fn looked(ctx: &Ctx) -> Result<(), AppError> {
    let Some(login) = ctx.viewer.login else { return Ok(()) };
    let now = ctx.now();
    Ok(ctx.db().write(async |work| work.put_looked_at(login, now).await).await?)
}

/// What was read for a week.
struct Seen {
    since: i64,
    watched: Vec<orchestre_store::Watched>,
    actions: Vec<Action>,
    changes: Vec<FeedRow>,
    news: Vec<News>,
    alarms: Vec<Alarm>,
}

impl Seen {
    fn week(self, as_of: Date) -> Week {
        let sunday = plus(as_of, 7 - i64::from(as_of.weekday().to_monday_one_offset()));
        let next = plus(sunday, 7);
        let mut week = Week {
            as_of,
            late: Vec::new(),
            today: Vec::new(),
            this_week: Vec::new(),
            next_week: Vec::new(),
            later: Vec::new(),
            undated: Vec::new(),
            alarms: self.alarms,
            since: self.since,
            changes: self.changes,
            news: self.news,
            accounts: self.watched.into_iter().map(|one| (one.account, one.name)).collect(),
        };
        for action in self.actions {
            let part = match action.due_on {
                None => &mut week.undated,
                Some(due) if due < as_of => &mut week.late,
                Some(due) if due == as_of => &mut week.today,
                Some(due) if due <= sunday => &mut week.this_week,
                Some(due) if due <= next => &mut week.next_week,
                Some(_) => &mut week.later,
            };
            part.push(action);
        }
        week
    }
}

fn plus(day: Date, days: i64) -> Date {
    day_of(instant(day) + days * 24 * 3_600_000_000)
}
