-- Cost-to-serve of a party over a period (last day included), contracts, our own entities.
CREATE TABLE costs (
  id BIGINT PRIMARY KEY,
  party_id BIGINT,
  party_ref TEXT,
  type TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX costs_party ON costs (party_id);
CREATE TABLE contracts (
  id BIGINT PRIMARY KEY,
  party_id BIGINT NOT NULL REFERENCES parties (id),
  type TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT,
  notice_days BIGINT,
  note TEXT,
  version BIGINT NOT NULL
);
CREATE TABLE supplier_units (
  id BIGINT PRIMARY KEY,
  parent_id BIGINT REFERENCES supplier_units (id),
  kind TEXT NOT NULL CHECK (kind IN ('entity', 'unit', 'territory')),
  name TEXT NOT NULL,
  country TEXT,
  currency TEXT,
  version BIGINT NOT NULL
);
