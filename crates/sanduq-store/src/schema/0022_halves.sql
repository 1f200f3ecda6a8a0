-- The first password of an account that takes two persons has two halves: whoever proposes holds
-- one, whoever approves the other, and neither can log in with theirs. A proposal keeps the slow
-- hash of the first half; the digest of the second (`half:…`) comes with the account, and the
-- database puts the first before it. What waits from before has no half: it is taken
-- away here, without an entry of its own, and proposed anew.
DELETE FROM staff.proposal;
ALTER TABLE staff.proposal ADD COLUMN half_hash text NOT NULL CHECK (half_hash LIKE '$argon2%');
REVOKE SELECT ON staff.proposal FROM sanduq_supervision, sanduq_technical;
GRANT SELECT (account, matter, organ, role, unit, locale, proposer, at_ns)
    ON staff.proposal TO sanduq_supervision, sanduq_technical;

CREATE OR REPLACE FUNCTION staff.second_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    deciding boolean := NEW.role IN
        ('clerk', 'adjudicator', 'supervisor', 'results_officer', 'administrator');
    administers text := CASE NEW.organ WHEN 'supervision' THEN 'supervisor' ELSE 'administrator' END;
    kind text := CASE TG_OP WHEN 'INSERT' THEN 'enrol' ELSE 'reset' END;
    first_half text;
BEGIN
    IF TG_OP = 'INSERT' AND NEW.role = 'station_head' THEN
        -- Two who enrol a head of one station at the same second come one after the other here.
        PERFORM pg_advisory_xact_lock(hashtext('staff.head.' || coalesce(NEW.unit, '')));
        deciding := EXISTS (
            SELECT FROM staff.account WHERE role = NEW.role AND unit = NEW.unit
        );
    END IF;
    IF NEW.password_hash LIKE 'half:%' THEN
        SELECT half_hash INTO first_half FROM staff.proposal
            WHERE account = NEW.id AND matter = kind AND role = NEW.role
                AND unit IS NOT DISTINCT FROM NEW.unit;
        IF FOUND THEN
            NEW.password_hash := first_half || ' ' || NEW.password_hash;
            RETURN NEW;
        END IF;
    ELSIF NOT deciding
        OR (SELECT count(*) FROM staff.account WHERE role = administers AND active) < 2
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a second person has to agree' USING ERRCODE = 'SQ021', DETAIL = NEW.id;
END
$$;
