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
