//! Comparing before writing: kept, asked, answered, applied, put aside.

use orchestre_domain::id::ImportId;
use orchestre_domain::import::{ImportKind, ImportState};

use super::World;
use crate::Code;
use crate::imports::{
    Applied, Compared, Dropped, ImportOptions, QuestionKind, Upload, answer, apply, compare,
    corrections, discard, import_all, recipes, show, show_compared, waiting_beside,
};

const ACCOUNTS: &str = "id;name;city\nA1;Été SA;Lyon\nA2;Brume SAS;Lille\n";

fn upload(name: &str, text: &str) -> Upload {
    Upload {
        file_name: name.to_owned(),
        kind: None,
        bytes: text.as_bytes().to_vec(),
        options: ImportOptions { origin: "erp".to_owned(), ..ImportOptions::default() },
    }
}

impl World {
    async fn drop(&self, files: &[(&str, &str)]) -> Vec<ImportId> {
        let uploads = files.iter().map(|(name, text)| upload(name, text)).collect();
        let dropped = compare(&self.ctx, uploads, &|_, _| {}).await.unwrap();
        let kept = dropped.into_iter().map(|one| match one {
            Dropped::Kept(id) => id,
            Dropped::Unread(report) => panic!("{report:?}"),
        });
        kept.collect()
    }

    async fn compared(&self, id: ImportId) -> Compared {
        show_compared(&self.ctx, id).await.unwrap()
    }

    async fn apply(&self, id: ImportId) -> Applied {
        apply(&self.ctx, id, &|_, _| {}).await.unwrap()
    }

    async fn answer(&self, id: ImportId, answers: &[(&str, &str)]) {
        let pairs: Vec<(String, String)> =
            answers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        answer(&self.ctx, id, &pairs).await.unwrap();
    }
}

#[tokio::test]
async fn what_was_compared_is_kept_and_does_exactly_that() {
    for world in [Some(World::new().await), World::on_postgres("compared").await] {
        let Some(world) = world else { continue };
        let first = world.drop(&[("accounts.csv", ACCOUNTS)]).await;
        let id = *first.first().unwrap();
        assert_eq!(world.number("SELECT COUNT(*) AS n FROM parties").await, 0);
        let shown = world.compared(id).await;
        assert_eq!((shown.shown.line.counts.created, shown.created.len()), (2, 2));
        assert_eq!(shown.created.first().unwrap().label, "Été SA");
        assert!(shown.questions.is_empty() && shown.can_apply);
        let Applied::Done(report) = world.apply(id).await else { panic!() };
        assert_eq!((report.created, report.import), (2, Some(id)));
        assert_eq!(world.number("SELECT COUNT(*) AS n FROM parties").await, 2);
        assert_eq!(world.number("SELECT COUNT(*) AS n FROM comparisons").await, 0);

        let changed = ACCOUNTS.replace("Lyon", "Nice");
        let id = *world.drop(&[("accounts.csv", &changed)]).await.first().unwrap();
        let shown = world.compared(id).await;
        let change = shown.changes.first().unwrap();
        assert_eq!((shown.changes.len(), change.line, change.label.as_str()), (1, 2, "Été SA"));
        assert_eq!(change.before.as_deref(), Some("Lyon"));
        assert_eq!((change.field.as_str(), change.after.as_deref()), ("city", Some("Nice")));
    }
}

#[tokio::test]
async fn what_changed_since_is_compared_again_and_nothing_goes_in() {
    for world in [Some(World::new().await), World::on_postgres("stale").await] {
        let Some(world) = world else { continue };
        let old = *world.drop(&[("accounts.csv", ACCOUNTS)]).await.first().unwrap();
        let newer = ACCOUNTS.replace("Lyon", "Nice");
        world.import(ImportKind::Accounts, "other.csv", newer.as_bytes()).await;
        world
            .import_with(
                ImportKind::Accounts,
                ("same.csv", newer.as_bytes()),
                ImportOptions { origin: "erp".to_owned(), ..ImportOptions::default() },
            )
            .await;
        assert_eq!(world.apply(old).await, Applied::Changed);
        let line = show(&world.ctx, old).await.unwrap().line;
        assert_eq!((line.state, line.counts.created), (ImportState::Compared, 0));
        assert!(matches!(world.apply(old).await, Applied::Done(_)), "now it is what was shown");
    }
}

