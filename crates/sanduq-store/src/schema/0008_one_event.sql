-- A store holds one event: it has one journal, whose entries do not name the event that they are
-- of. The index holds in whatever transaction; the guard says which event is there. Two calls at
-- once take turns, so that the second one sees the first.
CREATE UNIQUE INDEX one_event ON operations.event ((true));

CREATE FUNCTION operations.one_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    known text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('operations.one_event'));
    SELECT code INTO known FROM operations.event WHERE code <> NEW.code LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'second event' USING ERRCODE = 'SQ012', DETAIL = known;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER one_event BEFORE INSERT ON operations.event
    FOR EACH ROW EXECUTE FUNCTION operations.one_event();
