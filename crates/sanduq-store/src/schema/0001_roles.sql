-- The organs as roles of the database. None of them can log in, and the program's own log-in
-- inherits nothing: each transaction must take the role of the organ it acts for.
DO $roles$
DECLARE
    organ text;
BEGIN
    FOREACH organ IN ARRAY ARRAY[
        'sanduq_public', 'sanduq_executive', 'sanduq_supervision', 'sanduq_registrar',
        'sanduq_station', 'sanduq_technical', 'sanduq_login'
    ] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', organ);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- Roles belong to the cluster: another of its databases has made them.
        END;
        EXECUTE format('GRANT %I TO %I', organ, current_user);
    END LOOP;
    BEGIN
        CREATE ROLE sanduq_program LOGIN NOINHERIT;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
    END;
END
$roles$;

GRANT sanduq_public, sanduq_executive, sanduq_supervision, sanduq_registrar, sanduq_station,
    sanduq_technical, sanduq_login TO sanduq_program;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
