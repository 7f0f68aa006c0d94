//! Roles that groups bring, kept in step at each sign-in. What a hand gave stays as the hand gave it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use orchestre_domain::event::EventName;
use orchestre_domain::id::{GrantId, LoginId};
use orchestre_domain::permission::Role;
use orchestre_store::{Login, NewScope, StoreError, Ways, Work};

use super::Events;

/// What happens to a role of the whole company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It stays as it is.
    Nothing,
    /// It is given, and kept as one that these groups brought.
    Give,
    /// It is held by other groups already: these bring it too.
    Join,
    /// These groups bring it no more, others do, or it has ended.
    Leave,
    /// These groups brought it and nobody else: it ends.
    End,
}

/// Whose groups brought a role before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// Nobody's.
    Nobody,
    /// Those of the issuer that speaks now.
    Us,
    /// Those of others.
    Others,
    /// Both.
    Both,
}

impl By {
    /// Gives whose it is: those of the issuer that speaks now, and those of others.
    const fn of(ours_and_others: (bool, bool)) -> Self {
        match ours_and_others {
            (false, false) => Self::Nobody,
            (true, false) => Self::Us,
            (false, true) => Self::Others,
            (true, true) => Self::Both,
        }
    }

    /// Gives what happens to a role: whether the groups bring it now, and whether the login holds it
    /// today or from a later day.
    const fn step(self, wanted_and_held: (bool, bool)) -> Step {
        match (self, wanted_and_held) {
            (_, (true, false)) => Step::Give,
            (Self::Others, (true, true)) => Step::Join,
            (Self::Us, (false, true)) => Step::End,
            (Self::Us, (false, false)) | (Self::Both, (false, _)) => Step::Leave,
            // As before, or held and not by groups: a hand gave it.
            _ => Step::Nothing,
        }
    }
}

/// Ends the roles that the groups of an issuer brought: it vouches no more.
pub(super) async fn leave(
    work: &mut Work<'_>,
    events: &Events,
    login: &Login,
    issuer: &str,
) -> Result<(), StoreError> {
    set(work, events, (login, issuer), &BTreeSet::new()).await
}

/// Gives and ends the roles that the groups of an issuer bring now.
pub(super) async fn set(
    work: &mut Work<'_>,
    events: &Events,
    (login, issuer): (&Login, &str),
    wanted: &BTreeSet<Role>,
) -> Result<(), StoreError> {
    let day = events.ctx.today();
    let held = held(work, login.id, day).await?;
    let brought = work.system_group_roles(login.id).await?;
    let ours = brought.iter().filter(|(from, _)| from == issuer).map(|(_, role)| *role);
    let (mut given, mut ended) = (Vec::new(), Vec::new());
    for role in wanted.iter().copied().chain(ours).collect::<BTreeSet<_>>() {
        let is_by =
            |own: bool| brought.iter().any(|(from, one)| *one == role && (from == issuer) == own);
        let by = By::of((is_by(true), is_by(false)));
        match by.step((wanted.contains(&role), held.contains(&role))) {
            Step::Nothing => {}
            Step::Give => {
                let grant = GrantId(events.ctx.id());
                work.add_role(grant, (login.id, role), NewScope::Company, (day, Date::MAX)).await?;
                work.add_group_role(login.id, role, issuer).await?;
                given.push(role);
            }
            Step::Join => work.add_group_role(login.id, role, issuer).await?,
            Step::Leave => work.remove_group_role(login.id, role, issuer).await?,
            Step::End => {
                work.remove_group_role(login.id, role, issuer).await?;
                work.end_role(login.id, role, day).await?;
                ended.push(role);
            }
        }
    }
    if given.is_empty() && ended.is_empty() {
        return Ok(());
    }
    let words =
        |roles: &[Role]| roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(",");
    let payload = vec![("given", words(&given)), ("ended", words(&ended))];
    work.record(&events.make(EventName::GroupRolesSet, login, payload)).await
}

/// Gives the roles of the whole company that a login holds on a day or from a later one.
async fn held(
    work: &mut Work<'_>,
    login: LoginId,
    day: Date,
) -> Result<BTreeSet<Role>, StoreError> {
    let lines = work.system_roles(Ways::Of(login), day).await?;
    Ok(lines
        .into_iter()
        .filter(|line| line.scope == NewScope::Company)
        .map(|line| line.role)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::{By, Step};

    #[test]
    fn a_role_of_groups_comes_and_goes_and_one_of_a_hand_stays() {
        let step = |by: By, wanted, held| by.step((wanted, held));
        assert_eq!(step(By::Nobody, true, false), Step::Give, "new");
        assert_eq!(step(By::Nobody, true, true), Step::Nothing, "a hand gave it");
        assert_eq!(step(By::Nobody, false, true), Step::Nothing, "a hand gave it");
        assert_eq!(step(By::Us, true, true), Step::Nothing, "as before");
        assert_eq!(step(By::Us, true, false), Step::Give, "a hand ended it: in step again");
        assert_eq!(step(By::Us, false, true), Step::End);
        assert_eq!(step(By::Us, false, false), Step::Leave, "it had ended");
        assert_eq!(step(By::Others, true, true), Step::Join, "two bring it");
        assert_eq!(step(By::Both, false, true), Step::Leave, "the other still brings it");
        assert_eq!(step(By::Both, true, true), Step::Nothing, "as before");
        assert_eq!(step(By::Others, false, true), Step::Nothing, "somebody else's");
        assert_eq!(By::of((true, true)), By::Both);
    }
}
