-- Products. Prices are in 1/10,000 of the currency's major unit.
CREATE TABLE products (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  name_fr TEXT,
  folded TEXT NOT NULL,
  family TEXT,
  business_unit TEXT,
  unit TEXT,
  list_price_e4 BIGINT,
  unit_cost_e4 BIGINT,
  currency TEXT,
  life_cycle TEXT,
  launched_on TEXT,
  end_on TEXT,
  custom TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX products_folded ON products (folded);
