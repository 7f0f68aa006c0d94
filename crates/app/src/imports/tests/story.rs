//! The demo story through the imports that users use, in both orders.

use super::*;
use crate::participants;

async fn told(world: World, files: &[orchestre_story::StoryFile]) -> (World, Vec<Report>) {
    let mut reports = Vec::new();
    for file in files {
        let kind = ImportKind::parse(file.kind).unwrap();
        reports.push(world.import(kind, file.name, file.text.as_bytes()).await);
    }
    (world, reports)
}

const TABLES: [&str; 9] = [
    "SELECT p.name || v.name AS a, a.name AS b, c.depth AS c, c.valid_from || c.valid_to AS d, \
     c.share_ppm AS e FROM party_closure c JOIN parties p ON p.id = c.descendant_id \
     JOIN parties a ON a.id = c.ancestor_id JOIN views v ON v.id = c.view_id",
    "SELECT r.name AS a, p.name AS b, m.valid_from AS c, m.valid_to AS d, '' AS e \
     FROM account_parties m JOIN accounts a ON a.id = m.account_id \
     JOIN parties r ON r.id = a.party_id JOIN parties p ON p.id = m.party_id",
    "SELECT h.name AS a, p.name AS b, f.title AS c, f.valid_from AS d, f.valid_to AS e \
     FROM affiliations f JOIN persons h ON h.id = f.person_id JOIN parties p ON p.id = f.party_id",
    "SELECT h.name AS a, p.name AS b, f.role AS c, f.valid_from || f.valid_to AS d, f.fte_ppm AS e \
     FROM assignments f JOIN persons h ON h.id = f.person_id LEFT JOIN accounts a ON a.id = f.account_id \
     LEFT JOIN parties p ON p.id = a.party_id",
    "SELECT h.name AS a, p.name AS b, s.assessed_on AS c, w.name AS d, s.author_ref AS e \
     FROM stakeholder_assessments s JOIN persons h ON h.id = s.person_id \
     JOIN parties p ON p.id = s.party_id LEFT JOIN persons w ON w.id = s.author_id",
    "SELECT o.name AS a, p.name AS b, o.stage AS c, o.amount_minor AS d, h.name AS e \
     FROM opportunities o LEFT JOIN parties p ON p.id = o.party_id \
     LEFT JOIN persons h ON h.id = o.owner_id",
    "SELECT j.set_name AS a, j.key AS b, p.name AS c, j.value AS d, j.raw AS e \
     FROM judgements j LEFT JOIN parties p ON p.id = j.party_id",
    "SELECT i.day AS a, p.name AS b, w.person_ref AS c, h.name AS d, i.subject AS e \
     FROM interactions i LEFT JOIN parties p ON p.id = i.party_id \
     LEFT JOIN interaction_people w ON w.interaction_id = i.id LEFT JOIN persons h ON h.id = w.person_id",
    "SELECT c.from_on AS a, c.to_on AS b, p.name AS c, c.amount_minor AS d, c.currency AS e \
     FROM costs c LEFT JOIN parties p ON p.id = c.party_id",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_story_goes_in_without_a_doubt_and_the_order_of_its_files_does_not_matter() {
    let mut files = orchestre_story::files(orchestre_story::FROZEN_T);
    let (straight, reports) = told(World::new().await, &files).await;
    for report in &reports {
        assert!(report.issues.is_empty(), "{}: {:?}", report.file, report.issues);
        assert!(report.unmapped.is_empty(), "{}: {:?}", report.file, report.unmapped);
        assert_eq!(report.created, report.rows, "{}: {report:?}", report.file);
    }
    // Plans need their accounts: they alone do not wait.
    files.reverse();
    files.sort_by_key(|file| file.kind == "plans");
    let (reversed, _) = told(World::new().await, &files).await;
    assert_eq!(straight.rollups().await, reversed.rollups().await);
    for text in TABLES {
        let columns = ["a", "b", "c", "d", "e"];
        let (left, right) =
            (straight.dump(text, &columns).await, reversed.dump(text, &columns).await);
        assert!(!left.is_empty(), "{text}");
        assert_eq!(left.len(), right.len(), "{text}");
        for (left, right) in left.iter().zip(&right) {
            assert_eq!(left, right, "{text}");
        }
    }
    assert_eq!(reversed.number("SELECT COUNT(*) AS n FROM waiting_rows").await, 0);
    if let Some(world) = World::on_postgres("story").await {
        let (postgres, _) = told(world, &files).await;
        assert_eq!(straight.rollups().await, postgres.rollups().await);
    }
}

#[tokio::test]
async fn the_mailbox_of_the_story_names_three_whom_nobody_knows() {
    let t = orchestre_story::FROZEN_T;
    let (world, _) = told(World::new().await, &orchestre_story::files(t)).await;
    let mail = orchestre_story::mail(t);
    let told = world.import(ImportKind::Interactions, mail.name, mail.text.as_bytes()).await;
    assert_eq!((told.rows, told.created, told.unchanged, told.skipped), (8, 4, 1, 3));
    let found = participants::list(&world.ctx).await.unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|one| (&*one.address, one.interactions, one.company.as_ref().map(|it| &*it.name)))
        .collect();
    let wanted = [
        ("assistant.h@hartwenden.example", 2, Some("Hartwenden Arzneimittel AG")),
        ("lea.marchetti@castelune.example", 1, Some("Castelune SA")),
        ("orders@officeshop.example", 1, None),
    ];
    assert_eq!(found, wanted);
}
