"""Tabs with the views that plugins have for one item: beside the open item, or beside a list."""

from collections.abc import Callable

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from workloom.api.contributions import Region, View
from workloom.api.plugins import Guard
from workloom.api.ui import Ui
from workloom.shell.registries.contributed import Contributed, Kind
from workloom.shell.registries.contributions import Registries


class RegionTabs(QWidget):
    """`show_item(id)` makes the views for an item, the one in front at once and the others when they are chosen."""

    def __init__(self, kit: Ui, registries: Registries, guard: Guard, region: Region) -> None:
        super().__init__()
        self.setObjectName(f"tabs-{region.value}")
        kit.pane(self)
        self._kit, self._guard = kit, guard
        self._views = {found.what.id: found for found in registries.views(region)}
        self._item = ""
        self._made: dict[str, QWidget] = {}
        self._holders: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.tabs = kit.tabs()
        layout.addWidget(self.tabs.widget)
        for found in self._views.values():
            holder = QWidget()
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
            self._holders[found.what.id] = holder
            self.tabs.add(found.what.id, found.what.title, holder)
        self.tabs.on_current(lambda _view: self._make_current())
        if not self._views:
            self.hide()

    @property
    def is_empty(self) -> bool:
        """Whether no plugin has a view for this region."""
        return not self._views

    def show_item(self, item: str) -> None:
        """Change the subject; empty shows nothing."""
        if item == self._item:
            return
        self._item = item
        for view in tuple(self._made):
            old = self._made.pop(view)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._make_current()

    def _make_current(self) -> None:
        view = self.tabs.current()
        if not self._item or not view or view in self._made:
            return
        found = self._views[view]
        widget = made_by(self._guard, found, self._factory(found))
        if widget is None:
            widget = self._kit.label(f"{found.what.title} cannot be shown: its plugin failed.", "muted", wrap=True)
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


def made_by(guard: Guard, found: Contributed[Kind], factory: Callable[[], object]) -> QWidget | None:
    """The widget that a plugin's factory makes; None, with the plugin named, when it makes none."""

    def checked() -> QWidget:
        widget = factory()
        if not isinstance(widget, QWidget):
            raise TypeError(f"view {found.what.id} must make a QWidget, not {type(widget).__name__}")
        return widget

    return guard.call(found.plugin, f"view {found.what.id}", checked)
