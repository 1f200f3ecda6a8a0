-- The password that somebody else gave is good for one log-in and for a time; until whoever it is
-- for has set their own, the account acts in nothing.
ALTER TABLE staff.account
    ADD COLUMN first_until_ns bigint,
    ADD COLUMN first_used boolean NOT NULL DEFAULT false,
    ADD CHECK (first_until_ns IS NOT NULL OR NOT first_used);

-- Organs give first passwords and never read what a password was hashed to.
GRANT SELECT (first_until_ns, first_used), UPDATE (password_hash, first_until_ns, first_used)
    ON staff.account TO sanduq_supervision, sanduq_technical;

-- A session of whoever showed the password that was hashed to this text: the one way to one. The
-- account is locked before the session is there: a reset or a suspension at the same moment is
-- either seen here, or comes behind the session and ends it. A first password is used up by it.
CREATE FUNCTION staff.open_session(
    token bytea, who text, hash text, now_ns bigint, expires_ns bigint
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM staff.account
        WHERE id = who AND active AND password_hash = hash
            AND (first_until_ns IS NULL OR (NOT first_used AND first_until_ns > now_ns))
        FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE staff.account SET first_used = true WHERE id = who AND first_until_ns IS NOT NULL;
    INSERT INTO staff.session (token_hash, account, opened_ns, until_ns)
        VALUES (token, who, now_ns, expires_ns);
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION staff.open_session(bytea, text, text, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION staff.open_session(bytea, text, text, bigint, bigint) TO sanduq_login;
REVOKE INSERT ON staff.session FROM sanduq_login;

-- What two persons have to agree on waits here. Row security as for accounts.
CREATE TABLE staff.proposal (
    account text COLLATE "C" PRIMARY KEY,
    matter text NOT NULL CHECK (matter IN ('enrol', 'reset')),
    organ text NOT NULL,
    role text NOT NULL,
    unit text COLLATE "C",
    locale text NOT NULL,
    proposer text COLLATE "C" NOT NULL CHECK (proposer <> account),
    at_ns bigint NOT NULL,
    CONSTRAINT organ_of_role CHECK (organ = CASE role
        WHEN 'supervisor' THEN 'supervision'
        WHEN 'administrator' THEN 'technical'
        WHEN 'auditor' THEN 'audit'
        ELSE 'executive'
    END)
);
ALTER TABLE staff.proposal ENABLE ROW LEVEL SECURITY;
CREATE POLICY supervision_own ON staff.proposal TO sanduq_supervision
    USING (organ = 'supervision') WITH CHECK (organ = 'supervision');
CREATE POLICY technical_others ON staff.proposal TO sanduq_technical
    USING (organ <> 'supervision') WITH CHECK (organ <> 'supervision');
GRANT SELECT, INSERT, DELETE ON staff.proposal TO sanduq_supervision, sanduq_technical;

-- Nobody proposes an account whose number somebody has, be it one that the proposer cannot see.
CREATE FUNCTION staff.number_is_free() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM staff.account WHERE id = NEW.account) THEN
        RAISE EXCEPTION 'the number is taken' USING ERRCODE = 'SQ020', DETAIL = NEW.account;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION staff.number_is_free() FROM PUBLIC;
CREATE TRIGGER number_is_free BEFORE INSERT ON staff.proposal
    FOR EACH ROW WHEN (NEW.matter = 'enrol') EXECUTE FUNCTION staff.number_is_free();

-- From the moment on in which two administer in the name of an organ, nobody alone makes or resets
-- an account that decides, nor a second head of a station: the proposal must be there, and whoever
-- carries it out takes it away in the same transaction. Before that there is nobody to agree: the
-- first two come from the command line.
CREATE FUNCTION staff.second_person() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    deciding boolean := NEW.role IN ('adjudicator', 'supervisor', 'results_officer', 'administrator');
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
REVOKE ALL ON FUNCTION staff.second_person() FROM PUBLIC;
CREATE TRIGGER second_person_enrols BEFORE INSERT ON staff.account
    FOR EACH ROW EXECUTE FUNCTION staff.second_person();
-- A new first password; setting one's own clears the mark of the first.
CREATE TRIGGER second_person_resets BEFORE UPDATE OF password_hash ON staff.account
    FOR EACH ROW WHEN (NEW.first_until_ns IS NOT NULL) EXECUTE FUNCTION staff.second_person();

-- An organ gives no password that is not a first one.
CREATE FUNCTION staff.given_is_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user IN ('sanduq_supervision', 'sanduq_technical')
        AND (NEW.first_until_ns IS NULL OR NEW.first_used) THEN
        RAISE EXCEPTION 'a given password is a first one' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER given_is_first BEFORE UPDATE OF password_hash, first_until_ns, first_used
    ON staff.account FOR EACH ROW EXECUTE FUNCTION staff.given_is_first();

-- With another password every session ends.
CREATE TRIGGER another_password_ends_sessions AFTER UPDATE OF password_hash ON staff.account
    FOR EACH ROW EXECUTE FUNCTION staff.end_sessions();

-- One's own password, by whoever has the session: the one way to it. Session and account are locked,
-- so that a reset at the same moment ends the session before or the password after.
CREATE FUNCTION staff.set_own_password(token bytea, hash text, now_ns bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own text;
BEGIN
    SELECT account.id INTO own FROM staff.account AS account
        JOIN staff.session AS session ON session.account = account.id
        WHERE session.token_hash = token AND session.opened_ns <= now_ns
            AND now_ns < session.until_ns AND account.active AND account.first_until_ns IS NOT NULL
        FOR UPDATE;
    IF own IS NOT NULL THEN
        UPDATE staff.account SET password_hash = hash, first_until_ns = NULL, first_used = false
            WHERE id = own;
    END IF;
    RETURN own;
END
$$;
REVOKE ALL ON FUNCTION staff.set_own_password(bytea, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION staff.set_own_password(bytea, text, bigint) TO sanduq_login;

-- Whether whoever acts may act, asked by each act before its entry is appended. The account stays
-- locked until the act is on record or not: a suspension that comes meanwhile waits for the act, and
-- one that was first is seen by it. Numbers without an account are those of the command line.
CREATE FUNCTION staff.may_act(actor text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own staff.account;
BEGIN
    SELECT * INTO own FROM staff.account WHERE id = actor FOR SHARE;
    IF NOT FOUND THEN
        RETURN;
    ELSIF NOT own.active THEN
        RAISE EXCEPTION 'the account is suspended' USING ERRCODE = 'SQ018', DETAIL = actor;
    ELSIF own.first_until_ns IS NOT NULL THEN
        RAISE EXCEPTION 'own password first' USING ERRCODE = 'SQ019', DETAIL = actor;
    END IF;
END
$$;
REVOKE ALL ON FUNCTION staff.may_act(text) FROM PUBLIC;
GRANT USAGE ON SCHEMA staff TO sanduq_executive, sanduq_registrar, sanduq_station;
GRANT EXECUTE ON FUNCTION staff.may_act(text) TO sanduq_executive, sanduq_supervision,
    sanduq_registrar, sanduq_station, sanduq_technical;
