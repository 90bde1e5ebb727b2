-- A meeting that was entered by mistake is shown nowhere, keeps its minutes and can come back.
ALTER TABLE network_meeting ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
