//! `permissions.md` and `routes.md`: who may do what, and behind which address.

use std::fmt::Write as _;

use orchestre_domain::lang::Lang;
use orchestre_domain::permission::{MATRIX, Role};
use orchestre_view::text;
use orchestre_web::routes::{Door, ROUTES};

use super::begin;

/// Gives the matrix of roles and objects.
pub(super) fn permissions() -> Result<String, std::fmt::Error> {
    let mut page = begin("Permissions");
    page.push_str(
        "C create, R read, U update, A approve; `own` means the accounts to which one is ",
    );
    page.push_str(
        "assigned. A wall between two accounts wins over every role. What may not be seen does ",
    );
    page.push_str("not exist (404); what may be seen and not changed is refused (403).\n\n");
    let lines: Vec<&str> = MATRIX.lines().filter(|line| !line.starts_with('#')).collect();
    for (at, line) in lines.iter().enumerate() {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        writeln!(page, "| {} |", cells.join(" | "))?;
        if at == 0 {
            writeln!(page, "|{}", "---|".repeat(cells.len()))?;
        }
    }
    page.push_str("\n## Roles\n\n| word | English | French |\n|---|---|---|\n");
    for role in Role::ALL {
        let key = format!("state-role-{role}");
        writeln!(page, "| `{role}` | {} | {} |", text(Lang::En, &key), text(Lang::Fr, &key))?;
    }
    Ok(page)
}

/// Gives every address with its door.
pub(super) fn routes() -> Result<String, std::fmt::Error> {
    let mut page = begin("Addresses");
    page.push_str("| method | path | who |\n|---|---|---|\n");
    for route in ROUTES {
        let who = match route.door {
            Door::Open => "everybody",
            Door::SignedIn => "signed in",
        };
        writeln!(page, "| {} | `{}` | {who} |", route.method, route.path)?;
    }
    Ok(page)
}
