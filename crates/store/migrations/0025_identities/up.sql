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
