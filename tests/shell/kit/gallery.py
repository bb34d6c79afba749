"""Renders the widgets of the kit, light and dark, to pictures: `python tests/shell/kit/gallery.py FOLDER`."""

import sys
from pathlib import Path

from PyQt6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workloom.api.ui import Cell, Choice, Column, Node, Row, ToolbarItem
from workloom.shell.kit import theme
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

COLUMNS = (
    Column(key="from", title="From", width=160, sort="from"),
    Column(key="subject", title="Subject", width=240, stretch=True, sort="subject"),
    Column(key="due", title="Due", width=130, sort="due"),
    Column(key="priority", title="Priority", width=100, sort="priority"),
)


def rows() -> list[Row]:
    """Rows as picture 05 has them."""
    names = ("Nordwind Logistik GmbH", "Marta Lindqvist", "Hakan Yildirim", "Praxis Dr. Weiß", "<b>Olivia</b> & Co")
    return [
        Row(
            id=str(place),
            icon=("receipt", "shield")[place % 2],
            unread=place in (0, 2),
            cells={
                "from": Cell(text=name),
                "subject": Cell(text=f"Freight invoice 2026-1168{place} with a long line that does not fit"),
                "due": Cell(text="today 17:00", icon="clock", tone="warning")
                if place == 2
                else Cell(text="overdue 3 h", icon="triangle-alert", tone="danger")
                if place == 3
                else Cell(text="24 Nov"),
                "priority": Cell(text="Urgent", icon="priority:4", tone="danger")
                if place == 3
                else Cell(text="High", icon="priority:3"),
            },
        )
        for place, name in enumerate(names)
    ]


def page(kit: Kit) -> QWidget:
    """All widgets on one page."""
    made = kit.window
    made.setProperty("ground", "surface")
    column = QVBoxLayout(made)
    column.setContentsMargins(24, 16, 24, 16)
    column.setSpacing(12)
    bar = kit.toolbar()
    bar.set_items(
        [
            ToolbarItem(id="done", text="Done", icon="check", key="Ctrl+Return", primary=True, run=print),
            ToolbarItem(id="transfer", text="Transfer", icon="corner-up-right", run=print),
            ToolbarItem(id="bin", text="Move to workbin", icon="inbox", run=print),
            ToolbarItem(id="queue", text="Move to queue", icon="list-end", run=print, enabled=False, reason="Not now."),
            ToolbarItem(id="copy", text="Copy", icon="copy", run=print, in_menu=True),
        ]
    )
    column.addWidget(bar.widget)
    line = QHBoxLayout()
    for widget in (
        kit.label("Water damage, kitchen and cellar", "item-title"),
        kit.badge("Claim", tone="accent", icon="shield").widget,
        kit.badge("Needed before Done", tone="warning", icon="circle-alert").widget,
        kit.badge("Chosen", tone="success", icon="check").widget,
        kit.badge("Urgent · due in 18 min", tone="danger", icon="priority:4").widget,
        kit.key_caps("Ctrl+D"),
    ):
        line.addWidget(widget)
    line.addStretch(1)
    column.addLayout(line)
    line = QHBoxLayout()
    for widget in (
        kit.avatar("Marta Lindqvist", presence="ready", size=40),
        kit.avatar("Lars Andersen", presence="not-ready"),
        kit.avatar("Klara Lauterbach", presence="dnd"),
        kit.avatar("Laila Amrani", presence="logged-off"),
        kit.avatar("Jonas Brandt", presence="after-work"),
        kit.button("Log in", kind="primary", key="Return"),
        kit.button("Back", kind="quiet", key="Alt+Left"),
        kit.button("Delete", kind="danger"),
        kit.button("Small", small=True),
        kit.icon_button("bell", "Notices"),
        kit.chip("Paid in full"),
        kit.chip("Paid in part", checked=True),
        kit.segmented([("all", "All"), ("new", "New 2"), ("due", "Due today 2")], print).widget,
    ):
        line.addWidget(widget)
    line.addStretch(1)
    column.addLayout(line)
    form = kit.form()
    form.add_text("policy", "Policy", "HP-7730-22815")
    form.add_text("holder", "Policy holder", "Marta <b>Lindqvist</b>")
    kind = kit.combo("Claim type", [Choice(id="a", text="Tap water"), Choice(id="b", text="Storm")])
    kind.set_text("a")
    form.add("type", "Claim type", kind, required=True)
    date = kit.date_field("Date of loss")
    date.set_text("20 Nov 2026")
    form.add("date", "Date of loss", date, required=True)
    estimate = kit.text_field("Estimate", unit="€")
    estimate.set_text("4,850.00")
    form.add("estimate", "Estimate", estimate)
    iban = kit.text_field("Payee IBAN")
    iban.set_text("DE89 3704 0044 0532 0130 0")
    form.add("iban", "Payee IBAN", iban, required=True)
    area = kit.text_area("Description")
    area.set_text("Hose burst overnight.\nParquet lifted.")
    form.add("text", "Description", area, wide=True)
    box = kit.check("Statement", "Signed statement received")
    box.set_text("true")
    form.add("signed", "Statement", box, wide=True)
    form.set_error("iban", "21 characters. A German IBAN has 22.")
    column.addWidget(form.widget)
    pay = Choice(id="", text="Pay", choices=(Choice(id="full", text="Paid in full"), Choice(id="p", text="In part")))
    disposition = kit.combo("Disposition", [pay], placeholder="Choose a disposition")
    disposition.set_text("p")
    row = QHBoxLayout()
    row.addWidget(disposition.widget)
    row.addWidget(kit.combo("Empty", [pay], placeholder="Choose a disposition").widget)
    row.addWidget(kit.search_field("Filter", placeholder="Filter this workbin", key="Ctrl+F").widget)
    column.addLayout(row)
    grid = QGridLayout()
    tree = kit.tree("Workbins")
    tree.set_nodes(
        [
            Node(
                id="my",
                text="My workbins",
                icon="user-round",
                total=16,
                selectable=False,
                nodes=(
                    Node(id="a", text="In progress", icon="inbox", total=4, unread=1),
                    Node(id="b", text="Waiting for documents", icon="inbox", total=9, unread=2),
                    Node(id="c", text="Call back this week", icon="inbox", total=3),
                ),
            )
        ]
    )
    tree.choose("b")
    tree.widget.setFixedWidth(248)
    grid.addWidget(tree.widget, 0, 0)
    table = kit.table("Items", COLUMNS, checkable=True)
    table.on_fetch(lambda offset, limit, sort, down: table.set_page(offset, rows(), 5))
    table.sort_by("due", False)
    grid.addWidget(table.widget, 0, 1)
    column.addLayout(grid, 1)
    return made


def main(folder: Path) -> None:
    """Write gallery-light.png and gallery-dark.png."""
    application = QApplication(["gallery"])
    application.setStyle(theme.Style())
    for dark in (False, True):
        tokens, scale = Tokens(dark=dark), TypeScale()
        theme.apply(application, tokens, scale)
        window = QWidget()
        page(Kit(tokens, Icons(tokens), scale, window))
        window.resize(1180, 860)
        window.show()
        for _round in range(10):
            application.processEvents()
        window.grab().save(str(folder / f"gallery-{'dark' if dark else 'light'}.png"))
        window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
