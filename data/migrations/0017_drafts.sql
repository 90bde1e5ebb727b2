-- What somebody has typed into a form and not sent yet; sealed, for it may say anything of anyone.
CREATE TABLE draft (
  id TEXT PRIMARY KEY,            -- made with the form
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  listing TEXT REFERENCES listing (id),  -- null for one that is not listed yet
  sealed BLOB NOT NULL,           -- JSON: each field's values by its name
  saved_at TEXT NOT NULL          -- UTC; forgotten 30 days later
) STRICT;
CREATE INDEX draft_account ON draft (account);

-- What an approval can be taken back to; null where that is not known or nothing was public.
ALTER TABLE revision ADD COLUMN replaced INTEGER REFERENCES revision (id);
ALTER TABLE revision ADD COLUMN state_before TEXT;
