-- The service's own walk along the way of an alert; who is on call when; and what people are asked when, what became of
-- each time, and links that open one form.
-- On any store: at once. It worked when `handrail doctor` names version 5.
--
-- Nobody's words: which step of a walk held, when and how long it took; which account of staff is on call when. The walk's
-- made-up person lives in an organisation of its own and leaves nothing behind but these rows.

CREATE TABLE walk_step (
    organisation BLOB NOT NULL,
    walk BLOB NOT NULL,
    step INTEGER NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    took INTEGER NOT NULL,
    held INTEGER NOT NULL,
    PRIMARY KEY (organisation, walk, step)
) WITHOUT ROWID;

-- Each week again, by the service's own clock: weekday 0 is Monday; minutes after midnight, the end past 1440 when it is on the
-- next day.
CREATE TABLE rota_shift (
    organisation BLOB NOT NULL,
    shift BLOB NOT NULL,
    team BLOB NOT NULL,
    account BLOB NOT NULL,
    weekday INTEGER NOT NULL,
    from_minute INTEGER NOT NULL,
    to_minute INTEGER NOT NULL,
    PRIMARY KEY (organisation, shift)
) WITHOUT ROWID;

-- Somebody else takes it from one instant to another; of two at the same time the one made last counts.
CREATE TABLE rota_override (
    organisation BLOB NOT NULL,
    override BLOB NOT NULL,
    team BLOB NOT NULL,
    account BLOB NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    PRIMARY KEY (organisation, override)
) WITHOUT ROWID;

-- Days of the service's own calendar, counted from 1970-01-01; both are days away.
CREATE TABLE staff_leave (
    organisation BLOB NOT NULL,
    leave BLOB NOT NULL,
    account BLOB NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    PRIMARY KEY (organisation, leave)
) WITHOUT ROWID;

-- Asking. In clear: ids, instants, states, and which instrument, as with answers. What a schedule says (times, zone, who set
-- it, why it asks more or less just now) is sealed with the person's key. Of a link only the hash of its token is kept.

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
