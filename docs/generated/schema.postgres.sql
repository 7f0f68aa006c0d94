-- The schema on PostgreSQL: the migrations in the order in which they run.
-- Written by `cargo xtask gen`; a change is a new folder in crates/store/migrations.

-- 0001_parties
-- Parties, their names over time, identifiers and external ids. Days that are open are
-- 0001-01-01 and 9999-12-31, so that "valid at d" is always `valid_from <= d AND d < valid_to`.
CREATE TABLE parties (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  region TEXT,
  city TEXT,
  street TEXT,
  postal_code TEXT,
  sector TEXT,
  employees BIGINT,
  revenue_minor BIGINT,
  website TEXT,
  currency TEXT,
  customer_since TEXT,
  growth_potential DOUBLE PRECISION,
  wallet_minor BIGINT,
  wallet_currency TEXT,
  note TEXT,
  custom TEXT,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX parties_folded ON parties (folded);
CREATE TABLE party_names (
  id BIGINT PRIMARY KEY,
  party_id BIGINT NOT NULL REFERENCES parties (id),
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE INDEX party_names_party ON party_names (party_id);
CREATE INDEX party_names_folded ON party_names (folded);
CREATE TABLE party_identifiers (
  party_id BIGINT NOT NULL REFERENCES parties (id),
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (party_id, scheme)
);
CREATE INDEX party_identifiers_value ON party_identifiers (scheme, value);
CREATE TABLE external_ids (
  object TEXT NOT NULL,
  origin TEXT NOT NULL,
  external_id TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  PRIMARY KEY (object, origin, external_id)
);
CREATE INDEX external_ids_object ON external_ids (object, object_id);
CREATE TABLE aliases (
  old_id BIGINT PRIMARY KEY,
  object TEXT NOT NULL,
  new_id BIGINT NOT NULL
);

-- 0002_links
-- Dated links in several views and the closure that every roll-up reads.
CREATE TABLE views (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE UNIQUE INDEX views_name_key ON views (name);
INSERT INTO views (id, name) VALUES (1, 'legal'), (2, 'purchasing'), (3, 'geographic'), (4, 'programme');
CREATE TABLE party_links (
  id BIGINT PRIMARY KEY,
  view_id BIGINT NOT NULL REFERENCES views (id),
  parent_id BIGINT NOT NULL REFERENCES parties (id),
  child_id BIGINT NOT NULL REFERENCES parties (id),
  share_ppm BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  source TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX party_links_child ON party_links (view_id, child_id);
CREATE INDEX party_links_parent ON party_links (view_id, parent_id);
CREATE TABLE party_closure (
  view_id BIGINT NOT NULL,
  ancestor_id BIGINT NOT NULL,
  descendant_id BIGINT NOT NULL,
  depth BIGINT NOT NULL,
  share_ppm BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  PRIMARY KEY (view_id, ancestor_id, descendant_id, valid_from, depth)
);
CREATE INDEX party_closure_descendant ON party_closure (view_id, descendant_id);

-- 0003_accounts
-- Accounts are views on the hierarchy; tier and status are dated with the decision that set them.
CREATE TABLE accounts (
  id BIGINT PRIMARY KEY,
  party_id BIGINT NOT NULL REFERENCES parties (id),
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX accounts_party_id_key ON accounts (party_id);
CREATE TABLE account_scopes (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  party_id BIGINT NOT NULL REFERENCES parties (id),
  rule TEXT NOT NULL CHECK (rule IN ('include', 'exclude')),
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE INDEX account_scopes_account ON account_scopes (account_id);
-- Which party belongs to which account, when: kept with the links, never overlapping for a party.
CREATE TABLE account_parties (
  account_id BIGINT NOT NULL,
  party_id BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  PRIMARY KEY (party_id, valid_from)
);
CREATE INDEX account_parties_account ON account_parties (account_id);
CREATE TABLE account_states (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  field TEXT NOT NULL CHECK (field IN ('tier', 'status')),
  value TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  reason TEXT,
  decided_by BIGINT,
  event_id BIGINT
);
CREATE UNIQUE INDEX account_states_account_id_field_valid_from_key
  ON account_states (account_id, field, valid_from);
CREATE TABLE walls (
  id BIGINT PRIMARY KEY,
  account_a BIGINT NOT NULL REFERENCES accounts (id),
  account_b BIGINT NOT NULL REFERENCES accounts (id),
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);

-- 0004_persons
-- Persons of any side, where they work, which accounts they serve, and opinions with an author.
CREATE TABLE persons (
  id BIGINT PRIMARY KEY,
  side TEXT NOT NULL,
  name TEXT NOT NULL,
  first_name TEXT,
  last_name TEXT,
  folded TEXT NOT NULL,
  title TEXT,
  function_code TEXT,
  email TEXT,
  phone TEXT,
  lang TEXT,
  custom TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX persons_folded ON persons (folded);
CREATE INDEX persons_email ON persons (email);
CREATE TABLE affiliations (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES persons (id),
  party_id BIGINT NOT NULL REFERENCES parties (id),
  title TEXT,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE INDEX affiliations_person ON affiliations (person_id);
CREATE INDEX affiliations_party ON affiliations (party_id);
CREATE TABLE assignments (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES persons (id),
  account_id BIGINT REFERENCES accounts (id),
  role TEXT NOT NULL,
  fte_ppm BIGINT,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE INDEX assignments_person ON assignments (person_id);
CREATE INDEX assignments_account ON assignments (account_id);
CREATE TABLE stakeholder_assessments (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES persons (id),
  party_id BIGINT NOT NULL REFERENCES parties (id),
  buying_roles TEXT,
  influence BIGINT,
  stance BIGINT,
  strength BIGINT,
  motive TEXT,
  assessed_on TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  author_id BIGINT,
  author_ref TEXT
);
CREATE INDEX stakeholder_assessments_person ON stakeholder_assessments (person_id);

-- 0005_logins
-- Ways in, their roles, and sessions (the token itself is never stored, only its digest).
CREATE TABLE logins (
  id BIGINT PRIMARY KEY,
  email TEXT NOT NULL,
  person_id BIGINT REFERENCES persons (id),
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  lang TEXT NOT NULL,
  currency TEXT,
  theme TEXT,
  is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
  seen_at BIGINT,
  looked_at BIGINT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX logins_email_key ON logins (email);
CREATE TABLE login_roles (
  login_id BIGINT NOT NULL REFERENCES logins (id),
  role TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  PRIMARY KEY (login_id, role)
);
CREATE TABLE sessions (
  digest TEXT PRIMARY KEY,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  csrf TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  agent TEXT
);
CREATE INDEX sessions_login ON sessions (login_id);
CREATE TABLE throttles (
  name TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  wait_until BIGINT NOT NULL
);

-- 0006_products
-- Products. Prices are in 1/10,000 of the currency's major unit.
CREATE TABLE products (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  name_fr TEXT,
  folded TEXT NOT NULL,
  family TEXT,
  business_unit TEXT,
  unit TEXT,
  list_price_e4 BIGINT,
  unit_cost_e4 BIGINT,
  currency TEXT,
  life_cycle TEXT,
  launched_on TEXT,
  end_on TEXT,
  custom TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX products_folded ON products (folded);

-- 0007_sales
-- Sales lines and their roll-ups. Party 0 is "no party known yet", product 0 likewise.
CREATE TABLE sales_lines (
  id BIGINT PRIMARY KEY,
  import_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  origin TEXT NOT NULL,
  identity TEXT NOT NULL,
  day TEXT NOT NULL,
  ym BIGINT NOT NULL,
  party_id BIGINT NOT NULL,
  party_ref TEXT,
  product_id BIGINT NOT NULL,
  product_ref TEXT,
  document TEXT,
  quantity_e4 BIGINT,
  unit_price_e4 BIGINT,
  amount_minor BIGINT NOT NULL,
  cost_minor BIGINT,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  original TEXT,
  ship_to TEXT,
  bill_to TEXT,
  selling_entity TEXT,
  channel TEXT,
  is_intercompany BIGINT NOT NULL CHECK (is_intercompany IN (0, 1)),
  digest BIGINT NOT NULL
);
CREATE UNIQUE INDEX sales_lines_origin_identity_key ON sales_lines (origin, identity);
CREATE INDEX sales_lines_party_ref ON sales_lines (party_ref) WHERE party_id = 0;
CREATE INDEX sales_lines_product_ref ON sales_lines (product_ref) WHERE product_id = 0;
CREATE TABLE fact_party_month (
  party_id BIGINT NOT NULL,
  ym BIGINT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  cost_minor BIGINT NOT NULL,
  costed_minor BIGINT NOT NULL,
  quantity_e4 BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  costed_lines BIGINT NOT NULL,
  PRIMARY KEY (party_id, ym, currency)
);
CREATE TABLE fact_party_product_month (
  party_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  ym BIGINT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  cost_minor BIGINT NOT NULL,
  costed_minor BIGINT NOT NULL,
  quantity_e4 BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  costed_lines BIGINT NOT NULL,
  PRIMARY KEY (party_id, product_id, ym, currency)
);

-- 0008_opportunities
-- Opportunities with the history of their stages.
CREATE TABLE opportunities (
  id BIGINT PRIMARY KEY,
  party_id BIGINT,
  party_ref TEXT,
  product_id BIGINT,
  product_ref TEXT,
  name TEXT,
  type TEXT,
  amount_minor BIGINT,
  currency TEXT,
  stage TEXT NOT NULL,
  probability DOUBLE PRECISION,
  opened_on TEXT,
  close_on TEXT,
  owner_id BIGINT,
  owner_ref TEXT,
  custom TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX opportunities_party ON opportunities (party_id);
CREATE INDEX opportunities_party_ref ON opportunities (party_ref) WHERE party_id IS NULL;
CREATE TABLE opportunity_stages (
  opportunity_id BIGINT NOT NULL REFERENCES opportunities (id),
  stage TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (opportunity_id, since, stage)
);

-- 0009_interactions
-- Interactions and who took part.
CREATE TABLE interactions (
  id BIGINT PRIMARY KEY,
  party_id BIGINT,
  party_ref TEXT,
  type TEXT NOT NULL,
  day TEXT NOT NULL,
  time TEXT,
  subject TEXT,
  minutes BIGINT,
  source TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX interactions_party ON interactions (party_id, day);
CREATE TABLE interaction_people (
  interaction_id BIGINT NOT NULL REFERENCES interactions (id),
  person_ref TEXT NOT NULL,
  person_id BIGINT,
  side TEXT NOT NULL,
  PRIMARY KEY (interaction_id, person_ref)
);
CREATE INDEX interaction_people_person ON interaction_people (person_id);

-- 0010_rates
-- Units of a currency for one euro, × 100,000,000; the means of months are kept with the days.
CREATE TABLE rates (
  currency TEXT NOT NULL,
  day TEXT NOT NULL,
  rate_e8 BIGINT NOT NULL,
  PRIMARY KEY (currency, day)
);
CREATE TABLE month_rates (
  currency TEXT NOT NULL,
  ym BIGINT NOT NULL,
  rate_e8 BIGINT NOT NULL,
  days BIGINT NOT NULL,
  PRIMARY KEY (currency, ym)
);
CREATE TABLE budget_rates (
  fiscal_year BIGINT NOT NULL,
  currency TEXT NOT NULL,
  rate_e8 BIGINT NOT NULL,
  PRIMARY KEY (fiscal_year, currency)
);

-- 0011_costs
-- Cost-to-serve of a party over a period (last day included), contracts, our own entities.
CREATE TABLE costs (
  id BIGINT PRIMARY KEY,
  party_id BIGINT,
  party_ref TEXT,
  type TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX costs_party ON costs (party_id);
CREATE TABLE contracts (
  id BIGINT PRIMARY KEY,
  party_id BIGINT NOT NULL REFERENCES parties (id),
  type TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT,
  notice_days BIGINT,
  note TEXT,
  version BIGINT NOT NULL
);
CREATE TABLE supplier_units (
  id BIGINT PRIMARY KEY,
  parent_id BIGINT REFERENCES supplier_units (id),
  kind TEXT NOT NULL CHECK (kind IN ('entity', 'unit', 'territory')),
  name TEXT NOT NULL,
  country TEXT,
  currency TEXT,
  version BIGINT NOT NULL
);

-- 0012_scores
-- Criteria in sets and the judgements on them.
CREATE TABLE criteria (
  set_name TEXT NOT NULL,
  key TEXT NOT NULL,
  position BIGINT NOT NULL,
  axis TEXT,
  weight_ppm BIGINT NOT NULL,
  source TEXT NOT NULL,
  limits TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (set_name, key)
);
CREATE TABLE judgements (
  id BIGINT PRIMARY KEY,
  party_id BIGINT,
  party_ref TEXT,
  set_name TEXT NOT NULL,
  key TEXT NOT NULL,
  value BIGINT CHECK (value BETWEEN 1 AND 5),
  raw DOUBLE PRECISION,
  judge_id BIGINT,
  judge_ref TEXT,
  on_day TEXT NOT NULL,
  evidence TEXT,
  round TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX judgements_party ON judgements (party_id);

-- 0013_plans
-- Plans with goals, objectives, actions and risks; a text may exist in both languages.
CREATE TABLE plans (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  label TEXT NOT NULL,
  state TEXT NOT NULL,
  situation_en TEXT,
  situation_fr TEXT,
  decision_en TEXT,
  decision_fr TEXT,
  updated_on TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX plans_account ON plans (account_id);
CREATE TABLE plan_goals (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  position BIGINT NOT NULL,
  text_en TEXT,
  text_fr TEXT
);
CREATE INDEX plan_goals_plan ON plan_goals (plan_id);
CREATE TABLE objectives (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  position BIGINT NOT NULL,
  ref TEXT,
  text_en TEXT,
  text_fr TEXT,
  metric_en TEXT,
  metric_fr TEXT,
  unit TEXT,
  baseline DOUBLE PRECISION,
  target DOUBLE PRECISION,
  current_value DOUBLE PRECISION,
  due_on TEXT,
  horizon TEXT,
  type TEXT,
  owner_id BIGINT,
  owner_ref TEXT,
  customer_owner_id BIGINT,
  customer_owner_ref TEXT,
  state TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX objectives_plan ON objectives (plan_id);
CREATE TABLE actions (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  plan_id BIGINT REFERENCES plans (id),
  objective_id BIGINT REFERENCES objectives (id),
  ref TEXT,
  text_en TEXT,
  text_fr TEXT,
  owner_id BIGINT,
  owner_ref TEXT,
  due_on TEXT,
  done_on TEXT,
  state TEXT NOT NULL,
  note_en TEXT,
  note_fr TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX actions_account ON actions (account_id);
CREATE INDEX actions_owner ON actions (owner_id);
CREATE TABLE risks (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  position BIGINT NOT NULL,
  ref TEXT,
  text_en TEXT,
  text_fr TEXT,
  probability BIGINT CHECK (probability BETWEEN 1 AND 5),
  impact_minor BIGINT,
  currency TEXT,
  sign_en TEXT,
  sign_fr TEXT,
  prevention_en TEXT,
  prevention_fr TEXT,
  reaction_en TEXT,
  reaction_fr TEXT,
  owner_id BIGINT,
  owner_ref TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX risks_plan ON risks (plan_id);

-- 0014_events
-- What was done here. The chain is linked by a lease-holder in the order of commits; personal
-- values lie apart and the chain holds only their salted digests, so erasure leaves it whole.
CREATE TABLE events (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  at BIGINT NOT NULL,
  login_id BIGINT,
  person_id BIGINT,
  account_id BIGINT,
  object TEXT NOT NULL,
  object_id BIGINT,
  payload TEXT NOT NULL,
  seq BIGINT,
  hash TEXT
);
CREATE UNIQUE INDEX events_seq_key ON events (seq);
CREATE INDEX events_account ON events (account_id, at);
CREATE INDEX events_unsealed ON events (id) WHERE seq IS NULL;
CREATE TABLE event_values (
  event_id BIGINT NOT NULL REFERENCES events (id),
  name TEXT NOT NULL,
  value TEXT,
  salt TEXT NOT NULL,
  PRIMARY KEY (event_id, name)
);
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder BIGINT NOT NULL,
  until_at BIGINT NOT NULL
);

-- 0015_imports
-- Imports, what was wrong with their rows, every changed field, and the files themselves in pieces.
CREATE TABLE imports (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  origin TEXT NOT NULL,
  options TEXT NOT NULL,
  state TEXT NOT NULL,
  rows BIGINT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  conflicts BIGINT NOT NULL,
  unmapped TEXT NOT NULL,
  login_id BIGINT,
  received_at BIGINT NOT NULL,
  applied_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX imports_sha256 ON imports (sha256);
CREATE TABLE import_issues (
  import_id BIGINT NOT NULL REFERENCES imports (id),
  position BIGINT NOT NULL,
  line BIGINT,
  column_name TEXT,
  value TEXT,
  code TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
);
CREATE TABLE change_rows (
  id BIGINT PRIMARY KEY,
  import_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  object TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT
);
CREATE INDEX change_rows_import ON change_rows (import_id);
CREATE INDEX change_rows_object ON change_rows (object, object_id);
CREATE TABLE blobs (
  sha256 TEXT NOT NULL,
  piece BIGINT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (sha256, piece)
);

-- 0016_settings
-- Settings of the company and counters such as facts_version.
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('facts_version', 1);

-- 0017_search
-- Words of everything that can be found, for search by prefix.
CREATE TABLE search_entries (
  id BIGINT PRIMARY KEY,
  object TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  party_id BIGINT,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  weight BIGINT NOT NULL
);
CREATE UNIQUE INDEX search_entries_object_object_id_key ON search_entries (object, object_id);
CREATE TABLE search_words (
  word TEXT COLLATE "C" NOT NULL,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (word, entry_id)
);
CREATE INDEX search_words_entry ON search_words (entry_id);

-- 0018_waiting
-- Rows whose references are not known yet and whose table cannot keep a reference as text: links,
-- places of people, plans. They are tried again when parties or people arrive.
CREATE TABLE waiting_rows (
  id BIGINT PRIMARY KEY,
  import_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  fields TEXT NOT NULL
);
CREATE UNIQUE INDEX waiting_rows_kind_origin_fields_key ON waiting_rows (kind, origin, fields);
ALTER TABLE import_issues ADD COLUMN args TEXT;

-- 0019_event_digests
-- The salted digest of each personal value of an event: the chain holds it, so that the value can
-- be erased and a value that was changed is found.
ALTER TABLE event_values ADD COLUMN digest TEXT;

-- 0020_search_parties
-- The entries of the accounts that a viewer sees, for whoever sees few of them.
CREATE INDEX search_entries_party ON search_entries (party_id);

-- 0021_mails
-- Mails to be sent: written with their cause, sent by a job. The words may hold a link that is a
-- secret, so they are sealed with a key outside of the database and removed when the mail has gone.
CREATE TABLE mails (
  id BIGINT PRIMARY KEY,
  purpose TEXT NOT NULL,
  recipient TEXT NOT NULL,
  login_id BIGINT REFERENCES logins (id),
  sealed TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  ended_at BIGINT,
  result TEXT
);
CREATE INDEX mails_due ON mails (due_at) WHERE ended_at IS NULL;
CREATE INDEX mails_ended ON mails (ended_at);

-- 0022_sign_in
-- Sessions that their owner tells apart and ends, second steps, links that are used once, devices
-- that are known. Of every token only a digest is kept. Sessions of before have no number: they end.
DELETE FROM sessions;
ALTER TABLE sessions ADD COLUMN id BIGINT;
ALTER TABLE sessions ADD COLUMN name TEXT;
ALTER TABLE sessions ADD COLUMN network TEXT;
ALTER TABLE sessions ADD COLUMN proved_at BIGINT;
CREATE UNIQUE INDEX sessions_id_key ON sessions (id);
CREATE TABLE second_steps (
  login_id BIGINT PRIMARY KEY REFERENCES logins (id),
  sealed TEXT NOT NULL,
  is_used BIGINT NOT NULL CHECK (is_used IN (0, 1)),
  last_step BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE TABLE recovery_codes (
  login_id BIGINT NOT NULL REFERENCES logins (id),
  digest TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (login_id, digest)
);
CREATE TABLE half_sessions (
  digest TEXT PRIMARY KEY,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  tries BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE TABLE devices (
  digest TEXT NOT NULL,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  used_at BIGINT NOT NULL,
  PRIMARY KEY (digest, login_id)
);
CREATE TABLE login_links (
  digest TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,
  login_id BIGINT REFERENCES logins (id),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX login_links_login ON login_links (login_id);

-- 0043_jobs
-- What the program does by itself: one row for each periodic job and for each one-off that is left.
-- A node takes a row by a lease; a row without `next_at` waits for a person.
CREATE TABLE jobs (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  is_once BIGINT NOT NULL CHECK (is_once IN (0, 1)),
  next_at BIGINT,
  holder BIGINT,
  until_at BIGINT,
  tries BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  result TEXT
);
CREATE INDEX jobs_next_at ON jobs (next_at);

-- 0028_rights
-- Roles that reach certain accounts only, units of ours and the accounts they answer for, loans of
-- rights, and looks with another person's eyes. Days: the first is included, the last excluded.
CREATE TABLE unit_accounts (
  unit_id BIGINT NOT NULL REFERENCES supplier_units (id),
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  PRIMARY KEY (unit_id, account_id)
);
CREATE TABLE scoped_roles (
  id BIGINT PRIMARY KEY,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  role TEXT NOT NULL,
  account_id BIGINT REFERENCES accounts (id),
  unit_id BIGINT REFERENCES supplier_units (id),
  country TEXT,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE INDEX scoped_roles_login ON scoped_roles (login_id);
CREATE TABLE delegations (
  id BIGINT PRIMARY KEY,
  from_login BIGINT NOT NULL REFERENCES logins (id),
  to_login BIGINT NOT NULL REFERENCES logins (id),
  is_whole BIGINT NOT NULL CHECK (is_whole IN (0, 1)),
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE INDEX delegations_from ON delegations (from_login);
CREATE INDEX delegations_to ON delegations (to_login);
CREATE TABLE delegation_accounts (
  delegation_id BIGINT NOT NULL REFERENCES delegations (id),
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  PRIMARY KEY (delegation_id, account_id)
);
CREATE TABLE watches (
  digest TEXT PRIMARY KEY,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  since BIGINT NOT NULL
);
CREATE INDEX parties_country ON parties (country);

-- 0034_tokens
-- Keys of scripts: only the digest of the secret is kept, and its last letters to know it by.
CREATE TABLE tokens (
  id BIGINT PRIMARY KEY,
  digest TEXT NOT NULL,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  name TEXT NOT NULL,
  ending TEXT NOT NULL,
  scopes TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  revoked_at BIGINT
);
CREATE UNIQUE INDEX tokens_digest_key ON tokens (digest);
CREATE INDEX tokens_login ON tokens (login_id, made_at);

-- 0035_webhooks
-- Subscriptions to events. The events are the outbox: each subscription knows how far it has read
-- in the order of commits; secrets are sealed.
CREATE TABLE webhooks (
  id BIGINT PRIMARY KEY,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  address TEXT NOT NULL,
  names TEXT NOT NULL,
  state TEXT NOT NULL,
  secret TEXT NOT NULL,
  secret_before TEXT,
  before_until BIGINT,
  read_seq BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX webhooks_login ON webhooks (login_id);
CREATE TABLE deliveries (
  id BIGINT PRIMARY KEY,
  webhook_id BIGINT NOT NULL REFERENCES webhooks (id),
  event_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX deliveries_event_key ON deliveries (webhook_id, event_id);
CREATE INDEX deliveries_order ON deliveries (webhook_id, account_id, seq) WHERE state = 'waiting';
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE state = 'waiting';
CREATE TABLE delivery_tries (
  delivery_id BIGINT NOT NULL REFERENCES deliveries (id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  took_ms BIGINT NOT NULL,
  status BIGINT,
  fault TEXT,
  answer TEXT NOT NULL,
  PRIMARY KEY (delivery_id, number)
);

-- 0036_proposals
-- Changes that an assistant asks for; nothing else is written until a person confirms.
CREATE TABLE proposals (
  id BIGINT PRIMARY KEY,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  day TEXT,
  word TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  ended_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX proposals_login ON proposals (login_id, made_at);

-- 0037_append_only
-- Events are only added to: a row is linked once and never changed or taken away; a personal value
-- can be erased, its digest stays. `form` says how the link was written down; NULL is the first form.
ALTER TABLE events ADD COLUMN form BIGINT;
CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events are only added to, their values only erased'; END $$;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events FOR EACH ROW
WHEN (OLD.seq IS NOT NULL OR NEW.seq IS NULL OR NEW.hash IS NULL OR NEW.id IS DISTINCT FROM OLD.id
  OR NEW.name IS DISTINCT FROM OLD.name OR NEW.at IS DISTINCT FROM OLD.at
  OR NEW.login_id IS DISTINCT FROM OLD.login_id OR NEW.person_id IS DISTINCT FROM OLD.person_id
  OR NEW.account_id IS DISTINCT FROM OLD.account_id OR NEW.object IS DISTINCT FROM OLD.object
  OR NEW.object_id IS DISTINCT FROM OLD.object_id OR NEW.payload IS DISTINCT FROM OLD.payload)
EXECUTE FUNCTION events_refuse();
CREATE TRIGGER events_no_delete BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_refuse();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events EXECUTE FUNCTION events_refuse();
CREATE TRIGGER event_values_no_update BEFORE UPDATE ON event_values FOR EACH ROW
WHEN (NEW.value IS NOT NULL OR NEW.event_id IS DISTINCT FROM OLD.event_id
  OR NEW.name IS DISTINCT FROM OLD.name OR NEW.digest IS DISTINCT FROM OLD.digest)
EXECUTE FUNCTION events_refuse();
CREATE TRIGGER event_values_no_delete BEFORE DELETE ON event_values FOR EACH ROW EXECUTE FUNCTION events_refuse();
CREATE TRIGGER event_values_no_truncate BEFORE TRUNCATE ON event_values EXECUTE FUNCTION events_refuse();

-- 0038_audit
-- The audit is read by person, by object and by day; checkpoints tell what was given out of house.
CREATE INDEX events_at ON events (at);
CREATE INDEX events_login ON events (login_id, at);
CREATE INDEX events_object ON events (object, object_id, at);
CREATE TABLE checkpoints (
  id BIGINT PRIMARY KEY,
  place TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL,
  result TEXT NOT NULL,
  proof TEXT
);
CREATE INDEX checkpoints_place ON checkpoints (place, at);

-- 0031_api_answers
-- Answers to requests that carry an Idempotency-Key, kept for a day: the same request sent again is
-- answered from here and not done again. status 0: it is being answered.
CREATE TABLE api_answers (
  login_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  at BIGINT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (login_id, key)
);
CREATE INDEX api_answers_at_key ON api_answers (at);

-- 0025_identities
-- Logins that an outside provider vouches for: issuer and subject say who somebody is there.
CREATE TABLE identities (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  linked_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_login ON identities (login_id);
-- Sign-ins on their way over a provider; digests only, so that a reader of the table can finish none.
CREATE TABLE pending_logins (
  digest TEXT PRIMARY KEY,
  browser TEXT NOT NULL,
  provider TEXT NOT NULL,
  next TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
-- Which session came from which identity, for signing out at the provider and by the provider.
CREATE TABLE session_origins (
  digest TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  sid TEXT,
  hint TEXT
);
CREATE INDEX session_origins_issuer ON session_origins (issuer, subject);
-- Roles of the whole company that groups brought, and from where; a role given by hand is in no row.
CREATE TABLE group_roles (
  login_id BIGINT NOT NULL REFERENCES logins (id),
  role TEXT NOT NULL,
  issuer TEXT NOT NULL,
  PRIMARY KEY (login_id, role, issuer)
);

-- 0026_passkeys
-- Passkeys of a login, and ceremonies that have begun (`login_id` is empty for signing in).
CREATE TABLE passkeys (
  id BIGINT PRIMARY KEY,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  credential TEXT NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE UNIQUE INDEX passkeys_credential_key ON passkeys (credential);
CREATE INDEX passkeys_login ON passkeys (login_id);
CREATE TABLE ceremonies (
  digest TEXT PRIMARY KEY,
  login_id BIGINT REFERENCES logins (id),
  content TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);

-- 0050_comparisons
-- What an import would do, kept until somebody says whether it goes in; and the files of one drop.
ALTER TABLE imports ADD COLUMN drop_id BIGINT;
CREATE INDEX imports_drop_id ON imports (drop_id);
CREATE TABLE comparisons (
  import_id BIGINT PRIMARY KEY REFERENCES imports (id),
  fingerprint TEXT NOT NULL,
  columns TEXT NOT NULL,
  effect TEXT NOT NULL
);
CREATE TABLE comparison_rows (
  import_id BIGINT NOT NULL REFERENCES imports (id),
  position BIGINT NOT NULL,
  line BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  label TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (import_id, position)
);
CREATE TABLE recipes (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  headings TEXT NOT NULL,
  body TEXT NOT NULL,
  uses BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX recipes_key ON recipes (origin, headings);

-- 0055_reversals
-- What an import brought can be taken back: which import a row came with, what a change follows from.
ALTER TABLE imports ADD COLUMN reversed_at BIGINT;
ALTER TABLE change_rows ADD COLUMN cause_id BIGINT;
CREATE INDEX change_rows_cause ON change_rows (cause_id) WHERE cause_id IS NOT NULL;
ALTER TABLE external_ids ADD COLUMN import_id BIGINT;
ALTER TABLE party_names ADD COLUMN import_id BIGINT;
ALTER TABLE opportunity_stages ADD COLUMN import_id BIGINT;
ALTER TABLE interaction_people ADD COLUMN import_id BIGINT;
ALTER TABLE rates ADD COLUMN import_id BIGINT;
CREATE INDEX sales_lines_import ON sales_lines (import_id, line);

-- 0060_participants
-- Who took part without being known: the name that was written, and what was decided on an address.
ALTER TABLE interaction_people ADD COLUMN name TEXT;
CREATE TABLE participant_decisions (
  address TEXT PRIMARY KEY,
  person_id BIGINT REFERENCES persons (id),
  decided_at BIGINT NOT NULL
);
CREATE INDEX participant_decisions_person ON participant_decisions (person_id);
CREATE INDEX interaction_people_unknown ON interaction_people (person_ref) WHERE person_id IS NULL;
