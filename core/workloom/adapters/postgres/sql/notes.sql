-- name: of_item
SELECT id, item, author, at, text FROM note WHERE item = ? ORDER BY at, id;

-- name: insert
INSERT INTO note (id, item, author, at, text) VALUES (?, ?, ?, ?, ?);

-- name: add_text
UPDATE history_text SET notes = notes || ?::tsvector WHERE row = (SELECT row FROM interaction WHERE id = ?);
