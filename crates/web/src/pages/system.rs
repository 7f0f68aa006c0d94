//! How the program runs, for its administrator.

use axum::Form;
use axum::extract::State as Shared;
use axum::response::{IntoResponse as _, Redirect};
use jiff::Timestamp;
use orchestre_app::system::{self, ImportShown, JobShown, System};
use orchestre_domain::job::JobState;
use orchestre_domain::lang::Lang;
use orchestre_view::component::field::{Choice, Field};
use orchestre_view::component::figure::{Figure, Figures};
use orchestre_view::component::grid::{Cell, Grid};
use orchestre_view::component::table::{Column, Table};
use orchestre_view::mark::{self, Tone};
use orchestre_view::page::Place;
use orchestre_view::pages::sheet::{Body, Form as FormView, Line, Part, SheetView};
use orchestre_view::{format, text, text_with};

use super::{Answer, show as answer};
use crate::door::Visit;
use crate::form::Fields;
use crate::state::State;

/// `GET /settings/system`.
pub(crate) async fn show(Shared(state): Shared<State>, visit: Visit) -> Answer {
    let lang = visit.lang();
    let shown = system::get(&visit.ctx, &state.site.concerns).await?;
    let page = visit.page(Place::System, text(lang, "page-nav-system")).await?;
    let mut parts = Vec::new();
    if !shown.concerns.is_empty() {
        let title = text(lang, "page-system-concerns");
        parts.push(Part::new("concerns", title, Body::Lines(concerns(lang, &shown))));
    }
    parts.push(jobs(lang, &shown, visit.ctx.now()));
    parts.push(imports(lang, &shown.imports));
    let mut view = SheetView::new(page, text(lang, "page-system-lead"), parts);
    view.figures = Some(figures(lang, &shown, visit.ctx.now()));
    view.aside = vec![machine(lang, &shown)];
    answer(&view)
}

/// `POST /settings/system/jobs`: asks a job to run now.
pub(crate) async fn run(visit: Visit, Form(fields): Form<Fields>) -> Answer {
    visit.check(&fields)?;
    system::run_now(&visit.ctx, fields.required("job")?).await?;
    Ok(Redirect::to("/settings/system#jobs").into_response())
}

fn figures(lang: Lang, shown: &System, now: i64) -> Figures {
    let known = |key: &str, value: String| Figure::known(lang, text(lang, key), value);
    let state = if shown.unready.is_empty() { "ready" } else { "unready" };
    let backup = shown.backup_at.map_or_else(
        || Figure::missing(lang, text(lang, "page-system-backup")),
        |at| known("page-system-backup", since(lang, now - at)),
    );
    let free = shown.free_bytes.map_or_else(
        || Figure::missing(lang, text(lang, "page-system-free")),
        |bytes| known("page-system-free", size(lang, bytes)),
    );
    Figures(vec![
        known("page-system-node", text(lang, &format!("page-system-{state}"))),
        known("page-system-database", size(lang, shown.measures.bytes)),
        free,
        backup,
        known("page-system-chain", format::count(lang, shown.measures.sealed)).compare(text_with(
            lang,
            "page-system-chain-unsealed",
            &[("count", shown.measures.unsealed.into())],
        )),
        known("page-system-people", format::count(lang, shown.measures.people)),
    ])
}

fn concerns(lang: Lang, shown: &System) -> Vec<Line> {
    let line = |word: &str| Line {
        icon: "alert",
        text: text(lang, &format!("page-system-concern-{word}")),
        href: (word == "backup").then(|| "/settings/backups".to_owned()),
        detail: text(lang, &format!("page-system-concern-{word}-mend")),
    };
    shown.concerns.iter().map(|concern| line(concern.as_str())).collect()
}

fn jobs(lang: Lang, shown: &System, now: i64) -> Part {
    let head = ["job", "state", "ended", "result", "next"];
    let head = head.map(|word| Column::text(text(lang, &format!("page-system-job-{word}"))));
    let grid = Grid {
        caption: text(lang, "page-system-jobs"),
        head: head.into(),
        rows: shown.jobs.iter().map(|job| job_row(lang, job, now)).collect(),
    };
    let part = Part::new("jobs", text(lang, "page-system-jobs"), Body::Grid(grid))
        .noted(text(lang, "page-system-jobs-note"));
    if !shown.can_update || shown.jobs.is_empty() {
        return part;
    }
    let choices = shown.jobs.iter().map(|job| Choice::new(job.name.clone(), job_name(lang, job)));
    let form = FormView {
        action: "/settings/system/jobs".to_owned(),
        fields: vec![Field::select("job", text(lang, "field-job"), choices.collect())],
        button: text(lang, "button-run_now"),
        has_file: false,
        hidden: Vec::new(),
    };
    part.with(Body::Form(Box::new(form)))
}

