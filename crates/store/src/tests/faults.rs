//! Faults that are planted are found, and a sound database has none.

use orchestre_domain::fault::Fault;
use orchestre_domain::hierarchy::{Period, Reach};
use orchestre_domain::id::PartyId;

use super::contract;
use crate::imports::ClosureRow;
use crate::{Db, StoreError, sql};

contract!(
    an_empty_database_is_sound,
    what_is_planted_is_found,
    a_reference_to_nothing_is_found,
    the_closure_is_read_as_it_is_kept,
);

/// The present of these tests, µs.
const NOW: i64 = 1_800_000_000_000_000;

async fn look(db: &Db, fault: Fault) -> (i64, String) {
    let found = db.read(async |work| work.system_fault(fault, NOW).await).await.unwrap();
    assert_eq!(found.fault, fault);
    (found.count, found.place)
}

async fn run(db: &Db, texts: &[&'static str]) {
    db.write(async |work| {
        for text in texts {
            work.run(sql(text)).await?;
        }
        Ok::<_, StoreError>(())
    })
    .await
    .unwrap();
}

async fn an_empty_database_is_sound(db: Db) {
    for fault in Fault::ALL.iter().filter(|fault| **fault != Fault::UnsafeServer) {
        assert_eq!(look(&db, *fault).await, (0, String::new()), "{fault}");
    }
}

async fn what_is_planted_is_found(db: Db) {
    let line = "INSERT INTO sales_lines (id, import_id, line, origin, identity, day, ym, party_id, product_id, \
        amount_minor, currency, kind, is_intercompany, digest) \
        VALUES (1, 1, 1, 'erp', 'a', '2026-01-05', 202601, 7, 8, 900, 'EUR', 'invoice', 0, 1)";
    let planted: [(Fault, &[&'static str], &str); 7] = [
        (
            Fault::OrphanBlob,
            &["INSERT INTO blobs (sha256, piece, bytes) VALUES ('abc', 0, '')"],
            "abc",
        ),
        (Fault::WrongRollup, &[line], "party 7, 202601 EUR"),
        (
            Fault::StuckLease,
            &["INSERT INTO leases (name, holder, until_at) VALUES ('chain', 1, 9000000000000000)"],
            "chain",
        ),
        (
            Fault::StuckJob,
            &[
                "INSERT INTO jobs (name, kind, payload, is_once, tries) VALUES ('mail:1', 'mail', '', 1, 5)",
            ],
            "mail:1",
        ),
        (Fault::MissingIndex, &["DROP INDEX jobs_next_at"], "jobs_next_at"),
        (
            Fault::SearchOutOfStep,
            &[
                "INSERT INTO persons (id, side, name, folded, version) VALUES (5, 'customer', 'A', 'a', 1)",
            ],
            "person 5",
        ),
        (Fault::WrongBlob, &[], "abc"),
    ];
    for (fault, texts, place) in planted {
        let texts: Vec<&'static str> = if db.is_postgres() && fault == Fault::OrphanBlob {
            vec!["INSERT INTO blobs (sha256, piece, bytes) VALUES ('abc', 0, decode('00', 'hex'))"]
        } else if fault == Fault::OrphanBlob {
            vec!["INSERT INTO blobs (sha256, piece, bytes) VALUES ('abc', 0, X'00')"]
        } else {
            texts.to_vec()
        };
        run(&db, &texts).await;
        let (count, found) = look(&db, fault).await;
        assert!(count >= 1 && found == place, "{fault}: {count} {found}");
    }
    let sums = [
        "INSERT INTO fact_party_month (party_id, ym, currency, amount_minor, cost_minor, costed_minor, \
         quantity_e4, lines, costed_lines) VALUES (7, 202601, 'EUR', 900, 0, 0, 0, 1, 0)",
        "INSERT INTO fact_party_product_month (party_id, product_id, ym, currency, amount_minor, cost_minor, \
         costed_minor, quantity_e4, lines, costed_lines) VALUES (7, 8, 202601, 'EUR', 900, 0, 0, 0, 1, 0)",
    ];
    run(&db, &sums).await;
    assert_eq!(look(&db, Fault::WrongRollup).await.0, 0, "the sums are right now");
}

async fn a_reference_to_nothing_is_found(db: Db) {
    super::sample::fill(&db).await;
    assert_eq!(look(&db, Fault::BrokenReference).await.0, 0);
    let text = "DELETE FROM accounts WHERE id = 101";
    let script = if db.is_postgres() {
        format!("SET session_replication_role = replica; {text}; RESET session_replication_role")
    } else {
        format!("PRAGMA foreign_keys = OFF; {text}; PRAGMA foreign_keys = ON")
    };
    db.script(script).await.unwrap();
    let (count, place) = look(&db, Fault::BrokenReference).await;
    assert!(count > 0 && place.starts_with("account"), "{count} {place}");
}

async fn the_closure_is_read_as_it_is_kept(db: Db) {
    run(&db, &["INSERT INTO party_closure (view_id, ancestor_id, descendant_id, depth, share_ppm, valid_from, valid_to) \
        VALUES (1, 10, 20, 1, 500000, '0001-01-01', '9999-12-31'), (2, 10, 20, 1, 1, '0001-01-01', '9999-12-31')"]).await;
    let rows = db.read(async |work| work.system_closure(1).await).await.unwrap();
    let reach = Reach { period: Period::ALWAYS, depth: 1, share_ppm: 500_000 };
    let wanted = ClosureRow { ancestor: PartyId(10), descendant: PartyId(20), reach };
    assert_eq!(rows, [wanted]);
}
