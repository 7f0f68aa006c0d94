//! The matrix of roles and objects, read from one data file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Capability, Object, Reach, Role};

/// The matrix as people read it: one line an object, one column a role; `C R U A` as in handbook
/// 0.8, `own` when the cell holds for assigned accounts only.
pub const MATRIX: &str = include_str!("matrix.csv");

type Cell = (Vec<Capability>, Reach);

static CELLS: LazyLock<BTreeMap<(Object, Role), Cell>> = LazyLock::new(|| parse(MATRIX));

/// Gives how far a role's grant reaches; `None` without a grant. The shell may do all.
pub fn grants(role: Role, capability: Capability, object: Object) -> Option<Reach> {
    if role == Role::Shell {
        return Some(Reach::All);
    }
    CELLS
        .get(&(object, role))
        .filter(|(capabilities, _)| capabilities.contains(&capability))
        .map(|(_, reach)| *reach)
}

fn parse(text: &str) -> BTreeMap<(Object, Role), Cell> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let roles: Vec<Option<Role>> = lines
        .next()
        .unwrap_or_default()
        .split(',')
        .skip(1)
        .map(|role| Role::parse(role.trim()))
        .collect();
    let mut cells = BTreeMap::new();
    for line in lines {
        let mut parts = line.split(',').map(str::trim);
        let Some(object) = parts.next().and_then(Object::parse) else { continue };
        for (role, cell) in roles.iter().zip(parts) {
            if let (Some(role), Some(cell)) = (role, cell_of(cell)) {
                cells.insert((object, *role), cell);
            }
        }
    }
    cells
}

fn cell_of(text: &str) -> Option<Cell> {
    let (letters, reach) = match text.split_once(' ') {
        Some((letters, "own")) => (letters, Reach::Own),
        _ => (text, Reach::All),
    };
    let capabilities: Vec<Capability> = letters
        .chars()
        .filter_map(|letter| match letter {
            'C' => Some(Capability::Create),
            'R' => Some(Capability::Read),
            'U' => Some(Capability::Update),
            'A' => Some(Capability::Approve),
            _ => None,
        })
        .collect();
    (!capabilities.is_empty()).then_some((capabilities, reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_has_a_line_and_every_role_a_column() {
        for &object in Object::ALL {
            let cells = CELLS.keys().filter(|(known, _)| *known == object).count();
            assert!(cells > 0, "{object} has no line");
        }
        for &role in Role::ALL.iter().filter(|role| **role != Role::Shell) {
            assert!(CELLS.keys().any(|(_, owner)| *owner == role), "{role} has no column");
        }
    }
}
