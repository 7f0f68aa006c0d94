//! The ways in: what imports keep and how rows find their places.

use std::collections::BTreeMap;

use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState, IssueCode};
use orchestre_domain::money::Currency;

use super::contract;
use crate::imports::{
    ChangeRow, Counts, Fields, ImportRecord, IssueRecord, PIECE, RateKey, RateKind, Records,
    WaitingRow,
};
use crate::{Db, SearchEntry, StoreError, Work, sql};

contract!(
    a_file_comes_back_in_one_piece,
    a_lease_has_one_holder_until_it_ends,
    a_row_waits_once_and_ends,
    an_import_comes_back_with_its_issues,
    criteria_are_known_by_set_and_key,
    entries_are_found_by_their_folded_words,
    external_ids_stay_with_the_first,
    fields_change_and_the_version_grows,
    means_of_months_are_rounded_half_even,
    what_was_written_last_counts,
);

/// Makes parties with these ids.
pub(super) async fn parties(work: &mut Work<'_>, ids: &[i64]) -> Result<(), StoreError> {
    let fields = |id: &i64| {
        Fields::from([
            ("name", format!("Party {id}").into()),
            ("folded", format!("party {id}").into()),
            ("kind", "legal_entity".into()),
            ("valid_from", "0001-01-01".into()),
            ("valid_to", "9999-12-31".into()),
        ])
    };
    let rows: Vec<(i64, Fields)> = ids.iter().map(|id| (*id, fields(id))).collect();
    let rows: Vec<(i64, &Fields)> = rows.iter().map(|(id, fields)| (*id, fields)).collect();
    work.system_create(Records::Parties, &rows).await
}

pub(super) fn import(id: i64) -> ImportRecord {
    ImportRecord {
        id: ImportId(id),
        kind: ImportKind::Sales,
        file_name: "ventes.csv".to_owned(),
        sha256: "ab".to_owned(),
        size: 12,
        origin: "erp".to_owned(),
        options: "currency=EUR".to_owned(),
        state: ImportState::Applying,
        counts: Counts::default(),
        unmapped: vec!["Farbe".to_owned(), "Größe".to_owned()],
        login: None,
        received_at: 5,
        applied_at: None,
        drop: None,
        reversed_at: None,
    }
}

