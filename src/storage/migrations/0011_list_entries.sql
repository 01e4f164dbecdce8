-- The list of what is to be read soon: an entry for each such finding, whose it is, by when they have to
-- have looked, and what they recorded.
-- On any store: at once; a large one reads its findings once. It worked when `handrail doctor` names version 11.
--
-- In clear: ids, instants and which of the ways it was. What was written down about it stands sealed with the person's key.

CREATE TABLE list_entry (
    organisation BLOB NOT NULL,
    finding BLOB NOT NULL,
    person BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER,
    told_at INTEGER,
    owner BLOB,
    looked TEXT,
    looked_at INTEGER,
    looked_by BLOB,
    sealed_body BLOB,
    PRIMARY KEY (organisation, finding)
) WITHOUT ROWID;
-- Those that nobody has looked at.
CREATE INDEX list_entry_open ON list_entry (organisation, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX list_entry_person ON list_entry (organisation, person, made_at);

-- What nobody had judged fell off the list after seven days; whether somebody had looked stood nowhere. It stands on it again, a day
-- after it was found at the latest, until somebody records that they looked: once for all of a person.
INSERT INTO list_entry (organisation, finding, person, made_at, due_at)
SELECT organisation, finding, person, at, at + 86400000000
FROM finding WHERE urgency = 'soon' AND judged IS NULL;
