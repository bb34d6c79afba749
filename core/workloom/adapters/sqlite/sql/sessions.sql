-- name: get
SELECT s.id, s.person, s.place, s.logged_in_at, s.last_seen_at, s.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s LEFT JOIN channel_state AS c ON c.session = s.id WHERE s.id = ? ORDER BY c.position;

-- name: of_person
SELECT s.id, s.person, s.place, s.logged_in_at, s.last_seen_at, s.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s LEFT JOIN channel_state AS c ON c.session = s.id WHERE s.person = ? ORDER BY c.position;

-- name: of_persons
SELECT s.id, s.person, s.place, s.logged_in_at, s.last_seen_at, s.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s LEFT JOIN channel_state AS c ON c.session = s.id
WHERE s.person IN (SELECT value FROM json_each(?)) ORDER BY s.person, c.position;

-- name: all
SELECT s.id, s.person, s.place, s.logged_in_at, s.last_seen_at, s.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s LEFT JOIN channel_state AS c ON c.session = s.id ORDER BY s.person, c.position;

-- name: silent
SELECT s.id, s.person, s.place, s.logged_in_at, s.last_seen_at, s.idle_since, c.media_type, c.state, c.reason, c.since
FROM session AS s LEFT JOIN channel_state AS c ON c.session = s.id WHERE s.last_seen_at <= ?
ORDER BY s.person, c.position;

-- name: first_heard
SELECT min(last_seen_at) FROM session;

-- name: insert
INSERT INTO session (id, person, place, logged_in_at, last_seen_at, idle_since) VALUES (?, ?, ?, ?, ?, ?);

-- name: seen
UPDATE session SET last_seen_at = ? WHERE id = ?;

-- name: idle
UPDATE session SET idle_since = ? WHERE id = ?;

-- name: idle_if_free
UPDATE session SET idle_since = ? WHERE person = ?
    AND NOT EXISTS (SELECT 1 FROM interaction WHERE state = 'handling' AND assigned_to = ?);

-- name: drop_channels
DELETE FROM channel_state WHERE session = ?;

-- name: add_channel
INSERT INTO channel_state (session, position, media_type, state, reason, since) VALUES (?, ?, ?, ?, ?, ?);

-- name: delete
DELETE FROM session WHERE id = ?;
