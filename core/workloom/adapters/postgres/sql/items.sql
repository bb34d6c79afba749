-- name: insert
-- In the place of the comments stand names and types of columns.
INSERT INTO interaction (/* columns */) SELECT /* columns */ FROM json_to_recordset(:rows) AS new (/* types */);

-- name: insert_text
-- The rows are looked up one by one: a join would be planned for a hundred, and read all of a table that is small.
INSERT INTO history_text (row, subject, number, contact)
SELECT (SELECT i.row FROM interaction AS i WHERE i.id = new.id),
    new.subject::tsvector, new.number::tsvector, new.contact::tsvector
FROM json_to_recordset(:rows) AS new (id text, subject text, number text, contact text);

-- name: save
-- A record that is not the one any more divides by zero, and so ends the transaction before its COMMIT, which is sent
-- along, is reached.
WITH saved AS (
    UPDATE interaction AS i SET /* changes */ FROM json_to_recordset(:rows) AS new (expected_fence bigint, /* types */)
    WHERE i.id = new.id AND i.fence = new.expected_fence
    RETURNING i.row, i.assigned_to
) /* party */
SELECT 1 / (count(*) = :expected)::integer FROM saved;

-- name: save_one
-- A command changes one item. Of many rows that may come the planner thinks as of a hundred: while the table is small it
-- reads all of it for them, and goes on so until the statistics are made anew.
WITH saved AS (
    UPDATE interaction SET /* changes */ WHERE id = :id AND fence = :expected_fence RETURNING row, assigned_to
) /* party */
SELECT 1 / (count(*) = 1)::integer FROM saved;

-- name: gains_party
, gained AS (INSERT INTO party (person, item) SELECT assigned_to, row FROM saved ON CONFLICT DO NOTHING)

-- name: reserve
-- Who waits is routable and not offered to anybody.
WITH saved AS (
    UPDATE interaction AS i SET
        state = 'offered', routable = false, offer = new.offer, offer_to = new.agent, offered_at = new.offered_at,
        offer_deadline = new.deadline, delivered_at = coalesce(i.delivered_at, new.offered_at),
        attached = coalesce(new.attached, i.attached)
    FROM json_to_recordset(:rows) AS new (
        row bigint, fence bigint, offer text, agent text, offered_at timestamptz, deadline timestamptz,
        attached text
    )
    WHERE i.row = new.row AND i.fence = new.fence AND i.routable AND i.offer IS NULL
    RETURNING 1
)
SELECT 1 / (count(*) = :expected)::integer FROM saved;

-- name: add_party
INSERT INTO party (person, item)
SELECT new.person, (SELECT i.row FROM interaction AS i WHERE i.id = new.id)
FROM json_to_recordset(:rows) AS new (id text, person text)
ON CONFLICT DO NOTHING;

-- name: save_text
UPDATE history_text SET subject = :subject::tsvector, number = :number::tsvector, contact = :contact::tsvector
WHERE row = (SELECT row FROM interaction WHERE id = :id);

-- name: contact_name
SELECT name FROM contact WHERE id = ?;

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
