//! Accounts: what the computed vector starts from, and how a text finds one.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, PartyId, PersonId};
use orchestre_domain::money::{Currency, Money};
use orchestre_domain::permission::{Object, Role, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, Value, sql};
use crate::work::Work;

/// An account and its root party as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountBasis {
    /// The account.
    pub account: AccountId,
    /// Its root party.
    pub party: PartyId,
    /// The name on that day.
    pub name: String,
    /// The country.
    pub country: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The sector.
    pub sector: Option<String>,
    /// The growth potential that was entered with the party.
    pub growth_potential: Option<f64>,
    /// The yearly purchases of what we could sell, as entered with the party.
    pub wallet: Option<Money>,
}

/// A party above an account in the legal view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentBasis {
    /// The account below.
    pub account: AccountId,
    /// The parent.
    pub party: PartyId,
    /// Its name.
    pub name: String,
    /// The account to which the parent belongs.
    pub parent_account: Option<AccountId>,
}

impl Work<'_> {
    /// Gives every account of the day, for the computed vector: those whose root party is their
    /// own then and not part of another account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_accounts(&mut self, as_of: Date) -> Result<Vec<AccountBasis>, StoreError> {
        let text = "SELECT a.id, p.id AS party_id, COALESCE(n.name, p.name) AS name, p.country, \
                    p.city, p.sector, p.growth_potential, p.wallet_minor, p.wallet_currency \
                    FROM accounts a JOIN parties p ON p.id = a.party_id \
                    JOIN account_parties m ON m.party_id = p.id AND m.account_id = a.id \
                    AND m.valid_from <= $1 AND $1 < m.valid_to \
                    LEFT JOIN party_names n ON n.party_id = p.id \
                    AND n.valid_from <= $1 AND $1 < n.valid_to \
                    WHERE p.valid_from <= $1 AND $1 < p.valid_to ORDER BY a.id, n.valid_from";
        let rows = self.rows(sql(text).bind(as_of.to_string())).await?;
        let mut accounts = rows.iter().map(basis).collect::<Result<Vec<_>, _>>()?;
        accounts.dedup_by_key(|basis| basis.account);
        Ok(accounts)
    }

    /// Gives every tier and status that was set up to a day, the oldest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_account_states(
        &mut self,
        as_of: Date,
    ) -> Result<Vec<(AccountId, String, String)>, StoreError> {
        let text = "SELECT account_id, field, value FROM account_states WHERE valid_from <= $1 \
                    ORDER BY account_id, field, valid_from";
        let rows = self.rows(sql(text).bind(as_of.to_string())).await?;
        rows.iter()
            .map(|row| {
                Ok((AccountId(row.get("account_id")?), row.get("field")?, row.get("value")?))
            })
            .collect()
    }

    /// Gives the people who hold a role in each account on a day.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_account_people(
        &mut self,
        role: Role,
        as_of: Date,
    ) -> Result<Vec<(AccountId, PersonId, String)>, StoreError> {
        let text = "SELECT s.account_id, p.id, p.name FROM assignments s \
                    JOIN persons p ON p.id = s.person_id \
                    WHERE s.account_id IS NOT NULL AND s.role = $1 \
                    AND s.valid_from <= $2 AND $2 < s.valid_to \
                    ORDER BY s.account_id, s.valid_from, s.id";
        let asked = sql(text).bind(role.as_str()).bind(as_of.to_string());
        let rows = self.rows(asked).await?;
        rows.iter()
            .map(|row| {
                let account = AccountId(row.get("account_id")?);
                Ok((account, PersonId(row.get("id")?), row.get("name")?))
            })
            .collect()
    }

    /// Gives the ids under which other systems know each account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_account_external_ids(
        &mut self,
    ) -> Result<Vec<(AccountId, String)>, StoreError> {
        let text = "SELECT a.id, x.external_id FROM accounts a \
                    JOIN external_ids x ON x.object = 'party' AND x.object_id = a.party_id \
                    ORDER BY a.id, x.origin, x.external_id";
        let rows = self.rows(sql(text)).await?;
        rows.iter().map(|row| Ok((AccountId(row.get("id")?), row.get("external_id")?))).collect()
    }

    /// Gives the legal parents of accounts on a day, the largest share first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_account_parents(
        &mut self,
        as_of: Date,
    ) -> Result<Vec<ParentBasis>, StoreError> {
        let text = "SELECT a.id, l.parent_id, COALESCE(n.name, p.name) AS name, m.account_id \
                    FROM accounts a \
                    JOIN party_links l ON l.view_id = 1 AND l.child_id = a.party_id \
                    AND l.valid_from <= $1 AND $1 < l.valid_to \
                    JOIN parties p ON p.id = l.parent_id \
                    LEFT JOIN party_names n ON n.party_id = p.id \
                    AND n.valid_from <= $1 AND $1 < n.valid_to \
                    LEFT JOIN account_parties m ON m.party_id = l.parent_id \
                    AND m.valid_from <= $1 AND $1 < m.valid_to \
                    ORDER BY a.id, l.share_ppm DESC, l.id";
        let rows = self.rows(sql(text).bind(as_of.to_string())).await?;
        rows.iter()
            .map(|row| {
                Ok(ParentBasis {
                    account: AccountId(row.get("id")?),
                    party: PartyId(row.get("parent_id")?),
                    name: row.get("name")?,
                    parent_account: row.opt::<i64>("account_id")?.map(AccountId),
                })
            })
            .collect()
    }

    /// Gives the account of an id, which may be that of an account merged into it; `None` when the
    /// viewer does not see it.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn account(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
    ) -> Result<Option<(AccountId, String)>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Account), "a.id", 2);
        let text = format!(
            "SELECT a.id, p.name FROM accounts a JOIN parties p ON p.id = a.party_id \
             WHERE {seen} AND (a.id = $1 OR a.id IN \
             (SELECT new_id FROM aliases WHERE object = 'account' AND old_id = $1))"
        );
        let asked = Sql::built(text).bind(account.as_i64()).bind_all(values);
        Ok(named(&self.rows(asked).await?)?.into_iter().next())
    }

    /// Gives the accounts that a system knows by this id, of the account itself or of one of its
    /// parties.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn accounts_by_external_id(
        &mut self,
        viewer: &Viewer,
        external_id: &str,
        as_of: Date,
    ) -> Result<Vec<(AccountId, String)>, StoreError> {
        let parties = "SELECT object_id FROM external_ids \
                       WHERE object = 'party' AND external_id = $1";
        self.accounts_of(viewer, parties, vec![external_id.into()], as_of).await
    }

    /// Gives the accounts that have or had exactly this name, or one of whose parties has.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn accounts_by_name(
        &mut self,
        viewer: &Viewer,
        (name, folded): (&str, &str),
        as_of: Date,
    ) -> Result<Vec<(AccountId, String)>, StoreError> {
        let parties = "SELECT id FROM parties WHERE folded = $1 AND name = $2 \
                       UNION SELECT party_id FROM party_names WHERE folded = $1 AND name = $2";
        self.accounts_of(viewer, parties, vec![folded.into(), name.into()], as_of).await
    }

    /// Gives the accounts that have or had this name but for case, accents and signs, or one of
    /// whose parties has.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn accounts_by_folded(
        &mut self,
        viewer: &Viewer,
        folded: &str,
        as_of: Date,
    ) -> Result<Vec<(AccountId, String)>, StoreError> {
        let parties = "SELECT id FROM parties WHERE folded = $1 \
                       UNION SELECT party_id FROM party_names WHERE folded = $1";
        self.accounts_of(viewer, parties, vec![folded.into()], as_of).await
    }

    /// Roots first; only when no account of the day has its root among the parties, the accounts to
    /// which they belong.
    async fn accounts_of(
        &mut self,
        viewer: &Viewer,
        parties: &'static str,
        given: Vec<Value>,
        as_of: Date,
    ) -> Result<Vec<(AccountId, String)>, StoreError> {
        let day = given.len() + 1;
        let (seen, values) = condition(&rows(viewer, Object::Account), "a.id", day + 1);
        for among in ["a.party_id = m.party_id AND", ""] {
            let text = format!(
                "SELECT DISTINCT a.id, p.name FROM account_parties m \
                 JOIN accounts a ON a.id = m.account_id JOIN parties p ON p.id = a.party_id \
                 WHERE {among} m.valid_from <= ${day} AND ${day} < m.valid_to \
                 AND {seen} AND m.party_id IN ({parties}) ORDER BY p.name, a.id"
            );
            let asked = Sql::built(text).bind_all(given.clone()).bind(as_of.to_string());
            let found = named(&self.rows(asked.bind_all(values.clone())).await?)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }
}

fn named(rows: &[Row]) -> Result<Vec<(AccountId, String)>, StoreError> {
    rows.iter().map(|row| Ok((AccountId(row.get("id")?), row.get("name")?))).collect()
}

fn basis(row: &Row) -> Result<AccountBasis, StoreError> {
    let currency: Option<Currency> = row.opt_currency("wallet_currency")?;
    Ok(AccountBasis {
        account: AccountId(row.get("id")?),
        party: PartyId(row.get("party_id")?),
        name: row.get("name")?,
        country: row.opt("country")?,
        city: row.opt("city")?,
        sector: row.opt("sector")?,
        growth_potential: row.opt("growth_potential")?,
        wallet: row
            .opt("wallet_minor")?
            .zip(currency)
            .map(|(minor, currency)| Money { minor, currency }),
    })
}
