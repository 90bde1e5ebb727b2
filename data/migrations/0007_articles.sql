-- Short texts that help at home, dated and signed. Those of a later date wait for it.
CREATE TABLE article (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,             -- JSON of ibasho.data.articles.Article
  published_on TEXT NOT NULL,     -- JST date
  withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;
