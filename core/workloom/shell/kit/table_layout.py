"""How a person arranges a list: its columns, and by what its rows are sorted; kept for the next time."""

from collections.abc import Sequence
from typing import Protocol

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QHeaderView

from workloom.api.ui import Column
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.preferences import ListLayout

KEEP_AFTER_MS = 400
"""An edge that is dragged reports each pixel; the file is written when the hand rests."""


class Layouts(Protocol):
    """Where layouts are kept."""

    def of(self, name: str) -> ListLayout: ...
    def keep(self, name: str, layout: ListLayout) -> None: ...


class Unkept:
    """Layouts of lists outside of an agent's window: none is kept."""

    def of(self, name: str) -> ListLayout:
        """The list's own."""
        del name
        return ListLayout()

    def keep(self, name: str, layout: ListLayout) -> None:
        """Nothing."""


class TableLayout(QObject):
    """The layout of one list."""

    def __init__(self, header: QHeaderView, layouts: Layouts, name: str, scale: TypeScale) -> None:
        super().__init__(header)
        self._header, self._scale, self._layouts, self._name = header, scale, layouts, name
        layout = layouts.of(name)
        self._order, self._widths, self._hidden = list(layout.order), dict(layout.widths), list(layout.hidden)
        self._sorting = layout.sort, layout.descending
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(KEEP_AFTER_MS)
        self._later.timeout.connect(self._keep)

    def width(self, key: str) -> int:
        """What the person chose, in pixels; 0 = nothing."""
        return self._scale.px(self._widths.get(key, 0))

    def sorting(self, columns: Sequence[Column]) -> tuple[str, bool] | None:
        """Sort key and direction that the person chose; None = nothing, or what these columns do not have."""
        return self._sorting if any(column.sort and column.sort == self._sorting[0] for column in columns) else None

    def sorted_by(self, sort: str, descending: bool) -> None:
        """The person chose an order of the rows."""
        self._sorting = sort, descending
        self._later.start()

    def arrange(self, columns: Sequence[Column]) -> None:
        """Put the columns in the order of the person; new ones stand behind, as the list has them."""
        places = {key: place for place, key in enumerate(self._order)}
        wanted = sorted(range(len(columns)), key=lambda place: places.get(columns[place].key, len(places) + place))
        for place, column in enumerate(wanted):
            self._header.moveSection(self._header.visualIndex(column), place)

    def shown(self, columns: Sequence[Column]) -> list[Column]:
        """The columns that are not hidden, from left to right."""
        places = sorted(range(len(columns)), key=self._header.visualIndex)
        return [columns[place] for place in places if columns[place].key not in self._hidden]

    def show(self, columns: Sequence[Column], key: str, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        others = [column for column in self.shown(columns) if column.key != key]
        if shown and key in self._hidden:
            self._hidden.remove(key)
        elif not shown and any(column.title for column in others):
            self._hidden.append(key)
        self._later.start()

    def moved(self, columns: Sequence[Column]) -> None:
        """The person moved a column."""
        self._order = [columns[self._header.logicalIndex(place)].key for place in range(len(columns))]
        self._later.start()

    def resized(self, key: str, width: int) -> None:
        """The person dragged an edge."""
        self._widths[key] = round(width / self._scale.scale)
        self._later.start()

    def _keep(self) -> None:
        sort, descending = self._sorting
        layout = ListLayout(
            order=list(self._order),
            widths=dict(self._widths),
            hidden=list(self._hidden),
            sort=sort,
            descending=descending,
        )
        self._layouts.keep(self._name, layout)
