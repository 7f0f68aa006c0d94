//! Who of ours serves which account in which role, dated.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PersonId};
use orchestre_domain::permission::Role;

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// A role of a person of ours at an account, dated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Its number.
    pub id: i64,
    /// Who.
    pub person: PersonId,
    /// At which account.
    pub account: AccountId,
    /// As what.
    pub role: Role,
    /// The share of a full time, in parts per million.
    pub fte_ppm: Option<i64>,
    /// The first day.
    pub from: Date,
    /// The day after the last; 9999-12-31 when it is open.
    pub to: Date,
}

impl Work<'_> {
    /// Adds an assignment; what the person was in the same role there ends on its first day.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such person or account.
    pub async fn add_assignment(&mut self, assignment: &Assignment) -> Result<(), StoreError> {
        let (person, account) = (assignment.person, assignment.account);
        self.end_assignment((person, account), assignment.role, assignment.from).await?;
        let text = "INSERT INTO assignments (id, person_id, account_id, role, fte_ppm, valid_from, valid_to) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let row = sql(text)
            .bind(assignment.id)
            .bind(person.as_i64())
            .bind(account.as_i64())
            .bind(assignment.role.as_str())
            .bind(assignment.fte_ppm)
            .bind(assignment.from.to_string())
            .bind(assignment.to.to_string());
        self.run(row).await?;
        Ok(())
    }

    /// Ends what a person is in a role at an account; says whether there was something to end.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_assignment(
        &mut self,
        (person, account): (PersonId, AccountId),
        role: Role,
        day: Date,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE assignments SET valid_to = $4 WHERE person_id = $1 AND account_id = $2 \
                    AND role = $3 AND valid_to > $4";
        let row = sql(text).bind(person.as_i64()).bind(account.as_i64());
        Ok(self.run(row.bind(role.as_str()).bind(day.to_string())).await? > 0)
    }
}
