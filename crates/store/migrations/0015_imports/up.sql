-- Imports, what was wrong with their rows, every changed field, and the files themselves in pieces.
CREATE TABLE imports (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  origin TEXT NOT NULL,
  options TEXT NOT NULL,
  state TEXT NOT NULL,
  rows BIGINT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  conflicts BIGINT NOT NULL,
  unmapped TEXT NOT NULL,
  login_id BIGINT,
  received_at BIGINT NOT NULL,
  applied_at BIGINT,
  version BIGINT NOT NULL
);
CREATE INDEX imports_sha256 ON imports (sha256);
CREATE TABLE import_issues (
  import_id BIGINT NOT NULL REFERENCES imports (id),
  position BIGINT NOT NULL,
  line BIGINT,
  column_name TEXT,
  value TEXT,
  code TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
);
CREATE TABLE change_rows (
  id BIGINT PRIMARY KEY,
  import_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  object TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT
);
CREATE INDEX change_rows_import ON change_rows (import_id);
CREATE INDEX change_rows_object ON change_rows (object, object_id);
CREATE TABLE blobs (
  sha256 TEXT NOT NULL,
  piece BIGINT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (sha256, piece)
);
