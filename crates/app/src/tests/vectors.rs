//! The handbook's vectors as they appear on pages when their inputs are loaded.

use std::fmt::Write as _;

use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::figure::Warning;
use orchestre_domain::import::ImportKind;

use super::{World, listing, near, row, today};
use crate::portfolio::{Cell, Filter, Order, Slice, Sort, SortKey, figures, list, matrix};
use crate::scores::why;
use crate::{Section, criteria};

const KEYS: [&str; 7] =
    ["turnover", "profitability", "growth", "fit", "harmony", "prescription", "reference"];

fn scores(set: &str, keys: &[&str], rows: &[(&str, &[i64])]) -> String {
    let mut text = "set,criterion,account,value,judge,on,evidence\n".to_owned();
    for (account, values) in rows {
        for (key, value) in keys.iter().zip(*values).filter(|(_, value)| **value > 0) {
            writeln!(text, "{set},{key},{account},{value},J1,2026-10-01,vector").unwrap();
        }
    }
    text
}

#[tokio::test]
async fn the_first_vector_is_on_the_list_and_the_largest_is_not_the_first() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "id,name\na,Alpha\nb,Beta\ng,Gamma\nn,Nothing\n").await;
    let rows: [(&str, &[i64]); 3] = [
        ("a", &[5, 2, 1, 3, 2, 4, 3]),
        ("b", &[2, 4, 5, 5, 4, 3, 4]),
        ("g", &[4, 3, 3, 2, 0, 5, 2]),
    ];
    world.import(ImportKind::Scores, &scores("selection", &KEYS, &rows)).await;
    let sort = Sort { key: SortKey::Rank, order: Order::Ascending };
    let ranked = list(&world.shell, &today(), &Filter::default(), sort, Slice::ALL).await.unwrap();
    let names: Vec<&str> = ranked.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Beta", "Gamma", "Alpha", "Nothing"]);
    let score = |name: &str| row(&ranked, name).score.shown().unwrap();
    near(score("Alpha").value, 46.75);
    near(score("Beta").value, 70.75);
    near(score("Gamma").value, 55.8333);
    near(Some(score("Gamma").coverage), 0.9);
    assert_eq!(score("Gamma").missing, ["harmony"]);
    assert_eq!((score("Nothing").value, score("Nothing").is_sufficient), (None, false));

    let gamma = world.account("Gamma").await;
    let why = why(&world.shell, gamma, CriteriaSet::Selection, &today()).await.unwrap();
    near(why.figure.value, 55.8333);
    assert!(why.figure.warnings.contains(&Warning::CriteriaMissing));
    assert_eq!((why.rank, why.among, why.axes.len()), (Some(2), 4, 3));
    let parts: f64 = why
        .axes
        .iter()
        .flat_map(|axis| &axis.criteria)
        .filter_map(|criterion| criterion.part.into_shown().flatten())
        .sum();
    near(Some(parts), 55.8333);
    assert_eq!(why.needs.len(), 1);
    near(Some(why.needs[0].low), 50.25);
    near(Some(why.needs[0].high), 60.25);
}

#[tokio::test]
async fn the_fourth_vector_is_in_the_matrix_and_who_has_no_scores_beside_it() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "id,name\na,Alpha\nb,Beta\n").await;
    for (set, weights) in [
        (CriteriaSet::Attractiveness, vec![30, 25, 20, 15, 10]),
        (CriteriaSet::Strength, vec![30, 25, 25, 20]),
    ] {
        let shown = criteria::list(&world.shell, set).await.unwrap();
        let mut wanted = shown.criteria;
        for (criterion, weight) in wanted.iter_mut().zip(weights) {
            criterion.weight_ppm = weight;
        }
        assert_eq!(criteria::update(&world.shell, set, wanted, shown.version).await.unwrap(), 1);
    }
    let keys = ["wallet", "growth", "profitability", "prescription", "harmony"];
    let rows: [(&str, &[i64]); 1] = [("a", &[4, 5, 3, 4, 2])];
    world.import(ImportKind::Scores, &scores("attractiveness", &keys, &rows)).await;
    let keys = ["rank", "otif", "share_of_wallet", "nps"];
    let rows: [(&str, &[i64]); 1] = [("a", &[3, 2, 4, 3])];
    world.import(ImportKind::Scores, &scores("strength", &keys, &rows)).await;
    let matrix = matrix(&world.shell, &today(), &Filter::default()).await.unwrap();
    assert_eq!(matrix.bubbles.len(), 1);
    let bubble = &matrix.bubbles[0];
    near(Some(bubble.attractiveness), 71.25);
    near(Some(bubble.strength), 50.0);
    assert_eq!((bubble.cell, bubble.before), (Cell::InvestForGrowth, None));
    assert_eq!(matrix.not_placed[0].1, "Beta");
}

#[tokio::test]
async fn the_fifth_vector_is_the_concentration_of_the_portfolio() {
    let world = World::new().await;
    let (mut accounts, mut sales) =
        ("id,name\n".to_owned(), "document,line,date,account,amount,currency\n".to_owned());
    for (number, amount) in [40, 25, 15, 10, 5, 3, 1, 1].into_iter().enumerate() {
        writeln!(accounts, "c{number},Customer {number}").unwrap();
        writeln!(sales, "D{number},1,2026-10-05,c{number},{amount},EUR").unwrap();
    }
    world.import(ImportKind::Accounts, &accounts).await;
    world.import(ImportKind::Sales, &sales).await;
    let found = figures(&world.shell, &today()).await.unwrap();
    near(found.cr1.value, 0.40);
    near(found.cr3.value, 0.80);
    near(found.cr5.value, 0.95);
    near(found.hhi.value, 0.2586);
    near(found.n_eff.value, 3.86698);
    near(found.gini.value, 0.5425);
    assert_eq!((found.turnover_minor, found.accounts), (Some(10_000), 8));
    assert_eq!(found.lorenz.len(), 8);
    let listing = listing(&world.shell, &today()).await;
    assert_eq!(listing.totals.turnover_minor, Some(10_000), "the lines add up to the portfolio");
    assert_eq!(listing.unattributed_minor, Section::Shown(None));
}
