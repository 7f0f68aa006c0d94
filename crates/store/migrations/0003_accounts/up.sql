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
