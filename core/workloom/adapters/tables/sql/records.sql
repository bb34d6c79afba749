-- The same text for both databases.

-- name: version
SELECT value FROM meta WHERE name = 'site_version';

-- name: set_version
INSERT INTO meta (name, value) VALUES ('site_version', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: documents
SELECT kind, name, body FROM config_document ORDER BY position;

-- name: drop_documents
DELETE FROM config_document;

-- name: add_document
INSERT INTO config_document (kind, name, body) VALUES (?, ?, ?);

-- name: answer
SELECT command, result FROM command_key WHERE person = ? AND key = ?;

-- name: answer_of_session
SELECT command, result FROM command_key WHERE person = (SELECT person FROM session WHERE id = ?) AND key = ?;

-- name: add_answer
INSERT INTO command_key (person, key, at, command, result) VALUES (?, ?, ?, ?, ?);

-- name: prune_answers
DELETE FROM command_key WHERE at < ?;

-- name: preference
SELECT body FROM preference WHERE person = ? AND key = ?;

-- name: put_preference
INSERT INTO preference (person, key, body) VALUES (?, ?, ?)
ON CONFLICT (person, key) DO UPDATE SET body = excluded.body;
