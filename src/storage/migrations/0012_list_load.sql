-- How much is on the list of what is for soon: rules that put nothing on it about one person until a day, to whom an entry was given
-- when it came, and how often a rule was agreed with.
-- On any store: at once; a large one reads its judged findings once. It worked when `handrail doctor` names version 12.
--
-- In clear: ids, instants and the ids of rules, as with findings. Why a rule is quiet stands sealed with the person's key.

CREATE TABLE quiet_rule (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    quiet BLOB NOT NULL,
    rules TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by BLOB NOT NULL,
    ends_at INTEGER NOT NULL,
    over_at INTEGER,
    over_by BLOB,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, quiet)
) WITHOUT ROWID;

-- Whose it was when it came, and beyond whose number a day: of entries that were there before nobody knows.
ALTER TABLE list_entry ADD COLUMN given_to BLOB;
ALTER TABLE list_entry ADD COLUMN beyond TEXT;
ALTER TABLE list_entry ADD COLUMN beyond_told_at INTEGER;
-- By which quiet rule it was kept off.
ALTER TABLE list_entry ADD COLUMN quiet BLOB;
CREATE INDEX list_entry_given ON list_entry (organisation, given_to, made_at);
CREATE INDEX list_entry_made ON list_entry (organisation, made_at);

-- The last ones of a rule that somebody judged.
CREATE INDEX finding_judged ON finding (organisation, rule, at) WHERE judged IS NOT NULL;
