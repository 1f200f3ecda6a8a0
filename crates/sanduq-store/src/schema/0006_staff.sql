-- Log-ins of staff. The supervision's rows are its own: the executive's administrators can neither
-- read nor write them, and the other way round. Only the log-in itself reads what a password was
-- hashed to, and it writes nothing but sessions.
CREATE SCHEMA staff;
GRANT USAGE ON SCHEMA staff TO sanduq_supervision, sanduq_technical, sanduq_login;

CREATE TABLE staff.account (
    id text COLLATE "C" PRIMARY KEY,
    organ text NOT NULL,
    role text NOT NULL,
    unit text COLLATE "C",
    locale text NOT NULL,
    active boolean NOT NULL,
    password_hash text NOT NULL
);

ALTER TABLE staff.account ENABLE ROW LEVEL SECURITY;
CREATE POLICY supervision_own ON staff.account TO sanduq_supervision
    USING (organ = 'supervision') WITH CHECK (organ = 'supervision');
CREATE POLICY technical_others ON staff.account TO sanduq_technical
    USING (organ <> 'supervision') WITH CHECK (organ <> 'supervision');
CREATE POLICY login_reads ON staff.account FOR SELECT TO sanduq_login USING (true);

CREATE TABLE staff.session (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    account text COLLATE "C" NOT NULL,
    opened_ns bigint NOT NULL,
    until_ns bigint NOT NULL CHECK (until_ns > opened_ns)
);

CREATE INDEX session_expiry ON staff.session (until_ns);

GRANT SELECT (id, organ, role, unit, locale, active), INSERT, UPDATE (active)
    ON staff.account TO sanduq_supervision, sanduq_technical;
GRANT SELECT ON staff.account TO sanduq_login;
GRANT SELECT, INSERT, DELETE ON staff.session TO sanduq_login;
