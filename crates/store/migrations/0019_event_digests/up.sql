-- The salted digest of each personal value of an event: the chain holds it, so that the value can
-- be erased and a value that was changed is found.
ALTER TABLE event_values ADD COLUMN digest TEXT;
