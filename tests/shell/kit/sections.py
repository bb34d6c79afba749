"""The widgets of the kit in groups, as the tests and the pictures of the kit show them."""

from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tests.shell.kit.samples import COLUMNS, DISPOSITIONS, ICONS, PRESENCE, TREE, answer, samples_of_toolbar
from workloom.api.ui import BadgeTone, ButtonKind, Choice, LabelRole, Ui

Section = Callable[[Ui], QWidget]
KINDS: Final[tuple[ButtonKind, ...]] = ("primary", "plain", "quiet", "danger")
TONES: Final[tuple[BadgeTone, ...]] = ("neutral", "accent", "success", "warning", "danger")
ROLES: Final[tuple[LabelRole, ...]] = (
    "greeting", "item-title", "panel-title", "strong", "base", "muted", "small", "meta", "mono", "danger", "link"
)  # fmt: skip


def row(*widgets: QWidget) -> QWidget:
    """Widgets side by side, as wide as they want to be."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return made


def column(*widgets: QWidget, margins: int = 0) -> QWidget:
    """Widgets below each other."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(12)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return made


def buttons(ui: Ui) -> QWidget:
    """Buttons of each kind at rest, small and disabled; icon buttons, chips, segments."""
    lines = []
    for kind in KINDS:
        off = ui.button("Disabled", icon="check", kind=kind)
        off.setEnabled(False)
        lines.append(
            row(
                ui.button("Done", icon="check", kind=kind, key="Ctrl+Return"),
                ui.button("Transfer", icon="corner-up-right", kind=kind),
                ui.button("Only words", kind=kind),
                ui.button("Small", kind=kind, small=True),
                ui.button("Reject", kind=kind, key="Shift+F8"),
                off,
            )
        )
    choices = ui.segmented([("all", "All"), ("new", "New"), ("due", "Due today")], lambda _choice: None)
    choices.set_text("new", "New 2")
    return column(
        *lines,
        row(*(ui.icon_button(name, name, key="F6") for name in ("ellipsis", "panel-left", "settings", "x"))),
        row(ui.chip("Paid in full"), ui.chip("Paid in part", checked=True), ui.chip("R & D")),
        row(choices.widget, ui.key_caps("Ctrl+Shift+H"), ui.key_caps("Alt+Left"), ui.key_caps("Return")),
    )


def texts(ui: Ui) -> QWidget:
    """Labels in each role, badges in each tone, avatars."""
    short = ui.label("Freight invoice 2026-11734, second reminder", "strong", elide=True)
    short.setFixedWidth(180)
    return column(
        *(ui.label(f"{role}: Water damage, 4.850,00 €", role) for role in ROLES),
        ui.line(),
        row(*(ui.badge(tone.title(), tone=tone).widget for tone in TONES)),
        row(*(ui.badge(tone.title(), tone=tone, icon="flag").widget for tone in TONES)),
        row(*(ui.avatar("Lena Hofer", presence=presence) for presence in ("", *PRESENCE))),
        row(ui.avatar("Marta Lindqvist", size=40), ui.avatar("Ørsted"), short),
    )


