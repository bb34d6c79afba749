-- name: offers
SELECT * FROM interaction WHERE offer_deadline IS NOT NULL AND offer_deadline <= :now AND queue_hash % :shards = :shard
ORDER BY offer_deadline, row LIMIT :limit;

-- name: handling
SELECT * FROM interaction WHERE handling_until IS NOT NULL AND handling_until <= :now AND queue_hash % :shards = :shard
ORDER BY handling_until, row LIMIT :limit;

-- name: holds
SELECT * FROM interaction WHERE held_until IS NOT NULL AND held_until <= :now AND queue_hash % :shards = :shard
ORDER BY held_until, row LIMIT :limit;

-- name: failed
SELECT * FROM interaction
WHERE error <> '' AND error LIKE 'Routing: %' AND state IN ('queued', 'in-workbin') AND queue_hash % :shards = :shard
ORDER BY row LIMIT :limit;

-- name: next_instant
-- What another shard looks after is not left out: it is due once, and a step too many costs little.
SELECT least(
    (SELECT min(offer_deadline) FROM interaction WHERE offer_deadline IS NOT NULL),
    (SELECT min(handling_until) FROM interaction WHERE handling_until IS NOT NULL),
    (SELECT min(held_until) FROM interaction WHERE held_until IS NOT NULL),
    (
        SELECT min(activation_at) FROM interaction
        WHERE activation_at IS NOT NULL AND routable AND activation_at > :now
    )
);

-- name: queue_streams
-- The recursion steps from stream to stream in the index: the cost is that of the streams, not of the waiting items.
WITH RECURSIVE stream (queue, media_type, want, queue_hash) AS (
    (
        SELECT queue, media_type, want, queue_hash FROM interaction
        WHERE state = 'queued' AND routable ORDER BY queue, media_type, want LIMIT 1
    )
    UNION ALL
    SELECT following.queue, following.media_type, following.want, following.queue_hash
    FROM stream CROSS JOIN LATERAL (
        SELECT i.queue, i.media_type, i.want, i.queue_hash FROM interaction AS i
        WHERE i.state = 'queued' AND i.routable
            AND (i.queue, i.media_type, i.want) > (stream.queue, stream.media_type, stream.want)
        ORDER BY i.queue, i.media_type, i.want LIMIT 1
    ) AS following
)
SELECT s.queue, s.media_type, s.want, (
    SELECT min(a.routing_age) FROM interaction AS a
    WHERE a.state = 'queued' AND a.routable AND a.queue = s.queue AND a.media_type = s.media_type AND a.want = s.want
) AS oldest, (
    SELECT max(a.routing_age) FROM interaction AS a
    WHERE a.state = 'queued' AND a.routable AND a.queue = s.queue AND a.media_type = s.media_type AND a.want = s.want
) AS newest
FROM stream AS s WHERE s.queue_hash % :shards = :shard;

-- name: workbin_streams
SELECT DISTINCT workbin, media_type, want, NULL::timestamptz AS oldest, NULL::timestamptz AS newest FROM interaction
WHERE state = 'in-workbin' AND routable AND workbin = :workbin AND queue_hash % :shards = :shard
ORDER BY media_type, want;

-- name: queue_heads
-- In the place of the comments stand what is wanted of the items, and behind which one.
-- That a span of age holds nothing is told by the other index at once.
SELECT /* columns */ FROM interaction AS i
WHERE i.state = 'queued' AND i.routable AND i.queue = :queue AND i.media_type = :media_type AND i.want = :want
    AND i.routing_age > :since AND i.routing_age <= :until
    AND (i.activation_at IS NULL OR i.activation_at <= :now) /* behind */
    AND EXISTS (
        SELECT 1 FROM interaction AS a
        WHERE a.state = 'queued' AND a.routable AND a.queue = :queue AND a.media_type = :media_type AND a.want = :want
            AND a.routing_age > :since AND a.routing_age <= :until
    )
ORDER BY -i.priority, i.routing_age, i.row LIMIT :limit;

-- name: workbin_heads
SELECT /* columns */ FROM interaction AS i
WHERE i.state = 'in-workbin' AND i.routable AND i.workbin = :workbin AND i.media_type = :media_type AND i.want = :want
    AND i.routing_age > :since AND i.routing_age <= :until
    AND (i.activation_at IS NULL OR i.activation_at <= :now) /* behind */ AND i.queue_hash % :shards = :shard
ORDER BY i.priority DESC, i.routing_age, i.row LIMIT :limit;

-- name: behind
AND (-i.priority, i.routing_age, i.row) > (-:behind_priority::bigint, :behind_age, (SELECT a.row FROM interaction AS a WHERE a.id = :behind));

-- name: next_age
SELECT min(routing_age) FROM interaction
WHERE state = 'queued' AND routable AND queue = :queue AND media_type = :media_type AND want = :want
    AND routing_age > :after;

-- name: next_workbin_age
SELECT min(routing_age) FROM interaction
WHERE state = 'in-workbin' AND routable AND workbin = :workbin AND media_type = :media_type AND want = :want
    AND routing_age > :after;
