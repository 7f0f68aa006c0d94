-- Interactions and who took part.
CREATE TABLE interactions (
  id BIGINT PRIMARY KEY,
  party_id BIGINT,
  party_ref TEXT,
  type TEXT NOT NULL,
  day TEXT NOT NULL,
  time TEXT,
  subject TEXT,
  minutes BIGINT,
  source TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX interactions_party ON interactions (party_id, day);
CREATE TABLE interaction_people (
  interaction_id BIGINT NOT NULL REFERENCES interactions (id),
  person_ref TEXT NOT NULL,
  person_id BIGINT,
  side TEXT NOT NULL,
  PRIMARY KEY (interaction_id, person_ref)
);
CREATE INDEX interaction_people_person ON interaction_people (person_id);
