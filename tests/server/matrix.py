"""What the privilege matrix looks at: people, roles, items with canaries, and the rule of who may see what."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from tests.contract.engine.office import person, site
from tests.server.nodes import ServedNode
from workloom.domain.contact import Contact
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Note, Outcome, State
from workloom.domain.privileges import (
    CONTACT_HISTORY,
    CORE_PRIVILEGES,
    INTERACTION_SEARCH,
    MANAGEMENT_USE,
    MY_HISTORY,
    PULL_FROM_QUEUE,
    PULL_NOT_OWNED,
    PULL_SHARED,
    TARGETS_USE,
    TEAM_LEAD,
    USE_CHANNEL,
    USE_TEAM_WORKBINS,
    USE_WORKBINS,
)
from workloom.domain.site import Role, Site

NOW: Final = datetime.now(UTC)
ITEMS: Final = ("mine", "queued", "bin", "team", "done", "others")
SESSION: Final = "session"
"""The canary of what happens to somebody's session."""

CANARY: Final = re.compile(r"canary-([a-z]+)")
SEES_ALL: Final = {CONTACT_HISTORY, INTERACTION_SEARCH, MANAGEMENT_USE}
NEED_CHANNEL: Final = {PULL_FROM_QUEUE, PULL_NOT_OWNED, PULL_SHARED, USE_WORKBINS, USE_TEAM_WORKBINS}
"""Of those that show items, these count with the channel only."""

ALL: Final = frozenset(CORE_PRIVILEGES)
ROLES: Final = {
    "nothing": frozenset[str](),
    "channel": frozenset({USE_CHANNEL}),
    **{f"only {one}": frozenset({USE_CHANNEL, one}) for one in CORE_PRIVILEGES if one != USE_CHANNEL},
    **{f"only {one}, no channel": frozenset({one}) for one in sorted(NEED_CHANNEL)},
    **{f"all but {one}": ALL - {one} for one in CORE_PRIVILEGES},
    **{f"no supervisor nor {one}": ALL - SEES_ALL - {one} for one in sorted({USE_CHANNEL, MY_HISTORY, *NEED_CHANNEL})},
    "no supervisor": ALL - SEES_ALL,
    "neither supervisor nor puller": ALL - SEES_ALL - {PULL_FROM_QUEUE, PULL_NOT_OWNED},
    "all": ALL,
}
"""Each privilege is tried alone, and each alone is missing: from all, and from what shows only some of the items."""

OWNER: Final = {"ann": {"mine", "bin", "team", "done"}, "bob": {"team"}, "cid": set[str]()}
"""Whose item it is, alone or with the group."""


def counting(role: frozenset[str]) -> frozenset[str]:
    """Those of the privileges that count beside the others."""
    return role if USE_CHANNEL in role else role - NEED_CHANNEL


def may_see(who: str, role: frozenset[str], item: str) -> bool:
    """The rule, in few words: supervisors all; one's own open item; what one can open or whose workbin one sees; what
    one has had, with My History."""
    role = counting(role)
    if role & SEES_ALL:
        return True
    if item in ("mine", "done") and who == "ann":
        return item == "mine" or MY_HISTORY in role
    if item == "queued":
        return PULL_FROM_QUEUE in role
    if item == "bin":
        needs = {"ann": {USE_WORKBINS}, "bob": {PULL_NOT_OWNED, USE_TEAM_WORKBINS}}.get(who, {PULL_NOT_OWNED})
        return bool(role & needs)
    if item == "team":
        return bool(role & ({PULL_NOT_OWNED} if who == "cid" else {USE_WORKBINS, PULL_SHARED}))
    return False


HIDING: Final = tuple(
    role for role, held in ROLES.items() if not all(may_see(who, held, item) for who in OWNER for item in ITEMS)
)
"""Roles under which something is hidden from somebody."""


def site_for(role: frozenset[str]) -> Site:
    """Ann and Bob of the experts, whom Bob leads, and Cid of nobody, all with one role."""
    return site(roles={"agent": Role(name="agent", privileges=tuple(sorted(role)))})


