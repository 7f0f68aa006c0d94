-- The audit is read by person, by object and by day; checkpoints tell what was given out of house.
CREATE INDEX events_at ON events (at);
CREATE INDEX events_login ON events (login_id, at);
CREATE INDEX events_object ON events (object, object_id, at);
CREATE TABLE checkpoints (
  id BIGINT PRIMARY KEY,
  place TEXT NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL,
  result TEXT NOT NULL,
  proof TEXT
);
CREATE INDEX checkpoints_place ON checkpoints (place, at);
