-- Persons of any side, where they work, which accounts they serve, and opinions with an author.
CREATE TABLE persons (
  id BIGINT PRIMARY KEY,
  side TEXT NOT NULL,
  name TEXT NOT NULL,
  first_name TEXT,
  last_name TEXT,
  folded TEXT NOT NULL,
  title TEXT,
  function_code TEXT,
  email TEXT,
  phone TEXT,
  lang TEXT,
  custom TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX persons_folded ON persons (folded);
CREATE INDEX persons_email ON persons (email);
CREATE TABLE affiliations (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES persons (id),
  party_id BIGINT NOT NULL REFERENCES parties (id),
  title TEXT,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE INDEX affiliations_person ON affiliations (person_id);
CREATE INDEX affiliations_party ON affiliations (party_id);
CREATE TABLE assignments (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES persons (id),
  account_id BIGINT REFERENCES accounts (id),
  role TEXT NOT NULL,
  fte_ppm BIGINT,
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL
);
CREATE INDEX assignments_person ON assignments (person_id);
CREATE INDEX assignments_account ON assignments (account_id);
CREATE TABLE stakeholder_assessments (
  id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES persons (id),
  party_id BIGINT NOT NULL REFERENCES parties (id),
  buying_roles TEXT,
  influence BIGINT,
  stance BIGINT,
  strength BIGINT,
  motive TEXT,
  assessed_on TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  author_id BIGINT,
  author_ref TEXT
);
CREATE INDEX stakeholder_assessments_person ON stakeholder_assessments (person_id);
