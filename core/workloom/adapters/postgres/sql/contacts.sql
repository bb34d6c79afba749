-- name: get
SELECT row, id, tenant, key, name, created_at FROM contact WHERE id = ?;

-- name: name
SELECT name FROM contact WHERE id = ?;

-- name: by_key
SELECT row, id, tenant, key, name, created_at FROM contact WHERE tenant = ? AND key = ? AND key <> '';

-- name: attributes
SELECT name, value FROM contact_attribute WHERE contact = ? ORDER BY position;

-- name: save
INSERT INTO contact (id, tenant, key, name, created_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET tenant = excluded.tenant, key = excluded.key, name = excluded.name
RETURNING row;

-- name: drop_attributes
DELETE FROM contact_attribute WHERE contact = ?;

-- name: add_attribute
INSERT INTO contact_attribute (contact, position, name, value) VALUES (?, ?, ?, ?);

-- name: save_text
UPDATE contact SET words = new.words FROM (SELECT ?::bigint AS row, ?::tsvector AS words) AS new
WHERE contact.row = new.row;

-- name: save_history_text
UPDATE history_text SET contact = ?::tsvector
WHERE row IN (SELECT row FROM interaction WHERE contact_id = ? AND contact_id <> '');
