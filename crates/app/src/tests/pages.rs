//! Windows, money and the account's page.

use jiff::civil::date;
use orchestre_domain::account::{AccountStatus, Tier};
use orchestre_domain::figure::Warning;
use orchestre_domain::import::ImportKind;
use orchestre_domain::money::Currency;
use orchestre_domain::party::BuiltInView;

use super::{TODAY, World, listing, near, row, today};
use crate::asked::Asked;
use crate::code::Code;
use crate::portfolio::{Filter, Slice, Sort, figures, list};
use crate::{accounts, settings};

#[tokio::test]
async fn the_window_moves_with_the_day_and_growth_compares_two() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "id,name\na,Alpha\nb,Beta\n").await;
    let sales = "document,line,date,account,amount,currency\n\
                 1,1,2025-10-31,a,50.00,EUR\n2,1,2025-11-01,a,100.00,EUR\n\
                 3,1,2026-10-31,a,20.00,EUR\n4,1,2026-11-02,a,7.00,EUR\n";
    world.import(ImportKind::Sales, sales).await;
    let now = listing(&world.shell, &today()).await;
    let alpha = row(&now, "Alpha");
    assert_eq!((alpha.turnover_12m_minor, alpha.previous_12m_minor), (Some(12_000), Some(5_000)));
    near(alpha.growth, 1.4);
    assert_eq!(alpha.spark.len(), 24);
    assert_eq!(
        (alpha.spark[0], alpha.spark[11], alpha.spark[23]),
        (None, Some(5_000), Some(2_000))
    );
    let window = now.window.unwrap();
    assert_eq!((window.from.number(), window.to.number()), (202_511, 202_610));
    let beta = row(&now, "Beta");
    assert_eq!(beta.turnover_12m_minor, None, "missing is not zero");
    assert!(beta.warnings.contains(&Warning::NoFacts));
    let month_end = Asked { as_of: date(2026, 11, 30), ..today() };
    assert_eq!(
        row(&listing(&world.shell, &month_end).await, "Alpha").turnover_12m_minor,
        Some(2_700)
    );
    let year_before = Asked { as_of: date(2025, 11, 16), ..today() };
    let then = listing(&world.shell, &year_before).await;
    assert_eq!(row(&then, "Alpha").turnover_12m_minor, Some(5_000));
    assert_eq!(row(&then, "Alpha").growth, None);
    let later = Asked { as_of: date(2028, 1, 1), ..today() };
    let old = listing(&world.shell, &later).await;
    assert_eq!(row(&old, "Alpha").turnover_12m_minor, None);
    assert!(old.warnings.contains(&Warning::FactsTooOld));

    let page = accounts::show(&world.shell, world.account("a").await, &today()).await.unwrap();
    assert_eq!(page.months.len(), 13);
    let october = page.months[11];
    assert_eq!((october.minor, october.before_minor), (Some(2_000), Some(5_000)));
    let november = page.months[12];
    assert!(november.is_open && november.minor == Some(700));
    let years: Vec<_> =
        page.years.iter().map(|y| (y.year, y.turnover_minor, y.is_complete)).collect();
    assert_eq!(years, [(2025, Some(15_000), true), (2026, Some(2_000), false)]);
}

const MIXED: &str = "document,line,date,account,amount,currency\n\
                     1,1,2026-09-10,a,10.00,EUR\n2,1,2026-09-10,a,30.00,USD\n\
                     3,1,2026-10-10,a,30.00,USD\n4,1,2026-10-10,b,80.00,GBP\n5,1,2026-10-10,nobody,9.00,EUR\n";

