"""An ordered collection of contributions of one kind, of which each can be taken back."""

from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from workloom.domain.errors import BadInput

Undo = Callable[[], None]


class Orderable(Protocol):
    """What has a place among its like: by `order`, then by `id`."""

    @property
    def id(self) -> str: ...
    @property
    def order(self) -> int: ...


Kind = TypeVar("Kind", bound=Orderable)


class Contributed(Struct, Generic[Kind], frozen=True):
    """A contribution and the id of the plugin that brought it, which is to be named when it fails."""

    plugin: str
    what: Kind


class Ordered(Generic[Kind]):
    """Contributions of one kind. The order is that of `order` and id, whoever came first."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._by_id: dict[str, Contributed[Kind]] = {}
        self._sorted: tuple[Contributed[Kind], ...] = ()
        self._listeners: dict[object, Callable[[], None]] = {}

    def add(self, plugin: str, what: Kind) -> Undo:
        """Add a contribution; returns its undo. BadInput if its id is taken."""
        taken = self._by_id.get(what.id)
        if taken is not None:
            raise BadInput(
                f"The {self._kind} “{what.id}” is there already, from the plugin “{taken.plugin}”."
                f" Give the one of “{plugin}” another id; its own plugin's id and a dot in front make it unique."
            )
        entry = Contributed(plugin, what)
        self._by_id[what.id] = entry
        self._changed()

        def undo() -> None:
            if self._by_id.get(what.id) is entry:
                del self._by_id[what.id]
                self._changed()

        return undo

    def get(self, id_: str) -> Contributed[Kind] | None:
        """The contribution of that id, None if there is none."""
        return self._by_id.get(id_)

    def on_change(self, changed: Callable[[], None]) -> Undo:
        """Call `changed` after each addition and each undo; returns its own undo."""
        key = object()
        self._listeners[key] = changed
        return lambda: _forget(self._listeners, key)

    def __iter__(self) -> Iterator[Contributed[Kind]]:
        return iter(self._sorted)

    def __len__(self) -> int:
        return len(self._sorted)

    def _changed(self) -> None:
        self._sorted = tuple(sorted(self._by_id.values(), key=lambda entry: (entry.what.order, entry.what.id)))
        for listener in tuple(self._listeners.values()):
            listener()


def _forget(listeners: dict[object, Callable[[], None]], key: object) -> None:
    listeners.pop(key, None)
