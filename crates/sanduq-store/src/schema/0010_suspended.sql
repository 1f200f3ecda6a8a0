-- Whoever is let in no longer is out at once and stays out: the sessions of a suspended account are
-- removed with it, so that none lives again when the account is readmitted. Sessions belong to the
-- log-in alone; the organs that suspend may not touch them, so the database does it for them.
CREATE FUNCTION staff.end_sessions() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM staff.session WHERE account = NEW.id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION staff.end_sessions() FROM PUBLIC;

CREATE TRIGGER suspended_accounts_have_no_sessions AFTER UPDATE OF active ON staff.account
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION staff.end_sessions();

-- Lists of staff are asked for by role and state, page by page.
CREATE INDEX account_by_role ON staff.account (role, id);
