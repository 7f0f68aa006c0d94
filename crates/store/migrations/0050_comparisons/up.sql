-- What an import would do, kept until somebody says whether it goes in; and the files of one drop.
ALTER TABLE imports ADD COLUMN drop_id BIGINT;
CREATE INDEX imports_drop_id ON imports (drop_id);
CREATE TABLE comparisons (
  import_id BIGINT PRIMARY KEY REFERENCES imports (id),
  fingerprint TEXT NOT NULL,
  columns TEXT NOT NULL,
  effect TEXT NOT NULL
);
CREATE TABLE comparison_rows (
  import_id BIGINT NOT NULL REFERENCES imports (id),
  position BIGINT NOT NULL,
  line BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  label TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT,
  PRIMARY KEY (import_id, position)
);
CREATE TABLE recipes (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  headings TEXT NOT NULL,
  body TEXT NOT NULL,
  uses BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX recipes_key ON recipes (origin, headings);
