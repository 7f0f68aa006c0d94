//! Sales lines, their roll-ups, and references that arrive later.

use std::collections::BTreeMap;

use super::contract;
use super::imports::parties;
use crate::imports::{LOOSE, Records, Rollup, SalesLine, Wanted};
use crate::{Db, StoreError, Work, sql};

contract!(
    a_corrected_line_moves_its_sums,
    a_line_inside_our_own_group_is_in_no_sum,
    a_line_of_a_known_identity_stays_out_and_says_so,
    lines_and_sums_move_to_a_party_that_arrives,
    loose_references_of_a_column_attach_by_origin,
);

fn line(id: i64, identity: &str, amount_minor: i64) -> SalesLine {
    SalesLine {
        id,
        import_id: 1,
        line: id,
        origin: "erp".to_owned(),
        identity: identity.to_owned(),
        day: "2026-01-05".to_owned(),
        ym: 202_601,
        party_id: 0,
        party_ref: Some("4711".to_owned()),
        product_id: 0,
        product_ref: Some("GTXPro".to_owned()),
        document: None,
        quantity_e4: Some(20_000),
        unit_price_e4: None,
        amount_minor,
        cost_minor: (id == 1).then_some(400),
        currency: "EUR".to_owned(),
        kind: "invoice".to_owned(),
        original: None,
        ship_to: None,
        bill_to: None,
        selling_entity: None,
        channel: None,
        is_intercompany: false,
        digest: amount_minor,
    }
}

async fn add(work: &mut Work<'_>, lines: Vec<SalesLine>) -> Result<Vec<bool>, StoreError> {
    let went_in = work.system_add_sales(lines.clone()).await?;
    let mut rollup = Rollup::default();
    for (line, _) in lines.iter().zip(&went_in).filter(|(_, is_new)| **is_new) {
        rollup.add(&line.part());
    }
    work.system_add_rollup(rollup).await?;
    Ok(went_in)
}

/// Gives party, product (−1: of all), amount, cost, costed amount, lines.
async fn sums(work: &mut Work<'_>) -> Result<Vec<[i64; 6]>, StoreError> {
    let text = "SELECT party_id, CAST(-1 AS BIGINT) AS product_id, amount_minor, cost_minor, costed_minor, lines \
                FROM fact_party_month UNION ALL \
                SELECT party_id, product_id, amount_minor, cost_minor, costed_minor, lines \
                FROM fact_party_product_month ORDER BY party_id, product_id";
    let rows = work.rows(sql(text)).await?;
    let names = ["party_id", "product_id", "amount_minor", "cost_minor", "costed_minor", "lines"];
    let mut all = Vec::new();
    for row in rows {
        let mut line = [0; 6];
        for (to, name) in line.iter_mut().zip(names) {
            *to = row.get(name)?;
        }
        all.push(line);
    }
    Ok(all)
}

