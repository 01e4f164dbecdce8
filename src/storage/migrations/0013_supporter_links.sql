-- A supporter's way in: what the person ticked of their safety plan, read-only, by a link that they hand on themselves.
-- On any store: at once. It worked when `handrail doctor` names version 13.
--
-- In clear: ids, instants and how often it was opened. What was ticked, the name that the page calls the person by, its language
-- and the consent stand sealed with the person's key. Of the link only the hash of its token is kept; one a supporter.

CREATE TABLE supporter_link (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    supporter BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    opened_at INTEGER,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, supporter)
) WITHOUT ROWID;
CREATE UNIQUE INDEX supporter_link_token ON supporter_link (organisation, token_hash);
