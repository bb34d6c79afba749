-- name: get
SELECT * FROM session WHERE id = ?;

-- name: of_person
SELECT * FROM session WHERE person = ?;

-- name: all
SELECT * FROM session ORDER BY person;

-- name: channels
SELECT * FROM channel_state WHERE session = ? ORDER BY position;

-- name: all_channels
SELECT * FROM channel_state ORDER BY session, position;

-- name: insert
INSERT INTO session (id, person, place, logged_in_at, last_seen_at, idle_since) VALUES (?, ?, ?, ?, ?, ?);

-- name: seen
UPDATE session SET last_seen_at = ? WHERE id = ?;

-- name: idle
UPDATE session SET idle_since = ? WHERE id = ?;

-- name: drop_channels
DELETE FROM channel_state WHERE session = ?;

-- name: add_channel
INSERT INTO channel_state (session, position, media_type, state, reason, since) VALUES (?, ?, ?, ?, ?, ?);

-- name: delete
DELETE FROM session WHERE id = ?;
