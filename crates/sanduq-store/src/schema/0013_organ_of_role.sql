-- In whose name somebody acts follows from the role alone, whoever writes the row: no administrator
-- makes a supervisor.
ALTER TABLE staff.account ADD CONSTRAINT organ_of_role CHECK (organ = CASE role
    WHEN 'supervisor' THEN 'supervision'
    WHEN 'administrator' THEN 'technical'
    WHEN 'auditor' THEN 'audit'
    ELSE 'executive'
END);

-- Somebody is always left who can let others in: of those who administer accounts one of each organ
-- stays active. Two who suspend one another at once come one after the other here.
CREATE FUNCTION staff.somebody_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    -- What the one before has changed is seen after this lock, and not before.
    PERFORM pg_advisory_xact_lock(hashtext('staff.' || NEW.role));
    IF NOT EXISTS (SELECT FROM staff.account WHERE role = NEW.role AND active AND id <> NEW.id) THEN
        RAISE EXCEPTION 'the last active %', NEW.role USING ERRCODE = 'SQ017', DETAIL = NEW.id;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION staff.somebody_stays() FROM PUBLIC;

CREATE TRIGGER somebody_stays BEFORE UPDATE OF active ON staff.account
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active
        AND NEW.role IN ('administrator', 'supervisor'))
    EXECUTE FUNCTION staff.somebody_stays();
