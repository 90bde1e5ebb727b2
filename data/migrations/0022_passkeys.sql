-- A device that is being set up: its secret is for the sign-in alone that asked for it.
ALTER TABLE account DROP COLUMN totp_new;
CREATE TABLE device_set_up (
  token_hash TEXT PRIMARY KEY,    -- of a session or of the first half of one
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  secret BLOB NOT NULL,           -- sealed; it counts once a code of it was typed
  begun_at TEXT NOT NULL
) STRICT;
