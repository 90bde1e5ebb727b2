-- What only the staff may know is sealed with a key that is not in here (ibasho.data.sealing); an
-- empty text stays empty. What stood here before is sealed by ibasho.data.migrations.sealed.
ALTER TABLE revision ADD COLUMN sealed TEXT NOT NULL DEFAULT ''; -- what of body is not open
ALTER TABLE revision RENAME COLUMN decision_reason TO reason_sealed;
ALTER TABLE event ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE listing RENAME COLUMN state_reason TO reason_sealed;
ALTER TABLE listing RENAME COLUMN imported TO imported_sealed;
ALTER TABLE listing RENAME COLUMN identity TO identity_digest;
ALTER TABLE report RENAME COLUMN words TO words_sealed;

DROP VIEW published;
CREATE VIEW published AS
  SELECT listing.id, listing.state, revision.body, revision.sealed, listing.listed_on,
         source.name AS source_name, source.licence AS source_licence,
         (SELECT json_group_array(json_object(
            'id', one.id, 'date', one.on_date, 'is_open', one.is_open,
            'opens_at', one.opens_at, 'closes_at', one.closes_at, 'note', one.note))
          FROM date_notice AS one WHERE one.listing = listing.id) AS notices
  FROM listing
  JOIN revision ON revision.id = listing.published_revision
  LEFT JOIN source ON source.id = listing.source;

ALTER TABLE same_place RENAME TO same_place_open;
CREATE TABLE same_place (
  source TEXT NOT NULL,           -- its name; an id it has only once something of it is published
  pair_digest TEXT NOT NULL,      -- of the row and what it resembles
  sealed TEXT NOT NULL,           -- JSON: both, what of the row is taken over, why they are alike
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'nothing')),
  said TEXT NOT NULL,             -- digest of the row that was seen
  revision INTEGER,               -- public wording of the listing that was seen
  run INTEGER REFERENCES import_run (id), -- that has taken it over; null while nothing has
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  PRIMARY KEY (source, pair_digest)
) STRICT;