#[tokio::test]
async fn currencies_are_converted_by_month_or_named_and_never_mixed() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "id,name\na,Alpha\nb,Beta\n").await;
    world.import(ImportKind::Sales, MIXED).await;
    let rates = "Date,USD\n2026-09-01,2.0\n2026-09-02,4.0\n";
    world.import(ImportKind::Rates, rates).await;
    let now = listing(&world.shell, &today()).await;
    let alpha = row(&now, "Alpha");
    // The mean of September is 3; October has none and takes it, which is said.
    assert_eq!(alpha.turnover_12m_minor, Some(1_000 + 1_000 + 1_000));
    assert!(alpha.warnings.contains(&Warning::RateCarried));
    let beta = row(&now, "Beta");
    assert_eq!(beta.turnover_12m_minor, None, "pounds without a rate are not euros");
    assert!(beta.warnings.contains(&Warning::RateMissing));
    let found = figures(&world.shell, &today()).await.unwrap();
    assert_eq!(found.turnover_minor, Some(3_000));
    let pounds = Currency::parse("GBP").unwrap();
    assert_eq!(found.unconverted, [(pounds, 8_000)]);
    let dollars = Currency::parse("USD").unwrap();
    assert_eq!(found.by_currency, [(Currency::EUR, 1_000), (pounds, 8_000), (dollars, 6_000)]);
    assert_eq!(found.unattributed_minor.into_shown(), Some(Some(900)));
    assert!(found.turnover.coverage < 1.0);
    let offered = crate::asked::currencies(&world.shell).await.unwrap();
    assert_eq!(offered, [Currency::EUR, dollars]);
    let asked = Asked { currency: dollars, ..today() };
    let in_dollars = listing(&world.shell, &asked).await;
    assert_eq!(row(&in_dollars, "Alpha").turnover_12m_minor, Some(9_000));
}

#[tokio::test]
async fn a_score_does_not_change_with_the_currency_in_which_one_reads() {
    let world = World::new().await;
    world.import(ImportKind::Accounts, "id,name\na,Alpha\n").await;
    let sales = "document,line,date,account,amount,currency\n1,1,2026-09-10,a,1500000.00,EUR\n";
    world.import(ImportKind::Sales, sales).await;
    world.import(ImportKind::Rates, "Date,JPY\n2026-09-01,160\n2026-10-01,160\n").await;
    let score = |listing: &crate::portfolio::Listing| row(listing, "Alpha").score.clone();
    let euros = listing(&world.shell, &today()).await;
    let yen = Asked { currency: Currency::parse("JPY").unwrap(), ..today() };
    let yen = listing(&world.shell, &yen).await;
    assert_eq!(row(&yen, "Alpha").turnover_12m_minor, Some(240_000_000));
    assert_eq!(score(&euros), score(&yen));
    near(score(&euros).shown().unwrap().value, 25.0);
}

const GROUP: &str = "id,name,kind,parent,country,tier,status,former_name,former_until\n\
                     cas,Castelune SA,group,,FR,key,key,Fromageries de Castelmont,2025-10-01\n\
                     cas1,Castelune Ultra-frais,legal_entity,cas,FR,,,,\n\
                     cas2,Castelune Polska,legal_entity,cas,PL,,,,\n\
                     cas5,Laiterie de Sablières,site,cas1,FR,,,,\n";

/// A group with sales, a cost and two opportunities.
async fn castelune() -> World {
    let world = World::new().await;
    world.import(ImportKind::Accounts, GROUP).await;
    world
        .import(ImportKind::Products, "id,name,name_fr,family\np1,Cold box,Caisse froide,IS\n")
        .await;
    let sales = "document,line,date,account,product,amount,cost,currency\n\
                 1,1,2026-10-05,cas1,p1,100,60,EUR\n2,1,2026-10-06,cas5,p1,50,30,EUR\n\
                 3,1,2025-10-06,cas5,p1,40,30,EUR\n4,1,2026-10-06,cas,,25,,EUR\n";
    world.import(ImportKind::Sales, sales).await;
    let cost =
        "account,type,from,to,amount,currency\ncas,cost_to_serve,2025-11-01,2026-10-31,17.50,EUR\n";
    world.import(ImportKind::Costs, cost).await;
    let deals = "id,name,account,type,amount,currency,stage,probability,opened_on,close_on\n\
                 o1,Crates,cas2,new_unit,1000,EUR,proposed,0.5,2026-08-01,2027-02-01\n\
                 o2,Pilot,cas,renewal,300,EUR,won,,2026-01-01,2026-05-01\n";
    world.import(ImportKind::Opportunities, deals).await;
    world
}

