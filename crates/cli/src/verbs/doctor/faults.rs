//! Faults of stored data, each with what it means and how to mend it.

use orchestre_app::App;
use orchestre_app::doctor::{self, Depth, FaultFound};
use orchestre_domain::fault::Fault;
use orchestre_domain::lang::Lang;
use orchestre_view::{format, text, text_with};

use super::Check;

/// Looks for every fault.
pub(super) async fn look(app: &App, depth: Depth, lang: Lang) -> Vec<Check> {
    let all = doctor::look(app, depth).await;
    // The chain has its own line, with how much of it holds.
    let shown = all.iter().filter(|found| found.fault != Fault::BrokenChain || found.count > 0);
    shown.map(|found| check(found, lang)).collect()
}

fn check(found: &FaultFound, lang: Lang) -> Check {
    let name = found.fault.as_str();
    if found.count == 0 {
        return Check::ok(name, text(lang, &format!("page-doctor-{name}-none")));
    }
    let what = text(lang, &format!("page-doctor-{name}"));
    let count = format::count(lang, found.count);
    let values = [("count", count.into()), ("place", found.place.clone().into())];
    let place = text_with(lang, "page-doctor-place", &values);
    let mend = text(lang, &format!("page-doctor-{name}-mend"));
    let said = format!("{what} {place}");
    match found.fault {
        Fault::OrphanBlob | Fault::StuckJob | Fault::UnsafeServer => Check::warn(name, said, mend),
        _ => Check::bad(name, said, mend),
    }
}
