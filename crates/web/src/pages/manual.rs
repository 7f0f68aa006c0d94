//! The manual and the methods: Markdown files of the repository, shown in the program.

use axum::extract::Path;
use orchestre_app::{AppError, Code};
use orchestre_domain::lang::Lang;
use orchestre_view::html::{Html, Link};
use orchestre_view::page::Place;
use orchestre_view::pages::manual::ShowView;
use orchestre_view::pages::sheet::{Body, Line, Part, SheetView};
use orchestre_view::text;
use pulldown_cmark::{Event, Options, Parser};
use rust_embed::RustEmbed;

use super::{Answer, show};
use crate::door::Visit;

#[derive(RustEmbed)]
#[folder = "../../docs/user/"]
#[include = "*.md"]
struct Manual;

#[derive(RustEmbed)]
#[folder = "../../docs/methods/"]
#[include = "*.md"]
struct Methods;

/// The page with which one begins.
const FIRST: &str = "first-steps";

/// `GET /help`.
pub(crate) async fn help(visit: Visit) -> Answer {
    let lang = visit.lang();
    let page = visit.page(Place::Help, text(lang, "page-nav-help")).await?;
    let mut names = names(Manual::iter(), lang);
    names.sort_by_key(|name| name != FIRST);
    let lines = names.iter().map(|name| line(&read::<Manual>(lang, name), format!("/help/{name}")));
    let part = Part::new("pages", text(lang, "page-help-list"), Body::Lines(lines.collect()));
    show(&SheetView::new(page, text(lang, "page-help-lead"), vec![part]))
}

/// `GET /help/{name}`.
pub(crate) async fn help_page(visit: Visit, Path(name): Path<String>) -> Answer {
    chapter::<Manual>(visit, &name, (Place::Help, "page-nav-help", "/help")).await
}

/// `GET /methods`.
pub(crate) async fn methods(visit: Visit) -> Answer {
    let lang = visit.lang();
    let page = visit.page(Place::Methods, text(lang, "page-nav-methods")).await?;
    let names = names(Methods::iter(), lang);
    let lines =
        names.iter().map(|name| line(&read::<Methods>(lang, name), format!("/methods/{name}")));
    let mut parts =
        vec![Part::new("methods", text(lang, "page-method-list"), Body::Lines(lines.collect()))];
    let codes = Code::ALL
        .iter()
        .map(|code| (code.text().to_owned(), text(lang, &format!("error-{}", code.text()))));
    parts.push(Part::new("errors", text(lang, "page-method-errors"), Body::Facts(codes.collect())));
    show(&SheetView::new(page, text(lang, "page-method-lead"), parts))
}

/// `GET /methods/{name}`.
pub(crate) async fn method(visit: Visit, Path(name): Path<String>) -> Answer {
    chapter::<Methods>(visit, &name, (Place::Methods, "page-nav-methods", "/methods")).await
}

async fn chapter<T: RustEmbed>(visit: Visit, name: &str, above: (Place, &str, &str)) -> Answer {
    let lang = visit.lang();
    let source = read::<T>(lang, name);
    if source.is_empty() {
        return Err(AppError::NOT_FOUND.into());
    }
    let (title, rest) = titled(&source);
    let (place, above, path) = above;
    let list = text(lang, above);
    let page = visit.page(place, title).await?.crumb(list.clone(), path);
    let pages = names(T::iter(), lang).into_iter().map(|other| {
        let title = titled(&read::<T>(lang, &other)).0;
        (Link::new(title, format!("{path}/{other}")), other == name)
    });
    let content = html(rest);
    show(&ShowView { pages: pages.collect(), content, list, page })
}

/// Gives the names of the pages of a language, sorted.
fn names(files: impl Iterator<Item = std::borrow::Cow<'static, str>>, lang: Lang) -> Vec<String> {
    let mut names: Vec<String> = files
        .filter_map(|file| {
            file.strip_prefix(lang.as_str())?
                .strip_prefix('/')?
                .strip_suffix(".md")
                .map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

fn read<T: RustEmbed>(lang: Lang, name: &str) -> String {
    let file = T::get(&format!("{lang}/{name}.md"));
    file.map_or_else(String::new, |file| String::from_utf8_lossy(&file.data).into_owned())
}

fn titled(source: &str) -> (String, &str) {
    let (first, rest) = source.split_once('\n').unwrap_or((source, ""));
    (first.trim_start_matches('#').trim().to_owned(), rest)
}

/// A line of the list: the title, and the first sentence below it.
fn line(source: &str, href: String) -> Line {
    let (title, rest) = titled(source);
    let sentence = rest
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with(['#', '|', '`', '-']));
    let plain = sentence.unwrap_or_default().replace(['`', '*'], "");
    Line { icon: "book", text: title, href: Some(href), detail: plain }
}

/// Gives HTML of Markdown; HTML inside of the text is written as text.
fn html(source: &str) -> Html {
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        other => other,
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, parser);
    // What is wide scrolls inside of its own frame, by keyboard too.
    let out = out
        .replace("<table>", "<div class=\"scroll\" tabindex=\"0\"><table class=\"t t-fit\">")
        .replace("</table>", "</table></div>")
        .replace("<pre>", "<pre tabindex=\"0\">")
        .replace("<th></th>", "<td></td>");
    Html(out)
}
