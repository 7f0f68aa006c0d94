//! The counts of a look at the installation.

use super::contract;
use super::sample::fill;
use crate::{Db, sql};

contract!(lines_of_nobody_are_counted, an_empty_database_counts_nothing);

async fn an_empty_database_counts_nothing(db: Db) {
    let counts = db.read(async |work| work.system_checkup().await).await.unwrap();
    assert_eq!((counts.lines, counts.without_party, counts.without_product), (0, 0, 0));
    assert_eq!(counts.latest_event, None);
}

async fn lines_of_nobody_are_counted(db: Db) {
    fill(&db).await;
    let before = db.read(async |work| work.system_checkup().await).await.unwrap();
    let add = "INSERT INTO fact_party_product_month (party_id, product_id, ym, currency, amount_minor, \
        cost_minor, costed_minor, quantity_e4, lines, costed_lines) \
        VALUES (0, 7, 202601, 'EUR', 100, 0, 0, 0, 3, 0), (1, 0, 202601, 'EUR', 100, 0, 0, 0, 2, 0)";
    db.write(async |work| work.run(sql(add)).await.map(|_| ())).await.unwrap();
    let after = db.read(async |work| work.system_checkup().await).await.unwrap();
    assert_eq!(after.lines - before.lines, 5);
    assert_eq!(after.without_party - before.without_party, 3);
    assert_eq!(after.without_product - before.without_product, 2);
}