#[tokio::test]
async fn files_of_one_drop_are_compared_on_top_of_each_other() {
    for world in [Some(World::new().await), World::on_postgres("drop").await] {
        let Some(world) = world else { continue };
        let sales = "document;line;date;account;amount\nF1;1;2026-10-31;A1;1250,50\n";
        let ids = world.drop(&[("sales.csv", sales), ("accounts.csv", ACCOUNTS)]).await;
        let [accounts, sales] = ids.as_slice() else { panic!("{ids:?}") };
        let shown = world.compared(*sales).await;
        assert_eq!(shown.shown.line.kind, ImportKind::Sales, "accounts come first");
        assert_eq!(shown.drop.len(), 2);
        let asked = shown.questions.first().unwrap();
        assert_eq!((asked.key.as_str(), &asked.kind), ("currency", &QuestionKind::Currency));
        world.answer(*sales, &[("currency", "EUR")]).await;
        let shown = world.compared(*sales).await;
        assert!(shown.questions.is_empty());
        assert!(shown.shown.issues.is_empty(), "the account is known by then: {:?}", shown.shown);
        assert_eq!(shown.effect.turnover, [("EUR".to_owned(), 0, 125_050)]);
        assert!(matches!(world.apply(*accounts).await, Applied::Done(_)));
        assert_eq!(waiting_beside(&world.ctx, *accounts).await.unwrap(), Some(*sales));
        let Applied::Done(report) = world.apply(*sales).await else { panic!() };
        assert_eq!((report.created, report.issues.len()), (1, 0));
    }
}

#[tokio::test]
async fn two_readings_are_asked_and_the_answer_is_remembered_for_the_next_file() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "accounts.csv", ACCOUNTS.as_bytes()).await;
    let file = |document: &str| {
        format!(
            "document;line;date;account;amount;currency\n{document};1;03/04/2026;A1;1.234;EUR\n"
        )
    };
    let id = *world.drop(&[("avoirs.csv", &file("F1"))]).await.first().unwrap();
    let shown = world.compared(id).await;
    let keys: Vec<&str> = shown.questions.iter().map(|asked| asked.key.as_str()).collect();
    assert_eq!(keys, ["date:date", "number:amount"]);
    assert_eq!(shown.shown.line.counts.skipped, 1);
    world.answer(id, &[("date:date", "dmy"), ("number:amount", "comma"), ("document", "-")]).await;
    world.answer(id, &[("document", "document")]).await;
    let shown = world.compared(id).await;
    assert_eq!((shown.questions.len(), shown.shown.line.counts.created), (0, 1));
    assert!(matches!(world.apply(id).await, Applied::Done(_)));
    assert_eq!(world.number("SELECT amount_minor AS n FROM sales_lines").await, 123_400);
    assert_eq!(world.number("SELECT ym AS n FROM sales_lines").await, 202_604);

    let next = *world.drop(&[("avoirs_2.csv", &file("F2"))]).await.first().unwrap();
    let shown = world.compared(next).await;
    assert_eq!((shown.questions.len(), shown.effect.recipe.as_deref()), (0, Some("avoirs")));
    let recipe = recipes::list(&world.ctx).await.unwrap().remove(0);
    assert!(recipe.body.contains("\"date:date\" = \"dmy\""), "{}", recipe.body);
    recipes::remove(&world.ctx, recipe.id).await.unwrap();
    let id = recipes::take(&world.ctx, &recipe.body).await.unwrap();
    assert_eq!(recipes::show(&world.ctx, id).await.unwrap().body, recipe.body);
    assert!(recipes::take(&world.ctx, "no recipe").await.is_err());
}

