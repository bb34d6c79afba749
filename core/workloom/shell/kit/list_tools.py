"""What stands above a list at the right: by what it is sorted, and which columns it has."""

from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QWidget

from workloom.api import ui
from workloom.shell.kit.table import Table
from workloom.shell.words import say


class ListTools(QWidget):
    """Sorting by keyboard as by a click on the header; hiding columns."""

    def __init__(self, kit: ui.Ui, table: ui.Table) -> None:
        super().__init__()
        assert isinstance(table, Table)
        self._kit, self._table = kit, table
        self._sort = kit.button(say("Sort"), icon="arrow-down", kind="quiet", on_click=self._choose_order)
        self._sort.setObjectName("list.sort")
        self._columns = kit.button(say("Columns"), icon="columns-3", kind="quiet", on_click=self._choose_columns)
        self._columns.setObjectName("list.columns")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._sort)
        row.addWidget(self._columns)
        table.on_sorted(self._say)
        self._say()

    def _say(self) -> None:
        key, descending = self._table.sorting()
        column = next((column for column, _shown in self._table.columns() if key and column.sort == key), None)
        title = column.title if column else say("Sort")
        self._sort.setText(title)
        self._sort.setIcon(self._kit.icon("arrow-down" if descending else "arrow-up", token="text"))
        if column is None:
            spoken = title
        elif descending:
            spoken = say("Sorted by {title}, downwards", title=title)
        else:
            spoken = say("Sorted by {title}, upwards", title=title)
        self._sort.setAccessibleName(spoken)

    def _choose_order(self) -> None:
        key, descending = self._table.sorting()
        arrow = "arrow-down" if descending else "arrow-up"
        entries = [
            (column.title, arrow if column.sort == key else "", partial(self._table.sort_on_key, column.sort))
            for column, _shown in self._table.columns()
            if column.sort
        ]
        self._kit.menu(self._sort, entries, title=say("Sort by"))

    def _choose_columns(self) -> None:
        entries = [
            (column.title, "check" if shown else "", partial(self._table.show_column, column.key, not shown))
            for column, shown in self._table.columns()
        ]
        self._kit.menu(self._columns, entries, title=say("Columns"))
