//! What the reviewed table and the matrix expect, read from both files without the policy's code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use orchestre_domain::permission::MATRIX;

use super::world::{Hold, Walker};

const TABLE: &str = include_str!("../../routes.csv");

/// What `{id}` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Own,
    Other,
    Walled,
    Absent,
}

const FOUR: [Target; 4] = [Target::Own, Target::Other, Target::Walled, Target::Absent];

/// What a cell must answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// Anything but a refusal or a fault.
    Passes,
    /// 403.
    Forbidden,
    /// 404.
    Absent,
}

impl Expected {
    pub(super) fn holds(self, status: u16) -> bool {
        match self {
            Self::Passes => status < 500 && ![401, 403, 404].contains(&status),
            Self::Forbidden => status == 403,
            Self::Absent => status == 404,
        }
    }
}

/// A row of the reviewed table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) method: String,
    pub(super) path: String,
    object: String,
    capability: String,
    pub(super) scope: String,
    pub(super) body: String,
}

/// Gives the reviewed rows.
pub(super) fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        lines.map(row).collect()
    });
    &ROWS
}

fn row(line: &str) -> Row {
    let parts: Vec<&str> = line.splitn(6, ',').collect();
    let [method, path, object, capability, scope, body] = parts[..] else {
        panic!("{line} has no six parts");
    };
    let body = body.strip_prefix('"').and_then(|body| body.strip_suffix('"')).unwrap_or(body);
    Row {
        method: method.to_owned(),
        path: path.to_owned(),
        object: object.to_owned(),
        capability: capability.to_owned(),
        scope: scope.to_owned(),
        body: body.replace("\"\"", "\""),
    }
}

/// The cells of the matrix: (object, role) → its words.
static CELLS: LazyLock<BTreeMap<(String, String), String>> = LazyLock::new(|| {
    let mut lines = MATRIX.lines().filter(|line| !line.starts_with('#'));
    let roles: Vec<&str> = lines.next().unwrap_or_default().split(',').skip(1).collect();
    let mut cells = BTreeMap::new();
    for line in lines {
        let (object, rest) = line.split_once(',').unwrap_or_default();
        for (role, cell) in roles.iter().zip(rest.split(',')) {
            cells.insert((object.to_owned(), (*role).to_owned()), cell.to_owned());
        }
    }
    cells
});

/// What a role of limited reach reads of the whole company.
const SHARED: [&str; 3] = ["product", "criterion", "setting"];
/// What belongs to the whole company.
const COMPANY: [&str; 9] =
    ["whole", "import", "login", "system", "right", "wall", "delegation", "watch", "token"];

fn cell(walker: &Walker, object: &str) -> (bool, String) {
    let key = (object.to_owned(), walker.role.to_owned());
    let words = CELLS.get(&key).unwrap_or_else(|| panic!("{key:?} is in no cell")).clone();
    let is_own = words.ends_with(" own");
    (is_own, words.split(' ').next().unwrap_or_default().to_owned())
}

/// Says whether the cell gives the capability for the company as a whole.
fn has(walker: &Walker, object: &str, capability: &str) -> bool {
    let is_limited = walker.hold == Hold::Limited;
    if is_limited && (COMPANY.contains(&object) || (SHARED.contains(&object) && capability != "R"))
    {
        return false;
    }
    cell(walker, object).1.contains(capability)
}

/// Says whether the cell gives the capability at a target; a wall hides the rival from those who
/// do not see every account.
fn has_at(walker: &Walker, object: &str, capability: &str, target: Target) -> bool {
    let (is_own, _) = cell(walker, object);
    let sees_own_only = walker.hold == Hold::Limited || cell(walker, "account").0;
    let reaches = match target {
        Target::Own => true,
        Target::Other => !is_own && walker.hold != Hold::Limited,
        Target::Walled => !is_own && !sees_own_only && walker.looks_over_walls(),
        Target::Absent => false,
    };
    reaches && has(walker, object, capability)
}

impl Walker {
    /// A role that reads every account looks over walls.
    fn looks_over_walls(&self) -> bool {
        let (is_own, letters) = cell(self, "account");
        self.hold != Hold::Limited && !is_own && letters.contains('R')
    }
}

impl Row {
    /// Gives what is put in the place of `{id}`.
    pub(super) fn targets(&self) -> &'static [Target] {
        match self.scope.as_str() {
            "account" | "body_account" | "plan" | "plan_step" | "action" | "person"
            | "objective" | "objective_gone" | "risk" | "risk_gone" => &FOUR,
            "import" | "login" | "login_assign" | "login_unassign" | "unit_account" | "wall"
            | "delegation" | "body_delegation" => &[Target::Own, Target::Absent],
            "own" => &[Target::Absent],
            _ => &[Target::Own],
        }
    }

    pub(super) fn is_write(&self) -> bool {
        self.method != "GET"
    }

    /// Gives what the cell must answer.
    pub(super) fn expects(&self, walker: &Walker, target: Target) -> Expected {
        if walker.is_watching && self.is_write() {
            return Expected::Forbidden;
        }
        let (object, capability) = (self.object.as_str(), self.capability.as_str());
        let passes = |passes: bool| if passes { Expected::Passes } else { Expected::Forbidden };
        let anchored = |anchor: &str| {
            if !has_at(walker, anchor, "R", target) {
                return Expected::Absent;
            }
            passes(has_at(walker, object, capability, target))
        };
        let listed = |reads: &str| match (has(walker, object, reads), target) {
            (false, _) => Expected::Forbidden,
            (true, Target::Absent) => Expected::Absent,
            (true, _) => passes(has(walker, object, capability)),
        };
        match self.scope.as_str() {
            "signed" | "rows" => Expected::Passes,
            "oneself" => passes(!walker.is_watching),
            "own" => Expected::Absent,
            "company" => passes(has(walker, object, capability)),
            "account" | "body_account" => anchored("account"),
            "plan" | "objective" | "objective_gone" | "risk" | "risk_gone" => anchored("plan"),
            "plan_step" if !has_at(walker, "plan", "R", target) => Expected::Absent,
            "plan_step" => {
                passes(has_at(walker, "plan", "U", target) || has_at(walker, "plan", "A", target))
            }
            "action" => anchored("action"),
            "person" => anchored("person"),
            "import" | "login" => listed("R"),
            "wall" => listed(capability),
            "company_absent" | "unit_account" if has(walker, object, capability) => {
                Expected::Absent
            }
            "company_absent" | "unit_account" => passes(false),
            "login_assign" | "login_unassign" => self.assigns(walker, target),
            "delegation" | "body_delegation" => self.lends(walker, target),
            other => panic!("{other} is no scope"),
        }
    }

    /// A loan between others is seen by those who oversee them.
    fn lends(&self, walker: &Walker, target: Target) -> Expected {
        match (target, has(walker, "delegation", "R"), has(walker, &self.object, "U")) {
            (Target::Absent, _, _) | (_, false, _) => Expected::Absent,
            (_, true, true) => Expected::Passes,
            (_, true, false) => Expected::Forbidden,
        }
    }

    /// Whoever reads rights and changes accounts assigns; ending finds nothing to end.
    fn assigns(&self, walker: &Walker, target: Target) -> Expected {
        if !has(walker, "right", "R") {
            return Expected::Forbidden;
        }
        if target == Target::Absent || !has(walker, "account", "R") {
            return Expected::Absent;
        }
        match (has(walker, "account", "U"), self.scope == "login_unassign") {
            (false, _) => Expected::Forbidden,
            (true, true) => Expected::Absent,
            (true, false) => Expected::Passes,
        }
    }
}
