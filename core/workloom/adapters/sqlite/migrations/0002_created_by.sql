-- The message that created a source's item is known for itself: its revision may come again for another message.
-- Items that are there already keep it among their messages; for them its revision stays taken.
ALTER TABLE capture_item ADD COLUMN created_revision TEXT NOT NULL DEFAULT '';
ALTER TABLE capture_item ADD COLUMN created_verb TEXT NOT NULL DEFAULT 'create';
