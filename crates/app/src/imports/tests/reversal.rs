//! What is taken back is as if it had never been.

use std::fmt::Write as _;

use orchestre_domain::id::ImportId;
use orchestre_domain::import::KeptBy;
use orchestre_store::{Sql, Work};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::super::reversal::{Choice, Choices, Reversal, preview, reverse};
use super::*;

/// Everything that imports write, in columns `a` to `f`.
const TABLES: &[&str] = &[
    "SELECT id AS a, name AS b, folded AS c, kind || COALESCE(country, '-') AS d, \
     COALESCE(note, '-') || COALESCE(custom, '-') AS e, employees AS f FROM parties",
    "SELECT party_id AS a, name AS b, valid_to AS c, 1 AS d, 1 AS e, import_id AS f FROM party_names",
    "SELECT party_id AS a, scheme AS b, value AS c, 1 AS d, 1 AS e, 1 AS f FROM party_identifiers",
    "SELECT object AS a, origin AS b, external_id AS c, object_id AS d, 1 AS e, import_id AS f \
     FROM external_ids",
    "SELECT id AS a, view_id AS b, parent_id AS c, child_id AS d, valid_from || valid_to AS e, \
     source AS f FROM party_links",
    "SELECT view_id AS a, ancestor_id AS b, descendant_id AS c, depth AS d, valid_from || valid_to AS e, \
     share_ppm AS f FROM party_closure",
    "SELECT a.party_id AS a, m.party_id AS b, m.valid_from AS c, m.valid_to AS d, 1 AS e, 1 AS f \
     FROM account_parties m JOIN accounts a ON a.id = m.account_id",
    "SELECT party_id AS a, 1 AS b, 1 AS c, 1 AS d, 1 AS e, 1 AS f FROM accounts",
    "SELECT a.party_id AS a, s.field AS b, s.value AS c, s.valid_from AS d, 1 AS e, 1 AS f \
     FROM account_states s JOIN accounts a ON a.id = s.account_id",
    "SELECT id AS a, name AS b, folded AS c, side AS d, email AS e, title AS f FROM persons",
    "SELECT id AS a, person_id AS b, party_id AS c, title AS d, valid_from AS e, valid_to AS f \
     FROM affiliations",
    "SELECT s.person_id AS a, a.party_id AS b, s.role AS c, s.fte_ppm AS d, s.valid_from AS e, s.id AS f \
     FROM assignments s LEFT JOIN accounts a ON a.id = s.account_id",
    "SELECT id AS a, person_id AS b, party_id AS c, stance AS d, author_id AS e, author_ref AS f \
     FROM stakeholder_assessments",
    "SELECT id AS a, name AS b, family AS c, folded AS d, 1 AS e, 1 AS f FROM products",
    "SELECT id AS a, import_id AS b, line || identity AS c, party_id AS d, product_id AS e, \
     amount_minor AS f FROM sales_lines",
    "SELECT party_id AS a, ym AS b, amount_minor AS c, quantity_e4 AS d, lines AS e, costed_lines AS f \
     FROM fact_party_month",
    "SELECT party_id AS a, product_id AS b, ym AS c, amount_minor AS d, lines AS e, cost_minor AS f \
     FROM fact_party_product_month",
    "SELECT id AS a, party_id AS b, party_ref AS c, stage AS d, owner_id AS e, amount_minor AS f \
     FROM opportunities",
    "SELECT opportunity_id AS a, stage AS b, since AS c, import_id AS d, 1 AS e, 1 AS f \
     FROM opportunity_stages",
    "SELECT id AS a, party_id AS b, day AS c, type AS d, subject AS e, party_ref AS f FROM interactions",
    "SELECT interaction_id AS a, person_ref AS b, person_id AS c, side AS d, import_id AS e, 1 AS f \
     FROM interaction_people",
    "SELECT currency AS a, day AS b, rate_e8 AS c, import_id AS d, 1 AS e, 1 AS f FROM rates",
    "SELECT currency AS a, ym AS b, rate_e8 AS c, days AS d, 1 AS e, 1 AS f FROM month_rates",
    "SELECT currency AS a, fiscal_year AS b, rate_e8 AS c, 1 AS d, 1 AS e, 1 AS f FROM budget_rates",
    "SELECT kind AS a, origin AS b, fields AS c, import_id AS d, line AS e, 1 AS f FROM waiting_rows",
    "SELECT object || field AS a, before AS b, after AS c, import_id AS d, cause_id AS e, line AS f \
     FROM change_rows",
    // The details of a search entry are of the moment when it was written.
    "SELECT object AS a, title AS b, party_id AS c, weight AS d, 1 AS e, 1 AS f FROM search_entries",
    "SELECT w.word AS a, 1 AS b, 1 AS c, 1 AS d, 1 AS e, 1 AS f FROM search_words w \
     WHERE NOT EXISTS (SELECT 1 FROM search_entries s WHERE s.id = w.entry_id)",
];

