//! Events: what was done here, one form of name everywhere.

words! {
    /// The name of an event: `<noun>.<past participle>`.
    EventName {
        /// Somebody came in.
        SessionOpened = "session.opened",
        /// Somebody left.
        SessionClosed = "session.closed",
        /// A sign-in was refused.
        SessionRefused = "session.refused",
        /// A login was made.
        LoginCreated = "login.created",
        /// A login's language, currency or theme was changed.
        LoginUpdated = "login.updated",
        /// A provider or the directory vouches for a login from now on.
        IdentityLinked = "identity.linked",
        /// It no longer does.
        IdentityUnlinked = "identity.unlinked",
        /// Groups of a provider or the directory gave or ended roles.
        GroupRolesSet = "login.roles_set",
        /// A passkey was added.
        PasskeyCreated = "passkey.created",
        /// A passkey got another name.
        PasskeyUpdated = "passkey.updated",
        /// A passkey was removed.
        PasskeyRemoved = "passkey.removed",
        /// A file was compared with what is known.
        ImportCompared = "import.compared",
        /// A compared file was put aside.
        ImportDiscarded = "import.discarded",
        /// What a file needs to be read was kept for the next of its kind.
        RecipeSet = "recipe.set",
        /// A recipe was removed.
        RecipeRemoved = "recipe.removed",
        /// An import went in.
        ImportApplied = "import.applied",
        /// An import could not be finished.
        ImportFailed = "import.failed",
        /// An import was taken back.
        ImportReversed = "import.reversed",
        /// A person was assigned to an account.
        AssignmentSet = "assignment.set",
        /// A criterion was judged.
        CriterionJudged = "criterion.judged",
        /// A set of criteria was changed.
        CriteriaUpdated = "criteria.updated",
        /// A plan was begun.
        PlanCreated = "plan.created",
        /// A plan was changed.
        PlanUpdated = "plan.updated",
        /// A plan took a step.
        PlanStepped = "plan.stepped",
        /// A plan was printed.
        PlanPrinted = "plan.printed",
        /// An objective was set down.
        ObjectiveCreated = "objective.created",
        /// An objective was changed.
        ObjectiveUpdated = "objective.updated",
        /// An action was set down.
        ActionCreated = "action.created",
        /// An action was changed.
        ActionUpdated = "action.updated",
        /// A risk was set down.
        RiskCreated = "risk.created",
        /// A risk was changed.
        RiskUpdated = "risk.updated",
        /// An interaction was noted.
        InteractionCreated = "interaction.created",
        /// Whose an unknown participant's address is was decided.
        ParticipantDecided = "participant.decided",
        /// A wall was put up between two accounts.
        WallCreated = "wall.created",
        /// A wall was given an end.
        WallEnded = "wall.ended",
        /// Somebody was given a role.
        RoleGiven = "role.given",
        /// Somebody's role was given an end.
        RoleEnded = "role.ended",
        /// A backup was written.
        BackupMade = "backup.made",
        /// A backup failed.
        BackupFailed = "backup.failed",
        /// A backup was brought back.
        BackupRestored = "backup.restored",
        /// Rights were lent to a colleague.
        DelegationGiven = "delegation.given",
        /// A loan of rights was given an end.
        DelegationEnded = "delegation.ended",
        /// Somebody began to look with another person's eyes.
        WatchBegun = "watch.begun",
        /// Somebody looks with own eyes again.
        WatchEnded = "watch.ended",
        /// A unit was made, or answers for other accounts.
        UnitUpdated = "unit.updated",
        /// A setting was changed.
        SettingUpdated = "setting.updated",
        /// A job was asked to run now.
        JobAsked = "job.asked",
        /// The chain of events was read again.
        ChainVerified = "chain.verified",
        /// A checkpoint was asked for.
        CheckpointAsked = "checkpoint.asked",
        /// Opinions on people were read.
        OpinionRead = "opinion.read",
        /// A list was exported.
        ListExported = "list.exported",
        /// Somebody was invited.
        LoginInvited = "login.invited",
        /// An invitation was taken back.
        LoginInvitationRevoked = "login.invitation_revoked",
        /// Somebody followed an invitation.
        LoginJoined = "login.joined",
        /// A login was put out.
        LoginDeactivated = "login.deactivated",
        /// A login was let in again.
        LoginReactivated = "login.reactivated",
        /// Sessions of a login were ended.
        LoginSessionsEnded = "login.sessions_ended",
        /// A link for a new password was asked for.
        LoginResetAsked = "login.reset_asked",
        /// A password was changed.
        LoginPasswordChanged = "login.password_changed",
        /// A second step was set up.
        LoginSecondStepSet = "login.second_step_set",
        /// A second step was taken away.
        LoginSecondStepRemoved = "login.second_step_removed",
        /// Recovery codes were made.
        LoginRecoveryCodesMade = "login.recovery_codes_made",
        /// A token was made.
        TokenCreated = "token.created",
        /// A token was taken back.
        TokenRevoked = "token.revoked",
        /// An address was subscribed to events.
        WebhookCreated = "webhook.created",
        /// A subscription was changed.
        WebhookUpdated = "webhook.updated",
        /// A subscription was taken away.
        WebhookRemoved = "webhook.removed",
        /// A subscription ended because its receiver failed or is gone.
        WebhookDisabled = "webhook.disabled",
        /// A change was proposed.
        ProposalCreated = "proposal.created",
        /// A proposed change was confirmed and made.
        ProposalConfirmed = "proposal.confirmed",
        /// A proposed change was refused.
        ProposalRefused = "proposal.refused",
    }
}
