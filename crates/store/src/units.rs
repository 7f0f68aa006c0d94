//! Units of ours, and the accounts for which they answer.

use orchestre_domain::id::{AccountId, UnitId};

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

/// A unit of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// The accounts for which it answers.
    pub accounts: Vec<AccountId>,
}

impl Work<'_> {
    /// Adds a unit without accounts.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_unit(&mut self, id: UnitId, name: &str) -> Result<(), StoreError> {
        let text =
            "INSERT INTO supplier_units (id, kind, name, version) VALUES ($1, 'unit', $2, 1)";
        self.run(sql(text).bind(id.as_i64()).bind(name)).await?;
        Ok(())
    }

    /// Lets a unit answer for an account; nothing changes when it does already.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such unit or account.
    pub async fn add_unit_account(
        &mut self,
        unit: UnitId,
        account: AccountId,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO unit_accounts (unit_id, account_id) VALUES ($1, $2) \
                    ON CONFLICT (unit_id, account_id) DO NOTHING";
        self.run(sql(text).bind(unit.as_i64()).bind(account.as_i64())).await?;
        Ok(())
    }

    /// Takes an account from a unit; says whether the unit had it.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn drop_unit_account(
        &mut self,
        unit: UnitId,
        account: AccountId,
    ) -> Result<bool, StoreError> {
        let text = "DELETE FROM unit_accounts WHERE unit_id = $1 AND account_id = $2";
        Ok(self.run(sql(text).bind(unit.as_i64()).bind(account.as_i64())).await? > 0)
    }

    /// Gives the units by name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_units(&mut self) -> Result<Vec<Unit>, StoreError> {
        let text = "SELECT u.id, u.name, m.account_id FROM supplier_units u \
                    LEFT JOIN unit_accounts m ON m.unit_id = u.id WHERE u.kind = 'unit' \
                    ORDER BY u.name, u.id, m.account_id";
        let mut units: Vec<Unit> = Vec::new();
        for row in self.rows(sql(text)).await? {
            let id = UnitId(row.get("id")?);
            if units.last().is_none_or(|last| last.id != id) {
                units.push(Unit { id, name: row.get("name")?, accounts: Vec::new() });
            }
            if let Some(unit) = units.last_mut() {
                unit.accounts.extend(row.opt("account_id")?.map(AccountId));
            }
        }
        Ok(units)
    }
}
