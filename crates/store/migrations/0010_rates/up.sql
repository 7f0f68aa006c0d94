-- Units of a currency for one euro, × 100,000,000; the means of months are kept with the days.
CREATE TABLE rates (
  currency TEXT NOT NULL,
  day TEXT NOT NULL,
  rate_e8 BIGINT NOT NULL,
  PRIMARY KEY (currency, day)
);
CREATE TABLE month_rates (
  currency TEXT NOT NULL,
  ym BIGINT NOT NULL,
  rate_e8 BIGINT NOT NULL,
  days BIGINT NOT NULL,
  PRIMARY KEY (currency, ym)
);
CREATE TABLE budget_rates (
  fiscal_year BIGINT NOT NULL,
  currency TEXT NOT NULL,
  rate_e8 BIGINT NOT NULL,
  PRIMARY KEY (fiscal_year, currency)
);
