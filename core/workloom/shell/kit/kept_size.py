"""How wide or high a person made a part of a view; kept for the next time, at 100 % text size."""

from typing import Protocol

from PyQt6.QtCore import QObject, QTimer

from workloom.shell.kit.type_scale import TypeScale

KEEP_AFTER_MS = 400
"""An edge that is dragged reports each pixel; the file is written when the hand rests."""


class Sizes(Protocol):
    """Where sizes are kept, by the name of the view and of the part. 0 = the person has chosen none."""

    def of(self, view: str, part: str) -> int: ...
    def keep(self, view: str, part: str, size: int) -> None: ...


class Unkept:
    """Parts outside of an agent's window, or of a view without a name: no size is kept."""

    def of(self, view: str, part: str) -> int:
        """None."""
        del view, part
        return 0

    def keep(self, view: str, part: str, size: int) -> None:
        """Nothing."""


class KeptSize(QObject):
    """The size of one part, in pixels of the text size in force."""

    def __init__(self, parent: QObject, sizes: Sizes, view: str, part: str, scale: TypeScale) -> None:
        super().__init__(parent)
        self._sizes, self._view, self._part, self._scale = sizes, view, part, scale
        self._size = sizes.of(view, part)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(KEEP_AFTER_MS)
        self._later.timeout.connect(self._keep)

    def or_usual(self, usual: int) -> int:
        """What the person chose, else `usual`, which is meant at 100 %."""
        return self._scale.px(self._size or usual)

    def choose(self, size: int) -> None:
        """The person made it so large; 0 = as usual again."""
        self._size = round(size / self._scale.scale)
        self._later.start()

    def _keep(self) -> None:
        self._sizes.keep(self._view, self._part, self._size)