fn job_name(lang: Lang, job: &JobShown) -> String {
    text(lang, &format!("state-job-{}", job.kind))
}

fn job_row(lang: Lang, job: &JobShown, now: i64) -> Vec<Cell> {
    let (tone, icon) = match job.state {
        JobState::Waiting => (Tone::Plain, "clock"),
        JobState::Running => (Tone::Good, "check"),
        JobState::Retrying => (Tone::Warn, "alert"),
        JobState::GivenUp => (Tone::Bad, "alert"),
    };
    let state = text(lang, &format!("state-job-is-{}", job.state));
    let result = match job.result.as_deref() {
        None => format::MISSING.to_owned(),
        Some("done") => text(lang, "page-system-job-done"),
        Some(code) => text(lang, &format!("error-{code}")),
    };
    // A job whose time has passed waits because it found nothing to do.
    let is_idle = job.state == JobState::Waiting && job.next_at.is_some_and(|at| at <= now);
    let next =
        if is_idle { text(lang, "page-system-job-as_needed") } else { instant(lang, job.next_at) };
    vec![
        Cell::text(job_name(lang, job)),
        Cell::Mark(mark::state(tone, icon, &state)),
        Cell::text(instant(lang, job.ended_at)),
        Cell::text(result),
        Cell::text(next),
    ]
}

fn imports(lang: Lang, list: &[ImportShown]) -> Part {
    let title = text(lang, "page-system-imports");
    if list.is_empty() {
        return Part::new("imports", title, Body::Note(text(lang, "page-import-none")));
    }
    let row = |import: &ImportShown| {
        vec![
            text(lang, &format!("state-kind-{}", import.kind)),
            text(lang, &format!("state-import-{}", import.state)),
            format::count(lang, import.rows),
            instant(lang, Some(import.received_at)),
        ]
    };
    let table = Table {
        caption: title.clone(),
        head: vec![
            Column::text(text(lang, "page-import-kind")),
            Column::text(text(lang, "page-import-state")),
            Column::number(text(lang, "page-import-rows")),
            Column::text(text(lang, "page-import-at")),
        ],
        rows: list.iter().map(row).collect(),
    };
    Part::new("imports", title, Body::Table(table))
}

fn machine(lang: Lang, shown: &System) -> Part {
    let fact = |key: &str, value: String| (text(lang, key), value);
    let engine = if shown.is_postgres { "PostgreSQL" } else { "SQLite" };
    let mut facts = vec![
        fact("page-system-version", shown.version.to_owned()),
        fact("page-system-engine", engine.to_owned()),
        fact("page-system-schema", shown.schema.to_owned()),
    ];
    if let Some(bytes) = shown.memory_bytes {
        facts.push(fact("page-system-memory", size(lang, bytes)));
    }
    Part::new("machine", text(lang, "page-system-machine"), Body::Facts(facts))
}

/// Writes bytes as MiB or GiB.
pub(super) fn size(lang: Lang, bytes: i64) -> String {
    let (unit, step) = if bytes < 1 << 30 { ("mib", 1_i64 << 20) } else { ("gib", 1_i64 << 30) };
    let tenths = i32::try_from(bytes.saturating_mul(10).div_euclid(step)).unwrap_or(i32::MAX);
    let number = format::decimal(lang, f64::from(tenths) / 10.0, 1);
    text_with(lang, &format!("page-system-{unit}"), &[("size", number.into())])
}

/// Writes how long ago something was, in hours or days.
fn since(lang: Lang, micros: i64) -> String {
    let hours = micros.div_euclid(3_600_000_000);
    let (unit, count) = if hours < 48 { ("hours", hours) } else { ("days", hours.div_euclid(24)) };
    text_with(lang, &format!("page-system-ago-{unit}"), &[("count", count.into())])
}

/// Writes a day and a time (UTC); a dash when there is none.
fn instant(lang: Lang, micros: Option<i64>) -> String {
    let at = micros.and_then(|micros| Timestamp::from_microsecond(micros).ok());
    at.map_or_else(
        || format::MISSING.to_owned(),
        |at| {
            let at = at.to_zoned(jiff::tz::TimeZone::UTC);
            format!("{} {:02}:{:02}", format::day(lang, at.date()), at.hour(), at.minute())
        },
    )
}
