-- The images of sheets: photographs and scans of the signed paper, page by page. A store that was
-- made before has none. Rows are added and never changed or removed: no organ has the right to.
CREATE TABLE votes.image (
    event text COLLATE "C" NOT NULL,
    contest text COLLATE "C" NOT NULL,
    station text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    page integer NOT NULL CHECK (page BETWEEN 1 AND 8),
    at_ns bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('jpeg', 'png')),
    digest bytea NOT NULL,
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 6291456),
    PRIMARY KEY (contest, station, version, page, event),
    FOREIGN KEY (contest, station, version, event) REFERENCES votes.sheet,
    -- What is named by its digest is what is kept, whoever writes it.
    CONSTRAINT digest_of_content CHECK (digest = sha256(content))
);

-- Pictures are packed already: to pack them again costs time and saves nothing.
ALTER TABLE votes.image ALTER COLUMN content SET STORAGE EXTERNAL;

-- One image belongs to one sheet (E64). Two who bring the same file at the same second come one
-- after the other here.
CREATE UNIQUE INDEX image_once ON votes.image (event, digest);

-- An image is of the last version of its sheet, which neither counts nor has ended, and is its next
-- page (INV-25). The lock on the version lets two images of one sheet, and an image and the act by
-- which the sheet is accepted, follow one another.
CREATE FUNCTION votes.image_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own votes.sheet;
BEGIN
    SELECT * INTO own FROM votes.sheet
    WHERE event = NEW.event AND contest = NEW.contest AND station = NEW.station
    ORDER BY version DESC LIMIT 1 FOR NO KEY UPDATE;
    IF own.version IS DISTINCT FROM NEW.version
        OR own.state NOT IN ('received', 'first_entered', 'differing', 'quarantined') THEN
        RAISE EXCEPTION 'sheet % of % takes no image', NEW.station, NEW.contest
            USING ERRCODE = 'SQ008';
    END IF;
    IF NEW.page <> 1 + (
        SELECT count(*) FROM votes.image
        WHERE event = NEW.event AND contest = NEW.contest AND station = NEW.station
            AND version = NEW.version
    ) THEN
        RAISE EXCEPTION 'not the next page' USING ERRCODE = 'SQ001';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER image_fits BEFORE INSERT ON votes.image
    FOR EACH ROW EXECUTE FUNCTION votes.image_fits();

-- What everybody may see: that there is an image; of a contest that is released, which. An image
-- shows votes (INV-31).
CREATE VIEW votes.public_image WITH (security_barrier) AS
SELECT image.event, image.contest, image.station, image.version, image.page,
    CASE WHEN contest.released THEN image.kind END AS kind,
    CASE WHEN contest.released THEN octet_length(image.content)::bigint END AS size,
    CASE WHEN contest.released THEN image.digest END AS digest
FROM votes.image
JOIN votes.contest ON contest.event = image.event AND contest.code = image.contest;

-- The pictures that everybody may see.
CREATE VIEW votes.public_picture WITH (security_barrier) AS
SELECT image.event, image.digest, image.kind, image.content
FROM votes.image
JOIN votes.contest ON contest.event = image.event AND contest.code = image.contest
WHERE contest.released;

GRANT SELECT ON votes.public_image, votes.public_picture
    TO sanduq_public, sanduq_executive, sanduq_supervision;
-- Who adds an image sees which there are and no picture: no account but those of the database itself
-- can look at the votes of a contest that is not released.
GRANT SELECT (event, contest, station, version, page, digest) ON votes.image TO sanduq_executive;
GRANT INSERT ON votes.image TO sanduq_executive;
