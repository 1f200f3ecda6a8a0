-- The journal: entries, and the head of the Merkle log over them. Entries are added and never
-- changed or removed: no organ has the right to. The head moves only forward, to exactly the
-- entries that are there.
CREATE SCHEMA journal;
GRANT USAGE ON SCHEMA journal TO sanduq_public, sanduq_executive, sanduq_supervision,
    sanduq_registrar, sanduq_station, sanduq_technical;

CREATE TABLE journal.entry (
    index bigint PRIMARY KEY CHECK (index >= 0),
    bytes bytea NOT NULL,
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32)
);

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
BEGIN
    IF NEW.size <= OLD.size
        OR (SELECT max(index) FROM journal.entry) IS DISTINCT FROM NEW.size - 1 THEN
        RAISE EXCEPTION 'the head of the journal moves forward, to its last entry'
            USING ERRCODE = 'SQ001';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER head_moves_forward BEFORE UPDATE ON journal.head
    FOR EACH ROW EXECUTE FUNCTION journal.head_moves_forward();

GRANT SELECT ON journal.entry, journal.head TO sanduq_public, sanduq_executive,
    sanduq_supervision, sanduq_registrar, sanduq_station, sanduq_technical;
GRANT INSERT ON journal.entry TO sanduq_executive, sanduq_supervision, sanduq_registrar,
    sanduq_station, sanduq_technical;
GRANT UPDATE (size, frontier, root) ON journal.head TO sanduq_executive, sanduq_supervision,
    sanduq_registrar, sanduq_station, sanduq_technical;
