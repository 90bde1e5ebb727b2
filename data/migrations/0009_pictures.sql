-- Pictures of listings, made anew from the files that were sent: no metadata of those is here. Whoever
-- adds one has said that whoever took it and whoever is in it agree.
CREATE TABLE picture (
  id TEXT PRIMARY KEY,
  listing TEXT NOT NULL REFERENCES listing (id),
  alt TEXT NOT NULL CHECK (alt <> ''),  -- what it shows, for those who do not see it
  credit TEXT NOT NULL,           -- whose it is, or empty
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'withdrawn')),
  position INTEGER NOT NULL,      -- those of one listing are shown in this order
  withdrawn_on TEXT,              -- JST date; erased some time after it
  written_by TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX picture_listing ON picture (listing, position);

CREATE TABLE picture_file (
  picture TEXT NOT NULL REFERENCES picture (id) ON DELETE CASCADE,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  body BLOB NOT NULL,             -- WebP
  PRIMARY KEY (picture, width)
) STRICT;
