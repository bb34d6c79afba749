"""What tests of the workbin view look at."""

from tests.plugins.workbin.desks import Desk
from workloom.shell.kit.table import Table
from workloom_workbin.views.main import WorkbinView

WAITING = "lena@waiting"
NEWEST_FIRST = [
    "Freight invoice 2026-11689",
    "Storm damage, garden shed",
    "Locksmith invoice 88-204",
    "Broken shop window",
    "Repair invoice 7741, parquet",
    "Glass damage, windscreen",
    "Bicycle theft, cellar",
]


def shown(view: WorkbinView) -> list[str]:
    """Subjects in the order of the list."""
    table = view.items.table
    assert isinstance(table, Table)
    model = table.model()
    assert model is not None
    rows = (table.row_at(place) for place in range(model.rowCount()))
    return [row.cells["Subject"].text for row in rows if row is not None]


def open_waiting(desk: Desk, expected: int = len(NEWEST_FIRST)) -> WorkbinView:
    """The view with the workbin of the design's picture."""
    view = desk.view("workbin.workbins", WorkbinView)
    desk.wait(view.tree.current)
    view.tree.choose(WAITING)
    desk.wait(lambda: len(shown(view)) == expected)
    return view
