//! What each viewer is given: walls, own accounts, hidden sections.

use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::figure::Warning;
use orchestre_domain::id::AccountId;
use orchestre_domain::import::ImportKind;
use orchestre_domain::party::BuiltInView;
use orchestre_domain::permission::Role;

use super::{World, listing, near, row, today};
use crate::code::Code;
use crate::portfolio::{Between, Filter, Order, Slice, Sort, SortKey, figures, list, matrix};
use crate::scores::{Judging, judge, why};
use crate::{Ctx, Perimeter, Section, accounts};

const ACCOUNTS: &str =
    "id,name,kind,country\nlys,Lysarel,group,FR\nhar,Hartwenden,group,DE\nduv,Duvernois,group,FR\n";
const SALES: &str = "document,line,date,account,amount,cost,currency\n\
                     1,1,2026-10-05,lys,600,300,EUR\n2,1,2026-10-05,har,300,270,EUR\n\
                     3,1,2026-10-05,duv,100,20,EUR\n";

async fn world() -> (World, AccountId, AccountId) {
    let world = World::new().await;
    world.import(ImportKind::Accounts, ACCOUNTS).await;
    world.import(ImportKind::Sales, SALES).await;
    let (lys, har) = (world.account("lys").await, world.account("har").await);
    (world, lys, har)
}

