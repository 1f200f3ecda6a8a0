-- What is proposed to be certified, and what is: one row for each contest. A row without a signer is
-- the executive's proposal and waits; with one, the result is final. Two organs, two persons: the
-- executive alone adds rows, the supervision alone signs them (TP-09).
CREATE TABLE votes.certification (
    event text COLLATE "C" NOT NULL,
    contest text COLLATE "C" NOT NULL,
    digest text NOT NULL,
    counted bigint NOT NULL CHECK (counted >= 0),
    stations bigint NOT NULL CHECK (stations = counted),
    -- The sum of all revisions of its sheets: it grows with whatever is done to one.
    marks bigint NOT NULL DEFAULT 0,
    proposer text COLLATE "C" NOT NULL,
    proposed_ns bigint NOT NULL,
    signer text COLLATE "C" CHECK (signer <> proposer),
    signed_ns bigint,
    PRIMARY KEY (event, contest),
    FOREIGN KEY (event, contest) REFERENCES votes.contest,
    CHECK ((signer IS NULL) = (signed_ns IS NULL))
);

GRANT SELECT ON votes.certification TO sanduq_public, sanduq_executive, sanduq_supervision;
GRANT INSERT, DELETE ON votes.certification TO sanduq_executive;
GRANT UPDATE (signer, signed_ns), DELETE ON votes.certification TO sanduq_supervision;

-- From here to the end of the transaction nobody else changes a sheet. Who changes one locks the
-- head of the journal after it, as whoever certifies does.
CREATE FUNCTION votes.hold_sheets() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a result is certified in a transaction that sees what others have committed'
            USING ERRCODE = '25001';
    END IF;
    LOCK TABLE votes.sheet IN SHARE ROW EXCLUSIVE MODE;
END
$$;
REVOKE ALL ON FUNCTION votes.hold_sheets() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION votes.hold_sheets() TO sanduq_executive, sanduq_supervision;

-- Nothing is proposed or signed while a sheet waits for somebody or is missing; nothing is signed
-- but what was proposed, by somebody of the other organ.
CREATE FUNCTION votes.may_certify() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own_unit text;
    locked boolean;
    at_station text;
    now_marks bigint;
BEGIN
    IF TG_OP = 'INSERT' AND NEW.signer IS NOT NULL THEN
        RAISE EXCEPTION 'a proposal is signed by the other organ' USING ERRCODE = '42501';
    END IF;
    IF EXISTS (SELECT FROM staff.account WHERE id = NEW.proposer AND organ <> 'executive')
        OR EXISTS (SELECT FROM staff.account WHERE id = NEW.signer AND organ <> 'supervision') THEN
        RAISE EXCEPTION 'an account of another organ' USING ERRCODE = '42501';
    END IF;
    PERFORM votes.hold_sheets();
    IF EXISTS (
        SELECT FROM votes.certification AS own
        WHERE own.event = NEW.event AND own.contest = NEW.contest AND own.signer IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'final' USING ERRCODE = 'SQ022', DETAIL = NEW.contest;
    END IF;
    SELECT contest.unit, NOT contest.released INTO own_unit, locked FROM votes.contest
        WHERE contest.event = NEW.event AND contest.code = NEW.contest;
    IF locked THEN
        RAISE EXCEPTION 'not released' USING ERRCODE = 'SQ026', DETAIL = NEW.contest;
    END IF;
    SELECT min(sheet.station) INTO at_station FROM votes.sheet
    WHERE sheet.event = NEW.event AND sheet.contest = NEW.contest
        AND (sheet.state = 'accepted' AND sheet.detail ? 'proposal'
            OR sheet.state IN ('received', 'first_entered', 'differing', 'quarantined')
            AND NOT EXISTS (
                SELECT FROM votes.sheet AS later
                WHERE later.event = sheet.event AND later.contest = sheet.contest
                    AND later.station = sheet.station AND later.version > sheet.version));
    IF at_station IS NOT NULL THEN
        RAISE EXCEPTION 'a sheet waits' USING ERRCODE = 'SQ023', DETAIL = at_station;
    END IF;
    SELECT min(below.code) INTO at_station FROM operations.below
    WHERE below.event = NEW.event AND below.top = own_unit AND below.station
        AND NOT EXISTS (
            SELECT FROM votes.sheet
            WHERE sheet.event = NEW.event AND sheet.contest = NEW.contest
                AND sheet.station = below.code AND sheet.state = 'accepted');
    IF at_station IS NOT NULL THEN
        RAISE EXCEPTION 'a sheet is missing' USING ERRCODE = 'SQ024', DETAIL = at_station;
    END IF;
    SELECT coalesce(sum(sheet.revision), 0) INTO now_marks FROM votes.sheet
        WHERE sheet.event = NEW.event AND sheet.contest = NEW.contest;
    IF TG_OP = 'INSERT' THEN
        NEW.marks := now_marks;
    ELSIF NEW.marks <> now_marks THEN
        RAISE EXCEPTION 'changed since' USING ERRCODE = 'SQ025', DETAIL = NEW.contest;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION votes.may_certify() FROM PUBLIC;

CREATE TRIGGER may_certify BEFORE INSERT OR UPDATE ON votes.certification
    FOR EACH ROW EXECUTE FUNCTION votes.may_certify();

-- What is final is not taken back.
CREATE FUNCTION votes.final_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'final' USING ERRCODE = 'SQ022', DETAIL = OLD.contest;
END
$$;
CREATE TRIGGER final_stays BEFORE DELETE ON votes.certification
    FOR EACH ROW WHEN (OLD.signer IS NOT NULL) EXECUTE FUNCTION votes.final_stays();

-- No sheet of a final result comes in or changes. Asked once a statement, so that no load is slowed
-- down; who waited for the certification sees it here.
CREATE FUNCTION votes.final_sheets_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed text;
BEGIN
    SELECT contest INTO closed FROM votes.certification
    WHERE signer IS NOT NULL
        AND EXISTS (
            SELECT FROM changed
            WHERE changed.event = certification.event
                AND changed.contest = certification.contest)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'final' USING ERRCODE = 'SQ022', DETAIL = closed;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER final_takes_no_sheet AFTER INSERT ON votes.sheet
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION votes.final_sheets_stay();
CREATE TRIGGER final_changes_no_sheet AFTER UPDATE ON votes.sheet
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION votes.final_sheets_stay();
