//! Files with our own names for every kind, as the demo story is written.

use orchestre_domain::criterion::CriteriaSet;
use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_domain::interaction::InteractionType;
use orchestre_domain::plan::{ObjectiveType, PlanState};
use orchestre_domain::rate::RateRule;
use orchestre_ingest::{Options, Reading, Rows, read};

use crate::real_files::codes;

fn reading(name: &str, file: &str) -> Reading {
    read(None, name, file.as_bytes(), &Options::default())
}

#[test]
fn links_have_shares_in_both_ways_of_writing() {
    let file = "view,parent,child,share,valid_from,valid_to,source\n\
        legal,ELV2,ELV15,50%,2024-01-01,,register\n,ELV9,ELV15,0.5,,2026-05-01,\n";
    let reading = reading("links.csv", file);
    assert_eq!((reading.kind, codes(&reading)), (Some(ImportKind::Links), vec![]));
    let Rows::Links(rows) = &reading.rows else { panic!() };
    assert_eq!(rows.iter().map(|row| row.value.share).collect::<Vec<_>>(), [Some(500_000); 2]);
    assert_eq!(rows[1].value.view, None);
    assert_eq!(rows[1].value.valid_to.map(|day| day.to_string()).as_deref(), Some("2026-05-01"));
}

#[test]
fn interactions_have_people_on_both_sides() {
    let file = "id,date,time,type,account,subject,supplier_people,customer_people,minutes,source\n\
        I1,2026-10-02,09:30,executive,LYS,Review,S05;S09,LYS-a;LYS-b,90,agenda\n\
        I2,2026-10-03,,juggling,LYS,,S09,,,mail\n";
    let reading = reading("interactions.csv", file);
    let Rows::Interactions(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!(rows[0].value.kind, InteractionType::Executive);
    assert_eq!(rows[0].value.supplier_people, ["S05", "S09"]);
    assert_eq!(rows[0].value.time.map(|time| time.to_string()).as_deref(), Some("09:30:00"));
    // A kind that nobody knows keeps its row out: it would count as something else.
    assert_eq!((rows.len(), codes(&reading)), (1, vec![(IssueCode::UnknownWord, 1)]));
}

#[test]
fn costs_and_scores_keep_periods_and_measures() {
    let file =
        "account,type,from,to,amount,currency\nLYS0,cost_to_serve,2026-01,2026-03,1234.50,EUR\n";
    let costs = reading("costs.csv", file);
    let Rows::Costs(rows) = &costs.rows else { panic!("{:?}", costs.kind) };
    let period = [Some(rows[0].value.from), rows[0].value.to].map(|day| day.map(|d| d.to_string()));
    // The end is the first day that does not belong to the period any more.
    assert_eq!(period, [Some("2026-01-01".to_owned()), Some("2026-04-01".to_owned())]);
    let file = "set,criterion,account,value,raw,judge,on,evidence,round\n\
        selection,fit,LYS,5,,S05,2026-09-01,Audit,R1\nattractiveness,wallet,LYS,,42300,,,,\n\
        selection,growth,LYS,,.12,,,,\nselection,fit,HAR,6,,S05,,,\nselection,fit,HAR,,,S05,,,\n";
    let scores = reading("scores.csv", file);
    let Rows::Scores(rows) = &scores.rows else { panic!("{:?}", scores.kind) };
    let raw: Vec<_> = rows.iter().map(|row| row.value.raw_e4).collect();
    assert_eq!(raw, [None, Some(423_000_000), Some(1_200)]);
    assert_eq!(rows[1].value.set, CriteriaSet::Attractiveness);
    let told = [(IssueCode::OutOfRange, 1), (IssueCode::RequiredMissing, 1)];
    assert_eq!(codes(&scores), told);
}

#[test]
fn budget_rates_are_of_a_year() {
    let file = "currency,rate,rule,fiscal_year\nUSD,1.1,budget,2026\nJPY,160,budget,2026\n";
    let reading = reading("budget_rates.csv", file);
    let Rows::Rates(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!((rows[0].value.rate_e8, rows[0].value.rule), (110_000_000, Some(RateRule::Budget)));
    assert_eq!((rows[0].value.date, rows[0].value.fiscal_year), (None, Some(2026)));
}

#[test]
fn people_carry_place_assessment_and_assignment() {
    let file = "id,side,first_name,last_name,organization,buying_roles,influence,stance,strength,role,account,fte\n\
        S09,supplier,Ana,Lopez,,,,,,kam,LYS,0.5\n\
        LYS-a,customer,Léo,Brun,LYS1,decider;user,5,-1,3,,,\n";
    let reading = reading("people.csv", file);
    assert_eq!(codes(&reading), []);
    let Rows::People(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!(rows[0].value.account.as_deref(), Some("LYS"));
    assert_eq!((rows[0].value.fte_e4, rows[0].value.organization.as_ref()), (Some(5_000), None));
    let levels =
        |row: usize| (rows[row].value.influence, rows[row].value.stance, rows[row].value.strength);
    assert_eq!(levels(1), (Some(5), Some(-1), Some(3)));
    assert_eq!(rows[1].value.buying_roles.len(), 2);
    // Without roles nobody is assigned: the account is the employer.
    let contacts = self::reading("contacts.csv", "Name,E-mail,Account\nAda,ada@a.example,ACME\n");
    let Rows::People(rows) = &contacts.rows else { panic!("{:?}", contacts.kind) };
    assert_eq!(rows[0].value.organization.as_deref(), Some("ACME"));
    assert_eq!((rows[0].value.id.as_str(), &rows[0].value.account), ("ada@a.example", &None));
}

#[test]
fn plans_are_read_with_everything_inside() {
    let file = r#"[{"account": "LYS", "version": 2, "state": "live", "language": "fr",
        "updated_on": "2026-10-01", "situation": {"fr": "Bonne", "en": "Good"}, "goals": ["Cold"],
        "objectives": [{"id": "OB1", "text": "Grow", "unit": "EUR", "baseline": 8.25, "target": 10,
            "due_on": "2027-12-31", "horizon": "short", "type": "growth", "state": "on_track"}],
        "actions": [{"text": "Call", "objective": "OB1", "owner": "S09", "state": "todo"}],
        "risks": [{"text": "Rival", "probability": 0.3, "impact": 250000, "currency": "EUR"}]},
        {"version": 1, "state": "asleep", "objectives": [{"due_on": "soon"}]}]"#;
    let reading = reading("plans.json", file);
    assert_eq!((reading.kind, reading.total_rows), (Some(ImportKind::Plans), 2));
    let Rows::Plans(rows) = &reading.rows else { panic!() };
    let plan = &rows[0].value;
    assert_eq!((plan.version.as_str(), plan.state), ("2", Some(PlanState::Live)));
    assert_eq!(plan.situation.as_ref().and_then(|text| text.fr.as_deref()), Some("Bonne"));
    let objective = &plan.objectives[0];
    assert_eq!(
        (objective.baseline_e4, objective.kind),
        (Some(82_500), Some(ObjectiveType::Growth))
    );
    let risk = &plan.risks[0];
    assert_eq!((risk.probability_ppm, risk.impact_minor), (Some(300_000), Some(25_000_000)));
    // The second plan has four mistakes, inside and outside of its objective.
    let told: Vec<_> =
        reading.issues.iter().map(|i| (i.line, i.column.as_deref(), i.code)).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.contains(&(Some(7), Some("due_on"), IssueCode::DateUnreadable)));
    assert!(told.contains(&(Some(7), Some("account"), IssueCode::RequiredMissing)));
}

#[test]
fn a_csv_file_cannot_hold_plans() {
    let kind = Some(ImportKind::Plans);
    let reading = read(kind, "plans.csv", b"account,version\nLYS,1\n", &Options::default());
    assert_eq!(codes(&reading), [(IssueCode::FormatMismatch, 1)]);
}

#[test]
fn the_same_facts_have_the_same_fingerprint_in_every_dialect() {
    let digests = |file: &str| {
        let reading = read(Some(ImportKind::Sales), "s", file.as_bytes(), &Options::default());
        let Rows::Sales(rows) = reading.rows else { panic!() };
        rows.iter().map(|row| row.digest).collect::<Vec<_>>()
    };
    let english = digests(
        "date,account,amount,currency,x\n2026-01-31,A,\"1,234.50\",EUR,1\n2026-02-28,B,2.00,EUR,\n",
    );
    let french = digests(
        "Devise;Date;Code client;Montant HT\nEUR;31/01/2026;A;1 234,5\nEUR;28/02/2026;B;2,00\n",
    );
    assert_eq!(english, french);
    assert_ne!(english[0], english[1]);
}
