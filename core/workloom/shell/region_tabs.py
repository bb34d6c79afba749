"""Tabs with the views that plugins have for one item: beside the open item, or beside a list."""

from collections.abc import Callable
from weakref import ref

from PyQt6 import sip
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from workloom.api.contributions import Region, View
from workloom.api.plugins import Guard
from workloom.api.ui import Ui
from workloom.domain.pages import ItemRow
from workloom.shell.guests import made_by, take_out
from workloom.shell.registries.contributed import Contributed
from workloom.shell.registries.contributions import Registries
from workloom.shell.words import say


class RegionTabs(QWidget):
    """`show_item(id)` makes the views for an item, the one in front at once and the others when they are chosen.

    Tabs come and go with the plugins that have them.
    """

    def __init__(
        self,
        kit: Ui,
        registries: Registries,
        guard: Guard,
        region: Region,
        open_row: Callable[[str], ItemRow | None] = lambda _item: None,
    ) -> None:
        super().__init__()
        self.setObjectName(f"tabs-{region.value}")
        kit.pane(self)
        self._kit, self._registries, self._guard, self._region = kit, registries, guard, region
        self._views: dict[str, Contributed[View]] = {}
        self._open_row = open_row
        self._item = ""
        self._made: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}
        self._gone = ""  # the tab that was in front and went, until the agent chooses another
        self._collecting = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.tabs = kit.tabs()
        layout.addWidget(self.tabs.widget)
        self._collect()
        self.tabs.on_current(lambda _view: self._came_to_the_front())
        if not self._views:
            self.hide()
        follow(registries, self)

    @property
    def is_empty(self) -> bool:
        """Whether no plugin has a view for this region."""
        return not self._views

    def corner(self, widget: QWidget) -> None:
        """A widget at the right end of the row of tabs."""
        self.tabs.corner(widget)

    def show_item(self, item: str) -> None:
        """Change the subject; empty shows nothing."""
        if item == self._item:
            return
        self._item = item
        for view in tuple(self._made):
            take_out(self._made.pop(view))
        self._collect()
        self._make_current()

    def renew(self) -> None:
        """Plugins came or went."""
        self._collect()
        self._make_current()
        if self.parentWidget() is not None:
            self.setVisible(bool(self._views))

    def _collect(self) -> None:
        """Have a tab for each view, in the order of the views; tabs before the first change stay as they are.

        A tab that was in front, went with its plugin and is there again comes to the front, as after a reload.
        """
        row = self._open_row(self._item) if self._item else None
        wanted = [found for found in self._registries.views(self._region) if row is None or _fits(found.what, row)]
        stay = 0
        for found, old in zip(wanted, self._views.values(), strict=False):
            if found is not old:
                break
            stay += 1
        before, self._collecting = self.tabs.current(), True
        for view in tuple(self._views)[stay:]:
            self.tabs.remove(view)
            del self._views[view], self._holders[view]
            self._made.pop(view, None)
        for found in wanted[stay:]:
            holder = QWidget()
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            self._views[found.what.id], self._holders[found.what.id] = found, holder
            self.tabs.add(found.what.id, found.what.title, holder)
        wished = self._gone or before
        self.tabs.choose(wished)
        self._gone = "" if self.tabs.current() == wished else wished
        self._collecting = False

    def _came_to_the_front(self) -> None:
        if not self._collecting:
            self._gone = ""
            self._make_current()

    def _make_current(self) -> None:
        view = self.tabs.current()
        if not self._item or not view or view in self._made:
            return
        found = self._views[view]
        widget = made_by(self._guard, found, self._factory(found))
        if widget is None:
            widget = self._kit.label(
                say("{title} cannot be shown: its plugin failed.", title=found.what.title), "muted", wrap=True
            )
        self._made[view] = widget
        inside = self._holders[view].layout()
        assert inside is not None
        inside.addWidget(widget)

    def _factory(self, found: Contributed[View]) -> Callable[[], object]:
        item = self._item
        view = found.what
        if view.make_for is not None:
            make_for = view.make_for
            return lambda: make_for(item)
        return view.make or (lambda: None)


def _fits(view: View, row: ItemRow) -> bool:
    """Whether the view is one for this kind of item."""
    fits = not view.media_types or row.item.media_type in view.media_types
    return fits and (not view.subtypes or row.item.subtype in view.subtypes)


def follow(registries: Registries, tabs: RegionTabs) -> None:
    """Renew the tabs after each change, as long as they are there."""
    there = ref(tabs)

    def changed() -> None:
        found = there()
        if found is None or sip.isdeleted(found):
            undo()
        else:
            found.renew()

    undo = registries.on_change(changed)