async fn a_line_of_a_known_identity_stays_out_and_says_so(db: Db) {
    db.write(async |work| {
        assert_eq!(add(work, vec![line(1, "a", 1_000), line(2, "b", 500)]).await?, [true, true]);
        assert_eq!(add(work, vec![line(3, "b", 9_999), line(4, "c", 1)]).await?, [false, true]);
        let known = work.system_known_sales("erp", &["a", "b", "z"]).await?;
        let ids: BTreeMap<&str, i64> =
            known.iter().map(|(identity, sale)| (identity.as_str(), sale.id)).collect();
        assert_eq!(ids, BTreeMap::from([("a", 1), ("b", 2)]));
        assert_eq!(
            sums(work).await?,
            [[0, -1, 1_501, 400, 1_000, 3], [0, 0, 1_501, 400, 1_000, 3]]
        );
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_corrected_line_moves_its_sums(db: Db) {
    db.write(async |work| {
        add(work, vec![line(1, "a", 1_000)]).await?;
        let known = work.system_known_sales("erp", &["a"]).await?;
        let after = SalesLine { ym: 202_602, party_id: 5, party_ref: None, ..line(1, "a", 700) };
        let mut rollup = Rollup::default();
        rollup.take(&known["a"].part());
        rollup.add(&after.part());
        work.system_replace_sales(vec![after]).await?;
        work.system_add_rollup(rollup).await?;
        assert_eq!(sums(work).await?, [[5, -1, 700, 400, 700, 1], [5, 0, 700, 400, 700, 1]]);
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn a_line_inside_our_own_group_is_in_no_sum(db: Db) {
    db.write(async |work| {
        add(work, vec![SalesLine { is_intercompany: true, ..line(1, "a", 1_000) }]).await?;
        assert!(sums(work).await?.is_empty());
        let answers = [("erp".to_owned(), "4711".to_owned(), 5)];
        assert_eq!(work.system_attach_sales(Wanted::Party, &answers).await?, 1);
        assert!(sums(work).await?.is_empty());
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn lines_and_sums_move_to_a_party_that_arrives(db: Db) {
    db.write(async |work| {
        let other = SalesLine { party_ref: Some("4712".to_owned()), ..line(2, "b", 500) };
        add(work, vec![line(1, "a", 1_000), other]).await?;
        let answer = |reference: &str, id| ("erp".to_owned(), reference.to_owned(), id);
        let mut loose = work.system_loose_sales(Wanted::Party).await?;
        loose.sort();
        assert_eq!(
            loose,
            [("erp".to_owned(), "4711".to_owned()), ("erp".to_owned(), "4712".to_owned())]
        );
        let foreign = ("crm".to_owned(), "4712".to_owned(), 6);
        let moved = work.system_attach_sales(Wanted::Party, &[answer("4711", 5), foreign]).await?;
        assert_eq!(moved, 1, "a reference of another origin is another one");
        let moved = work.system_attach_sales(Wanted::Product, &[answer("GTXPro", 8)]).await?;
        assert_eq!(moved, 2);
        assert_eq!(
            sums(work).await?,
            [
                [0, -1, 500, 0, 0, 1],
                [0, 8, 500, 0, 0, 1],
                [5, -1, 1_000, 400, 1_000, 1],
                [5, 8, 1_000, 400, 1_000, 1],
            ]
        );
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn loose_references_of_a_column_attach_by_origin(db: Db) {
    let loose =
        LOOSE.iter().find(|l| l.table == "opportunities" && l.wanted == Wanted::Party).unwrap();
    db.write(async |work| {
        parties(work, &[1, 2]).await?;
        for (id, origin) in [(41, "erp"), (42, "crm")] {
            let deal = crate::imports::Fields::from([
                ("stage", "won".into()),
                ("party_ref", "4711".into()),
            ]);
            work.system_create(Records::Opportunities, &[(id, &deal)]).await?;
            let key = (origin.to_owned(), id.to_string(), id);
            work.system_add_external_ids(("opportunity", 9), vec![key]).await?;
        }
        let mut waiting = work.system_loose(loose).await?;
        waiting.sort();
        assert_eq!(
            waiting,
            [("crm".to_owned(), "4711".to_owned()), ("erp".to_owned(), "4711".to_owned())]
        );
        let answers = [("crm".to_owned(), "4711".to_owned(), 2)];
        assert_eq!(work.system_attach(loose, &answers).await?, 1);
        let row =
            work.row(sql("SELECT party_id, party_ref FROM opportunities WHERE id = 42")).await?;
        let row = row.unwrap();
        assert_eq!(
            (row.opt::<i64>("party_id")?, row.opt::<String>("party_ref")?),
            (Some(2), Some("4711".to_owned()))
        );
        assert_eq!(work.system_loose(loose).await?, [("erp".to_owned(), "4711".to_owned())]);
        for other in LOOSE {
            work.system_loose(other).await?;
            work.system_attach(other, &[(String::new(), "nobody".to_owned(), 1)]).await?;
        }
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}
