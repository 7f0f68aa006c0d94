//! Who was whose in each month: totals as they were.

use std::collections::BTreeMap;

use super::reading::{parents, root, sales, thousands};
use crate::FROZEN_T;

#[test]
fn totals_as_they_were_hold() {
    let mut sums: BTreeMap<String, [i128; 3]> = BTreeMap::new();
    let mut days = BTreeMap::new();
    for sale in sales(FROZEN_T) {
        let above =
            days.entry(sale.day).or_insert_with(|| parents("programme", sale.day, FROZEN_T));
        sums.entry(root(above, &sale.party)).or_default()[sale.year] += sale.euros();
    }
    let of = |party: &str| sums[party].map(|sum| thousands(sum * 10));
    assert_eq!(of("ELV2"), [38_976, 0, 0], "Vestrali");
    assert_eq!(of("ELV6"), [33_120, 0, 0], "Halbrook");
    assert_eq!(of("ELV1"), [78_104, 149_800, 73_008], "Vestbrook");
    assert_eq!(of("ELV9"), [62_000, 86_776, 52_656], "Bellorme");
    assert_eq!(of("ELV12"), [50_000, 23_424, 0], "Kessmar");
    assert_eq!(of("ELV0"), [0, 0, 140_336], "Elvarion");
    assert_eq!(of("VER0"), [35_000, 41_000, 50_625], "Verrano");
    assert_eq!(of("VER3"), [3_000, 3_000, 1_375], "Sabina");
    assert_eq!(of("VAL0"), [87_000, 87_200, 56_300], "Valsérane");
    assert_eq!(of("UNI0"), [45_800, 48_800, 58_300], "Uniclinia");
}
