//! What holds for every import, whatever the file.

use orchestre_domain::id::ImportId;

use super::*;

const ACCOUNTS: &str = "id,name,parent,country,tier,status\n\
    g1,Lysandre,,FR,key,key\n\
    g1-a,Lysandre Nord,g1,FR,,\n\
    g1-b,Lysandre Süd,g1,DE,,\n\
    g2,Harmonia,,CH,,\n";

#[tokio::test]
async fn a_dry_run_says_what_the_run_then_does_and_keeps_nothing() {
    let world = World::new().await;
    let dry = ImportOptions { is_dry_run: true, ..ImportOptions::default() };
    let file = ("accounts.csv", ACCOUNTS.as_bytes());
    let said = world.import_with(ImportKind::Accounts, file, dry).await;
    assert_eq!(world.number("SELECT COUNT(*) AS n FROM parties").await, 0);
    assert_eq!(world.number("SELECT COUNT(*) AS n FROM imports").await, 0);
    let done = world.import(ImportKind::Accounts, file.0, file.1).await;
    assert_eq!((said.rows, said.created, said.updated), (done.rows, done.created, done.updated));
    assert_eq!(said.issues, done.issues);
    assert_eq!(done.created, 4);
}

#[tokio::test]
async fn accounts_make_groups_with_closure_and_states() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "accounts.csv", ACCOUNTS.as_bytes()).await;
    let text = "SELECT a.name AS above, d.name AS below, c.depth FROM party_closure c \
                JOIN parties a ON a.id = c.ancestor_id JOIN parties d ON d.id = c.descendant_id \
                WHERE c.view_id = 4 AND c.depth > 0";
    let closure = world.dump(text, &["above", "below", "depth"]).await;
    assert_eq!(closure, ["Lysandre|Lysandre Nord|1", "Lysandre|Lysandre Süd|1"]);
    assert_eq!(world.number("SELECT COUNT(*) AS n FROM party_closure WHERE depth = 0").await, 16);
    assert_eq!(world.number("SELECT COUNT(*) AS n FROM accounts").await, 2);
    let states = "SELECT field, value, valid_from FROM account_states";
    let states = world.dump(states, &["field", "value", "valid_from"]).await;
    assert_eq!(states, ["status|key|0001-01-01", "tier|key|0001-01-01"]);
    let found = "SELECT COUNT(*) AS n FROM search_words w JOIN search_entries e ON e.id = w.entry_id \
                 WHERE w.word = 'sud' AND e.object = 'party'";
    assert_eq!(world.number(found).await, 1);
}

#[tokio::test]
async fn children_before_their_parents_come_to_the_same_end() {
    let (mut heading, mut lines) = ("", ACCOUNTS.lines());
    if let Some(first) = lines.next() {
        heading = first;
    }
    let world = World::new().await;
    for line in lines.rev() {
        let file = format!("{heading}\n{line}\n");
        world.import(ImportKind::Accounts, "accounts.csv", file.as_bytes()).await;
    }
    let straight = World::new().await;
    straight.import(ImportKind::Accounts, "accounts.csv", ACCOUNTS.as_bytes()).await;
    let text = "SELECT p.name, c.view_id, c.depth, c.valid_from, c.valid_to FROM party_closure c \
                JOIN parties p ON p.id = c.descendant_id";
    let columns = ["name", "view_id", "depth", "valid_from", "valid_to"];
    assert_eq!(world.dump(text, &columns).await, straight.dump(text, &columns).await);
    let text = "SELECT r.name AS root, p.name AS name FROM account_parties m JOIN accounts a ON a.id = m.account_id \
                JOIN parties r ON r.id = a.party_id JOIN parties p ON p.id = m.party_id";
    assert_eq!(
        world.dump(text, &["root", "name"]).await,
        straight.dump(text, &["root", "name"]).await
    );
    assert_eq!(world.number("SELECT COUNT(*) AS n FROM accounts").await, 2);
    assert_eq!(world.number("SELECT COUNT(*) AS n FROM waiting_rows").await, 0);
}

#[tokio::test]
async fn a_hand_edit_wins_and_is_told() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "accounts.csv", ACCOUNTS.as_bytes()).await;
    world
        .ctx
        .db()
        .write(async |work| {
            work.run(orchestre_store::sql(
                "UPDATE parties SET country = 'LU' WHERE name = 'Lysandre'",
            ))
            .await
        })
        .await
        .unwrap();
    let changed =
        ACCOUNTS.replace("Lysandre,,FR", "Lysandre,,BE").replace("Harmonia,,CH", "Harmonia,,AT");
    let report = world.import(ImportKind::Accounts, "accounts.csv", changed.as_bytes()).await;
    assert_eq!((report.conflicts, report.updated, report.unchanged), (1, 1, 2), "{report:?}");
    assert_eq!(codes(&report).get(&IssueCode::ChangedByHand), Some(&1));
    let country = "SELECT name, country FROM parties WHERE country IN ('LU', 'AT')";
    assert_eq!(world.dump(country, &["name", "country"]).await, ["Harmonia|AT", "Lysandre|LU"]);
}

