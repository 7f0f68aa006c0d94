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
