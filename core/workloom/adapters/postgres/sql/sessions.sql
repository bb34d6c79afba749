-- name: get
SELECT s.id, s.person, s.place, s.logged_in_at, a.last_seen_at, a.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s JOIN session_activity AS a ON a.session = s.id LEFT JOIN channel_state AS c ON c.session = s.id
WHERE s.id = ? ORDER BY c.position;

-- name: of_person
SELECT s.id, s.person, s.place, s.logged_in_at, a.last_seen_at, a.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s JOIN session_activity AS a ON a.session = s.id LEFT JOIN channel_state AS c ON c.session = s.id
WHERE s.person = ? ORDER BY c.position;

-- name: of_persons
SELECT s.id, s.person, s.place, s.logged_in_at, a.last_seen_at, a.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s JOIN session_activity AS a ON a.session = s.id LEFT JOIN channel_state AS c ON c.session = s.id
WHERE s.person = ANY(?::text[]) ORDER BY s.person, c.position;

-- name: all
SELECT s.id, s.person, s.place, s.logged_in_at, a.last_seen_at, a.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s JOIN session_activity AS a ON a.session = s.id LEFT JOIN channel_state AS c ON c.session = s.id
ORDER BY s.person, c.position;

-- name: silent
SELECT s.id, s.person, s.place, s.logged_in_at, a.last_seen_at, a.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s JOIN session_activity AS a ON a.session = s.id LEFT JOIN channel_state AS c ON c.session = s.id
WHERE a.last_seen_at <= ? ORDER BY s.person, c.position;

-- name: first_heard
SELECT min(last_seen_at) FROM session_activity;

-- name: hold_own
-- The commands of one agent follow each other; nobody who reaches the agent waits.
SELECT 1 FROM session WHERE id = ? FOR NO KEY UPDATE;

-- name: hold_reached
-- The session stays until this transaction ends; its own commands do not wait.
SELECT 1 FROM session WHERE person = ? FOR KEY SHARE;

-- name: hold_ending
-- Nobody does anything with or towards the session until this transaction ends.
SELECT 1 FROM session WHERE person = ? FOR UPDATE;

-- name: insert
WITH new AS (INSERT INTO session (id, person, place, logged_in_at) VALUES (?, ?, ?, ?) RETURNING id)
INSERT INTO session_activity (session, last_seen_at, idle_since) SELECT id, ?::timestamptz, ?::timestamptz FROM new;

-- name: seen
UPDATE session_activity SET last_seen_at = ? WHERE session = ?;

-- name: idle
UPDATE session_activity SET idle_since = ? WHERE session = ?;

-- name: idle_if_free
UPDATE session_activity SET idle_since = ? WHERE session = (SELECT id FROM session WHERE person = ?)
    AND NOT EXISTS (SELECT 1 FROM interaction WHERE state = 'handling' AND assigned_to = ?);

-- name: drop_channels
DELETE FROM channel_state WHERE session = ?;

-- name: add_channel
INSERT INTO channel_state (session, position, media_type, state, reason, since) VALUES (?, ?, ?, ?, ?, ?);

-- name: delete
DELETE FROM session WHERE id = ?;
