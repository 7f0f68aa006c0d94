//! `orchestre imports`: which files went in, what was wrong with one of them, and its way back.

use anyhow::bail;
use jiff::Timestamp;
use orchestre_app::imports::reversal::{self, Choice, Choices};
use orchestre_app::imports::{self, ImportLine, ReportIssue};
use orchestre_app::{Ctx, wire};
use orchestre_domain::id::ImportId;
use orchestre_domain::import::ImportState;
use orchestre_domain::lang::Lang;
use orchestre_view::text;
use serde_json::{Value, json};

use crate::args::Imports;
use crate::open::Call;
use crate::refusal::Refusal;
use crate::table::Table;
use crate::{Exit, output};

/// Lists the imports or shows one.
pub(crate) async fn run(call: &Call, asked: &Imports) -> anyhow::Result<Exit> {
    let ctx = call.ctx().await?;
    let Some(id) = &asked.id else {
        let list = imports::list(&ctx).await?;
        if call.is_json {
            output::json(&list.iter().map(line).collect::<Vec<_>>())?;
        } else {
            table(&list, call.lang);
        }
        return Ok(Exit::Done);
    };
    let Some(id) = ImportId::parse(id) else {
        bail!(Refusal::misuse(
            format!("{id} is no import"),
            "`orchestre imports` lists them with their ids"
        ))
    };
    if asked.take_back {
        return take_back(call, (&ctx, id), asked).await;
    }
    let shown = imports::show(&ctx, id).await?;
    if call.is_json {
        let mut value = line(&shown.line);
        if let Some(object) = value.as_object_mut() {
            object.insert("unmapped".to_owned(), json!(shown.unmapped));
            object.insert(
                "issues".to_owned(),
                shown.issues.iter().map(|one| issue(one, call.lang)).collect(),
            );
        }
        output::json(&value)?;
        return Ok(Exit::Done);
    }
    table(std::slice::from_ref(&shown.line), call.lang);
    for one in &shown.issues {
        let place = one.line.map_or_else(String::new, |line| line.to_string());
        let column = one.column.clone().unwrap_or_default();
        let value = one.value.clone().unwrap_or_default();
        let what = text(call.lang, &format!("state-issue-{}", one.code));
        output::data(&format!("{place}\t{column}\t{value}\t{what}"));
    }
    Ok(Exit::Done)
}

/// Takes an import back, or says what that would do.
async fn take_back(
    call: &Call,
    (ctx, id): (&Ctx, ImportId),
    asked: &Imports,
) -> anyhow::Result<Exit> {
    let state = imports::show(ctx, id).await?.line.state;
    if !matches!(state, ImportState::Applied | ImportState::Reversing) {
        bail!(Refusal::misuse(format!("{id} is not in"), "`orchestre imports ID` shows its state"))
    }
    let rest = if asked.put_back { Choice::PutBack } else { Choice::Keep };
    let choices = Choices { rest, ..Choices::default() };
    let found = if asked.dry_run {
        reversal::preview(ctx, id, &choices).await?
    } else {
        reversal::reverse(ctx, id, &choices, &|_, _| {}).await?
    };
    if call.is_json {
        output::json(&wire::reversal(&found))?;
        return Ok(Exit::Done);
    }
    let word = |key: &str| text(call.lang, key);
    let mut counts = vec![
        (word("page-reversal-fields"), found.fields),
        (word("page-reversal-lines-removed"), found.lines_removed),
        (word("page-reversal-lines-restored"), found.lines_restored),
    ];
    let removed = found.removed.iter();
    counts.extend(removed.map(|(object, count)| (word(&format!("state-record-{object}")), *count)));
    for (label, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        output::data(&format!("{label}\t{count}"));
    }
    for one in &found.conflicts {
        let value = |text: &Option<String>| text.clone().unwrap_or_default();
        let (before, after, now) = (value(&one.before), value(&one.after), value(&one.now));
        let (label, field, line) = (&one.label, &one.field, one.line);
        output::data(&format!("{line}\t{label}\t{field}\t{before}\t{after}\t{now}"));
    }
    for one in &found.kept {
        let by = word(&format!("state-kept-{}", one.by));
        output::data(&format!("{}\t{}\t{by}", one.line, one.label));
    }
    Ok(if found.conflicts.is_empty() && found.kept.is_empty() { Exit::Done } else { Exit::Partly })
}

fn line(import: &ImportLine) -> Value {
    json!({
        "id": import.id.to_string(),
        "kind": import.kind.as_str(),
        "file": import.file,
        "origin": import.origin,
        "state": import.state.as_str(),
        "rows": import.counts.rows,
        "created": import.counts.created,
        "updated": import.counts.updated,
        "unchanged": import.counts.unchanged,
        "skipped": import.counts.skipped,
        "conflicts": import.counts.conflicts,
        "issue_count": import.issue_count,
        "received_at": instant(import.received_at),
        "applied_at": import.applied_at.map(instant),
    })
}

fn issue(issue: &ReportIssue, lang: Lang) -> Value {
    json!({
        "line": issue.line,
        "column": issue.column,
        "value": issue.value,
        "code": issue.code.as_str(),
        "message": text(lang, &format!("state-issue-{}", issue.code)),
    })
}

fn table(list: &[ImportLine], lang: Lang) {
    let word = |key: &str| text(lang, key);
    let mut table = Table::default()
        .text("id")
        .text(word("page-import-at"))
        .text(word("page-import-file"))
        .text(word("page-import-kind"))
        .text(word("page-import-state"))
        .number(word("page-import-rows"))
        .number(word("page-import-issues"));
    for import in list {
        table.row([
            import.id.to_string(),
            instant(import.received_at),
            import.file.clone(),
            word(&format!("state-kind-{}", import.kind)),
            word(&format!("state-import-{}", import.state)),
            import.counts.rows.to_string(),
            import.issue_count.to_string(),
        ]);
    }
    for line in table.lines() {
        output::data(&line);
    }
}

fn instant(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map_or_else(|_out| String::new(), |at| format!("{at:.0}"))
}
