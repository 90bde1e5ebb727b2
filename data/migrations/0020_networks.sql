-- What a network does among its members. Who is named, and what is said among people, is sealed.
CREATE TABLE network_partner (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  network INTEGER NOT NULL REFERENCES network (id),
  kind TEXT NOT NULL,             -- ibasho.data.networks.PartnerKind
  name TEXT NOT NULL,             -- of the organization
  removed_at TEXT                 -- UTC; null while it is a member
) STRICT;

-- Whom to write to or call: of a listing, or of a partner.
CREATE TABLE network_person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  network INTEGER NOT NULL REFERENCES network (id),
  listing TEXT REFERENCES listing (id),
  partner INTEGER REFERENCES network_partner (id),
  sealed BLOB NOT NULL,           -- JSON of name, role, phone, email
  removed_at TEXT,                -- UTC; forgotten thirty days later
  CHECK ((listing IS NULL) <> (partner IS NULL))
) STRICT;
CREATE INDEX network_person_network ON network_person (network);

CREATE TABLE network_meeting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  network INTEGER NOT NULL REFERENCES network (id),
  held_on TEXT NOT NULL,          -- JST date
  opens_at TEXT NOT NULL,         -- "HH:MM", or empty
  closes_at TEXT NOT NULL,
  people INTEGER,                 -- how many came; null until somebody counted
  present TEXT NOT NULL,          -- JSON list of members: listing:<id>, partner:<id>
  is_off INTEGER NOT NULL,        -- called off
  sealed BLOB NOT NULL            -- JSON of place, agenda, minutes
) STRICT;
CREATE INDEX network_meeting_network ON network_meeting (network, held_on);

CREATE TABLE network_task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  meeting INTEGER NOT NULL REFERENCES network_meeting (id),
  due_on TEXT,                    -- JST date
  done_on TEXT,                   -- JST date; null while it is open
  sealed BLOB NOT NULL            -- JSON of words, owner
) STRICT;
CREATE INDEX network_task_meeting ON network_task (meeting);

CREATE TABLE network_news (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  network INTEGER NOT NULL REFERENCES network (id),
  written_at TEXT NOT NULL,       -- UTC
  sent_at TEXT,                   -- UTC; null while it can be changed
  recipients INTEGER NOT NULL,    -- how many mails were queued
  sealed BLOB NOT NULL            -- JSON of title, text
) STRICT;
CREATE INDEX network_news_network ON network_news (network);

-- What members lack and what others give. What has ended by its date is not written anywhere.
CREATE TABLE network_need (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  network INTEGER NOT NULL REFERENCES network (id),
  listing TEXT NOT NULL REFERENCES listing (id),
  kind TEXT NOT NULL,             -- ibasho.data.networks.Help
  until_on TEXT,                  -- JST date, the last on which it holds
  state TEXT NOT NULL CHECK (state IN ('open', 'matched', 'withdrawn')),
  sealed BLOB NOT NULL            -- JSON of words, amount
) STRICT;
CREATE INDEX network_need_network ON network_need (network);
CREATE TABLE network_offer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  network INTEGER NOT NULL REFERENCES network (id),
  kind TEXT NOT NULL,
  until_on TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'matched', 'withdrawn')),
  is_perishable INTEGER NOT NULL,
  reach_m INTEGER,                -- metres; how far it may be, null for any distance
  sealed BLOB NOT NULL            -- JSON of giver, phone, email, words, amount, place and its point
) STRICT;
CREATE INDEX network_offer_network ON network_offer (network);

-- What the desk decided of a need and an offer: brought together, or that they do not fit.
CREATE TABLE network_match (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  need INTEGER NOT NULL REFERENCES network_need (id),
  offer INTEGER NOT NULL REFERENCES network_offer (id),
  state TEXT NOT NULL CHECK (state IN ('joined', 'unfit', 'undone')),
  at TEXT NOT NULL                -- UTC
) STRICT;
CREATE UNIQUE INDEX network_match_pair ON network_match (need, offer) WHERE state <> 'undone';