#[tokio::test]
async fn circles_and_second_parents_are_refused_with_their_names() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "accounts.csv", ACCOUNTS.as_bytes()).await;
    let links = "view,parent,child\nprogramme,g1-a,g1\nprogramme,g2,g1-a\nlegal,g2,g1-a\nprogramme,nobody,g2\n";
    let report = world.import(ImportKind::Links, "links.csv", links.as_bytes()).await;
    assert_eq!((report.created, report.conflicts, report.skipped), (1, 2, 1), "{report:?}");
    let cycle = report.issues.iter().find(|issue| issue.code == IssueCode::LinkCycle);
    let path = cycle.and_then(|issue| issue.value.as_deref());
    assert_eq!(path, Some("Lysandre > Lysandre Nord > Lysandre"));
    assert_eq!(codes(&report).get(&IssueCode::LinkOverlap), Some(&1));
    assert_eq!(codes(&report).get(&IssueCode::PartyUnknown), Some(&1));
}

#[tokio::test]
async fn a_sold_subsidiary_belongs_to_each_group_at_its_time() {
    let world = World::new().await;
    let accounts = "id,name\ng1,Lysandre\ng2,Harmonia\ns,Sonde\n";
    world.import(ImportKind::Accounts, "accounts.csv", accounts.as_bytes()).await;
    let links = "view,parent,child,valid_from,valid_to\nprogramme,g1,s,2020-01-01,2024-07-01\nprogramme,g2,s,2024-07-01,\n";
    world.import(ImportKind::Links, "links.csv", links.as_bytes()).await;
    let text = "SELECT r.name, m.valid_from, m.valid_to FROM account_parties m JOIN accounts a ON a.id = m.account_id \
                JOIN parties r ON r.id = a.party_id JOIN parties p ON p.id = m.party_id WHERE p.name = 'Sonde'";
    assert_eq!(
        world.dump(text, &["name", "valid_from", "valid_to"]).await,
        [
            "Harmonia|2024-07-01|9999-12-31",
            "Lysandre|2020-01-01|2024-07-01",
            "Sonde|0001-01-01|2020-01-01",
        ]
    );
}

#[tokio::test]
async fn equal_lines_stay_and_another_file_with_them_is_asked_about() {
    let world = World::new().await;
    let sales = "date,account,amount,currency\n2026-01-05,A,10.00,EUR\n2026-01-05,A,10.00,EUR\n";
    let report = world.import(ImportKind::Sales, "one.csv", sales.as_bytes()).await;
    assert_eq!(report.created, 2);
    let more = format!("{sales}2026-01-06,A,7.00,EUR\n");
    let report = world.import(ImportKind::Sales, "two.csv", more.as_bytes()).await;
    assert_eq!((report.created, report.skipped), (1, 2));
    assert_eq!(codes(&report).get(&IssueCode::RowsSeenBefore), Some(&2));
    let map = vec![("rows:seen".to_owned(), "more".to_owned())];
    let options = ImportOptions { map, ..ImportOptions::default() };
    let report = world
        .import_with(ImportKind::Sales, ("three.csv", format!("{sales}\n").as_bytes()), options)
        .await;
    assert_eq!(report.created, 2, "{report:?}");
    let total = "SELECT CAST(SUM(amount_minor) AS BIGINT) AS n FROM fact_party_month";
    assert_eq!(world.number(total).await, 4_700);
}

#[tokio::test]
async fn a_line_with_a_number_is_corrected_by_the_next_file() {
    let world = World::new().await;
    let sales = "document,line,date,account,amount,currency\nF1,1,2026-01-05,A,10.00,EUR\n";
    world.import(ImportKind::Sales, "one.csv", sales.as_bytes()).await;
    let corrected = sales.replace("10.00", "12.50").replace("01-05", "02-05");
    let report = world.import(ImportKind::Sales, "two.csv", corrected.as_bytes()).await;
    assert_eq!(report.updated, 1);
    let text = "SELECT ym, amount_minor, lines FROM fact_party_month";
    let months = world.dump(text, &["ym", "amount_minor", "lines"]).await;
    assert_eq!(months, ["202602|1250|1"]);
}

