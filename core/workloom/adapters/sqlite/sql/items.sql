-- name: insert
INSERT INTO interaction (
    id, tenant, media_type, external_id, parent_id, interaction_type, subtype, state, outcome, fence, priority, queue,
    workbin, workbin_owner, unread, assigned_to, session, contact_id, disposition, submitted_by, error, received_at,
    submitted_at, placed_at, delivered_at, assigned_at, handling_until, held_at, held_until, completed_at, queue_since,
    refusals, offer, offer_to, offered_at, offer_deadline, attributes, attached, subject, capture_point, activation_at,
    due_at, routing_age, want, routable
) VALUES (
    :id, :tenant, :media_type, :external_id, :parent_id, :interaction_type, :subtype, :state, :outcome, :fence,
    :priority, :queue, :workbin, :workbin_owner, :unread, :assigned_to, :session, :contact_id, :disposition,
    :submitted_by, :error, :received_at, :submitted_at, :placed_at, :delivered_at, :assigned_at, :handling_until,
    :held_at, :held_until, :completed_at, :queue_since, :refusals, :offer, :offer_to, :offered_at, :offer_deadline,
    :attributes, :attached, :subject, :capture_point, :activation_at, :due_at, :routing_age, :want, :routable
);

-- name: save
UPDATE interaction SET
    tenant = :tenant, media_type = :media_type, external_id = :external_id, parent_id = :parent_id,
    interaction_type = :interaction_type, subtype = :subtype, state = :state, outcome = :outcome, fence = :fence,
    priority = :priority, queue = :queue, workbin = :workbin, workbin_owner = :workbin_owner, unread = :unread,
    assigned_to = :assigned_to, session = :session, contact_id = :contact_id, disposition = :disposition,
    submitted_by = :submitted_by, error = :error, received_at = :received_at, submitted_at = :submitted_at,
    placed_at = :placed_at, delivered_at = :delivered_at, assigned_at = :assigned_at, handling_until = :handling_until,
    held_at = :held_at, held_until = :held_until, completed_at = :completed_at, queue_since = :queue_since,
    refusals = :refusals, offer = :offer, offer_to = :offer_to, offered_at = :offered_at,
    offer_deadline = :offer_deadline, attributes = :attributes, attached = :attached, subject = :subject,
    capture_point = :capture_point, activation_at = :activation_at, due_at = :due_at, routing_age = :routing_age,
    want = :want, routable = :routable
WHERE id = :id AND fence = :expected_fence
RETURNING row;

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

-- name: add_party
INSERT OR IGNORE INTO party (person, item) VALUES (?, ?);

-- name: insert_text
INSERT INTO history_text (rowid, subject, number, notes, contact)
VALUES (?, ?, ?, '', coalesce((SELECT name FROM contact WHERE id = ?), ''));

-- name: save_party
-- The same for an item of which only holder, place in a workbin and offer change, as most moves do: SQLite writes every
-- index of a column that is set, changed or not.
UPDATE interaction SET
    state = :state, fence = :fence, workbin = :workbin, workbin_owner = :workbin_owner, unread = :unread,
    assigned_to = :assigned_to, session = :session, error = :error, placed_at = :placed_at,
    delivered_at = :delivered_at, assigned_at = :assigned_at, handling_until = :handling_until, held_at = :held_at,
    held_until = :held_until, refusals = :refusals, offer = :offer, offer_to = :offer_to, offered_at = :offered_at,
    offer_deadline = :offer_deadline, want = :want, routable = :routable
WHERE id = :id AND fence = :expected_fence
RETURNING row;

-- name: has_open
SELECT 1 FROM interaction WHERE state = 'handling' AND assigned_to = ? LIMIT 1;

-- name: save_text
UPDATE history_text SET subject = ?, number = ?, contact = coalesce((SELECT name FROM contact WHERE id = ?), '')
WHERE rowid = ?;
