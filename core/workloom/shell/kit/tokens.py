"""Colours of the design by name, light and dark, and what is told when the theme is switched."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QColor

from workloom.api.ui import WhenGone
from workloom.shell.kit.contrast import too_weak

_TABLE: Final = """
window        #F4F5F7 #111317
surface       #FFFFFF #181B20
raised        #FFFFFF #21252C
field         #FFFFFF #13161A
hover         #EDEFF3 #2B313A
selected      #E3EAFC #202C4A
accent-soft   #E3EAFC #202C4A
line          #E2E5EA #2A2F37
menu-line     #E2E5EA #3A414C
line-strong   #868E9C #6B7483
text          #1A1D23 #E7E9EE
muted         #5A6271 #A0A7B4
disabled      #8D95A3 #6C7480
accent        #2F5BD8 #4267E0
accent-hover  #2850C4 #3A5CD0
on-accent     #FFFFFF #FFFFFF
accent-text   #2850C4 #92ADFF
success       #17724A #62CF97
success-soft  #E0F3E8 #15301F
warning       #855300 #EDBA52
warning-soft  #FCEFD2 #33270D
danger        #B8292F #FF8C87
danger-soft   #FCE6E5 #3A1B1D
focus         #2F5BD8 #8AA8FF
neutral-soft  #EDEFF3 #2B313A
brand         #1A2A5E #1A2A5E
brand-line    #2D4079 #2D4079
on-brand      #FFFFFF #FFFFFF
"""

_rows = [line.split() for line in _TABLE.strip().splitlines()]
LIGHT: Final[Mapping[str, str]] = MappingProxyType({name: light for name, light, _dark in _rows})
DARK: Final[Mapping[str, str]] = MappingProxyType({name: dark for name, _light, dark in _rows})


class Tokens:
    """The colours in force. Views ask for them when they paint, never keep them."""

    def __init__(self, *, dark: bool = False) -> None:
        self.dark = dark
        self._listeners: dict[int, Callable[[], None]] = {}
        self._next = 0
        self._cache: dict[str, QColor] = {}
        self._own: dict[bool, dict[str, str]] = {False: {}, True: {}}

    @property
    def values(self) -> Mapping[str, str]:
        """`#RRGGBB` by name."""
        own = self._own[self.dark]
        usual = DARK if self.dark else LIGHT
        return {**usual, **own} if own else usual

    def change(self, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
        """Put colours of a plugin in the place of ours and tell everybody. What cannot be read is said, not used."""
        for name, usual, own in (("light", LIGHT, light), ("dark", DARK, dark)):
            problem = too_weak({**usual, **own}, own)
            if problem:
                return f"{name} theme: {problem}"
        self._own = {False: dict(light), True: dict(dark)}
        self._tell()
        return ""

    def color(self, name: str) -> QColor:
        """A token's colour. KeyError if there is no such token."""
        found = self._cache.get(name)
        if found is None:
            found = self._cache[name] = QColor(self.values[name])
        return found

    def switch(self, *, dark: bool) -> None:
        """Change the theme and tell everybody."""
        if dark == self.dark:
            return
        self.dark = dark
        self._tell()

    def _tell(self) -> None:
        self._cache.clear()
        for changed in tuple(self._listeners.values()):
            changed()

    def on_change(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` after the theme has been switched; returns its undo."""
        self._next += 1
        key = self._next
        self._listeners[key] = changed

        def undo() -> None:
            self._listeners.pop(key, None)

        return undo


def follow(tokens: Tokens, watched: QObject, changed: Callable[[], None]) -> WhenGone:
    """Call `changed` at each switch of the theme for as long as a widget lives; keep the answer."""
    return WhenGone(watched, tokens.on_change(changed))