#[tokio::test]
async fn the_page_of_a_group_shows_all_of_it() {
    let world = castelune().await;
    let id = world.account("Fromageries de Castelmont").await;
    assert_eq!(world.account("laiterie de sablieres").await, id);
    let page = accounts::show(&world.shell, id, &today()).await.unwrap();
    assert_eq!((page.row.name.as_str(), page.row.tier), ("Castelune SA", Some(Tier::Key)));
    assert_eq!(page.row.status, Some(AccountStatus::Key));
    assert_eq!((page.header.parties, page.header.countries.len()), (4, 2));
    assert_eq!(page.header.names.len(), 2);
    let tree: Vec<(&str, i64, Option<i64>)> = page
        .tree
        .iter()
        .map(|row| (row.name.as_str(), row.depth, row.turnover_12m_minor))
        .collect();
    let wanted = [
        ("Castelune SA", 0, Some(17_500)),
        ("Castelune Ultra-frais", 1, Some(15_000)),
        ("Laiterie de Sablières", 2, Some(5_000)),
        ("Castelune Polska", 1, None),
    ];
    assert_eq!(tree, wanted);
    near(page.tree[2].growth, 0.25);
    assert_eq!(page.entities[0].name, "Castelune Ultra-frais");
    assert_eq!(page.products[0].name_fr.as_deref(), Some("Caisse froide"));
    near(page.products[0].share, 150.0 / 175.0);
    assert_eq!(page.products[1].product, None);
    let figure = |key: &str| page.figures.iter().find(|shown| shown.key == key).unwrap();
    near(figure("T12.margin").figure.value, 0.4);
    near(Some(figure("T12.margin").figure.coverage), 2.0 / 3.0);
    near(figure("T12.contribution").figure.value, 0.3);
    assert_eq!(figure("O.amount").minor, Some(100_000));
    assert_eq!(figure("O.weighted").minor, Some(50_000));
    assert_eq!(page.row.opportunities_won_minor.into_shown(), Some(Some(30_000)));
    assert_eq!(page.opportunities.shown().unwrap().len(), 1);
    let missing: Vec<&str> = page.missing.iter().map(|missing| missing.code).collect();
    for code in ["no_kam", "no_plan", "no_costs", "no_people", "no_judgement"] {
        assert!(missing.contains(&code), "{code} {missing:?}");
    }
}

#[tokio::test]
async fn a_past_day_knows_nothing_of_what_came_later() {
    let world = castelune().await;
    let id = world.account("cas").await;
    let early = Asked { as_of: date(2026, 4, 1), ..today() };
    let then = accounts::show(&world.shell, id, &early).await.unwrap();
    assert_eq!(then.row.opportunities_won_minor.into_shown(), Some(None));
    assert_eq!(
        then.row.opportunities_open.into_shown(),
        Some(1),
        "the later one was not there yet"
    );
    let old = Asked { as_of: date(2025, 6, 1), ..today() };
    let old = listing(&world.shell, &old).await;
    assert_eq!(old.rows[0].name, "Fromageries de Castelmont");
}

