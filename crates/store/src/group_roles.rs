//! Roles that groups at a provider or in the directory brought.

use orchestre_domain::id::LoginId;
use orchestre_domain::permission::Role;

use crate::error::StoreError;
use crate::sql::sql;
use crate::work::Work;

impl Work<'_> {
    /// Gives the roles that groups brought to a login: from where, and which.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn system_group_roles(
        &mut self,
        login: LoginId,
    ) -> Result<Vec<(String, Role)>, StoreError> {
        let text = "SELECT issuer, role FROM group_roles WHERE login_id = $1 ORDER BY issuer, role";
        let mut found = Vec::new();
        for row in self.rows(sql(text).bind(login.as_i64())).await? {
            let role = Role::parse(&row.get::<String>("role")?);
            let issuer: String = row.get("issuer")?;
            found.extend(role.map(|role| (issuer, role)));
        }
        Ok(found)
    }

    /// Keeps that groups brought a role. The role itself is given by [`Work::add_role`], before.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn add_group_role(
        &mut self,
        login: LoginId,
        role: Role,
        issuer: &str,
    ) -> Result<(), StoreError> {
        let text = "INSERT INTO group_roles (login_id, role, issuer) VALUES ($1, $2, $3) \
                    ON CONFLICT (login_id, role, issuer) DO NOTHING";
        self.run(sql(text).bind(login.as_i64()).bind(role.as_str()).bind(issuer)).await?;
        Ok(())
    }

    /// Forgets that groups brought a role.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn remove_group_role(
        &mut self,
        login: LoginId,
        role: Role,
        issuer: &str,
    ) -> Result<(), StoreError> {
        let text = "DELETE FROM group_roles WHERE login_id = $1 AND role = $2 AND issuer = $3";
        self.run(sql(text).bind(login.as_i64()).bind(role.as_str()).bind(issuer)).await?;
        Ok(())
    }
}
