-- What an import brought can be taken back: which import a row came with, what a change follows from.
ALTER TABLE imports ADD COLUMN reversed_at BIGINT;
ALTER TABLE change_rows ADD COLUMN cause_id BIGINT;
CREATE INDEX change_rows_cause ON change_rows (cause_id) WHERE cause_id IS NOT NULL;
ALTER TABLE external_ids ADD COLUMN import_id BIGINT;
ALTER TABLE party_names ADD COLUMN import_id BIGINT;
ALTER TABLE opportunity_stages ADD COLUMN import_id BIGINT;
ALTER TABLE interaction_people ADD COLUMN import_id BIGINT;
ALTER TABLE rates ADD COLUMN import_id BIGINT;
CREATE INDEX sales_lines_import ON sales_lines (import_id, line);
