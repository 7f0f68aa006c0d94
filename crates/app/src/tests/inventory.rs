//! Every event that has a name is recorded by something, and every form of export says so.

use std::path::{Path, PathBuf};

use orchestre_domain::event::EventName;

/// Gives the program's own sources of a folder, without its tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
}

#[test]
fn every_event_is_recorded_by_a_use_case() {
    let mut found = Vec::new();
    // Bringing a backup back is a verb of the command line, which records it itself.
    for folder in ["src", "../cli/src"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    let all: String = found.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    for name in EventName::ALL {
        assert!(all.contains(&format!("EventName::{name:?}")), "nothing records {name}");
    }
}

#[test]
fn what_an_auditor_asks_for_has_its_events() {
    // Reads of confidential parts, exports, sign-ins (done and refused), roles, other eyes,
    // configuration, imports, tokens, checkpoints.
    for name in [
        "opinion.read",
        "list.exported",
        "session.opened",
        "session.refused",
        "role.given",
        "role.ended",
        "watch.begun",
        "watch.ended",
        "setting.updated",
        "import.applied",
        "token.created",
        "token.revoked",
        "chain.verified",
        "checkpoint.asked",
        "backup.made",
        "backup.restored",
        "wall.created",
        "wall.ended",
        "plan.printed",
    ] {
        assert!(EventName::parse(name).is_some(), "{name}");
    }
}
