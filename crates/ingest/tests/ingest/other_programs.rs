//! Exports of other programs: their headings and words are known without a question.

use orchestre_domain::import::{ImportKind, IssueCode};
use orchestre_domain::opportunity::Stage;
use orchestre_domain::person::BuyingRole;
use orchestre_ingest::{DateOrder, Options, Rows, read};

use crate::real_files::{codes, dollars, reading};

#[test]
fn salesforce_accounts_and_contacts_are_recognized() {
    for (path, count) in [("demo_org", 83), ("developer_org", 18)] {
        let Some(accounts) = reading(&format!("salesforce_export/{path}/Account.csv"), &dollars())
        else {
            return;
        };
        assert_eq!(
            (accounts.kind, codes(&accounts)),
            (Some(ImportKind::Accounts), vec![]),
            "{path}"
        );
        assert_eq!(accounts.total_rows, count, "{path}");
        let Rows::Accounts(rows) = &accounts.rows else { panic!("{path}") };
        assert!(rows.iter().all(|row| row.value.id.starts_with("001") && row.value.name.is_some()));
    }
    for (path, count) in [("demo_org", 133), ("developer_org", 25)] {
        let Some(contacts) = reading(&format!("salesforce_export/{path}/Contact.csv"), &dollars())
        else {
            return;
        };
        assert_eq!((contacts.kind, codes(&contacts)), (Some(ImportKind::People), vec![]), "{path}");
        let Rows::People(rows) = &contacts.rows else { panic!("{path}") };
        assert_eq!(rows.len(), count, "{path}");
        assert!(rows.iter().all(|row| row.value.id.starts_with("003")));
        let employed = rows.iter().filter_map(|row| row.value.organization.as_deref());
        assert!(
            employed.clone().count() * 2 > count && employed.clone().all(|o| o.starts_with("001"))
        );
    }
}

#[test]
fn salesforce_opportunities_are_recognized_with_their_stages_and_dates() {
    let path = "salesforce_export/demo_org/Opportunity.csv";
    let Some(demo) = reading(path, &dollars()) else { return };
    assert_eq!(demo.kind, Some(ImportKind::Opportunities));
    let Rows::Opportunities(rows) = &demo.rows else { panic!("{:?}", demo.kind) };
    assert_eq!(rows.len(), 774);
    assert_eq!(rows.iter().filter(|row| row.value.stage == Stage::Won).count(), 640);
    assert_eq!(rows[0].value.probability, Some(100_000));
    // Words for kinds of business that nobody here knows are told once each.
    let told: Vec<_> = demo.issues.iter().map(|i| (i.code, i.value.as_deref(), i.rows)).collect();
    assert_eq!(
        told,
        [
            (IssueCode::UnknownWord, Some("Existing Customer - Downgrade"), 36),
            (IssueCode::UnknownWord, Some("Additional Lisence"), 7),
            (IssueCode::UnknownWord, Some("Installation Services"), 9),
        ]
    );
    let path = "salesforce_export/developer_org/Opportunity.csv";
    let Some(developer) = reading(path, &dollars()) else { return };
    assert_eq!(codes(&developer), []);
    let Rows::Opportunities(rows) = &developer.rows else { panic!("{:?}", developer.kind) };
    assert_eq!(rows[0].value.close_on.map(|day| day.to_string()).as_deref(), Some("2024-02-03"));
    let closing = developer.columns.iter().find(|column| column.field == Some("close_on"));
    assert_eq!(closing.and_then(|column| column.date_order), Some(DateOrder::MonthFirst));
}

