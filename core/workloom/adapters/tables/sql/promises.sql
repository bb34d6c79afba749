-- What must hold of the data at any moment, whatever has happened; each statement gives the items that break it.
-- The same text for both databases.

-- name: I1 an item is in exactly one place
SELECT id FROM interaction WHERE NOT (
    state IN ('queued', 'in-workbin', 'offered', 'handling', 'finished')
    AND (state = 'handling') = (assigned_to <> '')
    AND (state <> 'queued' OR (queue <> '' AND workbin = ''))
    AND (state <> 'in-workbin' OR workbin <> '')
    AND (state <> 'finished' OR completed_at IS NOT NULL)
    AND (offer IS NOT NULL) = (offer_to <> '')
    AND (state <> 'offered' OR offer_to <> '')
    AND (offer_to = '' OR state IN ('offered', 'handling'))
) ORDER BY id;

-- name: I1 what was acknowledged is there
SELECT DISTINCT item FROM event WHERE item <> '' AND NOT EXISTS (SELECT 1 FROM interaction WHERE id = event.item)
UNION
SELECT item FROM capture_item WHERE NOT EXISTS (SELECT 1 FROM interaction WHERE id = capture_item.item)
ORDER BY 1;

-- name: I2 an item is offered to one agent at a time
SELECT i.id FROM interaction AS i JOIN (
    SELECT item, sum(CASE
        WHEN kind IN ('offered', 'transfer-offered') THEN 1
        WHEN kind IN ('accepted', 'rejected', 'offer-expired') THEN -1
        WHEN kind = 'revoked' AND detail LIKE '%"ticket"%' THEN -1
        ELSE 0
    END) AS offers
    FROM event WHERE item <> '' GROUP BY item
) AS told ON told.item = i.id
WHERE told.offers <> CASE WHEN i.offer IS NULL THEN 0 ELSE 1 END ORDER BY i.id;

-- name: I2 who has an item is known as its party
SELECT i.id FROM interaction AS i
WHERE i.assigned_to <> '' AND NOT EXISTS (SELECT 1 FROM party AS p WHERE p.item = i.row AND p.person = i.assigned_to)
ORDER BY i.id;

-- name: I3 an item is done at most once, until it is opened again
SELECT i.id FROM interaction AS i JOIN (
    SELECT item, sum(CASE
        WHEN kind IN ('done', 'canceled', 'completed-by-source', 'canceled-by-source') THEN 1
        WHEN kind IN ('reopened', 'restarted', 'restarted-by-source') THEN -1
        ELSE 0
    END) AS ends
    FROM event WHERE item <> '' GROUP BY item
) AS told ON told.item = i.id
WHERE told.ends <> CASE WHEN i.state = 'finished' THEN 1 ELSE 0 END ORDER BY i.id;

-- name: I7 every item has its history
SELECT i.id FROM interaction AS i WHERE NOT EXISTS (SELECT 1 FROM event AS e WHERE e.item = i.id AND e.item <> '')
ORDER BY i.id;
