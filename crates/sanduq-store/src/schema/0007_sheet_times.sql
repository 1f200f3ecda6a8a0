-- The acts on a sheet are dated in the order in which they are done: none before the one that it
-- follows, nor before the last act on the version before it.
CREATE FUNCTION votes.time_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'earlier' USING ERRCODE = 'SQ011', DETAIL = NEW.station;
END
$$;

CREATE TRIGGER time_goes_on BEFORE UPDATE ON votes.sheet
    FOR EACH ROW WHEN (NEW.at_ns < OLD.at_ns) EXECUTE FUNCTION votes.time_goes_on();

CREATE OR REPLACE FUNCTION votes.version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before bigint;
BEGIN
    SELECT at_ns INTO before FROM votes.sheet
        WHERE event = NEW.event AND contest = NEW.contest AND station = NEW.station
            AND version = NEW.version - 1 AND state IN ('returned', 'superseded', 'quarantined');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'version % of sheet % of % follows none that it may follow',
            NEW.version, NEW.station, NEW.contest USING ERRCODE = 'SQ008';
    END IF;
    IF NEW.at_ns < before THEN
        RAISE EXCEPTION 'earlier' USING ERRCODE = 'SQ011', DETAIL = NEW.station;
    END IF;
    RETURN NULL;
END
$$;
