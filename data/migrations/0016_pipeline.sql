-- Possible providers on their way to a public listing. Who told of them, their contacts and all that
-- is written about the talk with them is sealed.
CREATE TABLE lead (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,             -- ibasho.data.listings.Kind
  municipality TEXT NOT NULL,
  place TEXT NOT NULL,            -- address or words for where it is
  network TEXT NOT NULL,
  school_district TEXT NOT NULL,
  sealed BLOB NOT NULL,           -- JSON: who told of it, and the people to talk to
  owner INTEGER REFERENCES account (id),
  listing TEXT UNIQUE REFERENCES listing (id),
  stage TEXT NOT NULL CHECK (stage IN ('found', 'visited', 'invited', 'active', 'declined')),
  consent TEXT,                   -- version of the wording that was agreed to, by who registered
  consent_on TEXT,                -- JST date of it
  mail_confirmed_on TEXT,         -- JST date on which who registered opened the link in the mail
  form_key TEXT UNIQUE,           -- of the form that was sent: the same is not kept twice
  made_at TEXT NOT NULL
) STRICT;

CREATE TABLE lead_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead TEXT NOT NULL REFERENCES lead (id),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  reason BLOB NOT NULL,           -- sealed
  actor TEXT NOT NULL,
  at TEXT NOT NULL                -- UTC
) STRICT;
CREATE INDEX lead_step_lead ON lead_step (lead);

CREATE TABLE lead_check (
  lead TEXT NOT NULL REFERENCES lead (id),
  item TEXT NOT NULL,             -- ibasho.data.pipeline.Item
  mark TEXT NOT NULL,             -- ibasho.data.pipeline.Mark
  done_on TEXT,                   -- JST date
  actor TEXT NOT NULL,
  PRIMARY KEY (lead, item)
) STRICT;

CREATE TABLE lead_note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead TEXT NOT NULL REFERENCES lead (id),
  kind TEXT NOT NULL,             -- ibasho.data.pipeline.NoteKind
  written_on TEXT NOT NULL,       -- JST date of the visit or talk
  sealed BLOB NOT NULL,
  actor TEXT NOT NULL,
  is_removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX lead_note_lead ON lead_note (lead);

CREATE TABLE lead_task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lead TEXT NOT NULL REFERENCES lead (id),
  sealed BLOB NOT NULL,           -- what is to be done
  owner INTEGER REFERENCES account (id),
  due_on TEXT,                    -- JST date
  done_on TEXT                    -- JST date
) STRICT;
CREATE INDEX lead_task_lead ON lead_task (lead);
