-- What takes place on certain days. The dates stand beside the body so that a range finds them.
CREATE TABLE event (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,             -- JSON of ibasho.data.events.Event
  first_on TEXT NOT NULL,         -- JST date of the first occurrence
  last_on TEXT NOT NULL,          -- JST date of the last occurrence
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX event_last_on ON event (last_on);

-- Networks of places. Listings and events name theirs; who is a member follows from that.
CREATE TABLE network (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  phone TEXT NOT NULL
) STRICT;
