-- name: of_item
SELECT * FROM note WHERE item = ? ORDER BY at, id;

-- name: insert
INSERT INTO note (id, item, author, at, text) VALUES (?, ?, ?, ?, ?);

-- name: add_text
UPDATE history_text SET notes = trim(notes || char(10) || ?) WHERE rowid = (SELECT row FROM interaction WHERE id = ?);
