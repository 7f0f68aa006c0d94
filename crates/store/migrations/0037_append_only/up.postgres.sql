-- Events are only added to: a row is linked once and never changed or taken away; a personal value
-- can be erased, its digest stays. `form` says how the link was written down; NULL is the first form.
ALTER TABLE events ADD COLUMN form BIGINT;
CREATE FUNCTION events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events are only added to, their values only erased'; END $$;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events FOR EACH ROW
WHEN (OLD.seq IS NOT NULL OR NEW.seq IS NULL OR NEW.hash IS NULL OR NEW.id IS DISTINCT FROM OLD.id
  OR NEW.name IS DISTINCT FROM OLD.name OR NEW.at IS DISTINCT FROM OLD.at
  OR NEW.login_id IS DISTINCT FROM OLD.login_id OR NEW.person_id IS DISTINCT FROM OLD.person_id
  OR NEW.account_id IS DISTINCT FROM OLD.account_id OR NEW.object IS DISTINCT FROM OLD.object
  OR NEW.object_id IS DISTINCT FROM OLD.object_id OR NEW.payload IS DISTINCT FROM OLD.payload)
EXECUTE FUNCTION events_refuse();
CREATE TRIGGER events_no_delete BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION events_refuse();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events EXECUTE FUNCTION events_refuse();
CREATE TRIGGER event_values_no_update BEFORE UPDATE ON event_values FOR EACH ROW
WHEN (NEW.value IS NOT NULL OR NEW.event_id IS DISTINCT FROM OLD.event_id
  OR NEW.name IS DISTINCT FROM OLD.name OR NEW.digest IS DISTINCT FROM OLD.digest)
EXECUTE FUNCTION events_refuse();
CREATE TRIGGER event_values_no_delete BEFORE DELETE ON event_values FOR EACH ROW EXECUTE FUNCTION events_refuse();
CREATE TRIGGER event_values_no_truncate BEFORE TRUNCATE ON event_values EXECUTE FUNCTION events_refuse();