impl World {
    async fn everything(&self) -> Vec<String> {
        let mut all = Vec::new();
        for text in TABLES {
            let table = text.rsplit_once(" FROM ").map_or("", |(_, table)| table);
            let lines = self.dump(text, &["a", "b", "c", "d", "e", "f"]).await;
            all.extend(lines.into_iter().map(|line| format!("{table}: {line}")));
        }
        all
    }

    async fn take_back(&self, id: ImportId) -> Reversal {
        let choices = Choices::default();
        let said = preview(&self.ctx, id, &choices).await.unwrap();
        let done = reverse(&self.ctx, id, &choices, &|_, _| {}).await.unwrap();
        assert_eq!(
            (said.fields, &said.removed, said.lines_removed, said.lines_restored),
            (done.fields, &done.removed, done.lines_removed, done.lines_restored)
        );
        assert_eq!((said.conflicts, said.kept), (done.conflicts.clone(), done.kept.clone()));
        done
    }

    async fn by_hand(&self, text: &'static str) {
        let change = async |work: &mut Work<'_>| work.run(Sql::built(text.to_owned())).await;
        self.ctx.db().write(change).await.unwrap();
    }
}

fn id(report: &Report) -> ImportId {
    report.import.unwrap()
}

const ACCOUNTS: &str =
    "id,name,country,tier,lei,former_name\ng1,Lysandre,FR,key,,\ng2,Harmonia,CH,,,\n";

#[tokio::test]
async fn untouched_fields_return_and_touched_ones_are_chosen() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "one.csv", ACCOUNTS.as_bytes()).await;
    let before = world.everything().await;
    let changed = ACCOUNTS.replace(",FR,key", ",BE,national").replace("Harmonia,CH", "Harmony,AT");
    let second = world.import(ImportKind::Accounts, "two.csv", changed.as_bytes()).await;
    world.by_hand("UPDATE parties SET country = 'LU' WHERE name = 'Lysandre'").await;
    let said = preview(&world.ctx, id(&second), &Choices::default()).await.unwrap();
    let [conflict] = said.conflicts.as_slice() else { panic!("{said:?}") };
    assert_eq!(
        (conflict.label.as_str(), conflict.field.as_str(), conflict.line),
        ("Lysandre", "country", 2)
    );
    let values = [&conflict.before, &conflict.after, &conflict.now].map(Option::as_deref);
    assert_eq!(values, [Some("FR"), Some("BE"), Some("LU")]);
    let by_key = BTreeMap::from([(conflict.key.clone(), Choice::PutBack)]);
    let choices = Choices { by_key, rest: Choice::Keep };
    let done = reverse(&world.ctx, id(&second), &choices, &|_, _| {}).await.unwrap();
    assert_eq!((done.fields, done.import.state), (4, ImportState::Reversed));
    assert_eq!(world.everything().await, before);
    let again = reverse(&world.ctx, id(&second), &choices, &|_, _| {}).await;
    assert_eq!(again.err().map(|error| error.code()), Some(crate::Code::StepRefused));
    let report = world.import(ImportKind::Accounts, "two.csv", changed.as_bytes()).await;
    assert_eq!(report.updated, 2, "what was taken back may come again");
}

