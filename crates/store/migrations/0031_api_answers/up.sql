-- Answers to requests that carry an Idempotency-Key, kept for a day: the same request sent again is
-- answered from here and not done again. status 0: it is being answered.
CREATE TABLE api_answers (
  login_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  at BIGINT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (login_id, key)
);
CREATE INDEX api_answers_at_key ON api_answers (at);
