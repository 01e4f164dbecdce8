-- The key store: one wrapped key per person and per organisation, and the look-up hashes beside them. Kept in a store
-- of its own, so that a copy of the data holds no key and a person can be erased by erasing one row here.
-- On a new store: at once. It worked when `handrail doctor` names key store version 1.
--
-- wrapped is the key under the epoch key, a small file outside every database. A person who was erased keeps their row
-- with an empty wrapped and the instant, so that `restore` can repeat the erasure.

CREATE TABLE organisation_key (
    organisation BLOB NOT NULL PRIMARY KEY,
    epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    slug TEXT NOT NULL,
    created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX organisation_key_slug ON organisation_key (slug);

CREATE TABLE person_key (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    look_up BLOB,
    created_at INTEGER NOT NULL,
    erased_at INTEGER,
    PRIMARY KEY (organisation, person)
) WITHOUT ROWID;
-- A new epoch wraps everybody's key again, oldest epoch first.
CREATE INDEX person_key_epoch ON person_key (epoch);
CREATE INDEX person_key_erased ON person_key (erased_at) WHERE erased_at IS NOT NULL;

-- Finds a person by a contact detail: hash is keyed per organisation and field, and says nothing without the key.
CREATE TABLE look_up (
    organisation BLOB NOT NULL,
    field TEXT NOT NULL,
    hash BLOB NOT NULL,
    person BLOB NOT NULL,
    PRIMARY KEY (organisation, field, hash, person)
) WITHOUT ROWID;
CREATE INDEX look_up_person ON look_up (organisation, person);
