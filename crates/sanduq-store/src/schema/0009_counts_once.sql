-- A station counts once at most in a contest (INV-26). The first version is there before every
-- other: who counts another one locks it, so that two who count versions of one sheet at the same
-- second come one after the other, and the second sees what the first has done. A first version
-- that counts as it comes has no other beside it and is not asked about, so that no load is slowed
-- down; the index in whose place this stands asked about every sheet.
DROP INDEX votes.sheet_counted;

CREATE FUNCTION votes.counts_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a sheet is counted in a transaction that sees what others have committed'
            USING ERRCODE = '25001';
    END IF;
    PERFORM FROM votes.sheet
    WHERE event = NEW.event AND contest = NEW.contest AND station = NEW.station AND version = 1
    FOR UPDATE;
    IF EXISTS (
        SELECT FROM votes.sheet
        WHERE event = NEW.event AND contest = NEW.contest AND station = NEW.station
            AND version <> NEW.version AND state = 'accepted'
    ) THEN
        RAISE EXCEPTION 'another version of sheet % of % counts', NEW.station, NEW.contest
            USING ERRCODE = '23505', SCHEMA = 'votes', TABLE = 'sheet';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER later_version_counts_once AFTER INSERT ON votes.sheet
    FOR EACH ROW WHEN (NEW.version > 1 AND NEW.state = 'accepted')
    EXECUTE FUNCTION votes.counts_once();
CREATE TRIGGER decided_version_counts_once AFTER UPDATE ON votes.sheet
    FOR EACH ROW WHEN (NEW.state = 'accepted' AND OLD.state <> 'accepted')
    EXECUTE FUNCTION votes.counts_once();
