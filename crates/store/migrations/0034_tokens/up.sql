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
