-- Contests and sheets. Who handles people has no way in: neither the registrar nor a station may
-- even name this schema.
CREATE SCHEMA votes;
GRANT USAGE ON SCHEMA votes TO sanduq_public, sanduq_executive, sanduq_supervision;

CREATE TABLE votes.contest (
    event text COLLATE "C" NOT NULL REFERENCES operations.event,
    code text COLLATE "C" NOT NULL,
    position integer NOT NULL,
    unit text COLLATE "C" NOT NULL,
    form text COLLATE "C" NOT NULL,
    definition text NOT NULL,
    released boolean NOT NULL DEFAULT false,
    PRIMARY KEY (event, code),
    UNIQUE (event, position)
);

CREATE FUNCTION votes.released_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'contest % is released', OLD.code USING ERRCODE = 'SQ007';
END
$$;

CREATE TRIGGER released_stays BEFORE UPDATE ON votes.contest
    FOR EACH ROW WHEN (OLD.released) EXECUTE FUNCTION votes.released_stays();

-- Lots drawn for the seats of a contest, in the order of drawing.
CREATE TABLE votes.lot (
    event text COLLATE "C" NOT NULL,
    contest text COLLATE "C" NOT NULL,
    position integer NOT NULL,
    lot text NOT NULL,
    PRIMARY KEY (event, contest, position),
    FOREIGN KEY (event, contest) REFERENCES votes.contest
);

-- One row for each version of each sheet: its state now. Figures are columns, so that adding up
-- reads nothing else: each is its value and one in seven bits a byte, lowest first, the eighth bit
-- set on all but the last; an empty line of the sheet is 0, which is not the figure zero. What tells
-- most rows apart stands first in the keys: few comparisons go further.
CREATE TABLE votes.sheet (
    event text COLLATE "C" NOT NULL,
    contest text COLLATE "C" NOT NULL,
    station text COLLATE "C" NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    revision integer NOT NULL CHECK (revision > 0),
    at_ns bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('received', 'first_entered', 'differing', 'accepted',
        'quarantined', 'returned', 'superseded')),
    fields bytea,
    choices bytea,
    detail jsonb,
    PRIMARY KEY (contest, station, version, event),
    CHECK ((state IN ('accepted', 'quarantined', 'superseded')) = (fields IS NOT NULL)),
    CHECK ((fields IS NULL) = (choices IS NULL))
);

-- Figures as people read them: `SELECT station, votes.figures(choices) FROM votes.sheet`.
CREATE FUNCTION votes.figures(packed bytea) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    figures bigint[] := '{}';
    value bigint := 0;
    shift integer := 0;
    one integer;
BEGIN
    FOR place IN 0 .. octet_length(packed) - 1 LOOP
        one := get_byte(packed, place);
        value := value + ((one & 127)::bigint << shift);
        shift := shift + 7;
        IF one < 128 THEN
            figures := figures || CASE WHEN value > 0 THEN value - 1 END;
            value := 0;
            shift := 0;
        END IF;
    END LOOP;
    RETURN figures;
END
$$;

-- A station counts once at most in a contest (INV-26).
CREATE UNIQUE INDEX sheet_counted ON votes.sheet (contest, station, event)
    WHERE state = 'accepted';

-- Nearly all sheets end accepted; work lists are about the others.
CREATE INDEX sheet_in_work ON votes.sheet (event, state, contest, station)
    WHERE state <> 'accepted';

-- Every state that a sheet has left, kept by the database itself: no organ has the right to write
-- here, and none can change a sheet without its former state being kept.
CREATE TABLE votes.sheet_history (LIKE votes.sheet,
    PRIMARY KEY (event, contest, station, version, revision));

CREATE FUNCTION votes.keep_former_state() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    INSERT INTO votes.sheet_history SELECT OLD.*;
    RETURN NULL;
END
$$;

CREATE TRIGGER keep_former_state AFTER UPDATE ON votes.sheet
    FOR EACH ROW EXECUTE FUNCTION votes.keep_former_state();

-- What is returned or superseded stays so; what is accepted keeps its figures until it has left
-- the totals (INV-25).
CREATE FUNCTION votes.settled_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'accepted' AND NEW.state IN ('accepted', 'quarantined', 'superseded')
        AND OLD.fields = NEW.fields AND OLD.choices = NEW.choices THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'sheet % of % is settled', OLD.station, OLD.contest USING ERRCODE = 'SQ008';
END
$$;

CREATE TRIGGER settled_stays BEFORE UPDATE ON votes.sheet
    FOR EACH ROW WHEN (OLD.state IN ('accepted', 'returned', 'superseded'))
    EXECUTE FUNCTION votes.settled_stays();

-- A version follows one that has left the way to the totals, or is held back beside it. After the
-- statement, so that a load of many sheets is not slowed down for the few that are second ones.
CREATE FUNCTION votes.version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM votes.sheet
        WHERE event = NEW.event AND contest = NEW.contest AND station = NEW.station
            AND version = NEW.version - 1 AND state IN ('returned', 'superseded', 'quarantined')
    ) THEN
        RAISE EXCEPTION 'version % of sheet % of % follows none that it may follow',
            NEW.version, NEW.station, NEW.contest USING ERRCODE = 'SQ008';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER version_follows AFTER INSERT ON votes.sheet
    FOR EACH ROW WHEN (NEW.version > 1) EXECUTE FUNCTION votes.version_follows();

-- The findings of checks without the figures they compare.
CREATE FUNCTION votes.without_sides(findings jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(finding || '{"left": null, "right": null}' ORDER BY place), '[]')
    FROM jsonb_array_elements(findings) WITH ORDINALITY AS one (finding, place)
$$;

-- A detail without any figure: what was typed and what was corrected is emptied.
CREATE FUNCTION votes.without_figures(detail jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_set(jsonb_set(jsonb_set(jsonb_set(detail - 'proposal',
        '{first,figures}', '{"fields": [], "choices": []}', false),
        '{second,figures}', '{"fields": [], "choices": []}', false),
        '{decision,proposal,outcome,correct}', '{"fields": [], "choices": []}', false),
        '{findings}', votes.without_sides(detail -> 'findings'), false)
$$;

-- What everybody may see: of a contest that is not released, states and no figure (INV-31). What
-- one person typed and no second one has confirmed, and what one organ proposes and the other has
-- not answered, is shown to nobody.
CREATE VIEW votes.public_sheet WITH (security_barrier) AS
SELECT sheet.event, sheet.contest, sheet.station, sheet.version, sheet.state,
    CASE WHEN contest.released THEN sheet.fields END AS fields,
    CASE WHEN contest.released THEN sheet.choices END AS choices,
    CASE WHEN contest.released AND sheet.state NOT IN ('first_entered', 'differing')
        THEN sheet.detail - 'proposal'
        ELSE votes.without_figures(sheet.detail) END AS detail
FROM votes.sheet
JOIN votes.contest ON contest.event = sheet.event AND contest.code = sheet.contest;

GRANT SELECT ON votes.contest, votes.lot, votes.public_sheet
    TO sanduq_public, sanduq_executive, sanduq_supervision;
GRANT INSERT ON votes.contest, votes.lot TO sanduq_executive;
GRANT UPDATE (released) ON votes.contest TO sanduq_executive, sanduq_supervision;
GRANT SELECT, INSERT ON votes.sheet TO sanduq_executive, sanduq_supervision;
GRANT SELECT ON votes.sheet_history TO sanduq_executive, sanduq_supervision;
GRANT UPDATE (revision, at_ns, state, fields, choices, detail) ON votes.sheet
    TO sanduq_executive, sanduq_supervision;
