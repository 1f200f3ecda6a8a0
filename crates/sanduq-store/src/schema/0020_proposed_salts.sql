-- Figures that one organ proposes have a salt of their own, which stands beside them in the proposal:
-- the salt of a sheet is public from the release on, and the journal has the digest of what is
-- proposed as soon as it is. Signed, it becomes the salt of the version; refused, nobody ever sees
-- it. What was proposed before has no such salt, and cannot be made good.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT detail FROM votes.sheet UNION ALL SELECT detail FROM votes.sheet_history)
            AS one (detail)
        WHERE detail #> '{proposal,outcome,correct}' IS NOT NULL
            OR detail #> '{decision,proposal,outcome,correct}' IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the figures that were proposed in this store have no salts; keep it with '
            'the program that took them in, and begin another store';
    END IF;
END
$$;

ALTER TABLE votes.sheet ADD CONSTRAINT proposal_has_a_salt CHECK (
    detail #> '{proposal,outcome,correct}' IS NULL
    OR coalesce(
        detail #>> '{proposal,outcome,correct,salt}' ~ '^[0-9a-f]{32}$'
        AND detail #>> '{proposal,outcome,correct,salt}'
            NOT IN (repeat('0', 32), encode(salt, 'hex')), false));

-- A version keeps its salt, unless both organs put other figures into a sheet that is held back.
CREATE FUNCTION votes.salt_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'quarantined' AND NEW.state = 'accepted'
        AND OLD.detail #>> '{proposal,outcome,correct,salt}' = encode(NEW.salt, 'hex') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'sheet % of % has its salt', OLD.station, OLD.contest USING ERRCODE = 'SQ008';
END
$$;

CREATE TRIGGER salt_stays BEFORE UPDATE ON votes.sheet
    FOR EACH ROW WHEN (OLD.salt IS DISTINCT FROM NEW.salt)
    EXECUTE FUNCTION votes.salt_stays();

GRANT UPDATE (salt) ON votes.sheet TO sanduq_executive, sanduq_supervision;

-- A detail without any figure and without any salt.
CREATE OR REPLACE FUNCTION votes.without_figures(detail jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_set(jsonb_set(jsonb_set(jsonb_set(detail - 'proposal',
        '{first,figures}', '{"fields": [], "choices": []}', false),
        '{second,figures}', '{"fields": [], "choices": []}', false),
        '{decision,proposal,outcome,correct}',
            jsonb_build_object('fields', '[]'::jsonb, 'choices', '[]'::jsonb,
                'salt', repeat('0', 32)), false),
        '{findings}', votes.without_sides(detail -> 'findings'), false)
$$;

-- A salt is shown with its figures and never without: those of a returned sheet nobody sees.
CREATE OR REPLACE VIEW votes.public_sheet WITH (security_barrier) AS
SELECT sheet.event, sheet.contest, sheet.station, sheet.version, sheet.state,
    CASE WHEN contest.released THEN sheet.fields END AS fields,
    CASE WHEN contest.released THEN sheet.choices END AS choices,
    CASE WHEN contest.released AND sheet.state NOT IN ('first_entered', 'differing')
        THEN sheet.detail - 'proposal'
        ELSE votes.without_figures(sheet.detail) END AS detail,
    CASE WHEN contest.released AND sheet.state IN ('accepted', 'quarantined', 'superseded')
        THEN sheet.salt END AS salt
FROM votes.sheet
JOIN votes.contest ON contest.event = sheet.event AND contest.code = sheet.contest;
