//! Sign-ins, their rules, one's own sessions and second step, as JSON.

use orchestre_domain::sign_in::SignInRules;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::token::instant;
use crate::roster::{Line, Made};
use crate::second_step;
use crate::sessions::own::OwnSession;

/// A sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Login {
    /// Its id.
    #[schema(examples("lgn_00gq4s6k00401"))]
    pub id: String,
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// Its roles today.
    #[schema(examples(json!(["KAM"])))]
    pub roles: Vec<String>,
    /// Whether it may come in.
    pub is_active: bool,
    /// Whether it has a password.
    pub has_password: bool,
    /// Whether a second step is asked for.
    pub has_second_step: bool,
    /// Open sessions.
    pub sessions: i64,
    /// Until when an invitation is open.
    #[schema(format = DateTime)]
    pub invited_until: Option<String>,
    /// When it was last there.
    #[schema(format = DateTime)]
    pub seen_at: Option<String>,
}

/// A sign-in after a change.
#[derive(Serialize, ToSchema)]
pub struct LoginChanged {
    /// The sign-in.
    #[serde(flatten)]
    pub login: Login,
    /// The link to be handed over, where one was made and no mail is set up; given once.
    pub link: Option<String>,
}

/// Gives a sign-in.
pub fn login(line: &Line) -> Login {
    Login {
        id: line.id.to_string(),
        email: line.email.clone(),
        name: line.name.clone(),
        roles: line.roles.iter().map(|role| role.as_str().to_owned()).collect(),
        is_active: line.is_active,
        has_password: line.has_password,
        has_second_step: line.has_second_step,
        sessions: line.sessions,
        invited_until: line.invited_until.and_then(instant),
        seen_at: line.seen_at.and_then(instant),
    }
}

/// Gives a sign-in after a change, with the link that was made.
pub fn login_changed(known: &Line, made: Option<Made>) -> LoginChanged {
    let link = match made {
        Some(Made::Link(address)) => Some(address),
        Some(Made::Sent) | None => None,
    };
    LoginChanged { login: login(known), link }
}

/// How people come in and how long they stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The least strength of a password, 0 (any) to 4 (very strong).
    #[schema(minimum = 0, maximum = 4, examples(3))]
    pub strength: i64,
    /// A session ends after so many minutes without use.
    #[schema(minimum = 5, maximum = 43_200, examples(480))]
    pub idle_minutes: i64,
    /// A session ends after so many hours, whatever happens.
    #[schema(minimum = 1, maximum = 2_160, examples(168))]
    pub longest_hours: i64,
    /// What is sensitive asks again for the password after so many minutes.
    #[schema(minimum = 1, maximum = 1_440, examples(15))]
    pub fresh_minutes: i64,
    /// An invitation holds for so many days.
    #[schema(minimum = 1, maximum = 60, examples(7))]
    pub invitation_days: i64,
    /// A link for a new password holds for so many minutes.
    #[schema(minimum = 5, maximum = 1_440, examples(60))]
    pub reset_minutes: i64,
    /// Whoever has one of these roles needs a second step.
    #[schema(schema_with = super::words::roles, examples(json!(["ADM"])))]
    pub second_step_roles: Vec<String>,
}

/// Gives the rules of signing in.
pub fn sign_in(rules: &SignInRules) -> SignIn {
    SignIn {
        strength: rules.strength,
        idle_minutes: rules.idle_minutes,
        longest_hours: rules.longest_hours,
        fresh_minutes: rules.fresh_minutes,
        invitation_days: rules.invitation_days,
        reset_minutes: rules.reset_minutes,
        second_step_roles: rules.second_step_roles.iter().map(ToString::to_string).collect(),
    }
}

/// A session of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OwnSession)]
pub struct OwnSessionWire {
    /// Its id.
    #[schema(examples("ses_00gq4s6k00401"))]
    pub id: String,
    /// The name that you gave it.
    pub name: Option<String>,
    /// What the browser or the program says it is.
    pub agent: String,
    /// Whence it was last used.
    pub network: String,
    /// When it began.
    #[schema(format = DateTime)]
    pub opened_at: Option<String>,
    /// When it was last used.
    #[schema(format = DateTime)]
    pub used_at: Option<String>,
    /// Whether it is the one of this request.
    pub is_this: bool,
}

/// Gives a session of one's own.
pub fn own_session(own: &OwnSession) -> OwnSessionWire {
    let line = &own.line;
    OwnSessionWire {
        id: line.id.to_string(),
        name: line.name.clone(),
        agent: line.agent.clone(),
        network: line.network.clone(),
        opened_at: instant(line.opened_at),
        used_at: instant(line.used_at),
        is_this: own.is_this,
    }
}

/// How one's own second step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SecondStep {
    /// Since when it is asked for; null while it is off.
    #[schema(format = DateTime)]
    pub since: Option<String>,
    /// Recovery codes that are left.
    pub codes_left: i64,
    /// Whether a role of yours needs it.
    pub is_required: bool,
    /// Whether the first code is waited for.
    pub is_begun: bool,
}

/// What a phone is given, once.
#[derive(Serialize, ToSchema)]
pub struct StepSecret {
    /// The secret, for typing.
    #[schema(examples("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))]
    pub secret: String,
    /// The same as an address (`otpauth:`), for a picture.
    #[schema(examples("otpauth://totp/Orchestre:you%40example.com?secret=…"))]
    pub url: String,
}

/// Recovery codes, shown this once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Each opens once.
    #[schema(examples(json!(["h3k9-2m4p-8qrs-t5vw"])))]
    pub codes: Vec<String>,
}

/// Gives how the second step stands.
pub fn second_step(state: &second_step::State) -> SecondStep {
    SecondStep {
        since: state.since.and_then(instant),
        codes_left: state.codes_left,
        is_required: state.is_required,
        is_begun: state.enrollment.is_some(),
    }
}
