-- What a station puts on record besides its hours: seals and agents on opening, the line at the hour
-- of closing, its tokens. A store that was made before has none of them, and needs none.
ALTER TABLE operations.station_day
    ADD COLUMN seals text[] NOT NULL DEFAULT '{}',
    ADD COLUMN agents bigint NOT NULL DEFAULT 0 CHECK (agents >= 0),
    ADD COLUMN waiting bigint CHECK (waiting BETWEEN 1 AND ballots),
    ADD COLUMN waiting_ns bigint CHECK (waiting_ns >= opened_ns),
    ADD CHECK ((waiting IS NULL) = (waiting_ns IS NULL));

-- The line is counted once. The station does not close while a token waits.
CREATE FUNCTION operations.queue_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.waiting, NEW.waiting_ns) IS DISTINCT FROM (OLD.waiting, OLD.waiting_ns) THEN
        RAISE EXCEPTION 'counted' USING ERRCODE = 'SQ013', DETAIL = OLD.station;
    END IF;
    IF NEW.closed_ns IS NOT NULL AND OLD.waiting > (
        SELECT count(*) FROM operations.station_token
        WHERE event = OLD.event AND station = OLD.station
    ) THEN
        RAISE EXCEPTION 'tokens wait' USING ERRCODE = 'SQ014', DETAIL = OLD.station;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER queue_stays BEFORE UPDATE ON operations.station_day
    FOR EACH ROW WHEN (OLD.waiting IS NOT NULL AND OLD.closed_ns IS NULL)
    EXECUTE FUNCTION operations.queue_stays();

-- One row for each token that is used or void.
CREATE TABLE operations.station_token (
    event text COLLATE "C" NOT NULL,
    station text COLLATE "C" NOT NULL,
    token integer NOT NULL CHECK (token > 0),
    fate text NOT NULL CHECK (fate IN ('used', 'void')),
    at_ns bigint NOT NULL,
    PRIMARY KEY (event, station, token)
);

-- No token but those that were issued, and none after the close. The lock on the station's day lets
-- two reports of one station follow one another.
CREATE FUNCTION operations.token_was_issued() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day operations.station_day;
BEGIN
    SELECT * INTO day FROM operations.station_day
        WHERE event = NEW.event AND station = NEW.station FOR NO KEY UPDATE;
    IF day.waiting IS NULL OR day.closed_ns IS NOT NULL THEN
        RAISE EXCEPTION 'no queue' USING ERRCODE = 'SQ015', DETAIL = NEW.station;
    END IF;
    IF NEW.token NOT BETWEEN 1 AND day.waiting THEN
        RAISE EXCEPTION 'no such token' USING ERRCODE = 'SQ016', DETAIL = NEW.station;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER token_was_issued BEFORE INSERT ON operations.station_token
    FOR EACH ROW EXECUTE FUNCTION operations.token_was_issued();

-- The entries of the journal by which a station alone reported, so that it is shown their numbers
-- without a search through the journal.
CREATE TABLE operations.station_entry (
    event text COLLATE "C" NOT NULL,
    station text COLLATE "C" NOT NULL,
    entry bigint NOT NULL,
    at_ns bigint NOT NULL,
    act text NOT NULL,
    hour smallint,
    PRIMARY KEY (event, station, entry)
);

GRANT SELECT ON operations.station_token, operations.station_entry TO sanduq_public,
    sanduq_executive, sanduq_supervision, sanduq_registrar, sanduq_station, sanduq_technical;
GRANT INSERT ON operations.station_token, operations.station_entry
    TO sanduq_executive, sanduq_station;
GRANT UPDATE (waiting, waiting_ns) ON operations.station_day TO sanduq_executive, sanduq_station;
