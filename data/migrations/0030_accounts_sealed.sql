-- Who an account is: sealed, and found by a digest of its mail address (ibasho.data.accounts.contact).
-- What stood here before is sealed by ibasho.data.migrations.accounts_sealed.
ALTER TABLE account RENAME COLUMN email TO email_digest;
ALTER TABLE account ADD COLUMN contact_sealed TEXT NOT NULL DEFAULT ''; -- JSON of address and name
