-- Events, their law and geography, the day of the stations, publications. Times are nanoseconds
-- since 1970 in UTC, so that they come back as they were handed in.
CREATE SCHEMA operations;
GRANT USAGE ON SCHEMA operations TO sanduq_public, sanduq_executive, sanduq_supervision,
    sanduq_registrar, sanduq_station, sanduq_technical;

CREATE TABLE operations.event (
    code text COLLATE "C" PRIMARY KEY,
    names text NOT NULL,
    registered bigint CHECK (registered >= 0),
    roll_digest text,
    CHECK ((registered IS NULL) = (roll_digest IS NULL))
);

-- A roll is frozen once.
CREATE FUNCTION operations.frozen_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the roll of % is frozen', OLD.code USING ERRCODE = 'SQ002';
END
$$;

CREATE TRIGGER frozen_stays BEFORE UPDATE ON operations.event
    FOR EACH ROW WHEN (OLD.registered IS NOT NULL) EXECUTE FUNCTION operations.frozen_stays();

CREATE TABLE operations.law_text (
    event text COLLATE "C" NOT NULL REFERENCES operations.event,
    kind text NOT NULL CHECK (kind IN ('profile', 'form', 'seat_rule')),
    position integer NOT NULL,
    code text COLLATE "C" NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (event, kind, code)
);

CREATE UNIQUE INDEX one_profile ON operations.law_text (event) WHERE kind = 'profile';

-- `walk` numbers the units so that what lies below one, itself included, has the numbers from its
-- own to `walk_last`.
CREATE TABLE operations.unit (
    event text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    position integer NOT NULL,
    parent text COLLATE "C",
    level smallint NOT NULL,
    station boolean NOT NULL,
    walk integer NOT NULL,
    walk_last integer NOT NULL CHECK (walk_last >= walk),
    names text NOT NULL,
    registered bigint CHECK (registered >= 0),
    north integer,
    east integer,
    PRIMARY KEY (code, event)
);

-- Each unit with the units below it, itself included.
CREATE VIEW operations.below AS
SELECT top.event, top.code AS top, unit.code, unit.station
FROM operations.unit AS top
JOIN operations.unit ON unit.event = top.event AND unit.walk BETWEEN top.walk AND top.walk_last;

-- Every report of stations (openings, closings, the figures of an hour) has a number, under which
-- its entry in the journal and the rows that it brought find each other. Numbers rise and may have
-- gaps.
CREATE SEQUENCE operations.report;

CREATE TABLE operations.station_day (
    event text COLLATE "C" NOT NULL,
    station text COLLATE "C" NOT NULL,
    opened_ns bigint NOT NULL,
    ballots bigint NOT NULL CHECK (ballots > 0),
    closed_ns bigint CHECK (closed_ns >= opened_ns),
    opened_report bigint NOT NULL,
    closed_report bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (event, station)
);

CREATE FUNCTION operations.closed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'closed' USING ERRCODE = 'SQ003', DETAIL = OLD.station;
END
$$;

CREATE TRIGGER closed_stays BEFORE UPDATE ON operations.station_day
    FOR EACH ROW WHEN (OLD.closed_ns IS NOT NULL) EXECUTE FUNCTION operations.closed_stays();

-- Cumulative figures at a full hour. Sixty thousand stations report at the same minute, so the key
-- begins with a bucket.
CREATE TABLE operations.station_hour (
    bucket smallint NOT NULL,
    event text COLLATE "C" NOT NULL,
    station text COLLATE "C" NOT NULL,
    hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 24),
    came bigint NOT NULL,
    voted bigint NOT NULL CHECK (voted BETWEEN 0 AND came),
    report bigint NOT NULL,
    PRIMARY KEY (bucket, event, station, hour)
);

-- An hour is reported once, in order, by a station that has opened; came is never below voted, and
-- neither goes down. The lock on the station's day lets two reports of one station follow one
-- another.
CREATE FUNCTION operations.hours_go_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last operations.station_hour;
BEGIN
    PERFORM FROM operations.station_day
        WHERE event = NEW.event AND station = NEW.station FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not opened' USING ERRCODE = 'SQ004', DETAIL = NEW.station;
    END IF;
    SELECT * INTO last FROM operations.station_hour
        WHERE bucket = NEW.bucket AND event = NEW.event AND station = NEW.station
        ORDER BY hour DESC LIMIT 1;
    IF NEW.hour NOT BETWEEN 0 AND 24 THEN
        RAISE EXCEPTION 'no such hour' USING ERRCODE = 'SQ009', DETAIL = NEW.station;
    END IF;
    IF last.hour >= NEW.hour THEN
        RAISE EXCEPTION 'hour past' USING ERRCODE = 'SQ005', DETAIL = NEW.station;
    END IF;
    IF NEW.voted > NEW.came THEN
        RAISE EXCEPTION 'more voted than came' USING ERRCODE = 'SQ010', DETAIL = NEW.station;
    END IF;
    IF last.came > NEW.came OR last.voted > NEW.voted THEN
        RAISE EXCEPTION 'went down' USING ERRCODE = 'SQ006', DETAIL = NEW.station;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER hours_go_up BEFORE INSERT ON operations.station_hour
    FOR EACH ROW EXECUTE FUNCTION operations.hours_go_up();

CREATE TABLE operations.seal (
    event text COLLATE "C" NOT NULL REFERENCES operations.event,
    snapshot text COLLATE "C" NOT NULL,
    manifest text NOT NULL,
    at_ns bigint NOT NULL,
    PRIMARY KEY (event, snapshot)
);

GRANT SELECT ON ALL TABLES IN SCHEMA operations TO sanduq_public, sanduq_executive,
    sanduq_supervision, sanduq_registrar, sanduq_station, sanduq_technical;
GRANT INSERT ON operations.event, operations.law_text, operations.unit, operations.seal
    TO sanduq_executive;
GRANT UPDATE (registered, roll_digest) ON operations.event TO sanduq_registrar;
GRANT UPDATE (registered) ON operations.unit TO sanduq_registrar;
GRANT INSERT ON operations.station_day, operations.station_hour
    TO sanduq_executive, sanduq_station;
GRANT UPDATE (closed_ns, closed_report) ON operations.station_day
    TO sanduq_executive, sanduq_station;
GRANT USAGE ON SEQUENCE operations.report TO sanduq_executive, sanduq_station;
