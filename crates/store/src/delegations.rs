//! Loans of rights to colleagues, dated.

use std::collections::BTreeSet;

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, DelegationId, LoginId};

use crate::error::StoreError;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A loan of rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// Who lends, with the name.
    pub from: (LoginId, String),
    /// To whom, with the name.
    pub to: (LoginId, String),
    /// The accounts; `None` is all own ones.
    pub accounts: Option<BTreeSet<AccountId>>,
    /// The first day.
    pub begins: String,
    /// The day after the last.
    pub ends: String,
}

/// Which loans are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delegations {
    /// All.
    All,
    /// Those that a login gave or was given.
    Of(LoginId),
}

impl Work<'_> {
    /// Adds a loan.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such login or account.
    pub async fn add_delegation(
        &mut self,
        id: DelegationId,
        (from, to): (LoginId, LoginId),
        accounts: Option<&BTreeSet<AccountId>>,
        (begins, ends): (Date, Date),
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO delegations (id, from_login, to_login, is_whole, valid_from, valid_to) \
                    VALUES ($1, $2, $3, $4, $5, $6)";
        let row = sql(text)
            .bind(id.as_i64())
            .bind(from.as_i64())
            .bind(to.as_i64())
            .bind(i64::from(accounts.is_none()))
            .bind(begins.to_string())
            .bind(ends.to_string());
        self.run(row).await?;
        for account in accounts.into_iter().flatten() {
            let text =
                "INSERT INTO delegation_accounts (delegation_id, account_id) VALUES ($1, $2)";
            self.run(sql(text).bind(id.as_i64()).bind(account.as_i64())).await?;
        }
        Ok(())
    }

    /// Lets a loan end on a day; false when it has ended.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_delegation(
        &mut self,
        id: DelegationId,
        day: Date,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE delegations SET valid_to = $2 WHERE id = $1 AND valid_to > $2";
        Ok(self.run(sql(text).bind(id.as_i64()).bind(day.to_string())).await? > 0)
    }

    /// Gives the loans that have not ended before a day, the first to begin first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_delegations(
        &mut self,
        which: Delegations,
        day: Date,
    ) -> Result<Vec<Delegation>, StoreError> {
        let mut text = "SELECT d.id, d.from_login, d.to_login, f.name AS from_name, t.name AS to_name, d.is_whole, \
                        d.valid_from, d.valid_to, c.account_id FROM delegations d \
                        JOIN logins f ON f.id = d.from_login JOIN logins t ON t.id = d.to_login \
                        LEFT JOIN delegation_accounts c ON c.delegation_id = d.id WHERE d.valid_to > $1"
            .to_owned();
        let mut values = vec![day.to_string().into()];
        if let Delegations::Of(login) = which {
            text.push_str(" AND (d.from_login = $2 OR d.to_login = $2)");
            values.push(login.as_i64().into());
        }
        text.push_str(" ORDER BY d.valid_from, d.id, c.account_id");
        let mut all: Vec<Delegation> = Vec::new();
        for row in self.rows(Sql::built(text).bind_all(values)).await? {
            let id = DelegationId(row.get("id")?);
            if all.last().is_none_or(|last| last.id != id) {
                let is_whole = row.get::<i64>("is_whole")? == 1;
                all.push(Delegation {
                    id,
                    from: (LoginId(row.get("from_login")?), row.get("from_name")?),
                    to: (LoginId(row.get("to_login")?), row.get("to_name")?),
                    accounts: (!is_whole).then(BTreeSet::new),
                    begins: row.get("valid_from")?,
                    ends: row.get("valid_to")?,
                });
            }
            if let Some(accounts) = all.last_mut().and_then(|last| last.accounts.as_mut()) {
                accounts.extend(row.opt("account_id")?.map(AccountId));
            }
        }
        Ok(all)
    }
}
