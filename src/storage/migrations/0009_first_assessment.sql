-- The first assessment: one for a person, its answers, and who reads it by when.
-- On any store: at once. It worked when `handrail doctor` names version 9.
--
-- In clear: ids, instants, the state, the version that counts changes, whose it is to read and when that is due. What was asked
-- and answered, and what was noted when it was read, stands sealed with the person's key.

CREATE TABLE first_assessment (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    assessment BLOB NOT NULL,
    form TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sent_at INTEGER,
    due_at INTEGER,
    told_at INTEGER,
    reader BLOB,
    read_at INTEGER,
    read_by BLOB,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person)
) WITHOUT ROWID;
-- Those that were sent and nobody has read: a handful, however many people there are.
CREATE INDEX first_assessment_unread ON first_assessment (organisation, due_at) WHERE due_at IS NOT NULL;
