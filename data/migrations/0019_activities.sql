-- What the office did: visits to schools, hearings, meetings. The progress report counts them.
CREATE TABLE activity (
  id TEXT PRIMARY KEY,
  held_on TEXT NOT NULL,          -- JST date
  kind TEXT NOT NULL CHECK (kind IN ('school_visit', 'hearing', 'principals', 'training',
                                     'meeting', 'publicity', 'other')),
  with_whom BLOB NOT NULL,        -- sealed
  people INTEGER CHECK (people >= 0), -- null where nobody counted
  network TEXT NOT NULL,          -- by its name, or empty
  school TEXT NOT NULL,           -- id in the list of schools, or empty
  listing TEXT REFERENCES listing (id) ON DELETE SET NULL,
  note BLOB NOT NULL,             -- sealed
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX activity_held_on ON activity (held_on);

-- What was entered by mistake is shown to nobody, and can be brought back.
ALTER TABLE event ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
ALTER TABLE school ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
ALTER TABLE station ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));
ALTER TABLE area ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));

-- A file of outlines between its upload and the moment at which somebody keeps it.
CREATE TABLE outline_file (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,             -- of the file
  body TEXT NOT NULL,             -- GeoJSON
  sent_by TEXT NOT NULL,
  sent_at TEXT NOT NULL           -- UTC; after a day it is erased
) STRICT;
