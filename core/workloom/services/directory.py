"""The target search as one agent sees it (`api.Directory`): people, agent groups, skills and queues."""

from collections.abc import Collection, Iterable, Sequence

from workloom.domain.errors import NotFound
from workloom.domain.options import OptionSet
from workloom.domain.privileges import TARGETS_FAVOURITES, TARGETS_USE
from workloom.domain.sentences import sentence
from workloom.domain.target_match import cut, in_order
from workloom.domain.targets import Target, TargetRow, TargetType
from workloom.services.callers import Caller, Callers
from workloom.services.command_keys import Once
from workloom.services.favourites import (
    corporate_favourites,
    drop_favourite,
    keep_favourite,
    own_favourites,
    recent_targets,
)
from workloom.services.ports import Reader, Store
from workloom.services.ports_outside import Clock
from workloom.services.target_rows import TargetRows
from workloom.services.visibility import known


class AgentDirectory:
    """Targets to whom an item can be handed. Needs Team Communicator - Can Use; an empty `item` = no item.

    NotFound for an item that does not exist or that the caller may not see.
    """

    def __init__(self, store: Store, callers: Callers, clock: Clock) -> None:
        self._store = store
        self._callers = callers
        self._clock = clock

    def search(
        self, text: str, *, item: str, kinds: Sequence[TargetType] = (), limit: int = 50
    ) -> tuple[TargetRow, ...]:
        """Targets of whom words begin with the words of `text`, possible ones first; impossible ones say why."""
        with self._store.reading() as reader:
            caller = self._caller(reader)
            options = caller.options()
            rows = self._rows(reader, caller, item)
            found = in_order(list(rows.found(text, _shown(options, kinds))))
            return cut(found, max(0, min(limit, options.number("teamcommunicator.max-suggestion-size"))))

    def favourites(self, *, item: str) -> tuple[TargetRow, ...]:
        """The caller's own and the corporate favourites, possible ones first."""
        with self._store.reading() as reader:
            caller = self._caller(reader)
            rows = self._rows(reader, caller, item)
            kept = (*own_favourites(reader, caller.name), *corporate_favourites(caller.options()))
            return tuple(in_order(_made(rows, kept, _shown(caller.options()))))

    def recent(self, *, item: str) -> tuple[TargetRow, ...]:
        """Targets that the caller used last, newest first."""
        with self._store.reading() as reader:
            caller = self._caller(reader)
            rows = self._rows(reader, caller, item)
            used = recent_targets(reader, caller.name, caller.options())
            return tuple(_made(rows, used, _shown(caller.options())))

    def set_favourite(self, row: TargetRow, favourite: bool, *, key: str = "") -> None:
        """Keep or drop a favourite. Needs Team Communicator - Can Manage Favorites.

        NotFound for a target that does not exist; Refused when there are too many, or to drop one of everybody.
        """
        with self._store.transaction() as transaction:
            caller = self._caller(transaction)
            caller.need(TARGETS_FAVOURITES, "change favourites")
            once = Once(transaction, caller.name, key, ("set-favourite", row.target, favourite))
            if once.answer() is not None:
                return
            once.keep(None, self._clock.now())
            if not favourite:
                drop_favourite(transaction, caller.name, row.target, caller.options())
                return
            if self._rows(transaction, caller, "").row(row.target) is None:
                raise NotFound(sentence("There is no target “{name}”.", name=row.target.id))
            keep_favourite(transaction, caller.name, row.target, caller.options())

    def _caller(self, reader: Reader) -> Caller:
        caller = self._callers.of(reader)
        caller.need(TARGETS_USE, "use the target search")
        return caller

    def _rows(self, reader: Reader, caller: Caller, item: str) -> TargetRows:
        found = known(reader, caller, item) if item else None
        options = caller.options(found)
        favourites = {*own_favourites(reader, caller.name), *corporate_favourites(options)}
        media_type = found.media_type if found and found.media_type in caller.site.media_types else ""
        return TargetRows(reader, caller, options, media_type, favourites, self._clock.now())


def _shown(options: OptionSet, kinds: Collection[TargetType] = ()) -> tuple[TargetType, ...]:
    """Kinds that were asked for (none = all) and that the option lets be shown (all where it names no kind)."""
    words = options.words("teamcommunicator.list-filter-showing")
    allowed = [kind for kind in TargetType if kind.value in words] or list(TargetType)
    return tuple(kind for kind in allowed if not kinds or kind in kinds)


def _made(rows: TargetRows, targets: Iterable[Target], kinds: Collection[TargetType]) -> list[TargetRow]:
    found = (rows.row(target) for target in dict.fromkeys(targets) if target.type in kinds)
    return [row for row in found if row is not None]
