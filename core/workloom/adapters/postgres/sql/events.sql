-- name: last
SELECT coalesce(max(sequence), 0) FROM event WHERE sequence <= ?;

-- name: after
SELECT sequence, at, kind, item, actor, person, queue, workbin, workbin_owner, detail FROM event
WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?;

-- name: touched
SELECT person, actor, max(sequence) AS last, count(*) AS events FROM (
    SELECT sequence, CASE kind WHEN ? THEN '' ELSE person END AS person, CASE kind WHEN ? THEN '' ELSE actor END AS actor
    FROM event WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?
) AS told GROUP BY person, actor;

-- name: of_item
SELECT sequence, at, kind, item, actor, person, queue, workbin, workbin_owner, detail FROM event
WHERE item = ? AND item <> '' ORDER BY sequence;

-- name: publish
-- Before a number is drawn: while this transaction lasts, nobody reads beyond the number that was the last by now.
SELECT pg_advisory_xact_lock_shared((:tag::bigint << 48) | CASE WHEN is_called THEN last_value ELSE last_value - 1 END)
FROM event_sequence;

-- name: append
INSERT INTO event (at, kind, item, actor, person, queue, workbin, workbin_owner, detail)
SELECT at, kind, item, actor, person, queue, workbin, workbin_owner, detail
FROM json_to_recordset(:rows) AS new (
    at timestamptz, kind text, item text, actor text, person text, queue text, workbin text, workbin_owner text,
    detail text
);

-- name: last_given
SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM event_sequence;

-- name: frontier
SELECT last_given, published FROM event_frontier();

-- name: alone
SELECT last_given, published, sequence, at, kind, item, actor, person, queue, workbin, workbin_owner, detail
FROM events_after(?, ?);
