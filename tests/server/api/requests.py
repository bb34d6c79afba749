"""One good request for each operation of the API: what the privilege matrix, this one and the node's, is made of.

An operation without one fails the tests.
"""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

CANARY: Final = "canary-7f3a"
"""What an item of the capture point says, and nobody may read without the privilege."""


class Request(Struct, frozen=True, kw_only=True):
    """What stands in path, query and body. `content_type` only where it is not JSON; `text` in place of a body."""

    path: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    body: Any = None
    text: str = ""
    content_type: str = ""


MANAGED: Final = "item-managed"
"""The interaction id of an item that is there from the beginning, and says the canary."""

PERSON: Final = "lena"
"""Who is logged in."""

_MANAGED: Final = {"item": MANAGED}
_VIP: Final = {"kind": "queues", "name": "vip"}
_POINT: Final = {"point": "servicedesk"}
_ITEM: Final = {"point": "servicedesk", "id": "INC-1"}
_EVENT: Final = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "/desk",
    "type": "workloom.item.update",
    "subject": "INC-1",
    "data": {"subject": CANARY},
}

REQUESTS: Final[Mapping[str, Request]] = {
    "ping": Request(path=_POINT),
    "create-item": Request(path=_POINT, body={"capture_id": "INC-1", "subject": CANARY}),
    "get-item": Request(path=_ITEM),
    "put-item": Request(path=_ITEM, body={"subject": CANARY}),
    "update-item": Request(path=_ITEM, body={"category": CANARY}),
    "send-messages": Request(path=_POINT, body={"messages": [{"verb": "update", "capture_id": "INC-1"}]}),
    "send-event": Request(path=_POINT, body=_EVENT, content_type="application/cloudevents+json"),
    "hold-item": Request(path=_ITEM),
    "resume-item": Request(path=_ITEM),
    "complete-item": Request(path=_ITEM),
    "restart-item": Request(path=_ITEM),
    "cancel-item": Request(path=_ITEM),
    "list-items": Request(query={"text": CANARY}),
    "read-item": Request(path=_MANAGED),
    "read-history": Request(path=_MANAGED),
    "manage-hold": Request(path=_MANAGED),
    "manage-resume": Request(path=_MANAGED),
    "manage-move": Request(path=_MANAGED, body={"queue": "servicedesk"}),
    "manage-modify": Request(path=_MANAGED, body={"attached": {"Room": CANARY}}),
    "manage-items": Request(body={"operation": "hold", "items": [MANAGED]}),
    "manage-complete": Request(path=_MANAGED),
    "manage-restart": Request(path=_MANAGED),
    "manage-cancel": Request(path=_MANAGED),
    "list-objects": Request(path={"kind": "queues"}),
    "get-object": Request(path={"kind": "queues", "name": "servicedesk"}),
    "put-object": Request(path=_VIP, body={"kind": "queues", "title": CANARY}),
    "delete-object": Request(path=_VIP),
    "get-site": Request(),
    "apply-site": Request(body={"toml": "[site]\ntitle = 'x'"}, query={"dry_run": "true"}),
    "list-sessions": Request(),
    "end-session": Request(path={"person": PERSON}),
    "reset-password": Request(path={"person": PERSON}, body={"password": "a longer one"}),
}
"""By operation id, in an order in which each can be carried out after the ones before it."""
