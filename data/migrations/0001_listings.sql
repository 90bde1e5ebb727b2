-- Where lists come from, for the credit under every listing.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  licence TEXT NOT NULL
) STRICT;

-- A listing is its state and its revisions; the public sees the one in published_revision.
CREATE TABLE listing (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  state_reason TEXT NOT NULL,
  source INTEGER REFERENCES source (id),
  source_key TEXT,                -- the source's own ID of this row, where it gives one
  identity TEXT NOT NULL,         -- municipality, normalised name and address
  imported TEXT NOT NULL,         -- JSON: what the source said last, per part (main, tsuika)
  listed_on TEXT,                 -- JST date of the newest list that named it
  published_revision INTEGER REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED,
  created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX listing_source ON listing (source, source_key) WHERE source_key IS NOT NULL;
CREATE INDEX listing_identity ON listing (identity);
CREATE INDEX listing_state ON listing (state);

CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  listing TEXT NOT NULL REFERENCES listing (id),
  based_on INTEGER REFERENCES revision (id),
  body TEXT NOT NULL,             -- JSON of ibasho.data.listings.Listing
  decision TEXT NOT NULL CHECK (decision IN ('waiting', 'approved', 'rejected')),
  decision_reason TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_at TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT
) STRICT;
CREATE INDEX revision_listing ON revision (listing);
CREATE INDEX revision_waiting ON revision (decision) WHERE decision = 'waiting';

-- Who did what and when: ids only, never a contact or a text; rows are only ever added.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER record_no_update BEFORE UPDATE ON record
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER record_no_delete BEFORE DELETE ON record
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;

-- Listings that the search index has still to follow; emptied by whoever brings it up to date.
CREATE TABLE index_outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  listing TEXT NOT NULL REFERENCES listing (id)
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL CHECK (role IN ('coordinator', 'school', 'admin')),
  password_hash TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- Only a hash of the cookie's value is kept, so that a copied file opens no session.
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  started_at TEXT NOT NULL,
  seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE sign_in_attempt (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,          -- a keyed hash of the account's or the network address
  at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_attempt_subject ON sign_in_attempt (subject, at);
