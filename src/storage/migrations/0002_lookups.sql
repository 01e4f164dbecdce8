-- Look-ups: indexes for statements that walked every alert, step, session or audit entry of the organisation.
-- On a store of a million audit entries: some seconds. It worked when `EXPLAIN QUERY PLAN` of the caseload names them
-- (tests/contracts/query_plan_test.cpp).

-- A service keeps its closed alerts; the caseload, the check on who may read and the erasure ask for the open ones.
CREATE INDEX alert_unclosed ON alert (organisation, person) WHERE state <> 'closed';
-- The report of a month.
CREATE INDEX alert_raised ON alert (organisation, raised_at);
CREATE INDEX alert_step_kind ON alert_step (organisation, kind, at);

-- Staff are few, and people who signed up are many.
CREATE INDEX account_staff ON account (organisation, created_at, account) WHERE person IS NULL;
CREATE INDEX account_role ON account (organisation, role, state);

-- The hourly round removes what has ended.
CREATE INDEX session_ends ON session (organisation, ends_at);

CREATE INDEX invitation_waiting ON invitation (organisation, ends_at) WHERE used_at IS NULL;
CREATE INDEX break_glass_unreviewed ON break_glass (organisation, at) WHERE reviewed_at IS NULL;

-- When a clinician last looked at each person. Only these deeds are in it, so that no entry of a person costs more.
CREATE INDEX audit_looked ON audit_entry (organisation, account, person, at)
    WHERE deed IN ('read.person', 'read.alert', 'read.conversation', 'acknowledge.alert');
