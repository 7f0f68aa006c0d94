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
