-- Notifications on a device (web push): where they reach the browsers of whoever switched them on.
-- On any store: at once. It worked when `handrail doctor` names version 7.
--
-- A contact detail: the address that the browser was given and its keys are sealed, a person's with their own key, those of staff
-- with the organisation's (person is then empty). One device is found again by a keyed hash of its address. In clear besides: ids,
-- the instant, and which of the last notices it took, as their ids.

CREATE TABLE push_device (
    organisation BLOB NOT NULL,
    person BLOB NOT NULL,
    account BLOB NOT NULL,
    device BLOB NOT NULL,
    address_hash BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    taken BLOB NOT NULL,
    sealed_body BLOB NOT NULL,
    PRIMARY KEY (organisation, person, account, device)
) WITHOUT ROWID;
CREATE UNIQUE INDEX push_device_address ON push_device (organisation, address_hash);
