//! What imports would do, kept until they go in; and recipes.

use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState, IssueCode, Outcome};

use super::contract;
use super::imports::import;
use crate::imports::{ComparedRow, Comparison, ImportRecord, IssueRecord, RecipeRecord};
use crate::{Db, StoreError, Work};

contract!(
    a_comparison_comes_back_by_outcome_and_takes_the_place_of_the_last,
    an_import_that_waits_goes_with_its_file_unless_another_has_it,
    files_of_a_drop_come_back_in_their_order,
    a_recipe_takes_the_place_of_the_one_for_the_same_headings,
);

fn row(line: i64, outcome: Outcome) -> ComparedRow {
    ComparedRow {
        line,
        outcome,
        label: "Été".to_owned(),
        field: "street".to_owned(),
        before: None,
        after: Some("8, rue".to_owned()),
    }
}

fn comparison() -> Comparison {
    Comparison { fingerprint: "f".to_owned(), columns: "[]".to_owned(), effect: "{}".to_owned() }
}

fn compared(id: i64, drop: Option<i64>) -> ImportRecord {
    ImportRecord { state: ImportState::Compared, drop, ..import(id) }
}

async fn a_comparison_comes_back_by_outcome_and_takes_the_place_of_the_last(db: Db) {
    let rows = [row(2, Outcome::Update), row(3, Outcome::Create), row(4, Outcome::Update)];
    let id = ImportId(1);
    db.write(async |work| {
        work.system_add_import(&compared(1, None)).await?;
        work.system_put_comparison(id, &comparison(), &[row(9, Outcome::Conflict)]).await?;
        work.system_put_comparison(id, &comparison(), &rows).await
    })
    .await
    .unwrap();
    db.read(async |work| {
        assert_eq!(work.system_comparison(id).await?, Some(comparison()));
        let page = work.system_compared_rows(id, Outcome::Update, (-1, 1)).await?;
        assert_eq!(page, [(0, row(2, Outcome::Update))]);
        let next = work.system_compared_rows(id, Outcome::Update, (0, 9)).await?;
        assert_eq!(next, [(2, row(4, Outcome::Update))]);
        assert!(work.system_compared_rows(id, Outcome::Conflict, (-1, 9)).await?.is_empty());
        assert_eq!(work.system_turnover().await?, []);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn an_import_that_waits_goes_with_its_file_unless_another_has_it(db: Db) {
    let sha = compared(1, None).sha256;
    let issue = IssueRecord {
        line: Some(2),
        column: None,
        value: None,
        code: IssueCode::PartyEmpty,
        args: Vec::new(),
    };
    let changed = ImportRecord {
        kind: ImportKind::Sales,
        options: "currency=EUR".to_owned(),
        unmapped: Vec::new(),
        ..compared(1, None)
    };
    let kept = async |work: &mut Work<'_>| Ok::<_, StoreError>(work.system_blob(&sha).await?.len());
    db.write(async |work| {
        work.system_add_import(&compared(1, None)).await?;
        work.system_add_import(&compared(2, None)).await?;
        work.system_add_issues(ImportId(1), std::slice::from_ref(&issue)).await?;
        work.system_add_blob(&sha, 0, b"abc").await?;
        work.system_put_comparison(ImportId(1), &comparison(), &[]).await?;
        work.system_change_import(&changed).await?;
        assert_eq!(work.system_import(ImportId(1)).await?, Some(changed.clone()));
        assert!(work.system_issues(ImportId(1)).await?.is_empty(), "they are told anew");
        assert!(work.system_discard_import(ImportId(1)).await?);
        assert_eq!(work.system_import(ImportId(1)).await?, None);
        assert_eq!(kept(work).await?, 3, "the other import has the same file");
        assert!(work.system_discard_import(ImportId(2)).await?);
        assert_eq!(kept(work).await?, 0);
        assert!(!work.system_discard_import(ImportId(2)).await?);
        work.system_remove_issues(ImportId(2)).await?;
        work.system_remove_comparison(ImportId(2)).await
    })
    .await
    .unwrap();
}

async fn files_of_a_drop_come_back_in_their_order(db: Db) {
    db.write(async |work| {
        for (id, drop) in [(2, Some(7)), (1, Some(7)), (3, None)] {
            work.system_add_import(&compared(id, drop)).await?;
        }
        let ids: Vec<i64> = work.system_drop(7).await?.iter().map(|one| one.id.as_i64()).collect();
        assert_eq!(ids, [1, 2]);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_recipe_takes_the_place_of_the_one_for_the_same_headings(db: Db) {
    let recipe = RecipeRecord {
        id: 1,
        name: "ERP".to_owned(),
        kind: ImportKind::Sales,
        origin: "erp".to_owned(),
        headings: "h".to_owned(),
        body: "a".to_owned(),
        uses: 0,
        updated_at: 1,
        version: 1,
    };
    let newer = RecipeRecord { id: 2, body: "b".to_owned(), updated_at: 2, ..recipe.clone() };
    db.write(async |work| {
        work.system_put_recipe(&recipe).await?;
        work.system_use_recipe(1).await?;
        work.system_put_recipe(&newer).await?;
        let kept = RecipeRecord { id: 1, uses: 1, version: 2, ..newer.clone() };
        assert_eq!(work.system_recipe_for("erp", "h").await?, Some(kept.clone()));
        assert_eq!(work.system_recipe_for("crm", "h").await?, None);
        assert_eq!(work.system_recipes().await?, [kept]);
        assert!(work.system_remove_recipe(1).await?);
        assert!(!work.system_remove_recipe(1).await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
