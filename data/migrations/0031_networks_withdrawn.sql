-- A network that was made by mistake is shown nowhere and can come back.
ALTER TABLE network ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
