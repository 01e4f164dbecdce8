-- Deliveries: what leaves the server for staff when an alert is raised or goes up, beside the page.
-- On any store: at once. It worked when `handrail doctor` names version 4.
--
-- Written in the transaction that raises the alert or takes it up; taken by the first node that claims it. In clear: ids,
-- instants, the channel, the step and the state. What a receiver said when it refused is sealed with the organisation's key:
-- it may quote an address.

CREATE TABLE delivery (
    organisation BLOB NOT NULL,
    delivery BLOB NOT NULL,
    alert BLOB NOT NULL,
    account BLOB NOT NULL,
    channel TEXT NOT NULL,
    step INTEGER NOT NULL,
    telling INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    claimed_until INTEGER,
    state TEXT NOT NULL,
    done_at INTEGER,
    sealed_body BLOB,
    PRIMARY KEY (organisation, delivery)
) WITHOUT ROWID;
CREATE INDEX delivery_alert ON delivery (organisation, alert, telling);
-- Only what still has to go, and what could not: both are few.
CREATE INDEX delivery_due ON delivery (organisation, channel, due_at) WHERE state = 'waiting';
CREATE INDEX delivery_given_up ON delivery (organisation, done_at) WHERE state = 'given_up';
