//! How a contact reads wherever it is listed.

use orchestre_domain::interaction::InteractionType;
use orchestre_domain::lang::Lang;
use orchestre_view::text;

/// Gives the icon of a kind of contact.
pub(super) const fn icon(kind: InteractionType) -> &'static str {
    match kind {
        InteractionType::Email => "mail",
        InteractionType::Call => "phone",
        _ => "meeting",
    }
}

/// Gives "kind: subject", or the kind alone.
pub(super) fn title(lang: Lang, kind: InteractionType, subject: Option<&str>) -> String {
    let kind = text(lang, &format!("state-interaction-{kind}"));
    match subject.filter(|subject| !subject.is_empty()) {
        Some(subject) => format!("{kind}: {subject}"),
        None => kind,
    }
}
