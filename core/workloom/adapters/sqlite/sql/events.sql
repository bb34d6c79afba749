-- name: last
SELECT coalesce(max(sequence), 0) AS sequence FROM event;

-- name: after
SELECT * FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?;

-- name: of_item
SELECT * FROM event WHERE item = ? AND item <> '' ORDER BY sequence;

-- name: append
INSERT INTO event (at, kind, item, actor, person, queue, workbin, workbin_owner, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);
