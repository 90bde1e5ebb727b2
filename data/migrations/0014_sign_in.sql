-- The second step: a secret that is being set up, and codes for who has lost the device.
ALTER TABLE account ADD COLUMN totp_new BLOB;  -- sealed; it counts once a code of it was typed

-- Whose password was right and whose second step is not done: no session yet.
CREATE TABLE half_session (
  token_hash TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  started_at TEXT NOT NULL
) STRICT;

CREATE TABLE recovery_code (
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  used_at TEXT,                   -- UTC; each is good once
  PRIMARY KEY (account, code_hash)
) STRICT;
