-- What the digest of a version of a sheet is made of beside its figures, so that the public journal
-- tells nothing of figures that are not released (INV-31): sixteen bytes that nobody can guess. No
-- organ may change one, and a view withholds it as long as it withholds the figures, and where there is no digest yet. Digests of
-- sheets that came in before there were salts cannot be made good.
DO $$
BEGIN
    IF EXISTS (SELECT FROM votes.sheet) THEN
        RAISE EXCEPTION 'the sheets in this store have no salts; keep it with the program that '
            'took them in, and begin another store';
    END IF;
END
$$;

ALTER TABLE votes.sheet ADD COLUMN salt bytea NOT NULL
    CONSTRAINT salt_is_one CHECK (octet_length(salt) = 16 AND salt <> decode(repeat('00', 16), 'hex'));
ALTER TABLE votes.sheet_history ADD COLUMN salt bytea NOT NULL;

CREATE OR REPLACE VIEW votes.public_sheet WITH (security_barrier) AS
SELECT sheet.event, sheet.contest, sheet.station, sheet.version, sheet.state,
    CASE WHEN contest.released THEN sheet.fields END AS fields,
    CASE WHEN contest.released THEN sheet.choices END AS choices,
    CASE WHEN contest.released AND sheet.state NOT IN ('first_entered', 'differing')
        THEN sheet.detail - 'proposal'
        ELSE votes.without_figures(sheet.detail) END AS detail,
    CASE WHEN contest.released AND sheet.state NOT IN ('received', 'first_entered', 'differing')
        THEN sheet.salt END AS salt
FROM votes.sheet
JOIN votes.contest ON contest.event = sheet.event AND contest.code = sheet.contest;