#[tokio::test]
async fn an_older_import_goes_field_by_field_under_a_newer_one() {
    let world = World::new().await;
    let first = world.import(ImportKind::Accounts, "one.csv", ACCOUNTS.as_bytes()).await;
    let second = ACCOUNTS.replace("Lysandre,FR", "Lysandre,BE");
    let second = world.import(ImportKind::Accounts, "two.csv", second.as_bytes()).await;
    let third =
        ACCOUNTS.replace("Lysandre,FR", "Lysandre,LU").replace("Harmonia,CH", "Harmonia,AT");
    let third = world.import(ImportKind::Accounts, "three.csv", third.as_bytes()).await;
    world.take_back(id(&second)).await;
    let country = "SELECT name, country FROM parties";
    let names = ["name", "country"];
    assert_eq!(world.dump(country, &names).await, ["Harmonia|AT", "Lysandre|LU"]);
    let kept = world.take_back(id(&first)).await;
    assert_eq!(kept.kept.iter().map(|kept| kept.by).collect::<Vec<_>>(), [KeptBy::Import; 2]);
    let done = world.take_back(id(&third)).await;
    assert_eq!(done.removed.get("party"), Some(&2), "they waited for the newer one to go");
    assert!(world.everything().await.is_empty(), "{:#?}", world.everything().await);
}

