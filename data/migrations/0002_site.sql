-- What is true of this directory as a whole: whether it is the demo.
CREATE TABLE site (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
