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
