//! Who holds which role where: given and ended with dates.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, GrantId, LoginId, PersonId, UnitId};
use orchestre_domain::permission::{Country, Object, Role, rows};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::scope::condition;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A login as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginCard {
    /// Its id.
    pub id: LoginId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// Whether it is in.
    pub is_active: bool,
}

/// How far a role that is given reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewScope {
    /// As far as the matrix says.
    Company,
    /// One account.
    Account(AccountId),
    /// The accounts of a unit of ours.
    Unit(UnitId),
    /// The accounts that have parties in a country.
    Country(Country),
}

/// A role that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleLine {
    /// Its id; `None` for a role of the whole company, of which a login has each once.
    pub id: Option<GrantId>,
    /// Whose.
    pub login: LoginId,
    /// The role.
    pub role: Role,
    /// How far it reaches.
    pub scope: NewScope,
    /// The first day.
    pub from: String,
    /// The day after the last; 9999-12-31 when it is open.
    pub to: String,
}

/// A role of a person at an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentLine {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// As what.
    pub role: String,
    /// The first day.
    pub from: String,
    /// The day after the last; 9999-12-31 when it is open.
    pub to: String,
}

/// Whose roles are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ways {
    /// Everybody's.
    All,
    /// One login's.
    Of(LoginId),
}

