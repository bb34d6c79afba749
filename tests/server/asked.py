"""What the tests ask: every function that only reads with all combinations of some values, every command once."""

import inspect
from collections.abc import Iterator
from typing import Any, Final

from tests.server.matrix import ROWS
from workloom.domain.commands import Command
from workloom.domain.options import OptionLayer
from workloom.domain.pages import HistoryQuery, HistoryScope, WorkbinQuery
from workloom.domain.presence import Presence
from workloom.domain.targets import Target, TargetRow, TargetType
from workloom.wire import CALLS, Call

VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "item": tuple(record.id for record in ROWS.values()),
    "contact": tuple(record.contact_id for record in ROWS.values()),
    "text": ("canary", ""),
    "limit": (500,),
    "sequence": (0,),
    "kinds": ((),),
    "name": ("ann", "dora", "outcomes"),
    "state": (Presence.NOT_READY,),
    "reason": ("",),
    "media_type": ("",),
    "row": (TargetRow(target=Target(type=TargetType.AGENT, id="bob"), title="Bob"),),
    "favourite": (True,),
    "option": ("desktop.language",),
    "value": ("canary",),
    "layer": (OptionLayer(),),
    "dry_run": (True,),
}
"""What is tried for each argument, by its name."""

LAST: Final = "presence.log_off"

QUERIES: Final = {
    "workbins.page": tuple(
        WorkbinQuery(workbin=workbin, owner=owner, text=text)
        for workbin, owner in (("in-progress", "ann"), ("in-progress", "dora"), ("team", "experts"), ("waiting", ""))
        for text in ("", "canary")
    ),
    **dict.fromkeys(
        ("history.search", "history.counts"),
        tuple(
            HistoryQuery(scope=scope, contact=contact, text=text)
            for scope in HistoryScope
            for contact in ("", "contact-done", "contact-others")
            for text in ("", "canary")
        ),
    ),
}


def arguments_of(call: Call) -> Iterator[dict[str, Any]]:
    """Every combination of what is tried for the arguments of a read; a KeyError = the matrix does not know one."""
    names = call.arguments.__struct_fields__
    if "query" in names:
        yield from ({"query": query} for query in QUERIES[call.name])
    elif call.name == "configuration.options":
        yield {}  # an item is given by the caller, who has it
    else:
        tried: list[dict[str, Any]] = [{}]
        for name in names:
            tried = [{**one, name: value} for one in tried for value in VALUES[name]]
        yield from tried


def reads() -> list[Call]:
    """All calls of services but commands."""
    return [call for call in CALLS.values() if call.service and not call.keyed]


def all_but_the_end() -> list[Call]:
    """All calls of services but those that carry out commands on items, and the one that ends the session."""
    return [call for call in CALLS.values() if call.service and call.name not in ("items.execute", LAST)]


def command_for(kind: type[Command], item: str) -> Command:
    """A command of that kind on an item."""
    target = Target(type=TargetType.AGENT, id="cid")
    given: dict[str, Any] = {
        "ticket": "ticket-1",
        "queue": "shelf",
        "workbin": "in-progress",
        "target": target,
        "changes": {"City": "changed"},
        "value": "pay",
        "text": "changed",
        "contact": "contact-others",
    }
    required = [
        name
        for name, each in inspect.signature(kind).parameters.items()
        if each.default is inspect.Parameter.empty and name != "item"
    ]
    return kind(item=item, **{name: given[name] for name in required})
