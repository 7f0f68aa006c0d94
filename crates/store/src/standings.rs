//! Who a login is on a day: everything that is written down about its rights, in one statement.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, DelegationId, LoginId, PersonId, UnitId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{Country, Grant, Role, Source, Standing, lent};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::logins::Login;
use crate::row::Row;
use crate::sql::Sql;
use crate::work::Work;

/// `who` holds each login, and beside it those who lend it their rights.
const WHO: &str = "WITH who (id, login_id, person_id, lang, loan, is_whole) AS (\
    SELECT l.id, l.id, l.person_id, l.lang, CAST(NULL AS BIGINT), 0 \
    FROM logins l WHERE l.is_active = 1{one} \
    UNION ALL SELECT d.to_login, d.from_login, l.person_id, l.lang, d.id, d.is_whole \
    FROM delegations d JOIN logins l ON l.id = d.from_login \
    WHERE l.is_active = 1 AND d.valid_from <= $1 AND $1 < d.valid_to{to})";

/// What is written down about them: (what, number, word, account, other).
const FACTS: &str = " \
    SELECT w.id, w.login_id, w.person_id, w.lang, w.loan, w.is_whole, 'login' AS what, \
      CAST(NULL AS BIGINT) AS number, '' AS word, CAST(NULL AS BIGINT) AS account_id, \
      CAST(NULL AS BIGINT) AS other, CAST(NULL AS TEXT) AS country FROM who w \
    UNION ALL SELECT w.id, w.login_id, NULL, '', w.loan, w.is_whole, 'role', NULL, r.role, NULL, NULL, NULL \
      FROM who w JOIN login_roles r ON r.login_id = w.login_id \
      WHERE r.valid_from <= $1 AND $1 < r.valid_to \
    UNION ALL SELECT w.id, w.login_id, NULL, '', w.loan, w.is_whole, 'own', NULL, '', s.account_id, NULL, NULL \
      FROM who w JOIN assignments s ON s.person_id = w.person_id \
      WHERE s.account_id IS NOT NULL AND s.valid_from <= $1 AND $1 < s.valid_to \
    UNION ALL SELECT w.id, w.login_id, NULL, '', w.loan, w.is_whole, 'account', g.id, g.role, g.account_id, NULL, NULL \
      FROM who w JOIN scoped_roles g ON g.login_id = w.login_id \
      WHERE g.account_id IS NOT NULL AND g.valid_from <= $1 AND $1 < g.valid_to \
    UNION ALL SELECT w.id, w.login_id, NULL, '', w.loan, w.is_whole, 'unit', g.id, g.role, u.account_id, g.unit_id, NULL \
      FROM who w JOIN scoped_roles g ON g.login_id = w.login_id JOIN unit_accounts u ON u.unit_id = g.unit_id \
      WHERE g.valid_from <= $1 AND $1 < g.valid_to \
    UNION ALL SELECT DISTINCT w.id, w.login_id, CAST(NULL AS BIGINT), '', w.loan, w.is_whole, 'country', g.id, g.role, \
      m.account_id, CAST(NULL AS BIGINT), g.country \
      FROM who w JOIN scoped_roles g ON g.login_id = w.login_id JOIN parties p ON p.country = g.country \
      JOIN account_parties m ON m.party_id = p.id AND m.valid_from <= $1 AND $1 < m.valid_to \
      WHERE g.valid_from <= $1 AND $1 < g.valid_to \
    UNION ALL SELECT w.id, w.login_id, NULL, '', w.loan, w.is_whole, 'chosen', NULL, '', c.account_id, NULL, NULL \
      FROM who w JOIN delegation_accounts c ON c.delegation_id = w.loan \
    UNION ALL SELECT 0, 0, NULL, '', NULL, 0, 'wall', NULL, '', account_a, account_b, NULL FROM walls \
      WHERE valid_from <= $1 AND $1 < valid_to";

/// What is known of a login, or of one who lends to it.
struct Known {
    standing: Standing,
    is_whole: bool,
    chosen: BTreeSet<AccountId>,
    grants: BTreeMap<i64, Grant>,
}

/// Login, and the loan when it is a lender.
type Key = (i64, Option<i64>);

