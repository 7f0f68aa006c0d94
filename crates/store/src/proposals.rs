//! Proposals: what somebody's assistant asks for, seen by that person alone.

use jiff::civil::Date;
use orchestre_domain::id::{AccountId, LoginId, ProposalId};
use orchestre_domain::permission::{Object, rows};
use orchestre_domain::proposal::{ProposalKind, ProposalState};
use orchestre_domain::viewer::Viewer;

use crate::error::StoreError;
use crate::row::Row;
use crate::scope::condition;
use crate::sql::{Sql, sql};
use crate::work::Work;

/// A change that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// Whose assistant asks.
    pub login: LoginId,
    /// For which account.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// What is proposed.
    pub kind: ProposalKind,
    /// The text of what is to be added.
    pub text: String,
    /// Its day, if it has one.
    pub day: Option<Date>,
    /// The kind of contact; empty for anything else.
    pub word: String,
    /// Why, as the assistant says.
    pub reason: String,
    /// How it stands.
    pub state: ProposalState,
    /// When it was made, µs.
    pub made_at: i64,
    /// When it was decided, µs.
    pub ended_at: Option<i64>,
    /// Grows with each change.
    pub version: i64,
}

impl Work<'_> {
    /// Adds a proposal.
    ///
    /// # Errors
    ///
    /// [`StoreError::Dangling`] without a login or account.
    pub async fn add_proposal(&mut self, proposal: &Proposal) -> Result<(), StoreError> {
        let text = "INSERT INTO proposals (id, login_id, account_id, kind, text, day, word, reason, \
                    state, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)";
        let row = sql(text)
            .bind(proposal.id.as_i64())
            .bind(proposal.login.as_i64())
            .bind(proposal.account.as_i64())
            .bind(proposal.kind.as_str())
            .bind(&proposal.text)
            .bind(proposal.day.map(|day| day.to_string()))
            .bind(&proposal.word)
            .bind(&proposal.reason)
            .bind(proposal.state.as_str())
            .bind(proposal.made_at);
        self.run(row).await?;
        Ok(())
    }

    /// Gives the viewer's own proposals for accounts that the viewer sees, the newest first.
    ///
    /// # Errors
    ///
    /// As [`Work::rows`].
    pub async fn proposals(
        &mut self,
        viewer: &Viewer,
        limit: usize,
    ) -> Result<Vec<Proposal>, StoreError> {
        let (seen, some) = condition(&rows(viewer, Object::Account), "r.account_id", 2);
        let text = format!(
            "SELECT r.id, r.login_id, r.account_id, p.name AS account_name, r.kind, r.text, r.day, \
             r.word, r.reason, r.state, r.made_at, r.ended_at, r.version FROM proposals r \
             JOIN accounts a ON a.id = r.account_id JOIN parties p ON p.id = a.party_id \
             WHERE r.login_id = $1 AND {seen} ORDER BY r.made_at DESC, r.id DESC LIMIT {limit}"
        );
        let asked = Sql::built(text).bind(viewer.login.map(LoginId::as_i64)).bind_all(some);
        self.rows(asked).await?.iter().map(proposal).collect()
    }

    /// Keeps how a proposal stands; false when it was changed since its version.
    ///
    /// # Errors
    ///
    /// As [`Work::run`].
    pub async fn put_proposal(&mut self, proposal: &Proposal) -> Result<bool, StoreError> {
        let text = "UPDATE proposals SET state = $3, ended_at = $4, version = version + 1 \
                    WHERE id = $1 AND version = $2";
        let row = sql(text)
            .bind(proposal.id.as_i64())
            .bind(proposal.version)
            .bind(proposal.state.as_str())
            .bind(proposal.ended_at);
        Ok(self.run(row).await? > 0)
    }
}

fn proposal(row: &Row) -> Result<Proposal, StoreError> {
    Ok(Proposal {
        id: ProposalId(row.get("id")?),
        login: LoginId(row.get("login_id")?),
        account: AccountId(row.get("account_id")?),
        account_name: row.get("account_name")?,
        kind: row.word("kind", ProposalKind::parse)?,
        text: row.get("text")?,
        day: row.opt_day("day")?,
        word: row.get("word")?,
        reason: row.get("reason")?,
        state: row.word("state", ProposalState::parse)?,
        made_at: row.get("made_at")?,
        ended_at: row.opt("ended_at")?,
        version: row.get("version")?,
    })
}