def row(item: str, **more: Any) -> Interaction:
    """An item with canaries in its texts."""
    values: dict[str, Any] = {
        "id": f"item-{item}",
        "tenant": "default",
        "media_type": "claim",
        "queue": "shelf",
        "queue_since": {"shelf": NOW},
        "contact_id": f"contact-{item}",
        "attached": {"Subject": f"canary-{item} subject", "City": f"canary-{item} city"},
        **dict.fromkeys(("received_at", "submitted_at", "placed_at"), NOW),
    }
    return Interaction(**{**values, **more})


ROWS: Final = {
    "mine": row("mine", state=State.HANDLING, assigned_to="ann", assigned_at=NOW),
    "queued": row("queued"),
    "bin": row("bin", state=State.IN_WORKBIN, workbin="in-progress", workbin_owner="ann"),
    "team": row("team", state=State.IN_WORKBIN, workbin="team", workbin_owner="experts"),
    "done": row("done", state=State.HANDLING, assigned_to="ann", assigned_at=NOW),
    "others": row("others", state=State.HANDLING, assigned_to="dora", assigned_at=NOW),
}


def with_dora(role: frozenset[str]) -> Site:
    """The site, and somebody whose items are nobody's business."""
    usual = site_for(role)
    return site(roles=usual.roles, persons={**usual.persons, "dora": person("dora", place="")})


def fill(node: ServedNode) -> None:
    """Put the items there, each with a contact, a note and an event that carry its canary."""
    with node.node.engine.store.transaction() as transaction:
        for item, record in ROWS.items():
            transaction.contacts.save(
                Contact(
                    id=record.contact_id,
                    tenant="default",
                    key=item,
                    created_at=NOW,
                    attributes={"LastName": (f"canary-{item} name",)},
                )
            )
            transaction.items.insert(record)
            transaction.notes.insert(
                Note(id=f"note-{item}", item=record.id, author="dora", at=NOW, text=f"canary-{item} note")
            )
        done = ROWS["done"]
        finished = {"state": State.FINISHED, "outcome": Outcome.COMPLETED, "completed_at": NOW, "assigned_to": ""}
        transaction.items.save(type(done)(**{**fields(done), **finished}), before=done)
    tell(node)


OF_SESSIONS: Final = (EventKind.LOGGED_OFF, EventKind.AGENT_LOST, EventKind.CHANNEL_CHANGED, EventKind.LOGGED_IN)
KINDS: Final = tuple(kind for kind in EventKind if kind not in (EventKind.SITE_APPLIED, EventKind.LOGGED_IN))
"""All that may be told of an item."""


def tell(node: ServedNode) -> int:
    """Every event of each item, with its canary, and what happens to sessions; the sequence of the last."""
    store = node.node.engine.store
    with store.transaction() as transaction:
        transaction.events.append(_of_item(item, kind) for kind in KINDS for item in ITEMS)
        transaction.events.append(
            Event(at=NOW, kind=kind, person="dora", detail={"session": "dora-1", "why": f"canary-{SESSION} event"})
            for kind in OF_SESSIONS
        )
    with store.reading() as reader:
        return reader.events.last()


def _of_item(item: str, kind: EventKind) -> Event:
    record = ROWS[item]
    return Event(
        at=NOW,
        kind=kind,
        item=record.id,
        person=record.assigned_to if item in ("mine", "others") else "",
        queue=record.queue if item == "queued" else "",
        workbin=record.workbin,
        workbin_owner=record.workbin_owner,
        detail={"changes": f"canary-{item} event"},
    )


def fields(record: Interaction) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def may_hear(who: str, role: frozenset[str], item: str) -> bool:
    """As seeing, but that no event is told to those who could only open the item where it rests. Sessions of others
    are for those who hand items to them, or lead them."""
    if item == SESSION:
        return bool(role & {TARGETS_USE, TEAM_LEAD})
    role = counting(role)
    if item in ("bin", "team") and not role & SEES_ALL:
        seen_by = {("bin", "ann"): USE_WORKBINS, ("bin", "bob"): USE_TEAM_WORKBINS}
        seen_by |= {("team", each): USE_WORKBINS for each in ("ann", "bob")}
        return seen_by.get((item, who), "") in role
    return may_see(who, role, item)
