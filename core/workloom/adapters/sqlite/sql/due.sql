-- name: offers
SELECT * FROM interaction WHERE offer_deadline IS NOT NULL AND offer_deadline <= ? ORDER BY offer_deadline, row LIMIT ?;

-- name: handling
SELECT * FROM interaction WHERE handling_until IS NOT NULL AND handling_until <= ? ORDER BY handling_until, row LIMIT ?;

-- name: holds
SELECT * FROM interaction WHERE held_until IS NOT NULL AND held_until <= ? ORDER BY held_until, row LIMIT ?;

-- name: next_instant
SELECT min(at) AS at FROM (
    SELECT min(offer_deadline) AS at FROM interaction WHERE offer_deadline IS NOT NULL
    UNION ALL SELECT min(handling_until) FROM interaction WHERE handling_until IS NOT NULL
    UNION ALL SELECT min(held_until) FROM interaction WHERE held_until IS NOT NULL
    UNION ALL SELECT min(activation_at) FROM interaction
        WHERE activation_at IS NOT NULL AND routable = 1 AND activation_at > ?
);

-- name: queue_streams
SELECT DISTINCT queue, media_type, want FROM interaction INDEXED BY interaction_routing
WHERE state = 'queued' AND routable = 1 ORDER BY queue, media_type, want;

-- name: workbin_streams
SELECT DISTINCT workbin, media_type, want FROM interaction INDEXED BY interaction_workbin_routing
WHERE state = 'in-workbin' AND routable = 1 AND workbin = ? ORDER BY media_type, want;

-- name: queue_heads
SELECT * FROM interaction
WHERE state = 'queued' AND routable = 1 AND queue = :queue AND media_type = :media_type AND want = :want
    AND (activation_at IS NULL OR activation_at <= :now)
    AND routing_age > :since AND routing_age <= :until
ORDER BY priority DESC, routing_age, row LIMIT :limit;

-- name: workbin_heads
SELECT * FROM interaction
WHERE state = 'in-workbin' AND routable = 1 AND workbin = :workbin AND media_type = :media_type AND want = :want
    AND (activation_at IS NULL OR activation_at <= :now)
    AND routing_age > :since AND routing_age <= :until
ORDER BY priority DESC, routing_age, row LIMIT :limit;

-- name: next_age
SELECT min(routing_age) AS at FROM interaction
WHERE state = 'queued' AND routable = 1 AND queue = ? AND routing_age > ?;

-- name: next_workbin_age
SELECT min(routing_age) AS at FROM interaction
WHERE state = 'in-workbin' AND routable = 1 AND workbin = ? AND routing_age > ?;

-- name: failed
SELECT * FROM interaction WHERE error <> '' AND error LIKE 'Routing: %' AND state IN ('queued', 'in-workbin') ORDER BY row LIMIT ?;
