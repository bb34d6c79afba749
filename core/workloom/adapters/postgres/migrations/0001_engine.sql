-- Text sorts and compares by its bytes, as in SQLite, whatever the locale of the database is.

CREATE TABLE meta (name text COLLATE "C" PRIMARY KEY, value text COLLATE "C" NOT NULL);

CREATE TABLE interaction (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    tenant text COLLATE "C" NOT NULL,
    media_type text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    parent_id text COLLATE "C" NOT NULL,
    interaction_type text COLLATE "C" NOT NULL,
    subtype text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    outcome text COLLATE "C" NOT NULL,
    fence bigint NOT NULL,
    priority bigint NOT NULL,
    queue text COLLATE "C" NOT NULL,
    workbin text COLLATE "C" NOT NULL,
    workbin_owner text COLLATE "C" NOT NULL,
    unread boolean NOT NULL,
    assigned_to text COLLATE "C" NOT NULL,
    session text COLLATE "C" NOT NULL,
    contact_id text COLLATE "C" NOT NULL,
    disposition text COLLATE "C" NOT NULL,
    submitted_by text COLLATE "C" NOT NULL,
    error text COLLATE "C" NOT NULL,
    received_at timestamptz NOT NULL,
    submitted_at timestamptz NOT NULL,
    placed_at timestamptz NOT NULL,
    delivered_at timestamptz,
    assigned_at timestamptz,
    handling_until timestamptz,
    held_at timestamptz,
    held_until timestamptz,
    completed_at timestamptz,
    queue_since text COLLATE "C" NOT NULL,  -- JSON: queue -> instant; JSON stays text, since nobody searches in it
    refusals text COLLATE "C" NOT NULL,     -- JSON: person -> instant until which the item is not offered to them again
    offer text COLLATE "C",                 -- JSON of the running offer; what is searched of it is in the next columns
    offer_to text COLLATE "C" NOT NULL,
    offered_at timestamptz,
    offer_deadline timestamptz,
    attributes text COLLATE "C" NOT NULL,   -- JSON
    attached text COLLATE "C" NOT NULL,     -- JSON
    -- taken out of the JSON for lists and routing
    subject text COLLATE "C" NOT NULL,
    capture_point text COLLATE "C" NOT NULL,
    activation_at timestamptz,
    due_at timestamptz,
    routing_age timestamptz NOT NULL,  -- first time in its queue
    want text COLLATE "C" NOT NULL,                -- what sets the item apart in routing; empty for most
    routable boolean NOT NULL,         -- rests, is not held, has no error
    abandoned_at timestamptz,
    queue_hash integer NOT NULL        -- which shard of the dispatching looks after the queue
);

