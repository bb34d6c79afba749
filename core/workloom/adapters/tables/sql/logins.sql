-- The same text for both databases.

-- name: token
SELECT session, person, issued_at, expires_at FROM token WHERE digest = ?;

-- name: tokens
SELECT digest FROM token WHERE expires_at > ?;

-- name: add_token
INSERT INTO token (digest, session, person, issued_at, expires_at) VALUES (?, ?, ?, ?, ?);

-- name: drop_token
DELETE FROM token WHERE digest = ?;

-- name: drop_tokens_of
DELETE FROM token WHERE person = ?;

-- name: prune_tokens
DELETE FROM token WHERE expires_at <= ?;

-- name: add_ticket
INSERT INTO login_ticket (digest, person, until) VALUES (?, ?, ?);

-- name: take_ticket
DELETE FROM login_ticket WHERE digest = ? RETURNING person, until;

-- name: prune_tickets
DELETE FROM login_ticket WHERE until <= ?;

-- name: guesses
SELECT failures, last FROM wrong_guess WHERE digest = ?;

-- name: put_guesses
INSERT INTO wrong_guess (digest, failures, last) VALUES (?, ?, ?)
ON CONFLICT (digest) DO UPDATE SET failures = excluded.failures, last = excluded.last;

-- name: drop_guesses
DELETE FROM wrong_guess WHERE digest = ?;

-- name: forget_guesses
DELETE FROM wrong_guess WHERE last < ?;

-- name: keep_newest_guesses
DELETE FROM wrong_guess WHERE digest NOT IN (SELECT digest FROM wrong_guess ORDER BY last DESC LIMIT ?);
