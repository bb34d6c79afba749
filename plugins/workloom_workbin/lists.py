"""What the workbin view shows: the explorer tree, and the columns and footer of a list. No Qt."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from workloom.api import (
    EventKind,
    Fact,
    ItemColumn,
    ItemDetails,
    Node,
    OptionSet,
    Say,
    Services,
    WorkbinNode,
    WorkbinQuery,
    as_it_is,
    common_facts,
    item_columns,
    say_count,
    wording,
)

DEFAULT_COLUMNS = ("From", "Subject", "Received")
"""Of a workbin that no option names."""

UNREAD, DUE_TODAY = "unread", "due-today"


class WorkbinState(Struct, frozen=True, kw_only=True):
    """All workbins with their counts, and how many items of the one on show (its address) are due today."""

    nodes: tuple[WorkbinNode, ...]
    shown: str = ""
    due_today: int = 0


def read_state(services: Services, shown: WorkbinNode | None) -> WorkbinState:
    """Read the tree, and what is counted of the workbin on show. Blocks."""
    nodes = services.workbins.tree()
    if shown is None or find(nodes, key_of(shown)) is None:
        return WorkbinState(nodes=nodes)
    query = WorkbinQuery(workbin=shown.workbin, owner=shown.owner, only=DUE_TODAY, limit=0)
    return WorkbinState(nodes=nodes, shown=key_of(shown), due_today=services.workbins.page(query).total)


def key_of(node: WorkbinNode) -> str:
    """The address of a workbin: `<owner>@<workbin>`."""
    return f"{node.owner}@{node.workbin}"


def find(nodes: Iterable[WorkbinNode], key: str) -> WorkbinNode | None:
    """The workbin of an address, None if it is not there."""
    return next((node for node in nodes if key_of(node) == key), None)


def first_shown(nodes: Sequence[WorkbinNode]) -> WorkbinNode | None:
    """The workbin that is open at first: the first own one with something in it, else the first."""
    return next((node for node in nodes if node.section == "my" and node.total), nodes[0] if nodes else None)


def tree_nodes(nodes: Sequence[WorkbinNode], say: Say = as_it_is) -> tuple[Node, ...]:
    """The explorer tree: sections with their totals, people of the team with theirs. Empty sections are left out."""
    sections = (
        ("my", say("My workbins"), "user-round"),
        ("shared", say("Shared"), "users-round"),
        ("team", say("My team"), "users"),
    )
    found = []
    for section, title, icon in sections:
        mine = [node for node in nodes if node.section == section]
        if not mine:
            continue
        inner = _members(mine) if section == "team" else tuple(_leaf(node) for node in mine)
        total = sum(node.total for node in mine)
        found.append(Node(id=section, text=title, icon=icon, total=total, selectable=False, nodes=inner))
    return tuple(found)


def _members(nodes: Sequence[WorkbinNode]) -> tuple[Node, ...]:
    found = []
    for owner in dict.fromkeys(node.owner for node in nodes):
        theirs = [node for node in nodes if node.owner == owner]
        found.append(
            Node(
                id=f"member:{owner}",
                text=theirs[0].owner_title or owner,
                icon="circle-user-round",
                total=sum(node.total for node in theirs),
                selectable=False,
                expanded=False,
                nodes=tuple(_leaf(node) for node in theirs),
            )
        )
    return tuple(found)


def _leaf(node: WorkbinNode) -> Node:
    return Node(id=key_of(node), text=node.title, icon=icon_of(node), total=node.total, unread=node.unread)


def icon_of(node: WorkbinNode) -> str:
    """The icon of a workbin: of a place, or any other."""
    return "map-pin" if node.owner_kind.startswith("place") else "inbox"


def title_of(node: WorkbinNode) -> str:
    """The title, with the owner where it is a colleague's."""
    return f"{node.title}, {node.owner_title or node.owner}" if node.section == "team" else node.title


def heading(node: WorkbinNode, say: Say = as_it_is) -> str:
    """`9 items, 2 new`."""
    text = say_count(say, node.total, "{count} item", "{count:,} items")
    return f"{text}, {say('{count:,} new', count=node.unread)}" if node.unread else text


