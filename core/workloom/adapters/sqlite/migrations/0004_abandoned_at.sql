-- When the source of an item canceled it while it waited for an agent.
ALTER TABLE interaction ADD COLUMN abandoned_at TEXT;
