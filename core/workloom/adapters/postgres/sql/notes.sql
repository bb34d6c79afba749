-- name: of_item
SELECT id, item, author, at, text FROM note WHERE item = ? ORDER BY at, id;

-- name: insert
INSERT INTO note (id, item, author, at, text) VALUES (?, ?, ?, ?, ?);

-- name: add_text
-- While there is room: of an item with many long notes the first ones are found (`search_text.py` has the bounds).
UPDATE history_text AS h SET notes = h.notes || new.words
FROM (SELECT ?::tsvector AS words, ?::text AS item) AS new JOIN interaction AS i ON i.id = new.item
WHERE h.row = i.row AND pg_column_size(h.notes || new.words) < 500000;
