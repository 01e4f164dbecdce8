-- Former keys: what an organisation's or a person's key was before it was replaced. Sealed values are sealed anew with the
-- new key in small steps, and until that is done either key opens them.
-- On any store: at once. It worked when the table former_key is there.
--
-- A person's former key goes when nothing needs it any more. An organisation's stays: entries of the audit record are
-- chained by their bytes and cannot be sealed anew.

CREATE TABLE former_key (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    number INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    replaced_at INTEGER NOT NULL,
    resealed_at INTEGER,
    PRIMARY KEY (organisation, person, number)
) WITHOUT ROWID;
-- A new epoch wraps former keys again too.
CREATE INDEX former_key_epoch ON former_key (epoch);
