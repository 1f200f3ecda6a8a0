-- The journal: entries, and the head of the Merkle log over them. Entries are added and never
-- changed or removed: no organ has the right to. The head moves only forward, over entries without
-- a gap, to the last that is there.
CREATE SCHEMA journal;
GRANT USAGE ON SCHEMA journal TO sanduq_public, sanduq_executive, sanduq_supervision,
    sanduq_registrar, sanduq_station, sanduq_technical;

-- One row holds the entries of one append, or a part of them: bytes that stand one after another in
-- the log, the first of them under its number. Out of line where they are long, never compressed.
CREATE TABLE journal.run (
    first bigint PRIMARY KEY CHECK (first >= 0),
    entries bytea[] NOT NULL CHECK (cardinality(entries) BETWEEN 1 AND 64)
);
ALTER TABLE journal.run ALTER COLUMN entries SET STORAGE EXTERNAL;

-- The log as people read it.
CREATE VIEW journal.entry AS
SELECT first + place - 1 AS index, bytes
FROM journal.run, unnest(entries) WITH ORDINALITY AS one (bytes, place);

CREATE TABLE journal.head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    size bigint NOT NULL,
    frontier bytea NOT NULL,
    root bytea NOT NULL CHECK (octet_length(root) = 32)
);

-- The log without entries: its size in eight bytes, and the hash of nothing.
INSERT INTO journal.head (size, frontier, root)
VALUES (0, decode(repeat('00', 8), 'hex'), sha256(''));

CREATE FUNCTION journal.head_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected bigint := OLD.size;
    next record;
BEGIN
    FOR next IN SELECT first, cardinality(entries) AS count FROM journal.run
        WHERE first >= OLD.size ORDER BY first
    LOOP
        IF next.first <> expected THEN
            expected := -1;
            EXIT;
        END IF;
        expected := expected + next.count;
    END LOOP;
    IF NEW.size <= OLD.size OR NEW.size <> expected THEN
        RAISE EXCEPTION 'the head of the journal moves forward, to its last entry'
            USING ERRCODE = 'SQ001';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER head_moves_forward BEFORE UPDATE ON journal.head
    FOR EACH ROW EXECUTE FUNCTION journal.head_moves_forward();

GRANT SELECT ON journal.run, journal.entry, journal.head TO sanduq_public, sanduq_executive,
    sanduq_supervision, sanduq_registrar, sanduq_station, sanduq_technical;
GRANT INSERT ON journal.run TO sanduq_executive, sanduq_supervision, sanduq_registrar,
    sanduq_station, sanduq_technical;
GRANT UPDATE (size, frontier, root) ON journal.head TO sanduq_executive, sanduq_supervision,
    sanduq_registrar, sanduq_station, sanduq_technical;
