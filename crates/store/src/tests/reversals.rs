//! What an import brought goes as it came.

use std::collections::BTreeMap;

use jiff::civil::date;
use orchestre_domain::id::{AccountId, ImportId, PartyId};
use orchestre_domain::import::{ImportKind, ImportState, KeptBy};
use orchestre_domain::money::Currency;

use super::contract;
use super::imports::{import, parties};
use crate::imports::{CREATED, ChangeRow, Fields, RateKey, RateKind, Records, Rollup, SalesLine};
use crate::{Db, StoreError, Work, sql};

contract!(
    change_rows_are_found_by_import_and_by_object,
    rows_that_an_import_added_go_but_those_of_what_stays,
    a_record_goes_with_its_parts_and_lets_references_wait,
    who_uses_a_record_is_told,
    values_are_put_back_one_by_one,
    rates_go_with_their_import_and_the_heir_keeps_its_own,
    lines_of_an_import_are_found_and_go,
);

fn change(id: i64, (object, object_id): (&'static str, i64), field: &'static str) -> ChangeRow {
    ChangeRow {
        id,
        import_id: 9,
        cause_id: None,
        line: 2,
        object: object.into(),
        object_id,
        field: field.into(),
        before: None,
        after: Some("x".to_owned()),
    }
}

async fn count(work: &mut Work<'_>, table: &str) -> Result<i64, StoreError> {
    let text = format!("SELECT COUNT(*) AS n FROM {table}");
    work.row(crate::Sql::built(text)).await?.map_or(Ok(0), |row| row.get("n"))
}

async fn change_rows_are_found_by_import_and_by_object(db: Db) {
    db.write(async |work| {
        let caused = ChangeRow { import_id: 4, cause_id: Some(9), ..change(3, ("party", 8), "x") };
        let other = ChangeRow { import_id: 4, ..change(4, ("party", 6), "x") };
        let rows = vec![change(1, ("party", 7), "x"), change(2, ("party", 7), "y"), caused, other];
        work.system_add_changes(rows).await?;
        let mine = ImportId(9);
        assert_eq!(work.system_changed_objects(mine, "party", (0, 9)).await?, [7, 8]);
        assert_eq!(work.system_changed_objects(mine, "party", (7, 9)).await?, [8]);
        assert!(work.system_changed_objects(mine, "person", (0, 9)).await?.is_empty());
        work.system_put_before(2, Some("old")).await?;
        let rows = work.system_changes_of("party", &[7, 8]).await?;
        let told: Vec<_> = rows.iter().map(|row| (row.id, row.before.as_deref())).collect();
        assert_eq!(told, [(1, None), (2, Some("old")), (3, None)]);
        assert_eq!(rows.last().and_then(|row| row.cause_id), Some(9));
        work.system_remove_changes(&[1, 2]).await?;
        assert_eq!(work.system_changes_of("party", &[7, 8]).await?.len(), 1);
        work.system_add_import(&import(9)).await?;
        work.system_add_import(&import(5)).await?;
        assert!(work.system_half_reversed().await?.is_empty());
        assert!(!work.system_is_reversed_since(ImportKind::Sales, Some(3)).await?);
        work.system_add_changes(vec![change(5, ("party", 7), CREATED)]).await?;
        work.system_put_reversed(mine, ImportState::Reversed, Some(4)).await?;
        assert_eq!(work.system_half_reversed().await?, [mine]);
        assert!(work.system_is_reversed_since(ImportKind::Sales, Some(3)).await?);
        assert!(!work.system_is_reversed_since(ImportKind::Sales, Some(5)).await?);
        assert!(!work.system_is_reversed_since(ImportKind::People, Some(3)).await?);
        let states = work.system_import_states(&[9, 5, 1]).await?;
        let wanted = [(5, ImportState::Applying), (9, ImportState::Reversed)];
        assert_eq!(states, BTreeMap::from(wanted));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn rows_that_an_import_added_go_but_those_of_what_stays(db: Db) {
    db.write(async |work| {
        parties(work, &[1, 2]).await?;
        work.system_add_changes(vec![change(1, ("party", 2), CREATED)]).await?;
        for party in [1, 2] {
            let key = ("erp".to_owned(), party.to_string(), party);
            work.system_add_external_ids(("party", 9), vec![key]).await?;
            let name = (50 + party, party, "Alt".to_owned(), date(2024, 1, 1));
            work.system_add_former_names(9, &[name]).await?;
        }
        work.system_remove_added(ImportId(9)).await?;
        let left = work.system_external_ids("party").await?;
        assert_eq!(left, [("erp".to_owned(), "2".to_owned(), 2)]);
        assert_eq!(count(work, "party_names").await?, 1);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_record_goes_with_its_parts_and_lets_references_wait(db: Db) {
    db.write(async |work| {
        parties(work, &[1]).await?;
        work.system_add_accounts(&[(AccountId(11), PartyId(1))]).await?;
        work.system_add_external_ids(("party", 9), vec![("erp".to_owned(), "1".to_owned(), 1)])
            .await?;
        work.system_put_identifiers(&[(1, "lei", "L".to_owned())]).await?;
        work.system_add_changes(vec![change(1, ("party", 1), CREATED)]).await?;
        let deal = Fields::from([
            ("stage", "won".into()),
            ("party_id", 1_i64.into()),
            ("party_ref", "A".into()),
        ]);
        work.system_create(Records::Opportunities, &[(41, &deal)]).await?;
        sold(work, 1).await?;
        work.system_detach(Records::Parties, &[1]).await?;
        work.system_remove_records(Records::Parties, &[1]).await?;
        for table in ["parties", "accounts", "external_ids", "party_identifiers", "change_rows"] {
            assert_eq!(count(work, table).await?, 0, "{table}");
        }
        let row = work.row(sql("SELECT party_id, party_ref FROM opportunities")).await?;
        let row = row.unwrap();
        let party = (row.opt::<i64>("party_id")?, row.opt::<String>("party_ref")?);
        assert_eq!(party, (None, Some("A".to_owned())));
        let row = work.row(sql("SELECT party_id, amount_minor FROM fact_party_month")).await?;
        let row = row.unwrap();
        let sums = (row.get::<i64>("party_id")?, row.get::<i64>("amount_minor")?);
        assert_eq!(sums, (0, 700));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn sold(work: &mut Work<'_>, party: i64) -> Result<SalesLine, StoreError> {
    let cells = [
        "61",
        "9",
        "2",
        "erp",
        "F1",
        "2026-01-05",
        "202601",
        "",
        "A",
        "0",
        "",
        "",
        "",
        "",
        "700",
        "",
        "EUR",
        "invoice",
        "",
        "",
        "",
        "",
        "",
        "0",
        "5",
    ];
    let cells = cells.iter().enumerate().map(|(place, cell)| match (place, *cell) {
        (7, _) => Some(party.to_string()),
        (_, "") => None,
        (_, cell) => Some(cell.to_owned()),
    });
    let line = SalesLine::from_cells(&cells.collect::<Vec<_>>()).unwrap();
    work.system_add_sales(vec![line.clone()]).await?;
    let mut rollup = Rollup::default();
    rollup.add(&line.part());
    work.system_add_rollup(rollup).await?;
    Ok(line)
}

async fn who_uses_a_record_is_told(db: Db) {
    db.write(async |work| {
        parties(work, &[1, 2, 3]).await?;
        work.system_add_accounts(&[(AccountId(11), PartyId(1))]).await?;
        let plan = Fields::from([
            ("account_id", 11_i64.into()),
            ("label", "1".into()),
            ("state", "live".into()),
            ("updated_on", "2026-01-01".into()),
        ]);
        work.system_create(Records::Plans, &[(43, &plan)]).await?;
        let met = Fields::from([
            ("type", "call".into()),
            ("day", "2026-01-01".into()),
            ("party_id", 2_i64.into()),
        ]);
        work.system_create(Records::Interactions, &[(42, &met)]).await?;
        let users = work.system_users(Records::Parties, &[1, 2, 3]).await?;
        assert_eq!(users, BTreeMap::from([(1, KeptBy::Plan), (2, KeptBy::Business)]));
        assert!(work.system_users(Records::Plans, &[43]).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn values_are_put_back_one_by_one(db: Db) {
    db.write(async |work| {
        parties(work, &[1]).await?;
        let lei = ("party_identifier", 1);
        work.system_put_identifiers(&[(1, "lei", "A".to_owned())]).await?;
        assert_eq!(work.system_settled(lei, "lei").await?, Some("A".to_owned()));
        work.system_put_back(lei, "lei", Some("B")).await?;
        let known = work.system_identifiers(&[1]).await?;
        assert_eq!(known, BTreeMap::from([((1, "lei".to_owned()), "B".to_owned())]));
        work.system_put_back(lei, "lei", None).await?;
        assert_eq!(work.system_settled(lei, "lei").await?, None);
        let usd = Currency::parse("USD").unwrap();
        let key = RateKey { kind: RateKind::Budget, number: 2026, currency: usd };
        work.system_put_rates(9, &BTreeMap::from([(key, 7)])).await?;
        work.system_put_back(("budget_rate", 2026), "USD", Some("8")).await?;
        let rate = work.system_settled(("budget_rate", 2026), "USD").await?;
        assert_eq!(rate, Some("8".to_owned()));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn rates_go_with_their_import_and_the_heir_keeps_its_own(db: Db) {
    db.write(async |work| {
        let usd = Currency::parse("USD").unwrap();
        let key = |kind, number| RateKey { kind, number, currency: usd };
        let day = |number| key(RateKind::Day, number);
        let days = BTreeMap::from([(day(20_260_101), 5), (day(20_260_201), 6)]);
        work.system_put_rates(9, &days).await?;
        work.system_put_rates(4, &BTreeMap::from([(day(20_260_201), 8)])).await?;
        let newer = ChangeRow { import_id: 4, ..change(1, ("rate", 20_260_201), "USD") };
        work.system_add_changes(vec![ChangeRow { before: Some("6".to_owned()), ..newer }]).await?;
        work.system_mean_rates(20_260_101, 20_260_201).await?;
        let span = work.system_remove_rates(ImportId(9)).await?;
        assert_eq!(span, Some((20_260_101, 20_260_101)));
        let left = work.system_rates(RateKind::Day, (20_260_101, 20_261_231)).await?;
        assert_eq!(left, BTreeMap::from([(day(20_260_201), 8)]));
        let changes = work.system_changes_of("rate", &[20_260_201]).await?;
        assert_eq!(changes.first().map(|row| row.before.clone()), Some(None));
        work.system_remove_means(20_260_101, 20_260_101).await?;
        let means = work.system_rates(RateKind::Month, (202_601, 202_612)).await?;
        assert_eq!(means, BTreeMap::from([(key(RateKind::Month, 202_602), 8)]));
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn lines_of_an_import_are_found_and_go(db: Db) {
    db.write(async |work| {
        let line = sold(work, 1).await?;
        assert_eq!(SalesLine::from_cells(&line.cells()), Some(line.clone()));
        assert_eq!(SalesLine::from_cells(&[None]), None);
        assert_eq!(work.system_lines_of(9, 5).await?, [line]);
        assert!(work.system_lines_of(4, 5).await?.is_empty());
        work.system_remove_sales(&[61]).await?;
        assert!(work.system_lines_of(9, 5).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
