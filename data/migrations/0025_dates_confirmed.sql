-- Openings of single dates of which a provider said that they take place as the opening days say.
CREATE TABLE date_confirmed (
  listing TEXT NOT NULL REFERENCES listing (id),
  on_date TEXT NOT NULL,          -- JST date
  opens_at TEXT NOT NULL,         -- "HH:MM", or empty, as they were when it was said
  closes_at TEXT NOT NULL,
  said_by TEXT NOT NULL,          -- staff only
  said_at TEXT NOT NULL,          -- moment in UTC
  PRIMARY KEY (listing, on_date, opens_at, closes_at)
) STRICT;

-- As before, with the confirmed dates beside the notices.
DROP VIEW published;
CREATE VIEW published AS
  SELECT listing.id, listing.state, revision.body, revision.sealed, listing.listed_on,
         source.name AS source_name, source.licence AS source_licence,
         (SELECT json_group_array(json_object(
            'id', one.id, 'date', one.on_date, 'is_open', one.is_open,
            'opens_at', one.opens_at, 'closes_at', one.closes_at, 'note', one.note))
          FROM date_notice AS one WHERE one.listing = listing.id) AS notices,
         (SELECT json_group_array(json_object(
            'date', one.on_date, 'opens_at', one.opens_at, 'closes_at', one.closes_at,
            'said_at', one.said_at))
          FROM date_confirmed AS one WHERE one.listing = listing.id) AS confirmed
  FROM listing
  JOIN revision ON revision.id = listing.published_revision
  LEFT JOIN source ON source.id = listing.source;
