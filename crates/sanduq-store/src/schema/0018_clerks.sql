-- What two clerks type alike counts (INV-28): whoever could make two of them alone, or give two of
-- them first passwords, could type a sheet twice. So their accounts take two persons too.
CREATE OR REPLACE FUNCTION staff.second_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    deciding boolean := NEW.role IN
        ('clerk', 'adjudicator', 'supervisor', 'results_officer', 'administrator');
    administers text := CASE NEW.organ WHEN 'supervision' THEN 'supervisor' ELSE 'administrator' END;
    kind text := CASE TG_OP WHEN 'INSERT' THEN 'enrol' ELSE 'reset' END;
BEGIN
    IF TG_OP = 'INSERT' AND NEW.role = 'station_head' THEN
        -- Two who enrol a head of one station at the same second come one after the other here.
        PERFORM pg_advisory_xact_lock(hashtext('staff.head.' || coalesce(NEW.unit, '')));
        deciding := EXISTS (
            SELECT FROM staff.account WHERE role = NEW.role AND unit = NEW.unit
        );
    END IF;
    IF NOT deciding
        OR (SELECT count(*) FROM staff.account WHERE role = administers AND active) < 2
        OR EXISTS (
            SELECT FROM staff.proposal
            WHERE account = NEW.id AND matter = kind AND role = NEW.role
                AND unit IS NOT DISTINCT FROM NEW.unit
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a second person has to agree' USING ERRCODE = 'SQ021', DETAIL = NEW.id;
END
$$;

-- A proposal that nobody answered in a day holds no number any longer, whichever administration
-- made it: it makes room for the next one. The journal keeps it.
CREATE FUNCTION staff.expired_makes_room() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM staff.proposal
    WHERE account = NEW.account AND at_ns <= NEW.at_ns - 86400000000000;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION staff.expired_makes_room() FROM PUBLIC;
CREATE TRIGGER expired_makes_room BEFORE INSERT ON staff.proposal
    FOR EACH ROW EXECUTE FUNCTION staff.expired_makes_room();
