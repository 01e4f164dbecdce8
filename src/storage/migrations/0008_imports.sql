-- Imports: what a file brought into a record, so that it can be taken back; and what a wearable counted, a day and a source a row.
-- On any store: at once; answers get a column that is empty for every one there is. It worked when `handrail doctor` names version 8.
--
-- In clear: ids, instants, days, states, the kind of import, and which answer an import brought. What a file was (its checksum, the
-- mapping, counts) is sealed with the organisation's key and names nobody; what was counted is sealed with the person's.

CREATE TABLE import_batch (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    batch BLOB NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by BLOB,
    taken_back_at INTEGER,
    taken_back_by BLOB,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, batch)
) WITHOUT ROWID;
-- The newest first, as their ids are made in time; and one by its id.
CREATE UNIQUE INDEX import_batch_id ON import_batch (organisation, batch);

ALTER TABLE answer ADD COLUMN batch BLOB;
-- Only of what a file brought.
CREATE INDEX answer_batch ON answer (organisation, person, batch) WHERE batch IS NOT NULL;

-- Days of the calendar on which somebody wore it, counted from 1970-01-01.
CREATE TABLE daily_summary (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    summary BLOB NOT NULL,
    on_day INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    batch BLOB,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, summary)
) WITHOUT ROWID;
