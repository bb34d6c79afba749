-- Parts of lists. A list is `rows`, a `from…`, its conditions joined by AND, an order and `page`; its length is a
-- `count…` with the conditions. Values are always parameters; only names of parts are chosen by the program.

-- name: rows
SELECT i.row AS row

-- name: from
FROM interaction AS i LEFT JOIN contact AS c ON c.id = i.contact_id WHERE

-- name: count
SELECT count(*) AS items FROM interaction AS i WHERE

-- name: from_of_person
FROM party AS p JOIN interaction AS i ON i.row = p.item
LEFT JOIN contact AS c ON c.id = i.contact_id WHERE p.person = :person AND

-- name: count_of_person
SELECT count(*) AS items FROM party AS p JOIN interaction AS i ON i.row = p.item WHERE p.person = :person AND

-- name: page
LIMIT :limit OFFSET :offset

-- name: places
SELECT ranked.id, ranked.place FROM (SELECT i.id AS id, row_number() OVER

-- name: those_to_find
AS ranked WHERE ranked.id = ANY(:find::text[])

-- name: in_workbin
i.state = 'in-workbin' AND i.workbin = :workbin AND i.workbin_owner = :owner

-- name: is_unread
i.unread

-- name: is_due
i.due_at < :due_before

-- name: of_contact
i.contact_id <> '' AND i.contact_id = :contact

-- name: of_all
true

-- name: status_all
true

-- name: status_in-progress
i.state <> 'finished'

-- name: status_done
i.state = 'finished'

-- name: with_text
i.row IN (SELECT t.row FROM history_text AS t WHERE t.words @@ :words::tsquery)

-- name: with_frequent_text
-- OFFSET 0 keeps the planner from fetching and sorting every item with the words: it goes through the list in its order
-- and looks each up.
EXISTS (SELECT 1 FROM history_text AS t WHERE t.row = i.row AND t.words @@ :words::tsquery OFFSET 0)

-- name: count_of_text
SELECT count(*) AS items FROM history_text WHERE words @@ :words::tsquery;

-- name: newest_row
SELECT max(row) AS row FROM interaction;

-- name: count_up_to
SELECT count(*) AS items FROM (SELECT 1 FROM history_text WHERE words @@ :words::tsquery LIMIT :limit) AS found;

-- name: order_received
ORDER BY i.received_at, i.row

-- name: order_received_descending
ORDER BY i.received_at DESC, i.row DESC

-- name: order_placed
ORDER BY i.placed_at, i.row

-- name: order_placed_descending
ORDER BY i.placed_at DESC, i.row DESC

-- name: order_from
ORDER BY lower(c.name) NULLS LAST, i.row

-- name: order_from_descending
ORDER BY lower(c.name) DESC NULLS LAST, i.row DESC

-- name: order_subject
ORDER BY lower(i.subject), i.row

-- name: order_subject_descending
ORDER BY lower(i.subject) DESC, i.row DESC

-- name: order_number
ORDER BY lower(CASE WHEN i.external_id <> '' THEN i.external_id ELSE i.id END), i.row

-- name: order_number_descending
ORDER BY lower(CASE WHEN i.external_id <> '' THEN i.external_id ELSE i.id END) DESC, i.row DESC

-- name: order_due
ORDER BY i.due_at NULLS LAST, i.row

-- name: order_due_descending
ORDER BY i.due_at DESC NULLS LAST, i.row DESC

-- name: order_priority
ORDER BY i.priority, i.row

-- name: order_priority_descending
ORDER BY i.priority DESC, i.row DESC

-- name: order_completed
ORDER BY i.completed_at NULLS LAST, i.row

-- name: order_completed_descending
ORDER BY i.completed_at DESC NULLS LAST, i.row DESC

-- name: listed
SELECT i.*, c.name AS contact_name, CASE WHEN i.state = 'finished' THEN (
    SELECT e.actor FROM event AS e
    WHERE e.item = i.id AND e.item <> '' AND e.kind IN ('done', 'canceled', 'completed-by-source', 'canceled-by-source')
    ORDER BY e.sequence DESC LIMIT 1
) ELSE '' END AS finished_by
FROM unnest(:rows::bigint[]) WITH ORDINALITY AS chosen (row, place)
JOIN interaction AS i ON i.row = chosen.row
LEFT JOIN contact AS c ON c.id = i.contact_id
ORDER BY chosen.place;

-- name: rows_of_ids
SELECT i.row AS row FROM unnest(:items::text[]) WITH ORDINALITY AS chosen (id, place)
JOIN interaction AS i ON i.id = chosen.id
ORDER BY chosen.place;

-- name: workbin_counts
-- The recursion steps from workbin to workbin in the index, so that the counts read only what belongs to the owners.
WITH RECURSIVE bins (workbin) AS (
    SELECT min(workbin) FROM interaction WHERE state = 'in-workbin'
    UNION ALL
    SELECT (SELECT min(i.workbin) FROM interaction AS i WHERE i.state = 'in-workbin' AND i.workbin > bins.workbin)
    FROM bins WHERE bins.workbin IS NOT NULL
)
SELECT i.workbin, i.workbin_owner, count(*) AS total, count(*) FILTER (WHERE i.unread) AS unread
FROM bins CROSS JOIN unnest(:owners::text[]) AS owner (name)
JOIN interaction AS i
    ON i.state = 'in-workbin' AND i.workbin = bins.workbin AND i.workbin_owner = owner.name
GROUP BY i.workbin, i.workbin_owner;

-- name: contacts
SELECT c.row, c.id, c.tenant, c.key, c.name, c.created_at FROM contact AS c
WHERE c.tenant = :tenant
    AND c.words @@ :words::tsquery
    AND NOT EXISTS (
        SELECT 1 FROM jsonb_each(:permitted::jsonb) AS permitted
        WHERE NOT EXISTS (
            SELECT 1 FROM contact_attribute AS a
            WHERE a.contact = c.row AND a.name = permitted.key
                AND a.value IN (SELECT jsonb_array_elements_text(permitted.value))
        )
    )
ORDER BY lower(c.name), c.row LIMIT :limit;

-- name: queue_loads
SELECT queue, count(*) AS waiting, min(routing_age) AS oldest FROM interaction WHERE state = 'queued' GROUP BY queue;

-- name: in_process
SELECT DISTINCT queue, media_type FROM interaction WHERE state <> 'finished';
