-- Check-ins that a service designs itself: what is asked, each change a version of its own that stays.
-- On any store: at once. It worked when `handrail doctor` names version 6. Answers to them stand with the other answers.
--
-- In clear: ids, instants, which version and whether it is the newest. The words are the service's own and stand sealed with the
-- organisation's key: what a service asks may say whom it looks after.

CREATE TABLE check_in_design (
    organisation BLOB NOT NULL,
    design BLOB NOT NULL,
    revision BLOB NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by BLOB NOT NULL,
    retired_at INTEGER,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, design, revision)
) WITHOUT ROWID;
CREATE UNIQUE INDEX check_in_design_version ON check_in_design (organisation, design, version);
