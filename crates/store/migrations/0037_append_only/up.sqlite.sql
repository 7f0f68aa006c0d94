-- Events are only added to: a row is linked once and never changed or taken away; a personal value
-- can be erased, its digest stays. `form` says how the link was written down; NULL is the first form.
ALTER TABLE events ADD COLUMN form BIGINT;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
WHEN OLD.seq IS NOT NULL OR NEW.seq IS NULL OR NEW.hash IS NULL OR NEW.id IS NOT OLD.id
  OR NEW.name IS NOT OLD.name OR NEW.at IS NOT OLD.at OR NEW.login_id IS NOT OLD.login_id
  OR NEW.person_id IS NOT OLD.person_id OR NEW.account_id IS NOT OLD.account_id
  OR NEW.object IS NOT OLD.object OR NEW.object_id IS NOT OLD.object_id
  OR NEW.payload IS NOT OLD.payload
BEGIN SELECT RAISE(ABORT, 'events are only added to'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are only added to'); END;
CREATE TRIGGER event_values_no_update BEFORE UPDATE ON event_values
WHEN NEW.value IS NOT NULL OR NEW.event_id IS NOT OLD.event_id OR NEW.name IS NOT OLD.name
  OR NEW.digest IS NOT OLD.digest
BEGIN SELECT RAISE(ABORT, 'values of events are only erased'); END;
CREATE TRIGGER event_values_no_delete BEFORE DELETE ON event_values
BEGIN SELECT RAISE(ABORT, 'values of events are only erased'); END;
