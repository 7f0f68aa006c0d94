-- Opportunities with the history of their stages.
CREATE TABLE opportunities (
  id BIGINT PRIMARY KEY,
  party_id BIGINT,
  party_ref TEXT,
  product_id BIGINT,
  product_ref TEXT,
  name TEXT,
  type TEXT,
  amount_minor BIGINT,
  currency TEXT,
  stage TEXT NOT NULL,
  probability DOUBLE PRECISION,
  opened_on TEXT,
  close_on TEXT,
  owner_id BIGINT,
  owner_ref TEXT,
  custom TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX opportunities_party ON opportunities (party_id);
CREATE INDEX opportunities_party_ref ON opportunities (party_ref) WHERE party_id IS NULL;
CREATE TABLE opportunity_stages (
  opportunity_id BIGINT NOT NULL REFERENCES opportunities (id),
  stage TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (opportunity_id, since, stage)
);
