-- Who took part without being known: the name that was written, and what was decided on an address.
ALTER TABLE interaction_people ADD COLUMN name TEXT;
CREATE TABLE participant_decisions (
  address TEXT PRIMARY KEY,
  person_id BIGINT REFERENCES persons (id),
  decided_at BIGINT NOT NULL
);
CREATE INDEX participant_decisions_person ON participant_decisions (person_id);
CREATE INDEX interaction_people_unknown ON interaction_people (person_ref) WHERE person_id IS NULL;