#[tokio::test]
async fn the_legal_view_counts_a_joint_venture_by_share_and_goes_up() {
    let world = World::new().await;
    let text = "id,name,kind\nstw,Steinwende,group\nhos,Hoshinami,group\nkog,Kogane,group\n";
    world.import(ImportKind::Accounts, text).await;
    let links = "view,parent,child,share\nlegal,stw,kog,50%\nlegal,hos,kog,0.5\n";
    world.import(ImportKind::Links, links).await;
    let sales = "document,line,date,account,amount,currency\n\
                 1,1,2026-10-05,stw,1000,EUR\n2,1,2026-10-05,kog,300,EUR\n";
    world.import(ImportKind::Sales, sales).await;
    let (stw, kog) = (world.account("stw").await, world.account("kog").await);
    let tree = accounts::tree(&world.shell, stw, BuiltInView::Legal, &today()).await.unwrap();
    assert_eq!(tree[0].turnover_12m_minor, Some(115_000));
    assert_eq!((tree[1].turnover_12m_minor, tree[1].share_ppm), (Some(30_000), 500_000));
    assert_eq!(tree[1].account.as_ref().map(|(_, name)| name.as_str()), Some("Kogane"));
    let tree = accounts::tree(&world.shell, kog, BuiltInView::Legal, &today()).await.unwrap();
    let depths: Vec<i64> = tree.iter().map(|row| row.depth).collect();
    assert_eq!(depths, [-1, -1, 0]);
    let own = accounts::tree(&world.shell, kog, BuiltInView::Purchasing, &today()).await.unwrap();
    assert_eq!(own.len(), 1);
    let listing = listing(&world.shell, &today()).await;
    assert_eq!(listing.all.turnover_minor, Some(130_000), "accounts are disjoint");
    assert!(row(&listing, "Kogane").parent.is_some());
}

#[tokio::test]
async fn words_find_accounts_in_any_order_and_lists_come_in_slices() {
    let world = World::new().await;
    let text = "id,name,city\nx1,Été Bleu SA,Lyon\nx2,Bleu Marine,Brest\nx3,Rouge,Lyon\n";
    world.import(ImportKind::Accounts, text).await;
    let found = async |text: &str| {
        let filter = Filter { text: text.to_owned(), ..Filter::default() };
        let listing = list(&world.shell, &today(), &filter, Sort::default(), Slice::ALL).await;
        listing.unwrap().rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(found("bleu ete").await, ["Été Bleu SA"]);
    assert_eq!(found("ble").await, ["Bleu Marine", "Été Bleu SA"]);
    assert_eq!(found("lyon rou").await, ["Rouge"]);
    assert_eq!(found("x2").await, ["Bleu Marine"]);
    assert!(found("vert").await.is_empty());
    let slice = Slice { from: 1, count: 1, after: None };
    let part =
        list(&world.shell, &today(), &Filter::default(), Sort::default(), slice).await.unwrap();
    assert_eq!((part.rows.len(), part.found, part.all.accounts), (1, 3, 3));
    let twice = world.shell.clone();
    world.import(ImportKind::Accounts, "id,name\nx4,Rouge\n").await;
    let error = accounts::find(&twice, "rouge").await.map_err(|error| error.code());
    assert_eq!(error, Err(Code::NameAmbiguous));
}

#[tokio::test]
async fn settings_change_what_everybody_reads_and_only_once() {
    let world = World::new().await;
    let shown = settings::get(&world.shell).await.unwrap();
    let mut wanted = shown.settings.clone();
    wanted.currency = Currency::parse("USD").unwrap();
    let version = settings::put(&world.shell, wanted.clone(), shown.version).await.unwrap();
    assert!(version > shown.version);
    let asked = crate::asked::of(&world.shell, None, None, None).await.unwrap();
    assert_eq!((asked.currency.as_str(), asked.as_of), ("USD", TODAY));
    let late = settings::put(&world.shell, wanted.clone(), shown.version).await;
    assert_eq!(late.map_err(|error| error.code()), Err(Code::ChangedSince));
    wanted.fiscal_start = 13;
    let wrong = settings::put(&world.shell, wanted, version).await;
    assert_eq!(wrong.map_err(|error| error.code()), Err(Code::FieldInvalid));
}
