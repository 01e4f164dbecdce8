-- Foundation: accounts, people, conversations, answers, findings, alerts, the audit record.
-- On a new store: at once. It worked when `handrail doctor` names version 1.
--
-- Written once for both backends: BLOB becomes BYTEA and INTEGER BIGINT on PostgreSQL, where WITHOUT ROWID goes and
-- row-level security by organisation is added to every table that has an organisation column.
-- In clear: opaque ids, organisation, instants, urgency, due times, instrument ids, states. Everything called sealed_*
-- is XChaCha20-Poly1305 under the person's key (sealed_* of accounts and staff rows: the organisation's key).

CREATE TABLE organisation (
    organisation BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What the service has set up: name, staffed hours, own number, safety officer, signatures, accepted lines … one JSON
-- value a key, sealed with the organisation's key.
CREATE TABLE setting (
    organisation BLOB NOT NULL,
    name TEXT NOT NULL,
    sealed_value BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB,
    PRIMARY KEY (organisation, name)
) WITHOUT ROWID;

CREATE TABLE account (
    organisation BLOB NOT NULL,
    account BLOB NOT NULL,
    role TEXT NOT NULL,
    person BLOB,
    login_hash BLOB NOT NULL,
    sealed_profile BLOB NOT NULL,
    sealed_secrets BLOB NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, account)
) WITHOUT ROWID;
CREATE UNIQUE INDEX account_login ON account (organisation, login_hash);
CREATE UNIQUE INDEX account_person ON account (organisation, person) WHERE person IS NOT NULL;

CREATE TABLE session (
    organisation BLOB NOT NULL,
    session BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    account BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    second_factor_at INTEGER,
    sealed_device BLOB NOT NULL,
    PRIMARY KEY (organisation, session)
) WITHOUT ROWID;
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_account ON session (organisation, account);

CREATE TABLE invitation (
    organisation BLOB NOT NULL,
    invitation BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    purpose TEXT NOT NULL,
    role TEXT NOT NULL,
    account BLOB,
    sealed_details BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (organisation, invitation)
) WITHOUT ROWID;
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);

CREATE TABLE team (
    organisation BLOB NOT NULL,
    team BLOB NOT NULL,
    sealed_name BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, team)
) WITHOUT ROWID;

CREATE TABLE team_member (
    organisation BLOB NOT NULL,
    team BLOB NOT NULL,
    account BLOB NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, team, account)
) WITHOUT ROWID;
CREATE INDEX team_member_account ON team_member (organisation, account);

CREATE TABLE person (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    team BLOB NOT NULL,
    clinician BLOB,
    state TEXT NOT NULL,
    language TEXT NOT NULL,
    country TEXT NOT NULL,
    age_band TEXT NOT NULL,
    sealed_profile BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_heard_at INTEGER,
    erase_asked_at INTEGER,
    erase_due_at INTEGER,
    PRIMARY KEY (organisation, person)
) WITHOUT ROWID;
CREATE INDEX person_team ON person (organisation, team);
CREATE INDEX person_erase_due ON person (organisation, erase_due_at) WHERE erase_due_at IS NOT NULL;

-- Safe contact, safety plan, supporters, medicines …: one sealed document a kind; older versions stay until erased.
CREATE TABLE document (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    sealed_body BLOB NOT NULL,
    written_at INTEGER NOT NULL,
    written_by BLOB,
    PRIMARY KEY (organisation, person, kind, version)
) WITHOUT ROWID;

CREATE TABLE consent (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    purpose TEXT NOT NULL,
    version INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER,
    wording TEXT NOT NULL,
    PRIMARY KEY (organisation, person, purpose, version)
) WITHOUT ROWID;

CREATE TABLE conversation (
    organisation BLOB NOT NULL,
    conversation BLOB NOT NULL,
    person BLOB NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    held_by BLOB,
    urgency TEXT NOT NULL,
    sealed_state BLOB NOT NULL,
    started_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, conversation)
) WITHOUT ROWID;
CREATE INDEX conversation_person ON conversation (organisation, person, changed_at);
CREATE INDEX conversation_waiting ON conversation (organisation, state, changed_at);

CREATE TABLE message (
    organisation BLOB NOT NULL,
    conversation BLOB NOT NULL,
    message BLOB NOT NULL,
    person BLOB NOT NULL,
    author TEXT NOT NULL,
    author_account BLOB,
    at INTEGER NOT NULL,
    urgency TEXT NOT NULL,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, conversation, message)
) WITHOUT ROWID;
CREATE INDEX message_person ON message (organisation, person, at);

