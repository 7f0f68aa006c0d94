-- Criteria in sets and the judgements on them.
CREATE TABLE criteria (
  set_name TEXT NOT NULL,
  key TEXT NOT NULL,
  position BIGINT NOT NULL,
  axis TEXT,
  weight_ppm BIGINT NOT NULL,
  source TEXT NOT NULL,
  limits TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (set_name, key)
);
CREATE TABLE judgements (
  id BIGINT PRIMARY KEY,
  party_id BIGINT,
  party_ref TEXT,
  set_name TEXT NOT NULL,
  key TEXT NOT NULL,
  value BIGINT CHECK (value BETWEEN 1 AND 5),
  raw DOUBLE PRECISION,
  judge_id BIGINT,
  judge_ref TEXT,
  on_day TEXT NOT NULL,
  evidence TEXT,
  round TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX judgements_party ON judgements (party_id);
