-- What a reader asks before it may read events, in this order (`frontier.py`). The least number that a running
-- transaction has published is a lock: its key of 64 bits lies in two columns, objsubid is 1 then; 22348 is TAG.
CREATE FUNCTION event_frontier(OUT last_given bigint, OUT published bigint) VOLATILE LANGUAGE plpgsql AS $$
BEGIN
    last_given := (SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM event_sequence);
    published := (
        SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = 22348 AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    );
END
$$;

-- Events alone, in one statement of the reader: each statement in here sees what was committed before it began, so the
-- last one sees all up to the frontier. One row without an event where there is none.
CREATE FUNCTION events_after(known bigint, most integer) RETURNS TABLE (
    last_given bigint, published bigint, sequence bigint, at timestamptz, kind text, item text, actor text, person text,
    queue text, workbin text, workbin_owner text, detail text
) VOLATILE LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    found := event_frontier();
    RETURN QUERY
        SELECT found.last_given, found.published, e.sequence, e.at, e.kind, e.item, e.actor, e.person, e.queue,
            e.workbin, e.workbin_owner, e.detail
        FROM (VALUES (1)) AS always LEFT JOIN (
            SELECT * FROM event WHERE event.sequence > known
                AND event.sequence <= least(found.last_given, found.published)
            ORDER BY event.sequence LIMIT most
        ) AS e ON true ORDER BY e.sequence;
END
$$;