impl Work<'_> {
    /// Gives who a login is on a day: roles, own accounts, what others lend, walls.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_viewer(&mut self, login: &Login, day: Date) -> Result<Viewer, StoreError> {
        let text = WHO.replace("{one}", " AND l.id = $2").replace("{to}", " AND d.to_login = $2");
        let asked = Sql::built(text + FACTS).bind(day.to_string()).bind(login.id.as_i64());
        let rows = self.rows(asked).await?;
        let found = viewers(&rows)?.into_iter().next();
        let nobody = || Standing::new(login.id, login.person, login.lang).viewer(&[]);
        Ok(found.unwrap_or_else(nobody))
    }

    /// Gives who every login that is in is on a day, by number.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_viewers(&mut self, day: Date) -> Result<Vec<Viewer>, StoreError> {
        let text = WHO.replace("{one}", "").replace("{to}", "");
        let rows = self.rows(Sql::built(text + FACTS).bind(day.to_string())).await?;
        viewers(&rows)
    }
}

fn viewers(rows: &[Row]) -> Result<Vec<Viewer>, StoreError> {
    let (mut all, mut walls) = (BTreeMap::<Key, Known>::new(), Vec::new());
    for row in rows {
        let what: String = row.get("what")?;
        let (account, other) = (row.opt("account_id")?.map(AccountId), row.opt::<i64>("other")?);
        if let ("wall", Some(one), Some(other)) = (what.as_str(), account, other) {
            walls.push((one, AccountId(other)));
        }
        if what == "login" {
            all.insert((row.get("id")?, row.opt("loan")?), known(row)?);
        }
    }
    for row in rows {
        if let Some(known) = all.get_mut(&(row.get("id")?, row.opt("loan")?)) {
            tell(known, row)?;
        }
    }
    let mut standings = BTreeMap::new();
    let mut loans = Vec::new();
    for ((id, loan), mut known) in all {
        known.standing.grants = known.grants.into_values().collect();
        match loan {
            None => drop(standings.insert(id, known.standing)),
            Some(loan) => {
                let source =
                    Source::Delegation { id: DelegationId(loan), from: known.standing.login };
                let chosen = (!known.is_whole).then_some(known.chosen);
                let lender = known.standing.viewer(&walls);
                loans.push((id, lent(&lender, chosen.as_ref(), source)));
            }
        }
    }
    for (id, grants) in loans {
        if let Some(standing) = standings.get_mut(&id) {
            standing.grants.extend(grants);
        }
    }
    Ok(standings.into_values().map(|standing| standing.viewer(&walls)).collect())
}

fn known(row: &Row) -> Result<Known, StoreError> {
    let lang = Lang::parse(&row.get::<String>("lang")?).unwrap_or(Lang::En);
    let person = row.opt("person_id")?.map(PersonId);
    Ok(Known {
        standing: Standing::new(LoginId(row.get("login_id")?), person, lang),
        is_whole: row.get::<i64>("is_whole")? == 1,
        chosen: BTreeSet::new(),
        grants: BTreeMap::new(),
    })
}

fn tell(known: &mut Known, row: &Row) -> Result<(), StoreError> {
    let account = row.opt("account_id")?.map(AccountId);
    let what: String = row.get("what")?;
    match (what.as_str(), account) {
        ("role", _) => known.standing.roles.extend(Role::parse(&row.get::<String>("word")?)),
        ("own", Some(account)) => drop(known.standing.own.insert(account)),
        ("chosen", Some(account)) => drop(known.chosen.insert(account)),
        ("account" | "unit" | "country", Some(account)) => {
            let Some(role) = Role::parse(&row.get::<String>("word")?) else { return Ok(()) };
            let country = row.opt::<String>("country")?;
            let source = match (row.opt("other")?, country.as_deref().and_then(Country::parse)) {
                (Some(unit), _) => Source::Unit(UnitId(unit)),
                (None, Some(country)) => Source::Country(country),
                (None, None) => Source::Account,
            };
            let empty = Grant { role, accounts: BTreeSet::new(), source };
            let grant = known.grants.entry(row.get("number")?).or_insert(empty);
            grant.accounts.insert(account);
        }
        _ => {}
    }
    Ok(())
}
