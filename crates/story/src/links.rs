//! `links.csv`: who owns, buys for and is managed with whom.
//!
//! The programme view differs from the legal one where the story decides so: a share counts as the whole, members
//! of the buying organization hang on it, the two joint ventures and the carved-out business go where they are
//! managed, and a site, a unit or a company that did not invoice before its link never becomes an account of its own.

use crate::calendar::{self, Calendar};
use crate::parties::{Party, Tie};
use crate::table::Sheet;

/// A link between two parties in one view, its days as words.
struct Row {
    view: &'static str,
    parent: &'static str,
    child: &'static str,
    share: i64,
    span: &'static str,
}

/// Gives `links.csv`.
pub(crate) fn file(calendar: Calendar, parties: &[Party]) -> String {
    let mut sheet = Sheet::new("view,parent,child,share,valid_from,valid_to,source");
    let legal = parties.iter().flat_map(legal);
    for row in legal
        .chain(parties.iter().filter_map(programme))
        .chain(parties.iter().filter_map(purchasing))
    {
        let (from, to) = calendar.span(row.span).unwrap_or_default();
        let source = match row.view {
            "legal" => "register",
            "programme" => "charter",
            _ => "contract",
        };
        let share = format!("{}%", row.share);
        let (from, to) = (calendar::text(from), calendar::text(to));
        sheet.row([
            row.view,
            row.parent,
            row.child,
            share.as_str(),
            from.as_str(),
            to.as_str(),
            source,
        ]);
    }
    sheet.finish()
}

fn legal(party: &Party) -> Vec<Row> {
    party
        .links
        .iter()
        .filter_map(|link| match link.tie {
            Tie::Owned(parent, share) => {
                Some(Row { view: "legal", parent, child: party.code, share, span: link.span })
            }
            Tie::Root | Tie::Member(_) => None,
        })
        .collect()
}

fn programme(party: &Party) -> Option<Row> {
    let link = match party.code {
        "KOG0" => return None,
        _ => party
            .links
            .iter()
            .find(|link| matches!(link.tie, Tie::Member(_)))
            .or_else(|| party.links.iter().find(|link| matches!(link.tie, Tie::Owned(..))))?,
    };
    let (Tie::Owned(parent, _) | Tie::Member(parent)) = link.tie else { return None };
    let never_alone = matches!(party.kind, "site" | "business_unit") || party.code == "ELV16";
    let span = if never_alone { ".." } else { link.span };
    Some(Row { view: "programme", parent, child: party.code, share: 100, span })
}

fn purchasing(party: &Party) -> Option<Row> {
    let row =
        |parent, span| Row { view: "purchasing", parent, child: party.code, share: 100, span };
    let member = party.links.iter().find_map(|link| match link.tie {
        Tie::Member(parent) => Some(row(parent, link.span)),
        Tie::Root | Tie::Owned(..) => None,
    });
    let central = (party.group() == "ELV" && party.code != "ELV16").then(|| row("ELV16", "M-6.."));
    member.or(central)
}
