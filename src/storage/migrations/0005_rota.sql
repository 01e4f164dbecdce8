-- The service's own walk along the way of an alert, and who is on call when.
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
