-- Sales lines and their roll-ups. Party 0 is "no party known yet", product 0 likewise.
CREATE TABLE sales_lines (
  id BIGINT PRIMARY KEY,
  import_id BIGINT NOT NULL,
  line BIGINT NOT NULL,
  origin TEXT NOT NULL,
  identity TEXT NOT NULL,
  day TEXT NOT NULL,
  ym BIGINT NOT NULL,
  party_id BIGINT NOT NULL,
  party_ref TEXT,
  product_id BIGINT NOT NULL,
  product_ref TEXT,
  document TEXT,
  quantity_e4 BIGINT,
  unit_price_e4 BIGINT,
  amount_minor BIGINT NOT NULL,
  cost_minor BIGINT,
  currency TEXT NOT NULL,
  kind TEXT NOT NULL,
  original TEXT,
  ship_to TEXT,
  bill_to TEXT,
  selling_entity TEXT,
  channel TEXT,
  is_intercompany BIGINT NOT NULL CHECK (is_intercompany IN (0, 1)),
  digest BIGINT NOT NULL
);
CREATE UNIQUE INDEX sales_lines_origin_identity_key ON sales_lines (origin, identity);
CREATE INDEX sales_lines_party_ref ON sales_lines (party_ref) WHERE party_id = 0;
CREATE INDEX sales_lines_product_ref ON sales_lines (product_ref) WHERE product_id = 0;
CREATE TABLE fact_party_month (
  party_id BIGINT NOT NULL,
  ym BIGINT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  cost_minor BIGINT NOT NULL,
  costed_minor BIGINT NOT NULL,
  quantity_e4 BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  costed_lines BIGINT NOT NULL,
  PRIMARY KEY (party_id, ym, currency)
);
CREATE TABLE fact_party_product_month (
  party_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  ym BIGINT NOT NULL,
  currency TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  cost_minor BIGINT NOT NULL,
  costed_minor BIGINT NOT NULL,
  quantity_e4 BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  costed_lines BIGINT NOT NULL,
  PRIMARY KEY (party_id, product_id, ym, currency)
);
