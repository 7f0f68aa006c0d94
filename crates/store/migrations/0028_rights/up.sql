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
