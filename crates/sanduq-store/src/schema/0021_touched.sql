-- Whether a sheet of a contest has been touched since its result was proposed: its marks are the
-- sum of all revisions then. Such a proposal is signed by nobody and gives way to a new one.
CREATE FUNCTION votes.touched(of_event text, of_contest text, marks bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(sheet.revision), 0) <> marks FROM votes.sheet
    WHERE sheet.event = of_event AND sheet.contest = of_contest
$$;
REVOKE ALL ON FUNCTION votes.touched(text, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION votes.touched(text, text, bigint)
    TO sanduq_public, sanduq_executive, sanduq_supervision;
