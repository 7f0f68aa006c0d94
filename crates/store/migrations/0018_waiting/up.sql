-- Rows whose references are not known yet and whose table cannot keep a reference as text: links,
-- places of people, plans. They are tried again when parties or people arrive.
CREATE TABLE waiting_rows (
  id BIGINT PRIMARY KEY,
  import_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  kind TEXT NOT NULL,
  origin TEXT NOT NULL,
  fields TEXT NOT NULL
);
CREATE UNIQUE INDEX waiting_rows_kind_origin_fields_key ON waiting_rows (kind, origin, fields);
ALTER TABLE import_issues ADD COLUMN args TEXT;
