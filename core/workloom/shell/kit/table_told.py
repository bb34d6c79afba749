"""Who wants to hear of a list: of its current row, of ticks, of what is opened, of its order."""

from collections.abc import Callable, Sequence

Told = Callable[[str], None]


class Listeners:
    """Calls back in the order of registration."""

    def __init__(self) -> None:
        self.current: list[Told] = []
        self.opened: list[Told] = []
        self.sorted: list[Callable[[], None]] = []
        self.selection: list[Callable[[tuple[str, ...]], None]] = []
        self.pressed: Callable[[str, str], None] = lambda _row, _column: None

    def tell_current(self, row: str) -> None:
        """Another row is current."""
        _call(self.current, row)

    def tell_opened(self, row: str) -> None:
        """A row is wanted."""
        _call(self.opened, row)

    def tell_selection(self, rows: tuple[str, ...]) -> None:
        """These rows are ticked now."""
        for told in self.selection:
            told(rows)

    def tell_pressed(self, row: str, column: str) -> None:
        """A cell that is drawn as a button was clicked."""
        self.pressed(row, column)

    def tell_sorted(self) -> None:
        """The order is another one."""
        for told in self.sorted:
            told()


def _call(listeners: Sequence[Told], row: str) -> None:
    for told in listeners:
        told(row)
