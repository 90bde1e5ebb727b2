-- A device that is being set up: its secret is for the sign-in alone that asked for it.
ALTER TABLE account DROP COLUMN totp_new;
CREATE TABLE device_set_up (
  token_hash TEXT PRIMARY KEY,    -- of a session or of the first half of one
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  secret BLOB NOT NULL,           -- sealed; it counts once a code of it was typed
  begun_at TEXT NOT NULL
) STRICT;

-- Passkeys (WebAuthn): the public half of a key whose other half never leaves its device.
ALTER TABLE account ADD COLUMN passkey_user BLOB;  -- what devices call the account; says nothing
CREATE TABLE passkey (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  credential BLOB NOT NULL UNIQUE,  -- what its device calls it
  public_key BLOB NOT NULL,         -- COSE
  counter INTEGER NOT NULL,         -- of its signatures; 0 where the device does not count
  name TEXT NOT NULL,
  added_at TEXT NOT NULL,           -- UTC, as the next
  used_at TEXT
) STRICT;

-- What a passkey is asked to sign: once, within minutes, for the browser that asked.
CREATE TABLE passkey_challenge (
  token_hash TEXT NOT NULL,         -- of a session, the first half of one, or a browser's own
  act TEXT NOT NULL CHECK (act IN ('add', 'enter', 'step')),
  challenge BLOB NOT NULL,
  made_at TEXT NOT NULL,
  PRIMARY KEY (token_hash, act)
) STRICT;
