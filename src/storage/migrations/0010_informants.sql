-- Somebody close whom a person lets be asked: who they are to them, what they are asked, and what they answered. Kept apart from
-- the person's own schedules, asks and answers, so that nothing counts the one for the other.
-- On any store: at once. It worked when `handrail doctor` names version 10.
--
-- In clear: ids, instants, states, which check-in in which version, and how soon an answer called for a human. Address, words,
-- notes and the consent stand sealed with the person's key. Of a link only the hash of its token is kept.

CREATE TABLE informant (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    informant BLOB NOT NULL,
    state TEXT NOT NULL,
    named_at INTEGER NOT NULL,
    over_at INTEGER,
    next_at INTEGER,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, informant)
) WITHOUT ROWID;
-- Whose time has come is found by its instant, however many people there are.
CREATE INDEX informant_due ON informant (organisation, next_at) WHERE next_at IS NOT NULL;

CREATE TABLE informant_ask (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    ask BLOB NOT NULL,
    informant BLOB NOT NULL,
    form TEXT NOT NULL,
    version INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    over_at INTEGER,
    answer BLOB,
    remind_at INTEGER,
    reminded_at INTEGER,
    tries INTEGER NOT NULL,
    claimed_until INTEGER,
    PRIMARY KEY (organisation, person, ask)
) WITHOUT ROWID;
CREATE INDEX informant_ask_open ON informant_ask (organisation, ends_at) WHERE state = 'open';
-- Letters that have to go: few at any time.
CREATE INDEX informant_ask_remind ON informant_ask (organisation, remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE informant_link (
    organisation BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    person BLOB NOT NULL,
    ask BLOB NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, token_hash)
) WITHOUT ROWID;
CREATE INDEX informant_link_person ON informant_link (organisation, person);

CREATE TABLE informant_answer (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    answer BLOB NOT NULL,
    informant BLOB NOT NULL,
    form TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    urgency TEXT NOT NULL,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, answer)
) WITHOUT ROWID;