CREATE TABLE answer (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    answer BLOB NOT NULL,
    kind TEXT NOT NULL,
    instrument TEXT NOT NULL,
    version TEXT NOT NULL,
    at INTEGER NOT NULL,
    urgency TEXT NOT NULL,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, answer)
) WITHOUT ROWID;
CREATE INDEX answer_instrument ON answer (organisation, person, instrument, at);

-- One sealed block a person: the last 90 days in the form that judging and charts read.
CREATE TABLE course (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    sealed_body BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, person)
) WITHOUT ROWID;

CREATE TABLE finding (
    organisation BLOB NOT NULL,
    finding BLOB NOT NULL,
    person BLOB NOT NULL,
    about TEXT NOT NULL,
    about_id BLOB NOT NULL,
    urgency TEXT NOT NULL,
    category TEXT NOT NULL,
    rule TEXT NOT NULL,
    at INTEGER NOT NULL,
    sealed_body BLOB NOT NULL,
    judged TEXT,
    judged_by BLOB,
    judged_at INTEGER,
    PRIMARY KEY (organisation, finding)
) WITHOUT ROWID;
CREATE INDEX finding_person ON finding (organisation, person, at);
CREATE INDEX finding_unjudged ON finding (organisation, at) WHERE judged IS NULL;

CREATE TABLE alert (
    organisation BLOB NOT NULL,
    alert BLOB NOT NULL,
    person BLOB NOT NULL,
    team BLOB NOT NULL,
    finding BLOB NOT NULL,
    conversation BLOB,
    urgency TEXT NOT NULL,
    state TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    due_at INTEGER,
    step INTEGER NOT NULL,
    told BLOB,
    acknowledged_by BLOB,
    acknowledged_at INTEGER,
    second_by BLOB,
    closed_at INTEGER,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, alert)
) WITHOUT ROWID;
CREATE INDEX alert_due ON alert (organisation, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX alert_open ON alert (organisation, team, state, raised_at);
CREATE INDEX alert_person ON alert (organisation, person, raised_at);

-- What was done about an alert, in order; each is a named human's or the timer's.
CREATE TABLE alert_step (
    organisation BLOB NOT NULL,
    alert BLOB NOT NULL,
    step BLOB NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    by_account BLOB,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, alert, step)
) WITHOUT ROWID;

-- Work for later that survives a restart. Taken by the first node that claims it.
CREATE TABLE job (
    organisation BLOB NOT NULL,
    job BLOB NOT NULL,
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    claimed_until INTEGER,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, job)
) WITHOUT ROWID;
CREATE INDEX job_due ON job (organisation, due_at);

CREATE TABLE idempotency (
    organisation BLOB NOT NULL,
    account BLOB NOT NULL,
    key_hash BLOB NOT NULL,
    request_hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    sealed_reply BLOB NOT NULL,
    PRIMARY KEY (organisation, account, key_hash)
) WITHOUT ROWID;
CREATE INDEX idempotency_at ON idempotency (organisation, at);

CREATE TABLE break_glass (
    organisation BLOB NOT NULL,
    break_glass BLOB NOT NULL,
    account BLOB NOT NULL,
    person BLOB NOT NULL,
    at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    sealed_reason BLOB NOT NULL,
    reviewed_by BLOB,
    reviewed_at INTEGER,
    PRIMARY KEY (organisation, break_glass)
) WITHOUT ROWID;
CREATE INDEX break_glass_account ON break_glass (organisation, account, person, ends_at);

-- Chained per organisation and lane. mac = keyed BLAKE2b(previous mac, every other column).
CREATE TABLE audit_entry (
    organisation BLOB NOT NULL,
    lane INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    account BLOB NOT NULL,
    role TEXT NOT NULL,
    person BLOB,
    deed TEXT NOT NULL,
    about TEXT NOT NULL,
    about_id BLOB,
    sealed_more BLOB,
    mac BLOB NOT NULL,
    PRIMARY KEY (organisation, lane, sequence)
) WITHOUT ROWID;
CREATE INDEX audit_person ON audit_entry (organisation, person, at) WHERE person IS NOT NULL;
-- "Who looked" walks only the entries of lists; the administrator's page reads the newest first.
CREATE INDEX audit_list ON audit_entry (organisation, at) WHERE person IS NULL AND sealed_more IS NOT NULL;
CREATE INDEX audit_at ON audit_entry (organisation, at);
