//! Accounts as the hierarchy makes them: one a root, with the parties that it holds, when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use orchestre_domain::hierarchy::Period;
use orchestre_domain::id::{AccountId, PartyId};

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// A party that belongs to an account for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountParty {
    /// The party.
    pub party: PartyId,
    /// When.
    pub period: Period,
    /// The account.
    pub account: AccountId,
}

/// A rule that moves a party into an account or out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopeRule {
    /// The account.
    pub account: AccountId,
    /// The party, with what lies below it.
    pub party: PartyId,
    /// Whether the party is counted in; else it is left out.
    pub is_included: bool,
    /// When.
    pub period: Period,
}

/// A tier or status of an account from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountState {
    /// Its id.
    pub id: i64,
    /// The account.
    pub account: AccountId,
    /// `tier` or `status`.
    pub field: &'static str,
    /// The word.
    pub value: String,
    /// The first day.
    pub from: Date,
    /// Whether a decision set it, not a file.
    pub is_decided: bool,
}

impl Work<'_> {
    /// Gives the kinds of all parties.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_party_kinds(&mut self) -> Result<BTreeMap<PartyId, String>, StoreError> {
        let rows = self.rows(sql("SELECT id, kind FROM parties ORDER BY id")).await?;
        rows.iter().map(|row| Ok((PartyId(row.get("id")?), row.get("kind")?))).collect()
    }

    /// Gives the accounts by their root party.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_account_roots(
        &mut self,
    ) -> Result<BTreeMap<PartyId, AccountId>, StoreError> {
        let rows = self.rows(sql("SELECT id, party_id FROM accounts ORDER BY id")).await?;
        rows.iter()
            .map(|row| Ok((PartyId(row.get("party_id")?), AccountId(row.get("id")?))))
            .collect()
    }

    /// Adds accounts for root parties.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_add_accounts(
        &mut self,
        accounts: &[(AccountId, PartyId)],
    ) -> Result<(), StoreError> {
        let row = |(account, party): &(AccountId, PartyId)| {
            vec![account.as_i64().into(), party.as_i64().into(), 1_i64.into()]
        };
        self.insert(
            "accounts",
            &["id", "party_id", "version"],
            accounts.iter().map(row).collect(),
            "",
        )
        .await
    }

    /// Takes an account away to which nothing refers; gives whether it is gone.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_drop_account(&mut self, account: AccountId) -> Result<bool, StoreError> {
        let text = "DELETE FROM accounts WHERE id = $1 \
            AND NOT EXISTS (SELECT 1 FROM account_states WHERE account_id = $1) \
            AND NOT EXISTS (SELECT 1 FROM account_scopes WHERE account_id = $1) \
            AND NOT EXISTS (SELECT 1 FROM assignments WHERE account_id = $1) \
            AND NOT EXISTS (SELECT 1 FROM walls WHERE account_a = $1 OR account_b = $1) \
            AND NOT EXISTS (SELECT 1 FROM scoped_roles WHERE account_id = $1) \
            AND NOT EXISTS (SELECT 1 FROM unit_accounts WHERE account_id = $1) \
            AND NOT EXISTS (SELECT 1 FROM delegation_accounts WHERE account_id = $1) \
            AND NOT EXISTS (SELECT 1 FROM plans WHERE account_id = $1) \
            AND NOT EXISTS (SELECT 1 FROM actions WHERE account_id = $1)";
        Ok(self.run(sql(text).bind(account.as_i64())).await? > 0)
    }

    /// Gives the rules that move parties.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_scope_rules(&mut self) -> Result<Vec<ScopeRule>, StoreError> {
        let text = "SELECT account_id, party_id, rule, valid_from, valid_to FROM account_scopes ORDER BY id";
        let rows = self.rows(sql(text)).await?;
        let rule = |row: &crate::row::Row| {
            Ok(ScopeRule {
                account: AccountId(row.get("account_id")?),
                party: PartyId(row.get("party_id")?),
                is_included: row.get::<String>("rule")? == "include",
                period: Period { from: row.day("valid_from")?, to: row.day("valid_to")? },
            })
        };
        rows.iter().map(rule).collect()
    }

    /// Gives which party belongs to which account, when.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_account_parties(&mut self) -> Result<Vec<AccountParty>, StoreError> {
        let text = "SELECT account_id, party_id, valid_from, valid_to FROM account_parties \
                    ORDER BY party_id, valid_from";
        let rows = self.rows(sql(text)).await?;
        let row = |row: &crate::row::Row| {
            Ok(AccountParty {
                party: PartyId(row.get("party_id")?),
                period: Period { from: row.day("valid_from")?, to: row.day("valid_to")? },
                account: AccountId(row.get("account_id")?),
            })
        };
        rows.iter().map(row).collect()
    }

    /// Takes some rows of [`Self::system_account_parties`] away and adds others.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_account_parties(
        &mut self,
        gone: &[AccountParty],
        new: &[AccountParty],
    ) -> Result<(), StoreError> {
        for row in gone {
            let text = "DELETE FROM account_parties WHERE party_id = $1 AND valid_from = $2";
            self.run(sql(text).bind(row.party.as_i64()).bind(row.period.from.to_string())).await?;
        }
        let row = |row: &AccountParty| {
            vec![
                row.account.as_i64().into(),
                row.party.as_i64().into(),
                row.period.from.to_string().into(),
                row.period.to.to_string().into(),
            ]
        };
        let columns = &["account_id", "party_id", "valid_from", "valid_to"];
        self.insert("account_parties", columns, new.iter().map(row).collect(), "").await
    }

    /// Gives the tiers and statuses of all accounts, each in the order of days.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_dated_states(&mut self) -> Result<Vec<AccountState>, StoreError> {
        let text = "SELECT id, account_id, field, value, valid_from, event_id, decided_by FROM account_states \
                    ORDER BY account_id, field, valid_from";
        let rows = self.rows(sql(text)).await?;
        let state = |row: &crate::row::Row| {
            let is_decided =
                row.opt::<i64>("event_id")?.is_some() || row.opt::<i64>("decided_by")?.is_some();
            Ok(AccountState {
                id: row.get("id")?,
                account: AccountId(row.get("account_id")?),
                field: if row.get::<String>("field")? == "tier" { "tier" } else { "status" },
                value: row.get("value")?,
                from: row.day("valid_from")?,
                is_decided,
            })
        };
        rows.iter().map(state).collect()
    }

    /// Sets tiers and statuses that a file brought.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn system_put_account_states(
        &mut self,
        states: &[AccountState],
    ) -> Result<(), StoreError> {
        let row = |state: &AccountState| {
            vec![
                state.id.into(),
                state.account.as_i64().into(),
                state.field.into(),
                state.value.as_str().into(),
                state.from.to_string().into(),
            ]
        };
        let columns = &["id", "account_id", "field", "value", "valid_from"];
        let tail =
            "ON CONFLICT (account_id, field, valid_from) DO UPDATE SET value = excluded.value";
        self.insert("account_states", columns, states.iter().map(row).collect(), tail).await
    }
}
