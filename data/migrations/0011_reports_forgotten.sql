-- How often the same matter was reported on one day, beyond the reports whose words are kept.
ALTER TABLE report ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
