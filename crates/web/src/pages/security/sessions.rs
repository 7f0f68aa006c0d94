//! One's own sessions: where one is signed in, told apart by browser, place and time.

use orchestre_app::sessions::own::OwnSession;
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::Field;
use orchestre_view::pages::sheet::{Body, Card, Part};
use orchestre_view::{text, text_with};

use super::{HOME, form, moment};

/// Gives the part of one's own sessions.
pub(super) fn part(lang: Lang, sessions: &[OwnSession], now: i64) -> Part {
    let cards = sessions.iter().map(|one| card(lang, one, now)).collect();
    let mut part = Part::new("sessions", text(lang, "page-security-sessions"), Body::Cards(cards));
    if sessions.len() > 1 {
        let others = form(&format!("{HOME}/sessions"), Vec::new(), text(lang, "button-end_others"));
        part = part.with(Body::Form(Box::new(others)));
    }
    part.noted(text(lang, "page-security-sessions-note"))
}

fn card(lang: Lang, one: &OwnSession, now: i64) -> Card {
    let (line, id) = (&one.line, one.line.id);
    let browser = browser(lang, &line.agent);
    let name = line.name.clone().filter(|name| !name.is_empty());
    let field = Field::text("name", text(lang, "field-name"))
        .id(format!("f-name-{id}"))
        .value(name.clone().unwrap_or_default())
        .placeholder(text(lang, "page-security-session-name"))
        .hidden_label();
    let path = format!("{HOME}/sessions/{id}");
    let mut forms = vec![form(&path, vec![field], text(lang, "button-name"))];
    if !one.is_this {
        forms.push(form(&format!("{path}/end"), Vec::new(), text(lang, "button-end_session")));
    }
    let used = if now - line.used_at < 10 * 60_000_000 {
        text(lang, "page-security-session-now")
    } else {
        moment(lang, line.used_at)
    };
    let values = [("used", used.into()), ("opened", moment(lang, line.opened_at).into())];
    let mut details = vec![text_with(lang, "page-security-session-used", &values)];
    details.extend(name.is_some().then(|| browser.clone()));
    if !line.network.is_empty() {
        details.push(text_with(
            lang,
            "page-security-session-network",
            &[("network", (&line.network).into())],
        ));
    }
    Card {
        title: name.unwrap_or(browser),
        tags: one.is_this.then(|| text(lang, "page-security-session-this")).into_iter().collect(),
        details,
        forms,
    }
}

/// Gives the browser and the system that a browser says it is; the words of others stay out.
fn browser(lang: Lang, agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
    };
    let what = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (what, system) {
        (Some(what), Some(system)) => format!("{what}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => text(lang, "page-security-session-unknown"),
    }
}
