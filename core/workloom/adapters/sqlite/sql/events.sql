-- name: last
SELECT coalesce(max(sequence), 0) AS sequence FROM event;

-- name: after
SELECT * FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?;

-- name: touched
SELECT person, actor, max(sequence) AS last, count(*) AS events FROM (
    SELECT sequence, CASE kind WHEN ? THEN '' ELSE person END AS person, CASE kind WHEN ? THEN '' ELSE actor END AS actor
    FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?
) AS told GROUP BY person, actor;

-- name: of_item
SELECT * FROM event WHERE item = ? AND item <> '' ORDER BY sequence;

-- name: append
INSERT INTO event (at, kind, item, actor, person, queue, workbin, workbin_owner, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);
