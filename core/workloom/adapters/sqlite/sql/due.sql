-- name: offers
SELECT * FROM interaction WHERE offer_deadline IS NOT NULL AND offer_deadline <= :now ORDER BY offer_deadline, row LIMIT :limit;

-- name: handling
SELECT * FROM interaction WHERE handling_until IS NOT NULL AND handling_until <= :now ORDER BY handling_until, row LIMIT :limit;

-- name: holds
SELECT * FROM interaction WHERE held_until IS NOT NULL AND held_until <= :now ORDER BY held_until, row LIMIT :limit;

-- name: next_instant
SELECT min(at) AS at FROM (
    SELECT min(offer_deadline) AS at FROM interaction WHERE offer_deadline IS NOT NULL
    UNION ALL SELECT min(handling_until) FROM interaction WHERE handling_until IS NOT NULL
    UNION ALL SELECT min(held_until) FROM interaction WHERE held_until IS NOT NULL
    UNION ALL SELECT min(activation_at) FROM interaction
        WHERE activation_at IS NOT NULL AND routable = 1 AND activation_at > :now
);

-- name: queue_streams
-- The recursion steps from stream to stream in the index: the cost is that of the streams, not of the waiting items.
WITH RECURSIVE first (row) AS (
    SELECT (
        SELECT row FROM interaction INDEXED BY interaction_routing
        WHERE state = 'queued' AND routable = 1 ORDER BY queue, media_type, want LIMIT 1
    )
    UNION ALL
    SELECT coalesce(
        (
            SELECT row FROM interaction INDEXED BY interaction_routing
            WHERE state = 'queued' AND routable = 1 AND queue = last.queue AND media_type = last.media_type
                AND want > last.want ORDER BY want LIMIT 1
        ),
        (
            SELECT row FROM interaction INDEXED BY interaction_routing
            WHERE state = 'queued' AND routable = 1 AND queue = last.queue AND media_type > last.media_type
            ORDER BY media_type, want LIMIT 1
        ),
        (
            SELECT row FROM interaction INDEXED BY interaction_routing
            WHERE state = 'queued' AND routable = 1 AND queue > last.queue ORDER BY queue, media_type, want LIMIT 1
        )
    )
    FROM first CROSS JOIN interaction AS last ON last.row = first.row
)
SELECT i.queue, i.media_type, i.want, (
    SELECT min(a.routing_age) FROM interaction AS a INDEXED BY interaction_routing_age
    WHERE a.state = 'queued' AND a.routable = 1 AND a.queue = i.queue AND a.media_type = i.media_type AND a.want = i.want
) AS oldest, (
    SELECT max(a.routing_age) FROM interaction AS a INDEXED BY interaction_routing_age
    WHERE a.state = 'queued' AND a.routable = 1 AND a.queue = i.queue AND a.media_type = i.media_type AND a.want = i.want
) AS newest
FROM first CROSS JOIN interaction AS i ON i.row = first.row;

-- name: workbin_streams
SELECT DISTINCT workbin, media_type, want, NULL AS oldest, NULL AS newest FROM interaction INDEXED BY interaction_workbin_routing
WHERE state = 'in-workbin' AND routable = 1 AND workbin = :workbin ORDER BY media_type, want;

-- name: queue_heads
-- In the place of the comments stand what is wanted of the items, and behind which one.
-- That a span of age holds nothing is told by the other index at once.
SELECT /* columns */ FROM (
    SELECT 1 FROM interaction INDEXED BY interaction_routing_age
    WHERE state = 'queued' AND routable = 1 AND queue = :queue AND media_type = :media_type AND want = :want
        AND routing_age > :since AND routing_age <= :until LIMIT 1
) CROSS JOIN interaction AS i INDEXED BY interaction_routing
WHERE i.state = 'queued' AND i.routable = 1 AND i.queue = :queue AND i.media_type = :media_type AND i.want = :want
    AND i.routing_age > :since AND i.routing_age <= :until
    AND (i.activation_at IS NULL OR i.activation_at <= :now) /* behind */
ORDER BY i.priority DESC, i.routing_age, i.row LIMIT :limit;

-- name: workbin_heads
SELECT /* columns */ FROM interaction AS i INDEXED BY interaction_workbin_routing
WHERE i.state = 'in-workbin' AND i.routable = 1 AND i.workbin = :workbin AND i.media_type = :media_type AND i.want = :want
    AND i.routing_age > :since AND i.routing_age <= :until
    AND (i.activation_at IS NULL OR i.activation_at <= :now) /* behind */
ORDER BY i.priority DESC, i.routing_age, i.row LIMIT :limit;

-- name: behind
AND (
    i.priority < :behind_priority
    OR i.priority = :behind_priority AND (i.routing_age, i.row) > (:behind_age, (SELECT a.row FROM interaction AS a WHERE a.id = :behind))
);

-- name: next_age
SELECT min(routing_age) AS at FROM interaction INDEXED BY interaction_routing_age
WHERE state = 'queued' AND routable = 1 AND queue = :queue AND media_type = :media_type AND want = :want
    AND routing_age > :after;

-- name: next_workbin_age
SELECT min(routing_age) AS at FROM interaction INDEXED BY interaction_workbin_routing
WHERE state = 'in-workbin' AND routable = 1 AND workbin = :workbin AND media_type = :media_type AND want = :want
    AND routing_age > :after;

-- name: failed
SELECT * FROM interaction WHERE error <> '' AND error LIKE 'Routing: %' AND state IN ('queued', 'in-workbin') ORDER BY row LIMIT :limit;