#[tokio::test]
async fn a_compared_file_is_put_aside_and_its_wrong_rows_come_back_as_a_workbook() {
    let world = World::new().await;
    let text = "N° client;Raison sociale;Ville;Client depuis\nA1;Été SA;Lyon;2026-02-31\nA2;Brume;Lille;2020-01-01\n";
    let id = *world.drop(&[("accounts.csv", text)]).await.first().unwrap();
    let line = show(&world.ctx, id).await.unwrap().line;
    assert_eq!((line.counts.created, line.counts.skipped), (1, 1));
    let bytes = corrections(&world.ctx, id).await.unwrap();
    let again = Upload { file_name: "corrections.xlsx".to_owned(), bytes, ..upload("", "") };
    let again = compare(&world.ctx, vec![again], &|_, _| {}).await.unwrap();
    let [Dropped::Kept(again)] = again.as_slice() else { panic!("{again:?}") };
    let shown = world.compared(*again).await.shown;
    assert_eq!(shown.line.file, "corrections.xlsx/Orchestre");
    assert_eq!((shown.line.counts.rows, shown.line.counts.skipped), (1, 1), "only the wrong row");
    assert_eq!(shown.unmapped, [""; 0], "the column of remarks is ours");
    assert_eq!(shown.issues.first().unwrap().line, Some(2), "a line is a row of the sheet");
    discard(&world.ctx, *again).await.unwrap();
    discard(&world.ctx, id).await.unwrap();
    assert!(show(&world.ctx, id).await.is_err());
    let again = discard(&world.ctx, id).await.unwrap_err();
    assert_eq!(again.code(), Code::NotFound);
    assert_eq!(world.number("SELECT COUNT(*) AS n FROM blobs").await, 0);
}

#[tokio::test]
async fn an_archive_goes_in_in_the_order_of_its_references() {
    let world = World::new().await;
    let sales = "document;line;date;account;amount;currency\nF1;1;2026-10-31;A1;1250,50;EUR\n";
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in
        [("a_sales.csv", sales), ("b_accounts.csv", ACCOUNTS), ("c.pdf", "%PDF-1.7")]
    {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    let drop = Upload { file_name: "drop.zip".to_owned(), bytes, ..upload("", "") };
    let reports = import_all(&world.ctx, vec![drop], &|_, _, _| {}).await.unwrap();
    let said: Vec<(&str, i64, usize)> = reports
        .iter()
        .map(|report| (report.file.as_str(), report.created, report.issues.len()))
        .collect();
    let expected = [
        ("drop.zip/c.pdf", 0, 1),
        ("drop.zip/b_accounts.csv", 2, 0),
        ("drop.zip/a_sales.csv", 1, 0),
    ];
    assert_eq!(said, expected, "{reports:?}");
}

#[tokio::test]
async fn what_a_file_holds_is_asked_when_nobody_can_see_it() {
    let world = World::new().await;
    let text = "Bezeichnung;Nummer\nBrume SAS;A9\n";
    let id = *world.drop(&[("liste.csv", text)]).await.first().unwrap();
    let shown = world.compared(id).await;
    assert_eq!(shown.questions.first().unwrap().kind, QuestionKind::Kind);
    assert!(!shown.can_apply);
    let answers = [("kind", "accounts"), ("Bezeichnung", "name"), ("Nummer", "id")];
    world.answer(id, &answers).await;
    let shown = world.compared(id).await;
    assert!(shown.can_apply && shown.questions.is_empty(), "{shown:?}");
    assert!(matches!(world.apply(id).await, Applied::Done(_)));
    assert_eq!(world.number("SELECT COUNT(*) AS n FROM parties WHERE name = 'Brume SAS'").await, 1);
}

#[tokio::test]
async fn the_hand_wins_unless_the_file_is_taken() {
    for world in [Some(World::new().await), World::on_postgres("taken").await] {
        let Some(world) = world else { continue };
        let first = *world.drop(&[("accounts.csv", ACCOUNTS)]).await.first().unwrap();
        world.apply(first).await;
        let by_hand = "UPDATE parties SET city = 'Metz' WHERE name = 'Été SA'";
        let changed =
            world.ctx.db().write(async |work| work.run(orchestre_store::sql(by_hand)).await);
        assert_eq!(changed.await.unwrap(), 1);
        let id =
            *world.drop(&[("newer.csv", &ACCOUNTS.replace("Lyon", "Nice"))]).await.first().unwrap();
        let shown = world.compared(id).await;
        let conflict = shown.conflicts.first().unwrap();
        assert_eq!(
            (conflict.before.as_deref(), conflict.after.as_deref()),
            (Some("Metz"), Some("Nice"))
        );
        world.answer(id, &[("take:2:city", "file")]).await;
        let shown = world.compared(id).await;
        assert_eq!((shown.conflicts.len(), shown.changes.len()), (0, 1));
        assert!(matches!(world.apply(id).await, Applied::Done(_)));
        let nice = world.number("SELECT COUNT(*) AS n FROM parties WHERE city = 'Nice'").await;
        assert_eq!(nice, 1);
    }
}