async fn an_import_comes_back_with_its_issues(db: Db) {
    let counts = Counts { rows: 3, created: 2, skipped: 1, ..Counts::default() };
    let issue = IssueRecord {
        line: Some(2),
        column: Some("product".to_owned()),
        value: Some("GTXPro".to_owned()),
        code: IssueCode::ProductAlike,
        args: vec![
            ("candidate".to_owned(), "GTX Pro".to_owned()),
            ("rows".to_owned(), "7".to_owned()),
        ],
    };
    let whole =
        IssueRecord { line: None, column: None, value: None, args: Vec::new(), ..issue.clone() };
    let issues = [issue, whole];
    db.write(async |work| {
        work.system_add_import(&import(1)).await?;
        work.system_add_import(&import(2)).await?;
        work.system_put_import(ImportId(2), ImportState::Applied, &counts, Some(9)).await?;
        work.system_add_issues(ImportId(2), &issues).await
    })
    .await
    .unwrap();
    db.read(async |work| {
        let wanted =
            ImportRecord { state: ImportState::Applied, counts, applied_at: Some(9), ..import(2) };
        assert_eq!(work.system_import(ImportId(2)).await?, Some(wanted.clone()));
        assert_eq!(work.system_issues(ImportId(2)).await?, issues);
        assert_eq!(work.system_imports_of("ab").await?, [wanted.clone(), import(1)]);
        assert_eq!(work.system_import_ids_of("ab").await?, [2, 1]);
        assert!(work.system_import_ids_of("cd").await?.is_empty());
        assert_eq!(work.system_imports(1).await?, [(wanted, 2)]);
        assert_eq!(work.system_import(ImportId(3)).await?, None);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_file_comes_back_in_one_piece(db: Db) {
    let bytes: Vec<u8> = (0..=255).cycle().take(PIECE * 2 + 17).collect();
    let (first, rest) = bytes.split_at(PIECE);
    let (bytes, twice) = (&bytes, 2);
    let read = db
        .write(async |work| {
            for _ in 0..twice {
                work.system_add_blob("ab", 0, first).await?;
                work.system_add_blob("ab", 1, rest).await?;
            }
            work.system_blob("ab").await
        })
        .await;
    assert!(read.unwrap() == *bytes);
}

async fn a_lease_has_one_holder_until_it_ends(db: Db) {
    db.write(async |work| {
        assert!(work.system_lease("import:sales", 1, 100, 160).await?);
        assert!(!work.system_lease("import:sales", 2, 159, 219).await?);
        assert!(work.system_lease("import:sales", 1, 159, 219).await?, "its holder renews it");
        assert!(work.system_lease("import:sales", 2, 219, 279).await?, "it has ended");
        work.system_end_lease("import:sales", 1).await?;
        assert!(!work.system_lease("import:sales", 1, 220, 280).await?, "only its holder ends it");
        work.system_end_lease("import:sales", 2).await?;
        assert!(work.system_lease("import:sales", 1, 220, 280).await?);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_row_waits_once_and_ends(db: Db) {
    let row = |id| WaitingRow {
        id,
        import_id: 1,
        line: 2,
        kind: "link".to_owned(),
        origin: "erp".to_owned(),
        fields: "{}".to_owned(),
    };
    db.write(async |work| {
        work.system_add_waiting(vec![row(1)]).await?;
        work.system_add_waiting(vec![row(2)]).await?;
        assert_eq!(work.system_waiting("link").await?, [row(1)]);
        assert!(work.system_waiting("place").await?.is_empty());
        work.system_end_waiting(1).await?;
        assert!(work.system_waiting("link").await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn external_ids_stay_with_the_first(db: Db) {
    let id = |external: &str, id| ("erp".to_owned(), external.to_owned(), id);
    let keys = db
        .write(async |work| {
            work.system_add_external_ids(("party", 9), vec![id("1", 7), id("2", 8)]).await?;
            work.system_add_external_ids(("party", 9), vec![id("1", 9)]).await?;
            work.system_add_external_ids(("product", 9), vec![id("1", 5)]).await?;
            assert_eq!(
                work.system_keys_of("party", &[7]).await?,
                BTreeMap::from([(7, "1".to_owned())])
            );
            work.system_external_ids("party").await
        })
        .await;
    assert_eq!(keys.unwrap(), [id("1", 7), id("2", 8)]);
}

async fn fields_change_and_the_version_grows(db: Db) {
    let (fields, version) = db
        .write(async |work| {
            parties(work, &[1, 2]).await?;
            let sets = [
                ("country", "FR".into()),
                ("employees", 12_i64.into()),
                ("growth_potential", 0.25.into()),
            ];
            work.system_change(Records::Parties, 1, &sets).await?;
            let found = work.system_records(Records::Parties, &[1, 9]).await?;
            assert_eq!(found.len(), 1);
            let version = work.row(sql("SELECT version FROM parties WHERE id = 1")).await?;
            let names = work.system_names(Records::Parties).await?;
            assert_eq!(names.iter().map(|named| named.id).collect::<Vec<_>>(), [1, 2]);
            let version: Option<i64> = version.map(|row| row.get("version")).transpose()?;
            Ok::<_, StoreError>((found.get(&1).cloned(), version))
        })
        .await
        .unwrap();
    let fields = fields.unwrap();
    assert_eq!(fields["country"], "FR".into());
    assert_eq!(fields["growth_potential"], 0.25.into());
    assert!(fields["city"].is_null());
    assert_eq!(version, Some(2));
}

async fn what_was_written_last_counts(db: Db) {
    let change = |id, object_id, after: &str| ChangeRow {
        id,
        import_id: 1,
        cause_id: None,
        line: 2,
        object: "party".into(),
        object_id,
        field: "country".into(),
        before: None,
        after: Some(after.to_owned()),
    };
    let last = db
        .write(async |work| {
            work.system_add_changes(vec![
                change(1, 7, "FR"),
                change(2, 7, "BE"),
                change(3, 8, "DE"),
            ])
            .await?;
            work.system_last_written("party", &[7]).await
        })
        .await;
    let wanted = BTreeMap::from([((7, "country".to_owned()), Some("BE".to_owned()))]);
    assert_eq!(last.unwrap(), wanted);
}

async fn means_of_months_are_rounded_half_even(db: Db) {
    let usd = Currency::parse("USD").unwrap();
    let key = |kind, number| RateKey { kind, number, currency: usd };
    let day = |number: i64| key(RateKind::Day, 20_261_000 + number);
    let means = db
        .write(async |work| {
            let days = BTreeMap::from([(day(1), 110_000_001), (day(2), 110_000_002)]);
            work.system_put_rates(9, &days).await?;
            work.system_put_rates(9, &BTreeMap::from([(day(2), 110_000_004)])).await?;
            let days = work.system_rates(RateKind::Day, (20_261_002, 20_261_031)).await?;
            assert_eq!(days, BTreeMap::from([(day(2), 110_000_004)]));
            work.system_mean_rates(20_261_002, 20_261_002).await?;
            let others = [(key(RateKind::Month, 202_609), 5), (key(RateKind::Budget, 2026), 7)];
            work.system_put_rates(9, &BTreeMap::from(others)).await?;
            work.month_rates(&[usd]).await
        })
        .await
        .unwrap();
    let means: Vec<(i64, i64)> = means.iter().map(|(_, ym, rate)| (ym.number(), *rate)).collect();
    assert_eq!(means, [(202_609, 5), (202_610, 110_000_002)]);
}

async fn entries_are_found_by_their_folded_words(db: Db) {
    let entry = |title: &str| SearchEntry {
        object: "party",
        object_id: 7,
        party_id: Some(7),
        title: title.to_owned(),
        detail: "Été Lyon".to_owned(),
        weight: 50,
    };
    let words = async |work: &mut Work<'_>| {
        let rows = work.rows(sql("SELECT word FROM search_words ORDER BY word")).await?;
        rows.iter().map(|row| row.get("word")).collect::<Result<Vec<String>, StoreError>>()
    };
    db.write(async |work| {
        work.system_index(&[entry("Süd")]).await?;
        work.system_index(&[entry("Nord")]).await?;
        assert_eq!(words(work).await?, ["ete", "lyon", "nord"]);
        work.system_index_parties().await?;
        work.system_count_tables(&["search_entries", "search_words"]).await?;
        work.system_unindex(7).await?;
        work.system_index(&[entry("Ost")]).await?;
        work.system_unindex_all(&[7, 8]).await?;
        assert!(words(work).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn criteria_are_known_by_set_and_key(db: Db) {
    let known = db.write(async |work| {
        let text = "INSERT INTO criteria \
                    (set_name, key, position, axis, weight_ppm, source, limits, version) \
                    VALUES ('selection', 'reach', 9, NULL, 50000, 'judged', '', 1)";
        work.run(sql(text)).await?;
        work.system_criteria_keys().await
    });
    let known = known.await.unwrap();
    assert_eq!(
        known.into_iter().collect::<Vec<_>>(),
        [("selection".to_owned(), "reach".to_owned())]
    );
}
