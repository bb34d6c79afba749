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
    Services,
    WorkbinNode,
    WorkbinQuery,
    common_facts,
    item_columns,
    wording,
)

SECTIONS = (
    ("my", "My workbins", "user-round"),
    ("shared", "Shared", "users-round"),
    ("team", "My team", "users"),
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


def tree_nodes(nodes: Sequence[WorkbinNode]) -> tuple[Node, ...]:
    """The explorer tree: sections with their totals, people of the team with theirs. Empty sections are left out."""
    found = []
    for section, title, icon in SECTIONS:
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


def heading(node: WorkbinNode) -> str:
    """`9 items, 2 new`."""
    text = wording.count(node.total, "item")
    return f"{text}, {node.unread:,} new" if node.unread else text


def shown_text(shown: int, node: WorkbinNode, *, filtered: bool) -> str:
    """`9 of 9 shown`; says so when the list holds no more."""
    text = f"{shown:,} of {node.total:,} shown"
    if filtered or shown >= node.total:
        return text
    return f"{text}, the most that this list holds. Filter it to find others."


def selected_text(selected: int, listed: int, resting: int) -> str:
    """`2 selected`, `All 9 selected`; `500 of 1,200 selected` where the list holds no more of what rests there."""
    if selected < max(listed, 2):
        return f"{selected:,} selected"
    return f"{selected:,} of {resting:,} selected" if resting > selected else f"All {selected:,} selected"


def badge(services: Services) -> str:
    """What stands beside the view in the sidebar: `9 new`; nothing when there is nothing new. Blocks."""
    unread = sum(node.unread for node in services.workbins.tree() if node.section != "team")
    return f"{unread} new" if unread else ""


def columns_of(options: OptionSet, workbin: str) -> tuple[ItemColumn, ...]:
    """Columns by `workbin.<mt>.<nickname>.displayed-columns`: of the first media type for which they were set."""
    names = [f"{base}.displayed-columns" for base in _bases(options, workbin)]
    known = [name for name in names if name in options.names()]
    chosen = next((name for name in known if options.source(name).layer != "default"), known[0] if known else "")
    return item_columns(options.words(chosen) if chosen else DEFAULT_COLUMNS)


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


def facts_of(details: ItemDetails) -> tuple[Fact, ...]:
    """What the details panel says of an item in a workbin."""
    item, now = details.row.item, details.read_at
    rests = f"{details.row.where}, {wording.duration(now - item.placed_at)}"
    facts = [Fact(label="Rests in", value=rests, tooltip=f"Since {wording.full_moment(item.placed_at)}")]
    placed = [event for event in details.path if event.kind is EventKind.PLACED_IN_WORKBIN]
    if placed and placed[-1].actor != "service":
        facts.append(Fact(label="Placed by", value=details.name_of(placed[-1].actor).replace("you", "You", 1)))
    if details.queue:
        facts.append(Fact(label="Came from", value=details.queue))
    return (*facts, *common_facts(details))


def not_refreshed(trouble: str) -> str:
    """What is on show may be old, and why."""
    return f"Not refreshed: {trouble}"


def refreshed(at: datetime, *, by_itself: bool) -> str:
    """`Refreshed 13:42, refreshes by itself`."""
    text = f"Refreshed {at.astimezone():%H:%M}"
    return f"{text}, refreshes by itself" if by_itself else text
