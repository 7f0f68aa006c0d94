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
