//! A small world: two rival groups, one with a subsidiary and an old name, a fund above it.

use std::collections::BTreeSet;

use orchestre_domain::id::{AccountId, LoginId, PersonId};
use orchestre_domain::lang::Lang;
use orchestre_domain::permission::Role;
use orchestre_domain::viewer::Viewer;

use crate::{Db, StoreError, sql};

pub(crate) const LYS: AccountId = AccountId(101);
pub(crate) const HAR: AccountId = AccountId(102);

const ROWS: &[&str] = &[
    "INSERT INTO parties (id, name, folded, kind, country, valid_from, valid_to, version) VALUES \
     (1, 'Laboratoires Lysarel SA', 'laboratoires lysarel sa', 'group', 'FR', '0001-01-01', '9999-12-31', 1), \
     (2, 'Hartwenden AG', 'hartwenden ag', 'group', 'DE', '0001-01-01', '9999-12-31', 1), \
     (3, 'Lysarel Inc.', 'lysarel inc', 'legal_entity', 'US', '0001-01-01', '9999-12-31', 1), \
     (4, 'Cap Fund', 'cap fund', 'fund', 'FR', '0001-01-01', '9999-12-31', 1)",
    "INSERT INTO party_names (id, party_id, name, folded, valid_from, valid_to) VALUES \
     (1, 1, 'Biolab', 'biolab', '0001-01-01', '2025-01-01'), \
     (2, 1, 'Laboratoires Lysarel SA', 'laboratoires lysarel sa', '2025-01-01', '9999-12-31')",
    "INSERT INTO accounts (id, party_id, version) VALUES (101, 1, 1), (102, 2, 1)",
    "INSERT INTO account_parties (account_id, party_id, valid_from, valid_to) VALUES \
     (101, 1, '0001-01-01', '9999-12-31'), (102, 2, '0001-01-01', '9999-12-31'), \
     (101, 3, '2025-06-01', '9999-12-31')",
    "INSERT INTO party_links (id, view_id, parent_id, child_id, share_ppm, valid_from, valid_to, version) VALUES \
     (1, 1, 1, 3, 1000000, '2025-06-01', '9999-12-31', 1), \
     (2, 1, 4, 1, 280000, '0001-01-01', '9999-12-31', 1)",
    "INSERT INTO external_ids (object, origin, external_id, object_id) VALUES \
     ('party', 'erp', 'LYS', 1), ('party', 'erp', 'LYS3', 3), ('party', 'erp', 'HAR', 2)",
    "INSERT INTO fact_party_month (party_id, ym, currency, amount_minor, cost_minor, costed_minor, \
     quantity_e4, lines, costed_lines) VALUES (1, 202609, 'EUR', 1000, 600, 900, 0, 3, 2), \
     (3, 202609, 'USD', 500, 0, 0, 0, 1, 0), (2, 202610, 'EUR', 700, 100, 700, 0, 1, 1), \
     (0, 202610, 'EUR', 50, 0, 0, 0, 1, 0), (1, 202611, 'EUR', 9, 0, 0, 0, 1, 0)",
    "INSERT INTO fact_party_product_month (party_id, product_id, ym, currency, amount_minor, cost_minor, \
     costed_minor, quantity_e4, lines, costed_lines) VALUES (1, 0, 202609, 'EUR', 400, 0, 0, 0, 1, 0), \
     (1, 21, 202609, 'EUR', 600, 600, 900, 0, 2, 2)",
    "INSERT INTO persons (id, side, name, folded, version) VALUES \
     (11, 'customer', 'Claire Obrecht', 'claire obrecht', 1), \
     (12, 'supplier', 'Sami Haddad', 'sami haddad', 1)",
    "INSERT INTO affiliations (id, person_id, party_id, title, valid_from, valid_to) VALUES \
     (1, 11, 3, 'Buyer', '0001-01-01', '9999-12-31')",
    "INSERT INTO assignments (id, person_id, account_id, role, valid_from, valid_to) VALUES \
     (1, 12, 101, 'KAM', '2026-01-01', '9999-12-31'), (2, 12, 102, 'KAM', '0001-01-01', '2026-01-01')",
    "INSERT INTO stakeholder_assessments (id, person_id, party_id, influence, stance, strength, \
     assessed_on, expires_on, author_id) VALUES (1, 11, 3, 4, 1, 3, '2026-03-01', '2027-03-01', 12)",
    "INSERT INTO interactions (id, party_id, type, day, subject, version) VALUES \
     (1, 3, 'meeting', '2026-10-02', 'Launch', 1), (2, 3, 'call', '2026-12-24', 'Later', 1)",
    "INSERT INTO interaction_people (interaction_id, person_ref, person_id, side) VALUES \
     (1, 'P11', 11, 'customer'), (1, 'S12', 12, 'supplier'), (2, 'P11', 11, 'customer')",
    "INSERT INTO opportunities (id, party_id, name, stage, amount_minor, currency, probability, \
     opened_on, close_on, version) VALUES \
     (1, 3, 'Cold chain', 'won', 4000, 'USD', 0.5, '2026-01-05', '2026-10-01', 1)",
    "INSERT INTO opportunity_stages (opportunity_id, stage, since) VALUES \
     (1, 'proposed', '2026-03-01'), (1, 'won', '2026-10-01')",
    "INSERT INTO month_rates (currency, ym, rate_e8, days) VALUES ('USD', 202609, 200000000, 22)",
    "INSERT INTO party_identifiers (party_id, scheme, value) VALUES (2, 'vat', 'DE811')",
    "INSERT INTO plans (id, account_id, label, state, updated_on, version) VALUES \
     (1, 102, '1', 'draft', '2026-01-01', 1)",
    "INSERT INTO logins (id, email, name, password_hash, lang, currency, is_active, version) VALUES \
     (1, 's12@ardenval.example', 'Sami Haddad', 'x', 'fr', 'GBP', 1, 1)",
    "INSERT INTO account_states (id, account_id, field, value, valid_from) VALUES \
     (1, 101, 'status', 'candidate', '0001-01-01'), (2, 101, 'status', 'key', '2026-05-01')",
];

/// Writes the small world.
pub(crate) async fn fill(db: &Db) {
    db.write(async |work| {
        for text in ROWS {
            work.run(sql(text)).await?;
        }
        Ok::<_, StoreError>(())
    })
    .await
    .expect("the rows go in");
}

/// Gives a viewer of one role.
pub(crate) fn viewer(role: Role, own: &[AccountId], walled: &[AccountId]) -> Viewer {
    Viewer {
        login: Some(LoginId(1)),
        person: Some(PersonId(12)),
        roles: BTreeSet::from([role]),
        own: own.iter().copied().collect(),
        walled: walled.iter().copied().collect(),
        grants: Vec::new(),
        watcher: None,
        lang: Lang::En,
    }
}
