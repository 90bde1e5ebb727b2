-- What no page shows is not kept.
ALTER TABLE network DROP COLUMN url;
ALTER TABLE network DROP COLUMN founded_in;
