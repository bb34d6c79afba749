-- The same text for both databases.

-- name: known
SELECT item, revision, created_revision, created_verb, said FROM capture_item WHERE point = ? AND capture_id = ?;

-- name: seen
SELECT revision FROM capture_message WHERE point = ? AND capture_id = ?;

-- name: keep_message
INSERT INTO capture_message (point, capture_id, revision, verb) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- name: keep_item
INSERT INTO capture_item (point, capture_id, item, revision, created_revision, created_verb, said)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (point, capture_id) DO UPDATE SET revision = excluded.revision, said = excluded.said;
