-- Asking: what a clinician has somebody asked, when, what became of each time, and links that open one form.
-- On any store: at once. It worked when `handrail doctor` names version 6.
--
-- In clear: ids, instants, states, and which instrument, as with answers. What a schedule says (times, zone, who set it,
-- why it asks more or less just now) is sealed with the person's key. Of a link only the hash of its token is kept.

CREATE TABLE schedule (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    schedule BLOB NOT NULL,
    state TEXT NOT NULL,
    next_at INTEGER,
    made_at INTEGER NOT NULL,
    over_at INTEGER,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, schedule)
) WITHOUT ROWID;
-- What is due is found by its instant, however many people there are.
CREATE INDEX schedule_due ON schedule (organisation, next_at) WHERE next_at IS NOT NULL;

CREATE TABLE ask (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    ask BLOB NOT NULL,
    schedule BLOB NOT NULL,
    instrument TEXT NOT NULL,
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
CREATE INDEX ask_open ON ask (organisation, ends_at) WHERE state = 'open';
CREATE INDEX ask_of_person ON ask (organisation, person) WHERE state = 'open';
-- Letters that have to go: few at any time.
CREATE INDEX ask_remind ON ask (organisation, remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE ask_link (
    organisation BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    person BLOB NOT NULL,
    ask BLOB NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, token_hash)
) WITHOUT ROWID;
CREATE INDEX ask_link_person ON ask_link (organisation, person);
