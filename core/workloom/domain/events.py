"""What has happened: one row for each change, in the transaction that made it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct


class EventKind(StrEnum):
    """Names of events, in the past tense."""

    SUBMITTED = "submitted"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    OFFER_EXPIRED = "offer-expired"
    REVOKED = "revoked"
    PULLED = "pulled"
    PLACED_IN_QUEUE = "placed-in-queue"
    PLACED_IN_WORKBIN = "placed-in-workbin"
    TRANSFER_OFFERED = "transfer-offered"
    TRANSFER_REFUSED = "transfer-refused"
    TRANSFERRED = "transferred"
    ROUTING_REQUESTED = "routing-requested"
    PROPERTIES_CHANGED = "properties-changed"
    DISPOSITION_SET = "disposition-set"
    NOTE_ADDED = "note-added"
    CONTACT_ASSIGNED = "contact-assigned"
    READ = "read"
    DONE = "done"
    CANCELED = "canceled"
    RESTARTED = "restarted"
    COMPLETED_BY_SOURCE = "completed-by-source"
    CANCELED_BY_SOURCE = "canceled-by-source"
    UPDATED_BY_SOURCE = "updated-by-source"
    REOPENED = "reopened"
    RESTARTED_BY_SOURCE = "restarted-by-source"
    HELD = "held"
    RESUMED = "resumed"
    ROUTING_FAILED = "routing-failed"
    LOGGED_IN = "logged-in"
    LOGGED_OFF = "logged-off"
    AGENT_LOST = "agent-lost"
    CHANNEL_CHANGED = "channel-changed"
    SITE_APPLIED = "site-applied"


class Event(Struct, frozen=True, kw_only=True):
    """One change. `actor` is a user name, `source:<point>`, `client:<name>` or `service`; `person` whom it happened to.

    `sequence` is given by the store and rises without gaps that matter: a reader asks for what is after the last seen.
    """

    sequence: int = 0
    at: datetime
    kind: EventKind
    item: str = ""
    actor: str = "service"
    person: str = ""
    queue: str = ""
    workbin: str = ""
    workbin_owner: str = ""
    detail: dict[str, Any] = {}
