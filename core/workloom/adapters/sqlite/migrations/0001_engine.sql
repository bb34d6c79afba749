-- Instants are ISO text of fixed width in UTC (2026-11-20T13:41:07.000000Z), so that text order is time order.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE interaction (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    media_type TEXT NOT NULL,
    external_id TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    interaction_type TEXT NOT NULL,
    subtype TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL,
    fence INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    queue TEXT NOT NULL,
    workbin TEXT NOT NULL,
    workbin_owner TEXT NOT NULL,
    unread INTEGER NOT NULL,
    assigned_to TEXT NOT NULL,
    session TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    disposition TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    error TEXT NOT NULL,
    received_at TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    placed_at TEXT NOT NULL,
    delivered_at TEXT,
    assigned_at TEXT,
    handling_until TEXT,
    held_at TEXT,
    held_until TEXT,
    completed_at TEXT,
    queue_since TEXT NOT NULL,  -- JSON: queue -> instant
    refusals TEXT NOT NULL,     -- JSON: person -> instant until which the item is not offered to them again
    offer TEXT,                 -- JSON of the running offer; what is searched of it is in the next columns
    offer_to TEXT NOT NULL,
    offered_at TEXT,
    offer_deadline TEXT,
    attributes TEXT NOT NULL,   -- JSON
    attached TEXT NOT NULL,     -- JSON
    -- taken out of the JSON for lists and routing
    subject TEXT NOT NULL,
    capture_point TEXT NOT NULL,
    activation_at TEXT,
    due_at TEXT,
    routing_age TEXT NOT NULL,  -- first time in its queue
    want TEXT NOT NULL,         -- what sets the item apart in routing; empty for most
    routable INTEGER NOT NULL   -- rests, is not held, has no error
);

CREATE INDEX interaction_external ON interaction (capture_point, external_id);
CREATE INDEX interaction_contact ON interaction (contact_id, received_at) WHERE contact_id <> '';
CREATE INDEX interaction_received ON interaction (received_at);
CREATE INDEX interaction_unfinished ON interaction (received_at) WHERE state <> 'finished';
CREATE INDEX interaction_open ON interaction (assigned_to, media_type, assigned_at) WHERE state = 'handling';
CREATE INDEX interaction_offer_to ON interaction (offer_to, media_type, offered_at) WHERE offer_to <> '';
CREATE INDEX interaction_offer_deadline ON interaction (offer_deadline) WHERE offer_deadline IS NOT NULL;
CREATE INDEX interaction_handling_until ON interaction (handling_until) WHERE handling_until IS NOT NULL;
CREATE INDEX interaction_held_until ON interaction (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX interaction_error ON interaction (row) WHERE error <> '';
CREATE INDEX interaction_activation ON interaction (activation_at) WHERE activation_at IS NOT NULL AND routable = 1;
CREATE INDEX interaction_routing
    ON interaction (queue, media_type, want, priority DESC, routing_age, row) WHERE state = 'queued' AND routable = 1;
CREATE INDEX interaction_routing_age ON interaction (queue, routing_age) WHERE state = 'queued' AND routable = 1;
CREATE INDEX interaction_queued ON interaction (queue, priority DESC, routing_age) WHERE state = 'queued';
CREATE INDEX interaction_workbin_routing
    ON interaction (workbin, media_type, want, priority DESC, routing_age, row)
    WHERE state = 'in-workbin' AND routable = 1;
CREATE INDEX interaction_workbin
    ON interaction (workbin, workbin_owner, received_at) WHERE state = 'in-workbin';
CREATE INDEX interaction_workbin_due
    ON interaction (workbin, workbin_owner, due_at) WHERE state = 'in-workbin';
CREATE INDEX interaction_workbin_unread
    ON interaction (workbin, workbin_owner, unread) WHERE state = 'in-workbin';

-- Who has ever had an item: "My History".
CREATE TABLE party (
    person TEXT NOT NULL,
    item INTEGER NOT NULL REFERENCES interaction (row),
    PRIMARY KEY (person, item)
) WITHOUT ROWID;

-- Quick search of the history; rowid = interaction.row.
CREATE VIRTUAL TABLE history_text USING fts5 (
    subject, number, notes, contact, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE TABLE event (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    actor TEXT NOT NULL,
    person TEXT NOT NULL,
    queue TEXT NOT NULL,
    workbin TEXT NOT NULL,
    workbin_owner TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX event_item ON event (item, sequence) WHERE item <> '';

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    logged_in_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    idle_since TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE channel_state (
    session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (session, media_type)
) WITHOUT ROWID;

CREATE TABLE note (
    id TEXT PRIMARY KEY,
    item TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX note_item ON note (item, at);

CREATE TABLE contact (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX contact_key ON contact (tenant, key) WHERE key <> '';

CREATE TABLE contact_attribute (
    contact INTEGER NOT NULL REFERENCES contact (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (contact, position)
) WITHOUT ROWID;
CREATE INDEX contact_attribute_value ON contact_attribute (name, value COLLATE NOCASE);

-- Search of contacts; rowid = contact.row.
CREATE VIRTUAL TABLE contact_text USING fts5 (
    words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE TABLE command_key (
    person TEXT NOT NULL,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    command TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (person, key)
) WITHOUT ROWID;
CREATE INDEX command_key_at ON command_key (at);

CREATE TABLE config_document (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, name)
);

-- What is known of a source's item: its latest revision, and what the source has said of it so far (JSON).
CREATE TABLE capture_item (
    point TEXT NOT NULL,
    capture_id TEXT NOT NULL,
    item TEXT NOT NULL,
    revision TEXT NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (point, capture_id)
) WITHOUT ROWID;

-- Messages that were handled.
CREATE TABLE capture_message (
    point TEXT NOT NULL,
    capture_id TEXT NOT NULL,
    revision TEXT NOT NULL,
    verb TEXT NOT NULL,
    PRIMARY KEY (point, capture_id, revision, verb)
) WITHOUT ROWID;

CREATE TABLE preference (
    person TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (person, key)
) WITHOUT ROWID;
