-- Whether there is room at a listing: the last word alone, which ends by itself.
CREATE TABLE light (
  listing TEXT PRIMARY KEY REFERENCES listing (id),
  light TEXT NOT NULL,            -- ibasho.data.notices.Light
  said_by TEXT NOT NULL,          -- staff only
  said_at TEXT NOT NULL,          -- moment in UTC
  until TEXT NOT NULL             -- Japan's clock, "YYYY-MM-DDTHH:MM"; from then on it is not so
) STRICT;

-- What was last said of a single date of a listing: closed, or open from and to these times.
CREATE TABLE date_notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  listing TEXT NOT NULL REFERENCES listing (id),
  on_date TEXT NOT NULL,          -- JST date
  is_open INTEGER NOT NULL,
  opens_at TEXT,                  -- "HH:MM"
  closes_at TEXT,
  note TEXT NOT NULL,             -- in words, or empty
  said_by TEXT NOT NULL,          -- staff only
  said_at TEXT NOT NULL,          -- moment in UTC
  UNIQUE (listing, on_date)
) STRICT;

-- The public wording with what was said of its dates: one place from which all dates are made.
DROP VIEW published;
CREATE VIEW published AS
  SELECT listing.id, listing.state, revision.body, listing.listed_on,
         source.name AS source_name, source.licence AS source_licence,
         (SELECT json_group_array(json_object(
            'id', one.id, 'date', one.on_date, 'is_open', one.is_open,
            'opens_at', one.opens_at, 'closes_at', one.closes_at, 'note', one.note))
          FROM date_notice AS one WHERE one.listing = listing.id) AS notices
  FROM listing
  JOIN revision ON revision.id = listing.published_revision
  LEFT JOIN source ON source.id = listing.source;
