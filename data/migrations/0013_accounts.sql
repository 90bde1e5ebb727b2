-- Roles grow by the provider; passwords come with the invitation; sessions end with this change.
CREATE TABLE account_new (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL CHECK (role IN ('coordinator', 'school', 'provider', 'admin')),
  password_hash TEXT,             -- null until the invitation was taken up
  totp BLOB,                      -- the sealed secret of the second step; null where there is none
  totp_step INTEGER,              -- the last code's number: each is good once
  closed_at TEXT,                 -- UTC; who left signs in no more
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO account_new (id, email, role, password_hash, created_at)
  SELECT id, email, role, password_hash, created_at FROM account;
DROP TABLE account;
ALTER TABLE account_new RENAME TO account;

-- What an account is for: without a row, a coordinator's is the whole ward.
CREATE TABLE account_scope (
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('network', 'district', 'listing')),
  name TEXT NOT NULL,             -- of the network or school district; the id of the listing
  PRIMARY KEY (account, kind, name)
) STRICT;