def icons(ui: Ui) -> QWidget:
    """Each outline and glyph of the design."""
    made = QWidget()
    grid = QGridLayout(made)
    for index, name in enumerate(ICONS):
        cell = ui.label("", "meta")
        cell.setPixmap(ui.pixmap(name, token="text", size=24))
        cell.setToolTip(name)
        grid.addWidget(cell, index // 16, index % 16, Qt.AlignmentFlag.AlignCenter)
    return made


def form(ui: Ui) -> QWidget:
    """A form with read-only values, fields of each kind, an error, and a wide text."""
    made = ui.form()
    made.add_text("policy", "Policy", "HP-7730-22815")
    made.add_text("holder", "Policy holder", "Marta Lindqvist")
    kind = ui.combo("Claim type", [Choice(id="tap", text="Tap water"), Choice(id="fire", text="Fire")])
    kind.set_text("tap")
    made.add("type", "Claim type", kind, required=True)
    loss = ui.date_field("Date of loss")
    loss.set_text("20 Nov 2026")
    made.add("loss", "Date of loss", loss, required=True)
    made.add_text("product", "Product", "Home Plus 2024")
    made.add_text("limit", "Coverage limit", "€75,000.00")
    estimate = ui.text_field("Estimate", unit="€")
    estimate.set_text("4,850.00")
    made.add("estimate", "Estimate", estimate)
    payee = ui.text_field("Payee IBAN")
    payee.set_text("DE89 3704 0044 0532 0130 0")
    made.add("iban", "Payee IBAN", payee, required=True)
    made.set_error("iban", "21 characters. A German IBAN has 22.")
    area = ui.text_area("Description")
    area.set_text(
        "Hose burst overnight. Parquet in the kitchen lifted over about 9 m², water reached the cellar shelf."
    )
    made.add("description", "Description", area, wide=True)
    check = ui.check("Statement", "Signed statement received")
    check.set_text("true")
    made.add("statement", "Statement", check, wide=True)
    return made.widget


def fields(ui: Ui) -> QWidget:
    """Fields that stand outside forms, one of them disabled."""
    disposition = ui.combo("Disposition", DISPOSITIONS, placeholder="Choose a disposition")
    chosen = ui.combo("Chosen disposition", DISPOSITIONS)
    chosen.set_text("paid-part")
    off = ui.text_field("Disabled", placeholder="Cannot be changed now")
    off.widget.setEnabled(False)
    free, on, locked = ui.check("One", "Not chosen"), ui.check("Two", "Chosen"), ui.check("Three", "Always on")
    on.set_text("true")
    locked.set_text("true")
    locked.widget.setEnabled(False)
    return column(
        ui.search_field("Search here", placeholder="Filter this workbin", key="Ctrl+F").widget,
        disposition.widget,
        chosen.widget,
        off.widget,
        row(free.widget, on.widget, locked.widget),
    )


def table(ui: Ui) -> QWidget:
    """A list with unread and current rows."""
    made = ui.table("Waiting for documents", COLUMNS, checkable=True)
    made.on_fetch(lambda request: request.answer(answer(request.offset, request.limit, 9), 9))
    made.sort_by("received", descending=True)
    return made.widget


def tree(ui: Ui) -> QWidget:
    """The explorer of the workbins."""
    made = ui.tree("Workbins")
    made.set_nodes(TREE)
    made.choose("waiting")
    return made.widget


def bars(ui: Ui) -> QWidget:
    """A toolbar with room and two without; tabs with pages."""
    wide, narrow, least = ui.toolbar(), ui.toolbar(), ui.toolbar()
    for bar in (wide, narrow, least):
        bar.set_items(samples_of_toolbar())
    narrow.widget.setFixedWidth(380)
    least.widget.setFixedWidth(240)
    tabs = ui.tabs()
    for key, title in (("contact", "Contact"), ("policy", "Policy"), ("documents", "Documents")):
        tabs.add(key, title, column(ui.label(f"The page of {title}"), margins=16))
    tabs.corner(ui.icon_button("panel-right", "Hide the panel"))
    return column(wide.widget, narrow.widget, least.widget, tabs.widget)


def empty(ui: Ui) -> QWidget:
    """An empty state with two actions."""
    return ui.empty_state(
        "inbox",
        "No open items",
        "You are not ready on any channel while the connection is away. You will be ready again on Claims.",
        ui.button("Look into workbins", icon="inbox", key="Alt+2"),
        ui.button("Commands", kind="quiet", key="Ctrl+K"),
    )


SECTIONS: Final[dict[str, tuple[Section, int, int]]] = {
    "buttons": (buttons, 820, 0),
    "texts": (texts, 560, 0),
    "icons": (icons, 680, 0),
    "form": (form, 820, 0),
    "form-narrow": (form, 420, 0),
    "fields": (fields, 480, 0),
    "table": (table, 820, 420),
    "tree": (tree, 260, 320),
    "bars": (bars, 760, 300),
    "empty": (empty, 560, 320),
}
"""How to build each section, its width and its height; height 0 = as high as it wants to be."""


def show(section: str, ui: Ui) -> QWidget:
    """A section on the ground that it stands on in the desktop, shown."""
    build, width, height = SECTIONS[section]
    ground = QWidget()
    ground.setProperty("ground", "window" if section == "tree" else "surface")
    ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(ground)
    edge = 0 if section in ("table", "tree") else 16
    layout.setContentsMargins(edge, edge, edge, edge)
    layout.addWidget(build(ui))
    ground.resize(width, height or 600)
    ground.show()
    QApplication.processEvents()
    if not height:
        ground.resize(width, ground.sizeHint().height())
    QApplication.processEvents()
    return ground
