-- The record is read by what it is about, who did it and what was done; the newest first.
CREATE INDEX record_subject ON record (subject, id);
CREATE INDEX record_actor ON record (actor, id);
CREATE INDEX record_action ON record (action, id);
CREATE INDEX record_at ON record (at);
