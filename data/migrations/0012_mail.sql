-- Mails to send and what became of them. Whom they go to and what they say is sealed.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,       -- what it is the mail about: the same thing is never sent twice
  template TEXT NOT NULL,         -- what sort of mail it is
  subject TEXT NOT NULL,          -- id of what it is about (a listing, account:3), or empty
  sealed BLOB,                    -- JSON of recipient, subject line and text; null when forgotten
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'unsure', 'dropped')),
  tries INTEGER NOT NULL DEFAULT 0,
  due_at TEXT NOT NULL,           -- UTC; not before
  changed_at TEXT NOT NULL,       -- UTC; when it came into this state
  problem TEXT NOT NULL DEFAULT '' -- what the mail server said, without addresses
) STRICT;
CREATE INDEX mail_due ON mail (due_at) WHERE state = 'waiting';
CREATE INDEX mail_subject ON mail (subject);

-- One-use links in mails and on paper. Only a hash is kept, so that a copied file opens none.
CREATE TABLE link (
  token_hash TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,
  subject TEXT NOT NULL,          -- what it is for: a listing, account:3
  revision INTEGER,               -- the wording that it speaks of
  detail TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT;
CREATE INDEX link_subject ON link (subject, purpose);
