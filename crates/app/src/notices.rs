//! The words of mails about signing in.

use orchestre_domain::lang::Lang;
use orchestre_domain::webhook::WebhookState;
use orchestre_store::{Login, NewMail, Webhook};
use orchestre_view::mail::LetterView;
use orchestre_view::text::{Value, text, text_with};

use crate::mails::{self, Draft};
use crate::{App, AppError};

/// What a link in a mail is: its address and until when it holds, µs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way<'a> {
    /// The full address.
    pub(crate) address: &'a str,
    /// When it ends, µs.
    pub(crate) until: i64,
}

/// Gives the mail with a link for a new password.
pub(crate) fn reset(
    app: &App,
    to: &str,
    login: Option<&Login>,
    way: Way<'_>,
) -> Result<NewMail, AppError> {
    let lang = login.map_or(Lang::En, |login| login.lang);
    let words = LetterView::new(lang, text(lang, "mail-reset-title"))
        .say(text(lang, "mail-reset-before"))
        .link(text(lang, "mail-reset-link"), way.address)
        .end(text_with(lang, "mail-until", &[("when", until(lang, way.until))]))
        .end(text(lang, "mail-reset-after"));
    let letter = Draft {
        purpose: "reset",
        to,
        login: login.map(|login| login.id),
        words,
        until_at: Some(way.until),
    };
    mails::draft(app, &letter)
}

/// Gives the mail of an invitation.
pub(crate) fn invitation(
    app: &App,
    login: &Login,
    (company, by): (&str, &str),
    way: Way<'_>,
) -> Result<NewMail, AppError> {
    let lang = login.lang;
    let key = if company.is_empty() {
        "mail-invitation-before"
    } else {
        "mail-invitation-before-company"
    };
    let values = [("by", Value::from(by)), ("company", Value::from(company))];
    let words = LetterView::new(lang, text(lang, "mail-invitation-title"))
        .say(text_with(lang, key, &values))
        .link(text(lang, "mail-invitation-link"), way.address)
        .end(text_with(lang, "mail-until", &[("when", until(lang, way.until))]));
    let letter = Draft {
        purpose: "invitation",
        to: &login.email,
        login: Some(login.id),
        words,
        until_at: Some(way.until),
    };
    mails::draft(app, &letter)
}

/// Gives the mail that tells of a new password; none where no mail is set up.
pub(crate) fn password_changed(app: &App, login: &Login) -> Result<Option<NewMail>, AppError> {
    if !mails::is_set_up(app) {
        return Ok(None);
    }
    let lang = login.lang;
    let words = LetterView::new(lang, text(lang, "mail-changed-title"))
        .say(text(lang, "mail-changed-before"))
        .end(text(lang, "mail-changed-after"));
    let letter = Draft {
        purpose: "password_changed",
        to: &login.email,
        login: Some(login.id),
        words,
        until_at: None,
    };
    mails::draft(app, &letter).map(Some)
}

/// Gives the mail that tells that a subscription ended by itself; none where no mail is set up.
pub(crate) fn webhook_ended(
    app: &App,
    owner: &Login,
    webhook: &Webhook,
    state: WebhookState,
) -> Result<Option<NewMail>, AppError> {
    if !mails::is_set_up(app) {
        return Ok(None);
    }
    let lang = owner.lang;
    let address = [("address", webhook.address.as_str().into())];
    let page = format!("{}/settings/webhooks/{}", app.outside.url, webhook.id);
    let words = LetterView::new(lang, text(lang, "mail-webhook-title"))
        .say(text_with(lang, &format!("mail-webhook-{state}"), &address))
        .link(text(lang, "mail-webhook-link"), page)
        .end(text(lang, "mail-webhook-after"));
    let letter = Draft {
        purpose: "webhook_ended",
        to: &owner.email,
        login: Some(owner.id),
        words,
        until_at: None,
    };
    mails::draft(app, &letter).map(Some)
}

/// Gives an instant in words; hours are those of the world, since a mail knows no place.
fn until(lang: Lang, at: i64) -> Value {
    let moment = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
    let zoned = moment.to_zoned(jiff::tz::TimeZone::UTC);
    let day = orchestre_view::format::day(lang, zoned.date());
    Value::from(format!("{day} {:02}:{:02} UTC", zoned.hour(), zoned.minute()))
}
