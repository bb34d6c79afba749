"""What the gallery and the tests of the kit show: the item, lists and trees of the design's pictures."""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtWidgets import QApplication, QWidget

from workloom.adapters.outlines import LucideOutlines
from workloom.api.ui import Cell, Choice, Column, Node, Row, ToolbarItem, Ui
from workloom.shell.kit import theme
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

PRESENCE: Final = ("ready", "not-ready", "after-work", "dnd", "logged-off", "with-agent")
OUTLINES: Final = (
    "shield",
    "receipt",
    "clipboard-list",
    "printer",
    "mail",
    "check",
    "corner-up-right",
    "inbox",
    "list-end",
    "ellipsis",
    "folder-open",
    "arrow-right",
    "copy",
    "pause",
    "user-round-pen",
    "app-window",
    "external-link",
    "refresh-cw",
    "rotate-cw",
    "power",
    "plus",
    "minus",
    "x",
    "log-out",
    "history",
    "search",
    "users",
    "list-filter",
    "chart-no-axes-column",
    "plug",
    "settings",
    "keyboard",
    "bell",
    "panel-left",
    "panel-right",
    "user-search",
    "sliders-horizontal",
    "columns-3",
    "star",
    "users-round",
    "badge-check",
    "file-search",
    "flag",
    "clock",
    "hourglass",
    "lock",
    "eye",
    "circle-check",
    "circle-alert",
    "triangle-alert",
    "circle-dashed",
    "octagon-pause",
    "shield-x",
    "unplug",
    "package",
    "key-round",
    "settings-2",
    "terminal",
    "calendar",
    "phone",
    "map-pin",
    "message-square",
    "user-round",
    "circle-user-round",
    "trending-up",
    "hammer",
    "square-mouse-pointer",
    "chevron-down",
    "chevron-up",
    "chevron-left",
    "chevron-right",
    "chevrons-up-down",
    "arrow-down",
    "arrow-up",
    "arrow-left",
)
"""Lucide's names of every icon that the design speaks of."""

GLYPHS: Final = (*(f"presence:{state}" for state in PRESENCE), *(f"priority:{level}" for level in (1, 2, 3, 4)))
ICONS: Final = (*OUTLINES, *GLYPHS)

DISPOSITIONS: Final = (
    Choice(
        id="pay",
        text="Pay",
        choices=(Choice(id="paid-full", text="Paid in full"), Choice(id="paid-part", text="Paid in part")),
    ),
    Choice(id="expert", text="To expert"),
)

COLUMNS: Final = (
    Column(key="from", title="From", width=170),
    Column(key="subject", title="Subject", width=200, stretch=True),
    Column(key="received", title="Received", width=120, sort="received"),
    Column(key="due", title="Due", width=120, sort="due"),
    Column(key="priority", title="Priority", width=90, sort="priority"),
)

_PEOPLE = ("Nordwind Logistik GmbH & Co. KG", "Marta Lindqvist", "Hakan Yildirim", "Praxis Dr. Weiß")
_SUBJECTS = ("Freight invoice 2026-11689", "Locksmith invoice 88-204", "Storm damage, garden shed", "Sick-pay form")
_MEDIA = ("receipt", "shield", "clipboard-list", "printer")
_DUE = (
    Cell(text="24 Nov"),
    Cell(text="today 17:00", icon="clock", tone="warning"),
    Cell(text="overdue 3 h", icon="triangle-alert", tone="danger"),
)
_PRIORITY = (
    Cell(text="High", icon="priority:3"),
    Cell(text="Normal", icon="priority:2"),
    Cell(text="Low", icon="priority:1"),
    Cell(text="Urgent", icon="priority:4", tone="danger"),
)


def item_row(place: int) -> Row:
    """The row of an item; its id is `item-<place>`."""
    return Row(
        id=f"item-{place}",
        icon=_MEDIA[place % 4],
        unread=place % 3 == 0,
        cells={
            "from": Cell(text=_PEOPLE[place % 4]),
            "subject": Cell(text=f"{_SUBJECTS[place % 4]}, {place}"),
            "received": Cell(text="23 Nov 12:58", tone="muted", tooltip="23 November 2026, 12:58:04"),
            "due": _DUE[place % 3],
            "priority": _PRIORITY[place % 4],
        },
    )


def answer(offset: int, limit: int, total: int) -> list[Row]:
    """A page of a list of `total` items."""
    return [item_row(place) for place in range(offset, min(offset + limit, total))]


TREE: Final = (
    Node(
        id="mine",
        text="My workbins",
        icon="user-round",
        total=16,
        nodes=(
            Node(id="progress", text="In progress", icon="inbox", total=4, unread=1),
            Node(id="waiting", text="Waiting for documents", icon="inbox", total=9, unread=2),
            Node(id="callback", text="Call back this week", icon="inbox", total=3),
        ),
    ),
    Node(
        id="shared",
        text="Shared",
        icon="users-round",
        total=29,
        nodes=(
            Node(id="household", text="Household team", icon="inbox", total=23, unread=6),
            Node(id="large", text="Large losses", icon="inbox", total=5),
        ),
    ),
)


def samples_of_toolbar(*, reason: str = "Set “Cause” to a repairable cause first.") -> Sequence[ToolbarItem]:
    """The toolbar of an open item, with two guests of plugins."""

    def nothing(_anchor: object) -> None:
        return

    return (
        ToolbarItem(id="done", text="Done", run=nothing, icon="check", key="Ctrl+Return", primary=True),
        ToolbarItem(id="transfer", text="Transfer", run=nothing, icon="corner-up-right", key="Ctrl+T"),
        ToolbarItem(id="workbin", text="Move to workbin", run=nothing, icon="inbox", key="Ctrl+B"),
        ToolbarItem(id="queue", text="Move to queue", run=nothing, icon="list-end", key="Ctrl+U"),
        ToolbarItem(id="hold", text="Hold until…", run=nothing, icon="pause", key="Ctrl+Shift+H", in_menu=True),
        ToolbarItem(id="archive", text="Find in document archive", run=nothing, from_plugin="Archive", in_menu=True),
        ToolbarItem(
            id="tradesperson",
            text="Order tradesperson",
            run=nothing,
            icon="hammer",
            enabled=False,
            reason=reason,
            from_plugin="Repairs",
            in_menu=True,
        ),
    )


def window_kit(application: QApplication, *, dark: bool = False, text_size: float = 1.0) -> tuple[Ui, QWidget]:
    """The kit of a window in one theme, with the window; hold the window for as long as the kit is used."""
    tokens, scale = Tokens(dark=dark), TypeScale(text_size)
    theme.apply(application, tokens, scale)
    application.setStyleSheet(theme.style_sheet(tokens, scale))  # what is shown here has no window to inherit it from
    window = QWidget()
    window.resize(900, 640)
    return Kit(tokens, Icons(tokens, LucideOutlines()), scale, window), window
