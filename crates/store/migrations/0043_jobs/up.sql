-- What the program does by itself: one row for each periodic job and for each one-off that is left.
-- A node takes a row by a lease; a row without `next_at` waits for a person.
CREATE TABLE jobs (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  is_once BIGINT NOT NULL CHECK (is_once IN (0, 1)),
  next_at BIGINT,
  holder BIGINT,
  until_at BIGINT,
  tries BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  result TEXT
);
CREATE INDEX jobs_next_at ON jobs (next_at);
