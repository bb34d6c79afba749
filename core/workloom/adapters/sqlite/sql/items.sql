-- name: insert
-- In the place of the comments stand the columns of an item and what they say.
INSERT INTO interaction (/* columns */) VALUES (/* values */);

-- name: save
-- In the place of the comment stands what changes and no more: SQLite writes every index of a column that is set.
UPDATE interaction SET /* columns */ WHERE id = :item AND fence = :expected_fence;

-- name: reserve
-- Who waits is routable and not offered to anybody.
UPDATE interaction SET
    state = 'offered', routable = 0, offer = ?, offer_to = ?, offered_at = ?, offer_deadline = ?,
    delivered_at = coalesce(delivered_at, ?), attached = coalesce(?, attached)
WHERE row = ? AND fence = ? AND routable = 1 AND offer IS NULL;

-- name: get
SELECT * FROM interaction WHERE id = ?;

-- name: by_external
SELECT * FROM interaction WHERE capture_point = ? AND external_id = ? ORDER BY row DESC LIMIT 1;

-- name: open_of
SELECT * FROM interaction WHERE state = 'handling' AND assigned_to = ? ORDER BY assigned_at, row;

-- name: offered_to
SELECT * FROM interaction WHERE offer_to <> '' AND offer_to = ? ORDER BY offered_at, row;

-- name: loads
SELECT assigned_to AS person, media_type, count(*) AS items FROM interaction
WHERE state = 'handling' GROUP BY assigned_to, media_type
UNION ALL
SELECT offer_to, media_type, count(*) FROM interaction WHERE offer_to <> '' GROUP BY offer_to, media_type;

-- name: was_party
SELECT 1 FROM party JOIN interaction ON party.item = interaction.row WHERE party.person = ? AND interaction.id = ?;

-- name: parties
SELECT party.person FROM party JOIN interaction ON party.item = interaction.row WHERE interaction.id = ?
ORDER BY party.person;

-- name: add_party
INSERT OR IGNORE INTO party (person, item) SELECT ?, row FROM interaction WHERE id = ?;

-- name: insert_text
INSERT INTO history_text (rowid, subject, number, notes, contact)
VALUES (?, ?, ?, '', coalesce((SELECT name FROM contact WHERE id = ?), ''));

-- name: save_text
UPDATE history_text SET subject = ?, number = ?, contact = coalesce((SELECT name FROM contact WHERE id = ?), '')
WHERE rowid = (SELECT row FROM interaction WHERE id = ?);