async fn names(ctx: &Ctx) -> Vec<String> {
    listing(ctx, &today()).await.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn a_wall_hides_an_account_everywhere() {
    let (world, lys, har) = world().await;
    let open = world.as_role(Role::Pd, &[], &[]);
    assert_eq!(names(&open).await, ["Lysarel", "Hartwenden", "Duvernois"], "it is there");
    let ctx = world.as_role(Role::Pd, &[], &[har]);
    let seen = listing(&ctx, &today()).await;
    assert_eq!(names(&ctx).await, ["Lysarel", "Duvernois"]);
    assert_eq!(seen.perimeter, Perimeter::Seen);
    assert!(seen.warnings.contains(&Warning::PartialPerimeter));
    assert_eq!(seen.all.turnover_minor, Some(70_000));
    assert!(seen.unattributed_minor.is_hidden());
    assert!(!seen.choices.countries.contains(&"DE".to_owned()));
    assert_eq!(row(&seen, "Lysarel").rank.max(row(&seen, "Duvernois").rank), Some(2));
    let found = figures(&ctx, &today()).await.unwrap();
    assert_eq!((found.accounts, found.turnover_minor), (2, Some(70_000)));
    near(found.cr1.value, 600.0 / 700.0);
    assert!(found.cr1.warnings.contains(&Warning::PartialPerimeter));
    let refused = |code: Result<(), Code>| assert_eq!(code, Err(Code::NotFound));
    refused(accounts::find(&ctx, "Hartwenden").await.map(drop).map_err(|e| e.code()));
    refused(accounts::find(&ctx, &har.to_string()).await.map(drop).map_err(|e| e.code()));
    refused(accounts::show(&ctx, har, &today()).await.map(drop).map_err(|e| e.code()));
    let tree = accounts::tree(&ctx, har, BuiltInView::Legal, &today()).await;
    refused(tree.map(drop).map_err(|e| e.code()));
    let told = why(&ctx, har, CriteriaSet::Selection, &today()).await;
    refused(told.map(drop).map_err(|e| e.code()));
    let matrix = matrix(&ctx, &today(), &Filter::default()).await.unwrap();
    assert!(matrix.not_placed.iter().all(|(account, _)| *account != har));
    assert!(accounts::show(&ctx, lys, &today()).await.is_ok());
    assert!(accounts::show(&open, har, &today()).await.is_ok(), "others open it");
}

#[tokio::test]
async fn a_relay_gets_own_accounts_without_a_trace_of_margins() {
    let (world, lys, har) = world().await;
    let relay = world.as_role(Role::Rel, &[lys, har], &[]);
    let seen = listing(&relay, &today()).await;
    assert_eq!(seen.found, 2);
    assert!(seen.rows.iter().all(|row| row.margin.is_hidden()));
    assert!(seen.all.margin.is_hidden() && seen.totals.margin.is_hidden());
    let cost = seen.rows.iter().flat_map(|row| &row.warnings);
    assert!(cost.into_iter().all(|warning| *warning != Warning::CostMissing));
    let found = figures(&relay, &today()).await.unwrap();
    assert!(found.margin.is_hidden() && found.contribution.is_hidden());
    assert!(found.by_year.iter().all(|year| year.margin_minor.is_hidden()));
    let page = accounts::show(&relay, lys, &today()).await.unwrap();
    let keys: Vec<&str> = page.figures.iter().map(|shown| shown.key).collect();
    assert!(!keys.contains(&"T12.margin") && !keys.contains(&"T12.contribution"), "{keys:?}");
    assert!(page.entities.iter().all(|entity| entity.margin.is_hidden()));
    assert!(page.missing.iter().all(|missing| !missing.code.contains("cost")));
    let told = why(&relay, lys, CriteriaSet::Selection, &today()).await.unwrap();
    let lines = told.axes.iter().flat_map(|axis| &axis.criteria);
    let line = lines.into_iter().find(|line| line.key == "profitability").unwrap();
    assert!(line.value.is_hidden() && line.measure.is_hidden() && line.part.is_hidden());

    let filter = Filter { margin: Between { min: Some(0.4), max: None }, ..Filter::default() };
    let sort = Sort { key: SortKey::Margin, order: Order::Descending };
    let by = list(&relay, &today(), &filter, sort, Slice::ALL).await.unwrap();
    assert_eq!(by.found, 2, "a filter on margins would tell them");
    let kam = world.as_role(Role::Kam, &[lys, har], &[]);
    let by = list(&kam, &today(), &filter, sort, Slice::ALL).await.unwrap();
    assert_eq!((by.found, by.rows[0].name.as_str()), (1, "Lysarel"));
    assert_eq!(by.rows[0].margin.shown().and_then(|margin| margin.fraction), Some(0.5));
    let page = accounts::show(&kam, lys, &today()).await.unwrap();
    assert!(page.figures.iter().any(|shown| shown.key == "T12.margin"));
}

#[tokio::test]
async fn ranks_and_totals_of_a_manager_are_over_own_accounts() {
    let (world, lys, har) = world().await;
    let kam = world.as_role(Role::Kam, &[har], &[]);
    let seen = listing(&kam, &today()).await;
    assert_eq!((seen.found, seen.all.turnover_minor), (1, Some(30_000)));
    assert_eq!((seen.rows[0].rank, seen.perimeter), (Some(1), Perimeter::Seen));
    assert_eq!(
        accounts::show(&kam, lys, &today()).await.map_err(|e| e.code()),
        Err(Code::NotFound)
    );
    let admin = world.as_role(Role::Adm, &[], &[]);
    assert_eq!(listing(&admin, &today()).await.found, 0, "no customer content");
    let steward = world.as_role(Role::Ops, &[], &[]);
    let seen = listing(&steward, &today()).await;
    assert!(seen.rows.iter().all(|row| row.score.is_hidden() && row.rank.is_none()));
    assert!(seen.rows.iter().all(|row| row.attractiveness == Section::Hidden));
}

#[tokio::test]
async fn a_judgement_counts_at_the_next_request_and_only_from_those_who_may() {
    let (world, lys, har) = world().await;
    let kam = world.as_role(Role::Kam, &[lys], &[]);
    let fit = |account, evidence: &str| Judging {
        account,
        set: CriteriaSet::Selection,
        key: "fit".to_owned(),
        value: Some(4),
        raw: None,
        evidence: evidence.to_owned(),
    };
    let missing = |listing: &crate::portfolio::Listing| {
        row(listing, "Lysarel").score.shown().unwrap().missing.contains(&"fit".to_owned())
    };
    assert!(missing(&listing(&kam, &today()).await));
    let refused = judge(&kam, fit(lys, "  ")).await.map_err(|error| error.code());
    assert_eq!(refused, Err(Code::FieldMissing));
    let refused = judge(&kam, fit(har, "x")).await.map_err(|error| error.code());
    assert_eq!(refused, Err(Code::NotFound));
    let relay = world.as_role(Role::Rel, &[lys], &[]);
    let refused = judge(&relay, fit(lys, "x")).await.map_err(|error| error.code());
    assert_eq!(refused, Err(Code::Forbidden));
    for (key, value) in [("turnover", Some(3)), ("nonsense", Some(3)), ("fit", Some(6))] {
        let judging = Judging { key: key.to_owned(), value, ..fit(lys, "x") };
        let refused = judge(&kam, judging).await.map_err(|error| error.code());
        assert_eq!(refused, Err(Code::FieldInvalid), "{key}");
    }
    assert!(missing(&listing(&kam, &today()).await), "nothing of that was kept");
    judge(&world.shell, fit(lys, "roadmap")).await.unwrap();
    assert!(!missing(&listing(&kam, &today()).await), "it counts at once");
    let told = why(&kam, lys, CriteriaSet::Selection, &today()).await.unwrap();
    let line = told.axes.iter().flat_map(|axis| &axis.criteria).find(|line| line.key == "fit");
    let judgement = &line.unwrap().judgements[0];
    assert_eq!((judgement.value, judgement.counts), (Some(4), true));
    assert_eq!(judgement.evidence.as_deref(), Some("roadmap"));
}
