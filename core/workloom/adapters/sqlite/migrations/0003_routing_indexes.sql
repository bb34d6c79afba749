-- The head of a stream is read in the order of its index, not sorted; whether a stream has items of an age is one step
-- in another. What waits in a queue is counted without reading the items.

DROP INDEX interaction_routing_age;
CREATE INDEX interaction_routing_age
    ON interaction (queue, media_type, want, routing_age) WHERE state = 'queued' AND routable = 1;

DROP INDEX interaction_queued;
CREATE INDEX interaction_queued ON interaction (queue, routing_age, state) WHERE state = 'queued';