impl Work<'_> {
    /// Gives every login, by name.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_logins(&mut self) -> Result<Vec<LoginCard>, StoreError> {
        let text = "SELECT id, name, email, person_id, is_active FROM logins ORDER BY name, id";
        let rows = self.rows(sql(text)).await?;
        rows.iter()
            .map(|row| {
                Ok(LoginCard {
                    id: LoginId(row.get("id")?),
                    name: row.get("name")?,
                    email: row.get("email")?,
                    person: row.opt("person_id")?.map(PersonId),
                    is_active: row.get::<i64>("is_active")? == 1,
                })
            })
            .collect()
    }

    /// Gives the roles that are held on a day or later.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_roles(
        &mut self,
        whose: Ways,
        day: Date,
    ) -> Result<Vec<RoleLine>, StoreError> {
        let (one, id) = match whose {
            Ways::All => ("", None),
            Ways::Of(login) => (" AND login_id = $2", Some(login.as_i64())),
        };
        let text = format!(
            "SELECT CAST(NULL AS BIGINT) AS id, login_id, role, CAST(NULL AS BIGINT) AS account_id, \
             CAST(NULL AS BIGINT) AS unit_id, CAST(NULL AS TEXT) AS country, valid_from, valid_to \
             FROM login_roles WHERE valid_to > $1{one} \
             UNION ALL SELECT id, login_id, role, account_id, unit_id, country, valid_from, valid_to \
             FROM scoped_roles WHERE valid_to > $1{one} ORDER BY 2, 3, 7, 1"
        );
        let asked = Sql::built(text).bind(day.to_string()).bind_all(id.map(Into::into));
        let mut lines = Vec::new();
        for row in self.rows(asked).await? {
            let Some(role) = Role::parse(&row.get::<String>("role")?) else { continue };
            let country = row.opt::<String>("country")?;
            let scope = match (row.opt("account_id")?, row.opt("unit_id")?) {
                (Some(account), _) => NewScope::Account(AccountId(account)),
                (None, Some(unit)) => NewScope::Unit(UnitId(unit)),
                (None, None) => country
                    .as_deref()
                    .and_then(Country::parse)
                    .map_or(NewScope::Company, NewScope::Country),
            };
            lines.push(RoleLine {
                id: row.opt("id")?.map(GrantId),
                login: LoginId(row.get("login_id")?),
                role,
                scope,
                from: row.get("valid_from")?,
                to: row.get("valid_to")?,
            });
        }
        Ok(lines)
    }

    /// Gives a role; one of the whole company takes the place of the same role before, which is no
    /// longer one that groups brought.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] when there is no such login, account or unit.
    pub async fn add_role(
        &mut self,
        id: GrantId,
        (login, role): (LoginId, Role),
        scope: NewScope,
        (from, to): (Date, Date),
    ) -> Result<(), StoreError> {
        if scope == NewScope::Company {
            let text = "INSERT INTO login_roles (login_id, role, valid_from, valid_to) VALUES ($1, $2, $3, $4) \
                        ON CONFLICT (login_id, role) DO UPDATE SET valid_from = excluded.valid_from, valid_to = excluded.valid_to";
            let row = sql(text).bind(login.as_i64()).bind(role.as_str());
            self.run(row.bind(from.to_string()).bind(to.to_string())).await?;
            let text = "DELETE FROM group_roles WHERE login_id = $1 AND role = $2";
            self.run(sql(text).bind(login.as_i64()).bind(role.as_str())).await?;
            return Ok(());
        }
        let (mut account, mut unit, mut country) = (None, None, None);
        match scope {
            NewScope::Company => {}
            NewScope::Account(id) => account = Some(id.as_i64()),
            NewScope::Unit(id) => unit = Some(id.as_i64()),
            NewScope::Country(letters) => country = Some(letters.to_string()),
        }
        let text = "INSERT INTO scoped_roles (id, login_id, role, account_id, unit_id, country, valid_from, valid_to) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let row = sql(text)
            .bind(id.as_i64())
            .bind(login.as_i64())
            .bind(role.as_str())
            .bind(account)
            .bind(unit)
            .bind(country)
            .bind(from.to_string())
            .bind(to.to_string());
        self.run(row).await?;
        Ok(())
    }

    /// Lets a role of the whole company end on a day; false when it has ended.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_role(
        &mut self,
        login: LoginId,
        role: Role,
        day: Date,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE login_roles SET valid_to = $3 WHERE login_id = $1 AND role = $2 AND valid_to > $3";
        let row = sql(text).bind(login.as_i64()).bind(role.as_str()).bind(day.to_string());
        Ok(self.run(row).await? > 0)
    }

    /// Lets a role that reaches certain accounts end on a day; false when it has ended or is not
    /// of this login.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn end_scoped_role(
        &mut self,
        login: LoginId,
        id: GrantId,
        day: Date,
    ) -> Result<bool, StoreError> {
        let text = "UPDATE scoped_roles SET valid_to = $3 WHERE id = $1 AND login_id = $2 AND valid_to > $3";
        let row = sql(text).bind(id.as_i64()).bind(login.as_i64()).bind(day.to_string());
        Ok(self.run(row).await? > 0)
    }

    /// Gives what a person is at accounts that the viewer sees, on a day or later, by account.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn assignments_of(
        &mut self,
        viewer: &Viewer,
        person: PersonId,
        day: Date,
    ) -> Result<Vec<AssignmentLine>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Account), "s.account_id", 3);
        let text = format!(
            "SELECT s.account_id, p.name, s.role, s.valid_from, s.valid_to FROM assignments s \
             JOIN accounts a ON a.id = s.account_id JOIN parties p ON p.id = a.party_id \
             WHERE s.person_id = $1 AND s.valid_to > $2 AND {seen} ORDER BY p.name, s.role, s.valid_from"
        );
        let asked = Sql::built(text).bind(person.as_i64()).bind(day.to_string()).bind_all(values);
        let rows = self.rows(asked).await?;
        rows.iter()
            .map(|row| {
                Ok(AssignmentLine {
                    account: AccountId(row.get("account_id")?),
                    account_name: row.get("name")?,
                    role: row.get("role")?,
                    from: row.get("valid_from")?,
                    to: row.get("valid_to")?,
                })
            })
            .collect()
    }

    /// Gives the names of accounts that the viewer sees, by number.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn seen_accounts(
        &mut self,
        viewer: &Viewer,
    ) -> Result<Vec<(AccountId, String)>, StoreError> {
        let (seen, values) = condition(&rows(viewer, Object::Account), "a.id", 1);
        let text = format!(
            "SELECT a.id, p.name FROM accounts a JOIN parties p ON p.id = a.party_id WHERE {seen} ORDER BY p.name, a.id"
        );
        let rows = self.rows(Sql::built(text).bind_all(values)).await?;
        rows.iter().map(|row| Ok((AccountId(row.get("id")?), row.get("name")?))).collect()
    }

    /// Says whether there is such an account and the viewer sees it.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn sees_account(
        &mut self,
        viewer: &Viewer,
        account: AccountId,
    ) -> Result<bool, StoreError> {
        if !rows(viewer, Object::Account).has(account) {
            return Ok(false);
        }
        let asked = sql("SELECT id FROM accounts WHERE id = $1").bind(account.as_i64());
        Ok(self.row(asked).await?.is_some())
    }

    /// Gives the accounts at which a customer's person works or worked; `None` for one of ours.
    ///
    /// # Errors
    ///
    /// [`StoreError`] of the engine; an unknown person has no accounts.
    pub async fn system_person_accounts(
        &mut self,
        person: PersonId,
    ) -> Result<Option<Vec<AccountId>>, StoreError> {
        let side = sql("SELECT side FROM persons WHERE id = $1").bind(person.as_i64());
        let Some(side) = self.row(side).await? else { return Ok(Some(Vec::new())) };
        if side.get::<String>("side")? == "supplier" {
            return Ok(None);
        }
        let text = "SELECT DISTINCT m.account_id FROM affiliations f \
                    JOIN account_parties m ON m.party_id = f.party_id AND m.valid_from < f.valid_to AND f.valid_from < m.valid_to \
                    WHERE f.person_id = $1 ORDER BY m.account_id";
        let rows = self.rows(sql(text).bind(person.as_i64())).await?;
        rows.iter()
            .map(|row| Ok(AccountId(row.get("account_id")?)))
            .collect::<Result<_, _>>()
            .map(Some)
    }
}
