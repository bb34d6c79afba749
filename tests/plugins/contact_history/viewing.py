"""What tests of the history views look at."""

from PyQt6.QtCore import Qt

from tests.plugins.workbin.desks import Desk
from workloom.shell.kit.table import Table
from workloom_contact_history.views.main import HistoryView

MINE, EVERY = "contact-history.mine", "contact-history.search"


def shown(view: HistoryView) -> dict[str, str]:
    """Subject and what can be done, in the order of the list."""
    table = view.table
    assert isinstance(table, Table)
    model = table.model()
    assert model is not None
    rows = (table.row_at(place) for place in range(model.rowCount()))
    return {row.cells["Subject"].text: row.cells["action"].text for row in rows if row is not None}


def open_history(desk: Desk, view: str = MINE, expected: int = 12) -> HistoryView:
    """A history, as soon as its rows are there."""
    made = desk.view(view, HistoryView)
    desk.wait(lambda: len(shown(made)) == expected)
    return made


def choose(desk: Desk, view: HistoryView, subject: str) -> None:
    """Step to a row by key."""
    desk.press(view.table.widget, Qt.Key.Key_Home)
    for _row in range(len(shown(view))):
        if view.table.current() == desk.items[subject]:
            break
        desk.press(view.table.widget, Qt.Key.Key_J)
    desk.wait(lambda: desk.text("panel.title", view) == subject)
