"""The three panes of a list view, laid out by the width of the view."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QTableView, QVBoxLayout, QWidget

from workloom.shell.kit.kept_size import KeptSize, Sizes
from workloom.shell.kit.splitter import Splitter
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.words import say

EXPLORER, DETAILS = 256, 312
LEAST_EXPLORER, LEAST_DETAILS, LEAST_ITEMS = 200, 280, 420
LEAST_ROWS = 72
"""Height of a list: its header and a row."""

LEAST_BELOW = 84
"""Height of the details under the list: their tabs and a line."""

BESIDE_FROM = 1180
"""Width of the view, at 100 % text size, from which the details stand beside the list; below it they stand under it."""

EXPLORER_FROM = 1080
SHARE_BELOW = 0.38
"""Part of the height that the details get under the list."""


class ListPanes(QWidget):
    """Explorer (if any), list, details. Edges can be dragged or moved by keys; where the person put them is kept under
    the name of the view.
    """

    def __init__(
        self,
        items: QWidget,
        details: QWidget,
        explorer: QWidget | None,
        tokens: Tokens,
        scale: TypeScale,
        sizes: Sizes,
        name: str,
    ) -> None:
        super().__init__()
        self._px, self._text_size = scale.px, scale.scale
        self._scale = scale
        self._explorer, self._items, self._details = explorer, items, details
        self._shown: list[Callable[[bool], None]] = []
        self._beside: bool | None = None
        self._took_away = False
        self._kept = {part: KeptSize(self, sizes, name, part, scale) for part in ("explorer", "details", "below")}
        self._inner = Splitter(tokens, (items, details), (say("Edge between list and details"),))
        self._inner.splitterMoved.connect(lambda _at, _edge: self._moved_details())
        self._outer = self._inner
        if explorer is not None:
            self._outer = Splitter(tokens, (explorer, self._inner), (say("Edge between tree and list"),))
            self._outer.splitterMoved.connect(lambda at, _edge: self._kept["explorer"].choose(at))
        self._outer.setStretchFactor(self._outer.count() - 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._outer)

    @property
    def widget(self) -> QWidget:
        """The panes themselves."""
        return self

    def on_explorer(self, shown: Callable[[bool], None]) -> None:
        """Call back when the explorer comes or goes, and at once."""
        self._shown.append(shown)
        shown(self._explorer is not None and not self._explorer.isHidden())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent | None) -> bool:
        """Qt: a part of the list has come or gone, perhaps, as what stands above it does while rows are chosen."""
        done = super().event(event)
        if event is not None and event.type() == QEvent.Type.LayoutRequest and self._beside is False:
            self._make_room()
        return done

    def changeEvent(self, event: QEvent | None) -> None:
        """Qt: fonts have changed, perhaps because the text has another size: what was wide enough may not be now."""
        super().changeEvent(event)
        if self._scale.scale != self._text_size:
            self._text_size, self._beside = self._scale.scale, None
            self._fit()

    def _fit(self) -> None:
        width, px = self.width(), self._px
        explorer, explorer_from = self._kept["explorer"].or_usual(EXPLORER), px(EXPLORER_FROM)
        if self._explorer is not None:
            self._explorer.setMinimumWidth(px(LEAST_EXPLORER))
        if self._explorer is not None and self._explorer.isHidden() != (width < explorer_from):
            there = width >= explorer_from
            self._explorer.setVisible(there)
            if there:
                self._outer.setSizes([explorer, width - explorer])
            for shown in self._shown:
                shown(there)
        beside = width >= px(BESIDE_FROM)
        if beside != self._beside:
            self._turn(beside, explorer)
        self._make_room()

    def _turn(self, beside: bool, explorer: int) -> None:
        """Put the details beside the list or under it."""
        width, px = self.width(), self._px
        first, self._beside = self._beside is None, beside
        for table in self._items.findChildren(QTableView):
            table.setMinimumHeight(px(LEAST_ROWS))
        if beside:
            self._inner.setOrientation(Qt.Orientation.Horizontal)
            self._details.setMinimumSize(px(LEAST_DETAILS), 0)
            self._items.setMinimumSize(LEAST_ITEMS, 0)
            self._stretch(1, 0)
            room = width - (explorer if self._explorer is not None else 0)
            aside = self._kept["details"].or_usual(DETAILS)
            self._inner.setSizes([room - aside, aside])
        else:
            self._inner.setOrientation(Qt.Orientation.Vertical)
            self._details.setMinimumSize(0, px(LEAST_BELOW))
            self._items.setMinimumSize(LEAST_ITEMS, 0)
            self._stretch(round(100 * (1 - SHARE_BELOW)), round(100 * SHARE_BELOW))
            self._share()
        if first and self._explorer is not None and not self._explorer.isHidden():
            self._outer.setSizes([explorer, width - explorer])

    def _share(self) -> None:
        """Share the height between the list and the details under it."""
        below = self._kept["below"].or_usual(round(self.height() * SHARE_BELOW / self._scale.scale))
        self._inner.setSizes([self.height() - below, below])

    def _make_room(self) -> None:
        """Large text in a low window: the list with all that stands above it goes before the details under it, which
        are gone until both have room.
        """
        least = self._items.minimumSizeHint().height() + self._inner.handleWidth() + self._px(LEAST_BELOW)
        there = bool(self._beside) or least <= self.height()
        if there and self._took_away:
            self._took_away = False
            self._details.show()
            if not self._beside:
                self._share()
        elif not there and not self._details.isHidden():
            focused = self.window().focusWidget()  # type: ignore[union-attr]  # every widget has a window
            if focused is not None and self._details.isAncestorOf(focused):
                self._items.setFocus()
            self._took_away = True
            self._details.hide()

    def _moved_details(self) -> None:
        size = self._inner.sizes()[-1]
        self._kept["details" if self._beside else "below"].choose(size)

    def _stretch(self, items: int, details: int) -> None:
        """How a change of the size is shared."""
        self._inner.setStretchFactor(0, items)
        self._inner.setStretchFactor(1, details)