#[test]
fn a_data_tree_of_salesforce_is_a_table() {
    let path = "salesforce_export/sfdx_tree_ebikes/Accounts.json";
    let Some(reading) = reading(path, &Options::default()) else { return };
    let Rows::Accounts(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!(rows[0].value.name.as_deref(), Some("Wheelworks"));
    assert_eq!(rows[0].value.postal_code.as_deref(), Some("02478"));
    assert_eq!(rows[0].line, 3);
}

/// Headings of exports, and the field of each.
const EXPORTS: &[(ImportKind, &str, &[&str])] = &[
    (
        ImportKind::Accounts,
        "Record ID,Company name,City,Country/Region,Industry,Annual Revenue,Number of Employees,Website URL",
        &["id", "name", "city", "country", "sector", "revenue", "employees", "website"],
    ),
    (
        ImportKind::Accounts,
        "ID de fiche d'informations;Nom de l'entreprise;URL du site web;Ville;Pays/Région;Secteur d’activité",
        &["id", "name", "website", "city", "country", "sector"],
    ),
    (
        ImportKind::Accounts,
        "accountid,name,parentaccountid,address1_city,address1_country,industrycode,revenue,numberofemployees,transactioncurrencyid",
        &["id", "name", "parent", "city", "country", "sector", "revenue", "employees", "currency"],
    ),
    (
        ImportKind::Accounts,
        "N° client;Raison sociale;Pays;Devise;N° SIREN;Adresse;Code postal",
        &["id", "name", "country", "currency", "siren", "street", "postal_code"],
    ),
    (
        ImportKind::People,
        "Person - First name,Person - Last name,Person - Email (Work),Person - Phone,Organization - Name*",
        &["first_name", "last_name", "email", "phone", "organization"],
    ),
    (
        ImportKind::People,
        "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company IDs (Primary)",
        &["id", "first_name", "last_name", "email", "phone", "title", "organization"],
    ),
    (
        ImportKind::Opportunities,
        "Deal - Title,Deal - Value,Deal - Currency of value,Deal - Stage (pipeline),Deal - Expected close date,Organization",
        &["name", "amount", "currency", "stage", "close_on", "account"],
    ),
    (
        ImportKind::Opportunities,
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner,Associated Company IDs (Primary)",
        &["id", "name", "stage", "amount", "close_on", "opened_on", "owner", "account"],
    ),
    (
        ImportKind::Opportunities,
        "opportunityid,name,parentaccountid,estimatedvalue,estimatedclosedate,closeprobability,salesstage",
        &["id", "name", "account", "amount", "close_on", "probability", "stage"],
    ),
    (
        ImportKind::Opportunities,
        "name,amount,amountCurrency,account,stage,probability,closeDate",
        &["name", "amount", "currency", "account", "stage", "probability", "close_on"],
    ),
    (
        ImportKind::Sales,
        "SalesOrderNumber|SalesOrderLineNumber|OrderDateKey|ProductKey|ResellerKey|OrderQuantity|UnitPrice|TotalProductCost|SalesAmount",
        &[
            "document",
            "line",
            "date",
            "product",
            "account",
            "quantity",
            "unit_price",
            "cost",
            "amount",
        ],
    ),
    (
        ImportKind::Sales,
        "N° facture;Date facture;Code client;Code article;Qté;PU HT;Montant HT;Devise",
        &["document", "date", "account", "product", "quantity", "unit_price", "amount", "currency"],
    ),
];

#[test]
fn headings_of_other_programs_find_their_fields() {
    for (kind, headings, fields) in EXPORTS {
        let reading = read(None, "export.csv", format!("{headings}\n").as_bytes(), &dollars());
        assert_eq!(reading.kind, Some(*kind), "{headings}");
        let found: Vec<_> = reading.columns.iter().map(|c| c.field.unwrap_or("-")).collect();
        assert_eq!(found, *fields, "{headings}");
    }
}

#[test]
fn the_neutral_generator_is_recognized() {
    let contacts = "id,company_id,first_name,last_name,email,phone,title,function,seniority,influence,language,reports_to_id,marketing_consent,created_on\n\
        P0000001,C0000001,Lukas,Schäfer,p1@c000001.example,+49,Senior Buyer,Purchasing,senior,influencer,de,,0,2023-03-11\n\
        P0000002,C0000001,Tobias,Krüger,p2@c000001.example,+49,CTO,Engineering,c-level,champion,de,,1,2024-03-30\n";
    let reading = read(None, "contacts.csv", contacts.as_bytes(), &Options::default());
    let Rows::People(rows) = &reading.rows else { panic!("{:?}", reading.kind) };
    assert_eq!(rows[0].value.organization.as_deref(), Some("C0000001"));
    assert_eq!(rows[0].value.buying_roles, [BuyingRole::Influencer]);
    for (name, headings, kind) in [
        (
            "companies.csv",
            "id,parent_id,group_id,name,country,currency,city,postcode,street,vat_id,industry,employees,annual_revenue,tier,status,website,phone,owner_id,created_on,duplicate_of",
            ImportKind::Accounts,
        ),
        (
            "opportunities.csv",
            "id,company_id,contact_id,name,stage,probability,state,amount,currency,kind,product_family,opened_on,close_on,owner_id",
            ImportKind::Opportunities,
        ),
        (
            "invoice_lines.csv",
            "invoice_no,line_no,invoice_date,company_id,sku,product_family,quantity,unit_price,discount_pct,net_amount,currency",
            ImportKind::Sales,
        ),
        ("products.csv", "sku,name,family,list_price_eur,active", ImportKind::Products),
        ("fx_rates.csv", "month,currency,units_per_eur", ImportKind::Rates),
        ("owners.csv", "id,first_name,last_name,email,country,role", ImportKind::People),
    ] {
        let reading = read(None, name, format!("{headings}\n").as_bytes(), &Options::default());
        assert_eq!((reading.kind, codes(&reading)), (Some(kind), vec![]), "{name}");
    }
}