#[tokio::test]
async fn what_people_added_to_a_record_keeps_it() {
    let world = World::new().await;
    let first = world.import(ImportKind::Accounts, "one.csv", ACCOUNTS.as_bytes()).await;
    world
        .by_hand(
            "INSERT INTO plans (id, account_id, label, state, updated_on, version) \
             SELECT 5, a.id, '2026', 'draft', '2026-01-01', 1 FROM accounts a \
             JOIN parties p ON p.id = a.party_id WHERE p.name = 'Lysandre'",
        )
        .await;
    let done = world.take_back(id(&first)).await;
    let [kept] = done.kept.as_slice() else { panic!("{done:?}") };
    assert_eq!((kept.label.as_str(), kept.by, kept.line), ("Lysandre", KeptBy::Plan, 2));
    assert_eq!(world.dump("SELECT name FROM parties", &["name"]).await, ["Lysandre"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_go_in_pieces_and_a_reversal_that_was_broken_off_goes_on() {
    let world = World::new().await;
    let mut file = "document,line,date,account,amount,currency\n".to_owned();
    for number in 0..5_000 {
        writeln!(
            file,
            "F{number},1,2026-01-{:02},c{},{number}.00,EUR",
            number % 28 + 1,
            number % 7
        )
        .unwrap();
    }
    let report = world.import(ImportKind::Sales, "sales.csv", file.as_bytes()).await;
    let (ctx, sales) = (world.ctx.clone(), id(&report));
    let cut = tokio::spawn(async move {
        let dies = |done, _| assert!(done == 0, "the process dies");
        reverse(&ctx, sales, &Choices::default(), &dies).await
    });
    assert!(cut.await.is_err_and(|error| error.is_panic()), "it went through");
    let [lines, reversing] = world
        .numbers([
            "COUNT(*) AS n FROM sales_lines",
            "COUNT(*) AS n FROM imports WHERE state = 'reversing'",
        ])
        .await;
    assert_eq!((lines, reversing), (3_000, 1));
    world.by_hand("UPDATE leases SET until_at = 0").await;
    let done = world.take_back(sales).await;
    assert_eq!(done.lines_removed, 3_000);
    assert!(world.everything().await.is_empty());
}

#[tokio::test]
async fn who_may_not_import_takes_nothing_back() {
    let world = World::new().await;
    let report = world.import(ImportKind::Accounts, "one.csv", ACCOUNTS.as_bytes()).await;
    let mut viewer = Viewer::shell(Lang::En);
    viewer.roles = std::collections::BTreeSet::from([orchestre_domain::permission::Role::Pd]);
    let ctx = world.ctx.app.ctx(viewer);
    let refused = reverse(&ctx, id(&report), &Choices::default(), &|_, _| {}).await;
    assert_eq!(refused.err().map(|error| error.code()), Some(crate::Code::Forbidden));
}

/// A row as numbers: what it speaks of, and what it says.
type Numbers = [u8; 6];

fn account(n: Numbers) -> String {
    let parent = if n[1].is_multiple_of(3) { format!("a{}", n[1] % 6) } else { String::new() };
    let tier = ["", "key", "national"][usize::from(n[3] % 3)];
    let former = if n[5].is_multiple_of(4) { "Alt" } else { "" };
    let country = ["FR", "DE", ""][usize::from(n[2] % 3)];
    let (id, name, lei, note) = (n[0] % 6, n[4] % 4, n[5] % 3, n[2] % 2);
    format!("a{id},Name {name},{parent},{country},{tier},,{lei},{former},n{note}")
}

fn person(n: Numbers) -> String {
    let role = if n[3].is_multiple_of(3) { format!("KAM,a{}", n[4] % 6) } else { ",".to_owned() };
    let stance =
        if n[5].is_multiple_of(2) { format!("{},p{}", n[5] % 3, n[4] % 5) } else { ",".into() };
    let (id, name, place, title) = (n[0] % 5, n[1] % 4, n[2] % 6, n[3] % 2);
    format!("p{id},Person {name},a{place},t{title},{stance},{role},")
}

fn link(n: Numbers) -> String {
    let view = ["programme", "purchasing", ""][usize::from(n[2] % 3)];
    format!("{view},a{},a{},20{}-01-01,", n[0] % 6, n[1] % 6, 20 + n[3] % 3)
}

fn product(n: Numbers) -> String {
    format!("d{},Product {},f{}", n[0] % 4, n[1] % 3, n[2] % 2)
}

fn sale(n: Numbers) -> String {
    let cost = if n[5].is_multiple_of(2) { format!("{}.00", n[5]) } else { String::new() };
    let (document, month, account, product) = (n[0] % 8, n[1] % 3 + 1, n[2] % 6, n[3] % 4);
    let (quantity, amount) = (n[4] % 3, n[4]);
    format!(
        "F{document},1,2026-0{month}-05,a{account},d{product},{quantity},{amount}.50,{cost},EUR"
    )
}

fn opportunity(n: Numbers) -> String {
    let stage = ["prospecting", "proposal", "won"][usize::from(n[2] % 3)];
    let (id, name, account, product) = (n[0] % 5, n[1] % 3, n[3] % 6, n[4] % 4);
    format!("o{id},Deal {name},a{account},d{product},{}.00,EUR,{stage},p{}", n[5], n[5] % 5)
}

fn interaction(n: Numbers) -> String {
    let (id, day, account, subject) = (n[0] % 5, n[1] % 8 + 1, n[2] % 6, n[3] % 2);
    format!("i{id},2026-02-0{day},call,a{account},s{subject},p{}", n[4] % 5)
}

fn rate(n: Numbers) -> String {
    format!("2026-0{}-1{},USD,1.{}", n[0] % 2 + 1, n[1] % 5, n[2] % 9 + 1)
}

fn file(kind: ImportKind, rows: &[Numbers]) -> String {
    let (heading, row): (&str, fn(Numbers) -> String) = match kind {
        ImportKind::Accounts => {
            ("id,name,parent,country,tier,status,lei,former_name,note", account)
        }
        ImportKind::People => {
            ("id,name,organization,title,stance,author,role,account,from", person)
        }
        ImportKind::Links => ("view,parent,child,valid_from,valid_to", link),
        ImportKind::Products => ("id,name,family", product),
        ImportKind::Sales => {
            ("document,line,date,account,product,quantity,amount,cost,currency", sale)
        }
        ImportKind::Opportunities => {
            ("id,name,account,product,amount,currency,stage,owner", opportunity)
        }
        ImportKind::Interactions => ("id,date,type,account,subject,customer_people", interaction),
        _ => ("date,currency,rate", rate),
    };
    let mut text = format!("{heading}\n");
    for numbers in rows {
        writeln!(text, "{}", row(*numbers)).unwrap();
    }
    text
}

const KINDS: [ImportKind; 8] = [
    ImportKind::Accounts,
    ImportKind::People,
    ImportKind::Links,
    ImportKind::Products,
    ImportKind::Sales,
    ImportKind::Opportunities,
    ImportKind::Interactions,
    ImportKind::Rates,
];

fn files() -> impl Strategy<Value = Vec<(ImportKind, Vec<Numbers>)>> {
    let rows = prop::collection::vec(any::<Numbers>(), 1..5);
    prop::collection::vec((prop::sample::select(&KINDS[..]), rows), 2..7)
}

/// Says how many cases a property is tried with: more at night.
#[expect(clippy::disallowed_methods, reason = "the night asks for more cases")]
fn cases(by_day: u32) -> u32 {
    std::env::var("ORCHESTRE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(by_day)
}

/// Imports files and takes them back, newest first: each step is as it was.
async fn there_and_back(world: &World, files: &[(ImportKind, Vec<Numbers>)]) -> bool {
    let (mut states, mut done, mut is_in_conflict) = (Vec::new(), Vec::new(), false);
    for (place, (kind, rows)) in files.iter().enumerate() {
        let state = world.everything().await;
        let text = file(*kind, rows);
        let report = world.import(*kind, &format!("{place}.csv"), text.as_bytes()).await;
        is_in_conflict |= report.conflicts > 0 || report.updated > 0;
        // The same file twice is one import.
        if report.import.is_some_and(|id| !done.contains(&id)) {
            done.extend(report.import);
            states.push(state);
        }
    }
    while let Some(import) = done.pop() {
        let found = world.take_back(import).await;
        assert_eq!((found.conflicts, found.kept), (vec![], vec![]));
        assert_eq!(Some(world.everything().await), states.pop());
    }
    is_in_conflict
}

/// Imports files and takes them back in the order that `turn` says: nothing is left.
async fn in_any_order(world: &World, files: &[(ImportKind, Vec<Numbers>)], turn: usize) {
    let mut imports = std::collections::BTreeSet::new();
    for (kind, rows) in files {
        let text = format!("{}\n", file(*kind, rows));
        imports.extend(world.import(*kind, "again.csv", text.as_bytes()).await.import);
    }
    let mut imports: Vec<ImportId> = imports.into_iter().collect();
    while !imports.is_empty() {
        let import = imports.remove(turn % imports.len());
        world.take_back(import).await;
    }
    assert_eq!(world.everything().await, Vec::<String>::new());
}

/// Tries the property; a world that a failed case left behind is replaced.
fn on_any_files(by_day: u32, new_world: impl AsyncFn(u32) -> Option<World>) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(world) = runtime.block_on(new_world(0)) else { return };
    let world = std::cell::RefCell::new(world);
    let mut runner = TestRunner::new(Config { cases: cases(by_day), ..Config::default() });
    let (tried, met) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let told = runner.run(&(files(), any::<usize>()), |(files, turn)| {
        tried.set(tried.get() + 1);
        if !runtime.block_on(world.borrow().everything()).is_empty() {
            *world.borrow_mut() = runtime.block_on(new_world(tried.get())).unwrap();
        }
        let held = world.borrow();
        let is_met = runtime.block_on(there_and_back(&held, &files));
        runtime.block_on(in_any_order(&held, &files, turn));
        met.set(met.get() + u32::from(is_met));
        Ok(())
    });
    println!("{} cases, {} of them with rows that change others", tried.get(), met.get());
    assert!(told.is_ok(), "{}", told.unwrap_err());
    // A handful of cases says nothing about the share.
    let is_met = tried.get() < 20 || met.get() * 5 >= tried.get();
    assert!(is_met, "{} of {}", met.get(), tried.get());
}

#[test]
fn any_imports_are_taken_back_in_any_order() {
    on_any_files(24, async |_| Some(World::new().await));
}

#[test]
fn any_imports_are_taken_back_on_postgresql() {
    on_any_files(6, async |number| World::on_postgres(&format!("reversal_{number}")).await);
}
