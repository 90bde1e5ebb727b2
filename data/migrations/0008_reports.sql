-- What visitors say is wrong with a listing; staff only. Nothing here says who or at what time.
CREATE TABLE report (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  listing TEXT NOT NULL REFERENCES listing (id),
  matter TEXT NOT NULL,           -- ibasho.data.reports.Matter
  words TEXT NOT NULL,            -- theirs, or empty; emptied some time after it is done
  sent_on TEXT NOT NULL,          -- JST date
  done_on TEXT                    -- JST date on which a coordinator had dealt with it
) STRICT;
CREATE INDEX report_listing ON report (listing, sent_on);
