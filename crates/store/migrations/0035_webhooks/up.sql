-- Subscriptions to events. The events are the outbox: each subscription knows how far it has read
-- in the order of commits; secrets are sealed.
CREATE TABLE webhooks (
  id BIGINT PRIMARY KEY,
  login_id BIGINT NOT NULL REFERENCES logins (id),
  address TEXT NOT NULL,
  names TEXT NOT NULL,
  state TEXT NOT NULL,
  secret TEXT NOT NULL,
  secret_before TEXT,
  before_until BIGINT,
  read_seq BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX webhooks_login ON webhooks (login_id);
CREATE TABLE deliveries (
  id BIGINT PRIMARY KEY,
  webhook_id BIGINT NOT NULL REFERENCES webhooks (id),
  event_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  tries BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX deliveries_event_key ON deliveries (webhook_id, event_id);
CREATE INDEX deliveries_order ON deliveries (webhook_id, account_id, seq) WHERE state = 'waiting';
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE state = 'waiting';
CREATE TABLE delivery_tries (
  delivery_id BIGINT NOT NULL REFERENCES deliveries (id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  took_ms BIGINT NOT NULL,
  status BIGINT,
  fault TEXT,
  answer TEXT NOT NULL,
  PRIMARY KEY (delivery_id, number)
);
