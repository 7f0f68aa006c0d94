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