def shown_text(shown: int, node: WorkbinNode, *, filtered: bool, say: Say = as_it_is) -> str:
    """`9 of 9 shown`; says so when the list holds no more."""
    if filtered or shown >= node.total:
        return say("{shown:,} of {total:,} shown", shown=shown, total=node.total)
    return say(
        "{shown:,} of {total:,} shown, the most that this list holds. Filter it to find others.",
        shown=shown,
        total=node.total,
    )


def selected_text(selected: int, listed: int, resting: int, say: Say = as_it_is) -> str:
    """`2 selected`, `All 9 selected`; `500 of 1,200 selected` where the list holds no more of what rests there."""
    if selected < max(listed, 2):
        return say("{count:,} selected", count=selected)
    if resting > selected:
        return say("{count:,} of {total:,} selected", count=selected, total=resting)
    return say("All {count:,} selected", count=selected)


def badge(services: Services, say: Say = as_it_is) -> str:
    """What stands beside the view in the sidebar: `9 new`; nothing when there is nothing new. Blocks."""
    unread = sum(node.unread for node in services.workbins.tree() if node.section != "team")
    return say("{count:,} new", count=unread) if unread else ""


def columns_of(options: OptionSet, workbin: str, say: Say = as_it_is) -> tuple[ItemColumn, ...]:
    """Columns by `workbin.<mt>.<nickname>.displayed-columns`: of the first media type for which they were set."""
    names = [f"{base}.displayed-columns" for base in _bases(options, workbin)]
    known = [name for name in names if name in options.names()]
    chosen = next((name for name in known if options.source(name).layer != "default"), known[0] if known else "")
    return item_columns(options.words(chosen) if chosen else DEFAULT_COLUMNS, say)


def in_quick_access(options: OptionSet, workbin: str) -> bool:
    """Whether Move to workbin offers it: no `workbin.<mt>.<nickname>.quick-access` of it says otherwise."""
    return _all_say(options, workbin, "quick-access")


def refreshes_itself(options: OptionSet, workbin: str) -> bool:
    """Whether the list follows changes: no `workbin.<mt>.<nickname>.auto-update` of it says otherwise."""
    return _all_say(options, workbin, "auto-update")


def _all_say(options: OptionSet, workbin: str, what: str) -> bool:
    names = (f"{base}.{what}" for base in _bases(options, workbin))
    return all(options.flag(name) for name in names if name in options.names())


def _bases(options: OptionSet, workbin: str) -> tuple[str, ...]:
    """Options `workbin.<mt>.<nickname>` that name the workbin."""
    return tuple(
        name
        for name in options.names()
        if name.startswith("workbin.") and name.count(".") == 2 and options.text(name) == workbin
    )


def facts_of(details: ItemDetails, say: Say = as_it_is) -> tuple[Fact, ...]:
    """What the details panel says of an item in a workbin."""
    item, now = details.row.item, details.read_at
    rests = f"{details.row.where}, {wording.duration(now - item.placed_at)}"
    since = say("Since {time}", time=wording.full_moment(item.placed_at))
    facts = [Fact(label=say("Rests in"), value=rests, tooltip=since)]
    placed = [event for event in details.path if event.kind is EventKind.PLACED_IN_WORKBIN]
    if placed and placed[-1].actor != "service":
        actor = placed[-1].actor
        name = say("You") if actor == details.me else details.name_of(actor)
        facts.append(Fact(label=say("Placed by"), value=name))
    if details.queue:
        facts.append(Fact(label=say("Came from"), value=details.queue))
    return (*facts, *common_facts(details, say))


def not_refreshed(trouble: str, say: Say = as_it_is) -> str:
    """What is on show may be old, and why."""
    return say("Not refreshed: {reason}", reason=trouble)


def refreshed(at: datetime, *, by_itself: bool, say: Say = as_it_is) -> str:
    """`Refreshed 13:42, refreshes by itself`."""
    time = f"{at.astimezone():%H:%M}"
    if by_itself:
        return say("Refreshed {time}, refreshes by itself", time=time)
    return say("Refreshed {time}", time=time)
