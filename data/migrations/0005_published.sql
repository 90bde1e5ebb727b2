-- Each listing with its approved wording and the credit of its list. Which states are public is for
-- the code to say (ibasho.data.listings.states): whoever reads asks for them.
CREATE VIEW published AS
  SELECT listing.id, listing.state, revision.body, listing.listed_on,
         source.name AS source_name, source.licence AS source_licence
  FROM listing
  JOIN revision ON revision.id = listing.published_revision
  LEFT JOIN source ON source.id = listing.source;