#[tokio::test]
async fn nobody_else_imports_the_same_kind_meanwhile() {
    let world = World::new().await;
    let now = world.ctx.now();
    let lease = async |until: i64| {
        let db = world.ctx.db();
        db.write(async |work| work.system_lease("import:accounts", 77, now, until).await)
            .await
            .unwrap()
    };
    assert!(lease(now + 1).await);
    let upload = || Upload {
        file_name: "accounts.csv".to_owned(),
        kind: Some(ImportKind::Accounts),
        bytes: ACCOUNTS.as_bytes().to_vec(),
        options: ImportOptions::default(),
    };
    let refused = import(&world.ctx, upload(), &|_, _| {}).await;
    assert_eq!(refused.err().map(|error| error.code()), Some(crate::Code::ImportRunning));
    assert!(lease(now).await, "the holder may end it");
    assert!(import(&world.ctx, upload(), &|_, _| {}).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_was_cut_off_is_finished_by_the_same_file() {
    use std::fmt::Write as _;
    let mut file = "document,line,date,account,product,amount,currency\n".to_owned();
    for number in 0..5_000 {
        writeln!(
            file,
            "F{number},1,2026-01-{:02},c{},p,{number}.00,EUR",
            number % 28 + 1,
            number % 7
        )
        .unwrap();
    }
    let whole = World::new().await;
    whole.import(ImportKind::Sales, "sales.csv", file.as_bytes()).await;
    let world = World::new().await;
    let upload = Upload {
        file_name: "sales.csv".to_owned(),
        kind: Some(ImportKind::Sales),
        bytes: file.clone().into_bytes(),
        options: ImportOptions::default(),
    };
    // The task dies where it first tells of its progress.
    let ctx = world.ctx.clone();
    let cut = tokio::spawn(async move {
        import(&ctx, upload, &|done, _| assert!(done == 0, "the process dies")).await
    });
    assert!(cut.await.is_err_and(|error| error.is_panic()), "it went through");
    let [lines, applied] = world
        .numbers([
            "COUNT(*) AS n FROM sales_lines",
            "COUNT(*) AS n FROM imports WHERE state = 'applied'",
        ])
        .await;
    assert!((2_000..5_000).contains(&lines) && applied == 0, "{lines} lines, {applied} applied");
    // The dead process's lease ends.
    let end = async |work: &mut orchestre_store::Work<'_>| {
        work.run(orchestre_store::sql("UPDATE leases SET until_at = 0")).await
    };
    world.ctx.db().write(end).await.unwrap();
    let report = world.import(ImportKind::Sales, "sales.csv", file.as_bytes()).await;
    assert_eq!((report.rows, report.created), (5_000, 5_000), "{report:?}");
    assert_eq!(world.rollups().await, whole.rollups().await);
    let imports =
        ["COUNT(*) AS n FROM imports", "COUNT(*) AS n FROM events WHERE name = 'import.applied'"];
    assert_eq!(world.numbers(imports).await, [1, 1]);
}

#[tokio::test]
async fn a_heading_without_rows_is_an_import_of_nothing_and_a_stranger_is_told() {
    let world = World::new().await;
    let report = world.import(ImportKind::Accounts, "accounts.csv", b"id,name\n").await;
    assert_eq!((report.rows, report.state), (0, ImportState::Applied), "{report:?}");
    let report = world.import(ImportKind::Accounts, "accounts.csv", b"%PDF-1.7\n").await;
    let codes: Vec<IssueCode> = report.issues.iter().map(|issue| issue.code).collect();
    assert_eq!((report.import, report.state), (None, ImportState::Failed));
    assert_eq!(codes, [IssueCode::FormatMismatch]);
}

#[tokio::test]
async fn every_changed_field_is_traced_to_its_line() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "accounts.csv", ACCOUNTS.as_bytes()).await;
    let moved = ACCOUNTS.replace("Harmonia,,CH", "Harmonia,,AT").replace("key,key", "key,watch");
    let report = world.import(ImportKind::Accounts, "accounts.csv", moved.as_bytes()).await;
    assert_eq!((report.updated, report.unchanged), (2, 2), "{report:?}");
    let id = report.import.map_or(0, ImportId::as_i64);
    let text = format!("SELECT line, field, before, after FROM change_rows WHERE import_id = {id}");
    let changes = world.dump(&text, &["line", "field", "before", "after"]).await;
    assert_eq!(changes, ["2|status|key|watch", "5|country|CH|AT"]);
}

#[tokio::test]
async fn who_may_not_import_is_refused() {
    let world = World::new().await;
    let mut viewer = Viewer::shell(Lang::En);
    viewer.roles = std::collections::BTreeSet::from([orchestre_domain::permission::Role::Kam]);
    let ctx = world.ctx.app.ctx(viewer);
    let upload = Upload {
        file_name: "accounts.csv".to_owned(),
        kind: None,
        bytes: ACCOUNTS.as_bytes().to_vec(),
        options: ImportOptions::default(),
    };
    let refused = import(&ctx, upload, &|_, _| {}).await.err().map(|error| error.code());
    assert_eq!(refused, Some(crate::Code::Forbidden));
    assert_eq!(
        super::super::list(&ctx).await.err().map(|error| error.code()),
        Some(crate::Code::Forbidden)
    );
}

#[tokio::test]
async fn an_import_is_listed_and_shown_with_its_issues() {
    let world = World::new().await;
    let sales = "date,account,amount,currency\n2026-01-05,A,10.00,EUR\n2026-01-06,A,11.00,EUR\n";
    let report = world.import(ImportKind::Sales, "one.csv", sales.as_bytes()).await;
    let lines = super::super::list(&world.ctx).await.unwrap();
    let line = lines.first().unwrap();
    assert_eq!((line.file.as_str(), line.counts.created, line.issue_count), ("one.csv", 2, 1));
    let shown = super::super::show(&world.ctx, report.import.unwrap()).await.unwrap();
    assert_eq!(shown.issues, report.issues);
    assert_eq!(
        shown.issues.first().map(|issue| issue.args.clone()),
        Some(vec![("rows".to_owned(), "2".to_owned())])
    );
}
