//! How people come in and how long they stay: shipped defaults \[D\] that users see and change.

use std::collections::BTreeSet;

use crate::permission::Role;

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;

/// The rules of signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRules {
    /// The least strength of a password, 0 (any) to 4 (very strong).
    pub strength: i64,
    /// A session ends after so many minutes without use.
    pub idle_minutes: i64,
    /// A session ends after so many hours, whatever happens.
    pub longest_hours: i64,
    /// What is sensitive asks again for the password after so many minutes.
    pub fresh_minutes: i64,
    /// An invitation holds for so many days.
    pub invitation_days: i64,
    /// A link for a new password holds for so many minutes.
    pub reset_minutes: i64,
    /// Whoever has one of these roles needs a second step.
    pub second_step_roles: BTreeSet<Role>,
}

impl Default for SignInRules {
    fn default() -> Self {
        Self {
            strength: 3,
            idle_minutes: 8 * 60,
            longest_hours: 7 * 24,
            fresh_minutes: 15,
            invitation_days: 7,
            reset_minutes: 60,
            second_step_roles: BTreeSet::new(),
        }
    }
}

impl SignInRules {
    /// Gives the numbers with their names and limits: name, value, least, most.
    pub const fn numbers(&self) -> [(&'static str, i64, i64, i64); 6] {
        [
            ("strength", self.strength, 0, 4),
            ("idle_minutes", self.idle_minutes, 5, 30 * 24 * 60),
            ("longest_hours", self.longest_hours, 1, 90 * 24),
            ("fresh_minutes", self.fresh_minutes, 1, 24 * 60),
            ("invitation_days", self.invitation_days, 1, 60),
            ("reset_minutes", self.reset_minutes, 5, 24 * 60),
        ]
    }

    /// Sets a number by its name; an unknown name changes nothing.
    pub fn set(&mut self, name: &str, value: i64) {
        match name {
            "strength" => self.strength = value,
            "idle_minutes" => self.idle_minutes = value,
            "longest_hours" => self.longest_hours = value,
            "fresh_minutes" => self.fresh_minutes = value,
            "invitation_days" => self.invitation_days = value,
            "reset_minutes" => self.reset_minutes = value,
            _ => {}
        }
    }

    /// Gives the name of the first number that is out of its limits.
    pub fn wrong(&self) -> Option<&'static str> {
        let mut numbers = self.numbers().into_iter();
        numbers.find(|(_, value, least, most)| value < least || value > most).map(|found| found.0)
    }

    /// Gives how long a session may idle, µs.
    pub const fn idle(&self) -> i64 {
        self.idle_minutes * MINUTE
    }

    /// Gives how long a session may last, µs.
    pub const fn longest(&self) -> i64 {
        self.longest_hours * 60 * MINUTE
    }

    /// Gives how long a proof is fresh, µs.
    pub const fn fresh(&self) -> i64 {
        self.fresh_minutes * MINUTE
    }

    /// Gives how long an invitation holds, µs.
    pub const fn invitation(&self) -> i64 {
        self.invitation_days * 24 * 60 * MINUTE
    }

    /// Gives how long a link for a new password holds, µs.
    pub const fn reset(&self) -> i64 {
        self.reset_minutes * MINUTE
    }

    /// Says whether somebody with these roles needs a second step.
    pub fn needs_second_step(&self, roles: &BTreeSet<Role>) -> bool {
        !self.second_step_roles.is_disjoint(roles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_set_by_its_name_and_has_limits() {
        let mut rules = SignInRules::default();
        assert_eq!(rules.wrong(), None);
        for (name, _, least, most) in SignInRules::default().numbers() {
            for (value, wanted) in
                [(least - 1, Some(name)), (least, None), (most, None), (most + 1, Some(name))]
            {
                rules.set(name, value);
                assert_eq!(rules.wrong(), wanted, "{name} {value}");
            }
            rules.set(name, most);
        }
        assert_eq!(rules.idle(), 30 * 24 * 3_600_000_000);
    }

    #[test]
    fn a_role_of_the_list_needs_a_second_step() {
        let mut rules = SignInRules::default();
        assert!(!rules.needs_second_step(&BTreeSet::from([Role::Adm])));
        rules.second_step_roles.insert(Role::Adm);
        assert!(rules.needs_second_step(&BTreeSet::from([Role::Adm, Role::Kam])));
        assert!(!rules.needs_second_step(&BTreeSet::from([Role::Kam])));
    }
}
