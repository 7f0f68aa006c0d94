-- Mails to be sent: written with their cause, sent by a job. The words may hold a link that is a
-- secret, so they are sealed with a key outside of the database and removed when the mail has gone.
CREATE TABLE mails (
  id BIGINT PRIMARY KEY,
  purpose TEXT NOT NULL,
  recipient TEXT NOT NULL,
  login_id BIGINT REFERENCES logins (id),
  sealed TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  ended_at BIGINT,
  result TEXT
);
CREATE INDEX mails_due ON mails (due_at) WHERE ended_at IS NULL;
CREATE INDEX mails_ended ON mails (ended_at);
