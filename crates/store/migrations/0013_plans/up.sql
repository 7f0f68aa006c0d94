-- Plans with goals, objectives, actions and risks; a text may exist in both languages.
CREATE TABLE plans (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  label TEXT NOT NULL,
  state TEXT NOT NULL,
  situation_en TEXT,
  situation_fr TEXT,
  decision_en TEXT,
  decision_fr TEXT,
  updated_on TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX plans_account ON plans (account_id);
CREATE TABLE plan_goals (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  position BIGINT NOT NULL,
  text_en TEXT,
  text_fr TEXT
);
CREATE INDEX plan_goals_plan ON plan_goals (plan_id);
CREATE TABLE objectives (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  position BIGINT NOT NULL,
  ref TEXT,
  text_en TEXT,
  text_fr TEXT,
  metric_en TEXT,
  metric_fr TEXT,
  unit TEXT,
  baseline DOUBLE PRECISION,
  target DOUBLE PRECISION,
  current_value DOUBLE PRECISION,
  due_on TEXT,
  horizon TEXT,
  type TEXT,
  owner_id BIGINT,
  owner_ref TEXT,
  customer_owner_id BIGINT,
  customer_owner_ref TEXT,
  state TEXT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX objectives_plan ON objectives (plan_id);
CREATE TABLE actions (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  plan_id BIGINT REFERENCES plans (id),
  objective_id BIGINT REFERENCES objectives (id),
  ref TEXT,
  text_en TEXT,
  text_fr TEXT,
  owner_id BIGINT,
  owner_ref TEXT,
  due_on TEXT,
  done_on TEXT,
  state TEXT NOT NULL,
  note_en TEXT,
  note_fr TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX actions_account ON actions (account_id);
CREATE INDEX actions_owner ON actions (owner_id);
CREATE TABLE risks (
  id BIGINT PRIMARY KEY,
  plan_id BIGINT NOT NULL REFERENCES plans (id),
  position BIGINT NOT NULL,
  ref TEXT,
  text_en TEXT,
  text_fr TEXT,
  probability BIGINT CHECK (probability BETWEEN 1 AND 5),
  impact_minor BIGINT,
  currency TEXT,
  sign_en TEXT,
  sign_fr TEXT,
  prevention_en TEXT,
  prevention_fr TEXT,
  reaction_en TEXT,
  reaction_fr TEXT,
  owner_id BIGINT,
  owner_ref TEXT,
  version BIGINT NOT NULL
);
CREATE INDEX risks_plan ON risks (plan_id);
