"""A toolbar: one primary button first; what does not fit loses its text, then goes behind ⋯ from the right."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PyQt6.QtCore import QEvent, QPoint, QSize
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from workloom.api.ui import ToolbarItem
from workloom.shell.kit import menu_rows
from workloom.shell.kit.buttons import ALONE, WITH_TEXT, Button, button, icon_button
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import plain_tooltip
from workloom.shell.kit.menu import Menu
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.words import say

GAP = 8
ICON_ONLY = 36


def _face(item: ToolbarItem) -> tuple[str, str, str, str]:
    """What its button looks like: text, icon, kind, caps."""
    caps = item.key if item.primary or item.show_key else ""
    return item.text, item.icon, "primary" if item.primary else "plain", caps


class Toolbar(QWidget):
    """Buttons for items; asks nothing, is told everything."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale, *, leading: bool = False) -> None:
        super().__init__()
        self._tokens, self._icons, self._scale = tokens, icons, scale
        self._items: tuple[ToolbarItem, ...] = ()
        self._buttons: dict[str, Button] = {}
        self._faces: dict[str, tuple[str, str, str, str]] = {}
        self._behind: list[ToolbarItem] = []
        self._text_size = scale.scale
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._first = 0 if leading else 1
        if not leading:
            self._row.addStretch(1)
        self._more = icon_button(icons, "ellipsis", say("More actions"), "", self._open_menu)
        self._more.setProperty("kind", "plain")
        self._row.addWidget(self._more)
        if leading:
            self._row.addStretch(1)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def widget(self) -> QWidget:
        """The toolbar itself."""
        return self

    def set_items(self, items: Sequence[ToolbarItem]) -> None:
        """Show these; a button that stays is kept, with its focus."""
        ordered = tuple(sorted(items, key=lambda item: not item.primary))
        same, self._items = self._same(ordered), ordered
        if same:
            behind = {item.id for item in self._behind}
            self._behind = [item for item in ordered if item.id in behind]
            return
        self._build()
        for item in ordered:
            if item.id in self._buttons:
                self._dress(self._buttons[item.id], item)
        self._fit()

    @property
    def items(self) -> tuple[ToolbarItem, ...]:
        """What it shows, the primary one first, those behind ⋯ too."""
        return self._items

    def button(self, item: str) -> QWidget | None:
        """The button of an item, None if it stands behind ⋯."""
        found = self._buttons.get(item)
        return found if found is not None and not found.isHidden() else None

    def more(self) -> QToolButton:
        """The ⋯ button."""
        return self._more

    def sizeHint(self) -> QSize:
        """Qt: all buttons with their texts."""
        widths = [made.sizeHint().width() for made in self._buttons.values()]
        more = self._icon_only if any(item.in_menu for item in self._items) else 0
        return QSize(sum(widths) + GAP * len(widths) + more, self._more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt: the primary button and ⋯."""
        primary = next((item for item in self._items if item.primary), None)
        width = self._buttons[primary.id].sizeHint().width() + GAP if primary else 0
        return QSize(width + self._icon_only, self._more.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent | None) -> bool:
        """Qt: the buttons want another size; all of them do when the text has another one."""
        asked = event is not None and event.type() == QEvent.Type.LayoutRequest
        if asked and self._scale.scale != self._text_size:
            self._text_size = self._scale.scale
            self._fit()
            self.updateGeometry()
        return super().event(event)

    @property
    def _icon_only(self) -> int:
        return self._scale.px(ICON_ONLY)

    def _same(self, items: tuple[ToolbarItem, ...]) -> bool:
        def shown(item: ToolbarItem) -> tuple[object, ...]:
            return (item.id, _face(item), item.key, item.enabled, item.reason, item.in_menu, item.from_plugin)

        return bool(items) and [shown(item) for item in items] == [shown(item) for item in self._items]

    def _build(self) -> None:
        """Make buttons anew only where they look different: menus may be about to open at the others."""
        wanted = {item.id: item for item in self._items if not item.in_menu}
        faces = {key: _face(item) for key, item in wanted.items()}
        if list(faces.items()) == list(self._faces.items()):
            return
        focused = next((key for key, made in self._buttons.items() if self._has_keyboard(made)), "")
        for key in [key for key, face in self._faces.items() if faces.get(key) != face]:
            self._take_away(key)
        self._faces = faces
        for place, item in enumerate(wanted.values(), self._first):
            if item.id not in self._buttons:
                self._buttons[item.id] = self._made(item)
            self._row.insertWidget(place, self._buttons[item.id])
        self._buttons = {key: self._buttons[key] for key in wanted}
        for one, other in pairwise([*self._buttons.values(), self._more]):
            QWidget.setTabOrder(one, other)
        if focused:
            self._buttons.get(focused, self).setFocus()
        self.updateGeometry()

    def _made(self, item: ToolbarItem) -> Button:
        text, icon, kind, key = _face(item)
        made = button(
            self._tokens, self._icons, self._scale, text, icon=icon, kind=kind, key=key, small=False, on_click=None
        )
        made.setObjectName(f"action:{item.id}")
        made.clicked.connect(lambda _on, key=item.id: self._run(key))
        return made

    def _take_away(self, key: str) -> None:
        gone = self._buttons.pop(key)
        self._row.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _has_keyboard(self, made: Button) -> bool:
        window = self.window()
        return window is not None and window.focusWidget() is made

    def _dress(self, made: Button, item: ToolbarItem) -> None:
        if not item.enabled and self._has_keyboard(made):
            self.setFocus()  # Qt would take the keyboard to whatever comes next, out of the item
        made.setEnabled(item.enabled)
        key = f" ({item.key.replace('Return', '↵')})" if item.key else ""
        made.setToolTip(plain_tooltip(item.reason if not item.enabled and item.reason else f"{item.text}{key}"))
        made.setAccessibleDescription(item.reason or item.key)

    def _run(self, key: str) -> None:
        item = next((item for item in self._items if item.id == key), None)
        if item is not None and item.enabled:
            item.run(self._buttons.get(key, self._more))

    def _fit(self) -> None:
        shown = [item for item in self._items if item.id in self._buttons]
        for item in shown:
            made = self._buttons[item.id]
            made.setText(item.text)
            made.show_key(_face(item)[3])
            made.setIconSize(WITH_TEXT)
            made.setMinimumWidth(0)
            made.setMaximumWidth(16777215)
        always = any(item.in_menu for item in self._items)
        full = {item.id: self._buttons[item.id].sizeHint().width() for item in shown}
        room, icon_only = self.width(), self._icon_only
        state = {item.id: "text" for item in shown}

        def needed() -> int:
            more = icon_only if always or "menu" in state.values() else -GAP
            width = 0
            for key, how in state.items():
                width += {"text": full[key] + GAP, "icon": icon_only + GAP, "menu": 0}[how]
            return width + more

        secondary = [item for item in reversed(shown) if not item.primary]
        for less in ("icon", "menu"):  # from the right, and no more than has to be
            for item in secondary:
                if needed() <= room:
                    break
                state[item.id] = less
        self._apply(shown, state, always)

    def _apply(self, shown: Sequence[ToolbarItem], state: dict[str, str], always: bool) -> None:
        for item in shown:
            made, how = self._buttons[item.id], state[item.id]
            if how == "icon" and item.icon:
                made.setText("")
                made.show_key("")
                made.setIconSize(ALONE)
                made.setFixedWidth(self._icon_only)
            made.setVisible(how != "menu")
        self._behind = [item for item in self._items if item.in_menu or state.get(item.id) == "menu"]
        self._more.setVisible(always or bool(self._behind))

    def _open_menu(self) -> None:
        menu = Menu(self._tokens, self._icons, self._scale, self)
        menu.setAccessibleName(say("More actions"))
        own = [item for item in self._behind if not item.from_plugin]
        guests = [item for item in self._behind if item.from_plugin]
        for item in own:
            self._entry(menu, item)
        if guests:
            if own:
                menu.addSeparator()
            menu.addAction(menu_rows.heading(menu, self._scale, say("From plugins")))
            for item in guests:
                self._entry(menu, item)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(
            self._more.mapToGlobal(QPoint(self._more.width() - menu.sizeHint().width(), self._more.height() + 4))
        )

    def _entry(self, menu: Menu, item: ToolbarItem) -> None:
        if not item.enabled and item.reason:
            menu.addAction(menu_rows.blocked(menu, self._icons, self._scale, item.icon, item.text, item.reason))
            return
        run = partial(item.run, self._more)
        entry = menu.add(item.text, item.icon, run, tail=item.from_plugin, key=item.key)
        entry.setEnabled(item.enabled)
