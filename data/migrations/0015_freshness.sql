-- What was done because nobody had said for long that a wording is true: each step once a wording.
CREATE TABLE reminder (
  listing TEXT NOT NULL REFERENCES listing (id),
  revision INTEGER NOT NULL REFERENCES revision (id),
  step TEXT NOT NULL CHECK (step IN ('first', 'second', 'stale', 'unlist')),
  done_on TEXT NOT NULL,          -- JST date
  PRIMARY KEY (listing, revision, step)
) STRICT;

-- What a provider answered through a link and somebody at the desk has yet to look at.
CREATE TABLE answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  listing TEXT NOT NULL REFERENCES listing (id),
  kind TEXT NOT NULL CHECK (kind IN ('change', 'stopped')),
  revision INTEGER REFERENCES revision (id), -- the wording that waits, of a change
  last_day TEXT,                  -- JST date, of a place that has stopped
  sealed BLOB NOT NULL,           -- the provider's own words to the office
  answered_on TEXT NOT NULL,      -- JST date
  done_at TEXT                    -- UTC; null while it waits
) STRICT;
CREATE INDEX answer_open ON answer (id) WHERE done_at IS NULL;
