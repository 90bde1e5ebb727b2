-- Lists that came to the desk, by upload or fetched: what becomes of them is decided there.
CREATE TABLE import_run (
  id INTEGER PRIMARY KEY,
  made_at TEXT NOT NULL,          -- UTC
  made_by TEXT NOT NULL,
  feed INTEGER REFERENCES import_feed (id) ON DELETE SET NULL, -- null where a person sent it
  names TEXT NOT NULL,            -- JSON: the names of its files
  options TEXT NOT NULL,          -- JSON: how it is read
  state TEXT NOT NULL CHECK (state IN ('open', 'published', 'undone', 'dropped')),
  report TEXT,                    -- JSON of counts, once it is published
  decided_at TEXT,                -- UTC; published or put away
  decided_by TEXT,
  undone_at TEXT,                 -- UTC
  undone_by TEXT
) STRICT;

-- Its files until it is published, sealed: lists name people and their telephones.
CREATE TABLE import_file (
  run INTEGER NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (run, place)
) STRICT;

-- The row of each listing that an import has changed, as it was and as it left it, to undo it.
CREATE TABLE import_change (
  run INTEGER NOT NULL REFERENCES import_run (id),
  listing TEXT NOT NULL REFERENCES listing (id),
  before TEXT,                    -- JSON of the row; null where the import made the listing
  after TEXT NOT NULL,
  newest_revision INTEGER NOT NULL, -- of this listing when the import was done
  is_undone INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, listing)
) STRICT;

-- What people have said of a row of a source and a listing that resembles it.
CREATE TABLE same_place (
  source TEXT NOT NULL,           -- its name; an id it has only once something of it is published
  identity TEXT NOT NULL,         -- of the row: municipality, normalised name and address
  other TEXT NOT NULL,            -- id of the listing, or row: and the identity of another row
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'nothing')),
  take TEXT NOT NULL,             -- JSON: what of the row is taken over, field by field
  why TEXT NOT NULL,              -- why they resemble each other
  said TEXT NOT NULL,             -- digest of the row that was seen
  revision INTEGER,               -- public wording of the listing that was seen
  run INTEGER REFERENCES import_run (id), -- that has taken it over; null while nothing has
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  PRIMARY KEY (source, identity, other)
) STRICT;

-- How the lists of a source are read, so that its next file needs no choosing.
CREATE TABLE import_mapping (
  source TEXT PRIMARY KEY,
  columns TEXT NOT NULL,          -- JSON: the columns of its file, to know it again
  options TEXT NOT NULL
) STRICT;

-- Lists on the web that are fetched again.
CREATE TABLE import_feed (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,      -- the name of its source
  url TEXT NOT NULL,
  options TEXT NOT NULL,          -- JSON: how it is read
  every_days INTEGER NOT NULL,
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  checked_at TEXT,                -- UTC; when it was last asked for
  problem TEXT NOT NULL DEFAULT '' -- why that gave nothing, in the words of the refusal
) STRICT;