CREATE INDEX interaction_external ON interaction (capture_point, external_id, row);
CREATE INDEX interaction_contact ON interaction (contact_id, received_at, row) WHERE contact_id <> '';
CREATE INDEX interaction_received ON interaction (received_at, row);
CREATE INDEX interaction_unfinished ON interaction (received_at, row) WHERE state <> 'finished';
CREATE INDEX interaction_open ON interaction (assigned_to, media_type, assigned_at) WHERE state = 'handling';
CREATE INDEX interaction_offer_to ON interaction (offer_to, media_type, offered_at) WHERE offer_to <> '';
CREATE INDEX interaction_offer_deadline ON interaction (offer_deadline) WHERE offer_deadline IS NOT NULL;
CREATE INDEX interaction_handling_until ON interaction (handling_until) WHERE handling_until IS NOT NULL;
CREATE INDEX interaction_held_until ON interaction (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX interaction_error ON interaction (row) WHERE error <> '';
CREATE INDEX interaction_activation ON interaction (activation_at) WHERE activation_at IS NOT NULL AND routable;
-- The head of a stream is read in the order of its index, not sorted, and those behind an item without those before it:
-- what has just been offered stays in the index for a while. Whether a stream has items of an age is one step
-- in another. What waits in a queue is counted without reading the items.
CREATE INDEX interaction_routing
    ON interaction (queue, media_type, want, (-priority), routing_age, row) WHERE state = 'queued' AND routable;
CREATE INDEX interaction_routing_age
    ON interaction (queue, media_type, want, routing_age) WHERE state = 'queued' AND routable;
CREATE INDEX interaction_queued ON interaction (queue, routing_age) WHERE state = 'queued';
CREATE INDEX interaction_workbin_routing
    ON interaction (workbin, media_type, want, priority DESC, routing_age, row)
    WHERE state = 'in-workbin' AND routable;
CREATE INDEX interaction_workbin
    ON interaction (workbin, workbin_owner, received_at, row) WHERE state = 'in-workbin';
CREATE INDEX interaction_workbin_due
    ON interaction (workbin, workbin_owner, due_at) WHERE state = 'in-workbin';
CREATE INDEX interaction_workbin_unread
    ON interaction (workbin, workbin_owner, unread) WHERE state = 'in-workbin';

-- Who has ever had an item: "My History".
CREATE TABLE party (
    person text COLLATE "C" NOT NULL,
    item bigint NOT NULL REFERENCES interaction (row),
    PRIMARY KEY (person, item)
);
CREATE INDEX party_item ON party (item, person);

-- Quick search of the history. The words are taken apart by us, as SQLite's full-text search does it: the database's own
-- parser knows other words. Each of the parts begins at position 2, so that no phrase reaches from one into the next.
CREATE TABLE history_text (
    row bigint PRIMARY KEY REFERENCES interaction (row),
    subject tsvector NOT NULL,
    number tsvector NOT NULL,
    contact tsvector NOT NULL,
    notes tsvector NOT NULL DEFAULT '',
    words tsvector GENERATED ALWAYS AS (subject || number || contact || notes) STORED
);
CREATE INDEX history_text_words ON history_text USING gin (words) WITH (gin_pending_list_limit = 256);

-- Numbers are given in steps of one, none is kept ahead by a connection: `frontier.py` counts on it.
CREATE SEQUENCE event_sequence AS bigint CACHE 1;
CREATE TABLE event (
    sequence bigint NOT NULL DEFAULT nextval('event_sequence') PRIMARY KEY,
    at timestamptz NOT NULL,
    kind text COLLATE "C" NOT NULL,
    item text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    queue text COLLATE "C" NOT NULL,
    workbin text COLLATE "C" NOT NULL,
    workbin_owner text COLLATE "C" NOT NULL,
    detail text COLLATE "C" NOT NULL
);
ALTER SEQUENCE event_sequence OWNED BY event.sequence;
CREATE INDEX event_item ON event (item, sequence) WHERE item <> '';

CREATE TABLE session (
    id text COLLATE "C" PRIMARY KEY,
    person text COLLATE "C" NOT NULL UNIQUE,
    place text COLLATE "C" NOT NULL,
    logged_in_at timestamptz NOT NULL
);

-- Apart from the session, whose row commands lock: a sign of life waits for none of them.
CREATE TABLE session_activity (
    session text COLLATE "C" PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    last_seen_at timestamptz NOT NULL,
    idle_since timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE channel_state (
    session text COLLATE "C" NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    position integer NOT NULL,
    media_type text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (session, media_type)
);

CREATE TABLE note (
    id text COLLATE "C" PRIMARY KEY,
    item text COLLATE "C" NOT NULL,
    author text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    text text COLLATE "C" NOT NULL
);
CREATE INDEX note_item ON note (item, at, id);

CREATE TABLE contact (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    tenant text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    created_at timestamptz NOT NULL,
    words tsvector NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX contact_key ON contact (tenant, key) WHERE key <> '';
CREATE INDEX contact_words ON contact USING gin (words) WITH (gin_pending_list_limit = 256);

CREATE TABLE contact_attribute (
    contact bigint NOT NULL REFERENCES contact (row) ON DELETE CASCADE,
    position integer NOT NULL,
    name text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    PRIMARY KEY (contact, position)
);
CREATE INDEX contact_attribute_value ON contact_attribute (name, lower(value));

CREATE TABLE command_key (
    person text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    command text COLLATE "C" NOT NULL,
    result text COLLATE "C" NOT NULL,
    PRIMARY KEY (person, key)
);
CREATE INDEX command_key_at ON command_key (at);

CREATE TABLE config_document (
    position integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    body text COLLATE "C" NOT NULL,
    UNIQUE (kind, name)
);

-- What is known of a source's item: its latest revision, and what the source has said of it so far (JSON).
CREATE TABLE capture_item (
    point text COLLATE "C" NOT NULL,
    capture_id text COLLATE "C" NOT NULL,
    item text COLLATE "C" NOT NULL,
    revision text COLLATE "C" NOT NULL,
    said text COLLATE "C" NOT NULL,
    created_revision text COLLATE "C" NOT NULL,
    created_verb text COLLATE "C" NOT NULL,
    PRIMARY KEY (point, capture_id)
);

-- Messages that were handled.
CREATE TABLE capture_message (
    point text COLLATE "C" NOT NULL,
    capture_id text COLLATE "C" NOT NULL,
    revision text COLLATE "C" NOT NULL,
    verb text COLLATE "C" NOT NULL,
    PRIMARY KEY (point, capture_id, revision, verb)
);

CREATE TABLE preference (
    person text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    body text COLLATE "C" NOT NULL,
    PRIMARY KEY (person, key)
);

-- Tokens of desktops, tickets of the first step of the login, failed logins: known by digests only.
CREATE TABLE token (
    digest text COLLATE "C" PRIMARY KEY,
    session text COLLATE "C" NOT NULL,
    person text COLLATE "C" NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX token_person ON token (person);
CREATE INDEX token_expiry ON token (expires_at);

CREATE TABLE login_ticket (
    digest text COLLATE "C" PRIMARY KEY,
    person text COLLATE "C" NOT NULL,
    until timestamptz NOT NULL
);

CREATE TABLE wrong_guess (
    digest text COLLATE "C" PRIMARY KEY,
    failures integer NOT NULL,
    last timestamptz NOT NULL
);
CREATE INDEX wrong_guess_last ON wrong_guess (last);

-- Who dispatches: one holder for each shard, by the clock of the database. `epoch` rises with each new holder.
CREATE TABLE lease (
    name text COLLATE "C" PRIMARY KEY,
    holder text COLLATE "C" NOT NULL,
    epoch bigint NOT NULL,
    until timestamptz NOT NULL
);
