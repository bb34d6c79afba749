"""Workbins as one agent sees them (`api.Workbins`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta, tzinfo

from msgspec.structs import replace

from workloom.domain.errors import BadInput, NotAllowed, NotFound
from workloom.domain.interaction import Interaction, State
from workloom.domain.option_layers import effective_options
from workloom.domain.pages import ItemRow, Page, WorkbinNode, WorkbinQuery
from workloom.domain.privileges import MOVE_TO_WORKBIN, USE_TEAM_WORKBINS, USE_WORKBINS
from workloom.domain.resting import owners_for, team_of
from workloom.domain.sentences import sentence
from workloom.domain.workbin_access import (
    MY,
    TEAM,
    maximum_results,
    named_workbins,
    own_nodes,
    section_of,
    shared_nodes,
    takes,
)
from workloom.services.callers import Caller, Callers
from workloom.services.ports import Reader, Store
from workloom.services.ports_outside import Clock
from workloom.services.ports_reading import Counts, WorkbinAddress, WorkbinList
from workloom.services.rows import item_row
from workloom.services.visibility import known

EVERYTHING, UNREAD, DUE_TODAY = "", "unread", "due-today"
"""Values of `WorkbinQuery.only`."""


class AgentWorkbins:
    """Workbins that the caller may see. `zone` says when today ends; None = the zone of this machine."""

    def __init__(self, store: Store, callers: Callers, clock: Clock, zone: tzinfo | None = None) -> None:
        self._store = store
        self._callers = callers
        self._clock = clock
        self._zone = zone

    def tree(self) -> tuple[WorkbinNode, ...]:
        """Own, shared and, for team leads, the team's workbins with counts. Needs Can Use Workbins."""
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            caller.need(USE_WORKBINS, "use workbins")
            return _tree(reader, caller)

    def page(self, query: WorkbinQuery) -> Page[ItemRow]:
        """One page of a workbin, of at most so many items as its `.max-results` says.

        NotFound for an unknown workbin, NotAllowed for one that the caller does not see, BadInput for an unknown
        filter or sort key.
        """
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            _check_seen(caller, query.workbin, query.owner)
            options = caller.options()
            cap = maximum_results(named_workbins(caller.site, options), query.workbin, options)
            wanted = self._list_of(query)
            total = min(reader.lists.workbin_total(wanted), cap)
            offset = max(0, query.offset)
            limit = max(0, min(query.limit, cap - offset))
            found = reader.lists.workbin_page(wanted, offset=offset, limit=limit)
            rows = tuple(item_row(listed, caller) for listed in found)
            places = reader.lists.workbin_places(wanted, query.find) if query.find else {}
            seen = {item: place for item, place in places.items() if place < cap}
            return Page(offset=offset, total=total, rows=rows, places=seen)

    def places_for(self, item: str) -> tuple[WorkbinNode, ...]:
        """Workbins into which the caller may put the item; none for one that is done or already rests there.

        NotFound for an item that does not exist or that the caller may not see.
        """
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
            found = known(reader, caller, item)
            if found.is_finished or not (caller.may(USE_WORKBINS) and caller.may(MOVE_TO_WORKBIN)):
                return ()
            return tuple(node for node in _tree(reader, caller) if _fits(node, found, caller))

    def _list_of(self, query: WorkbinQuery) -> WorkbinList:
        if query.only not in (EVERYTHING, UNREAD, DUE_TODAY):
            raise BadInput(f"Workbins cannot be filtered by “{query.only}”; they can by {UNREAD} and {DUE_TODAY}.")
        return WorkbinList(
            workbin=query.workbin,
            owner=query.owner,
            text=query.text,
            unread=query.only == UNREAD,
            due_before=end_of_day(self._clock.now(), self._zone) if query.only == DUE_TODAY else None,
            sort=query.sort,
        )


def end_of_day(now: datetime, zone: tzinfo | None) -> datetime:
    """Midnight after `now` in the zone; None = the zone of this machine."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=zone).astimezone(zone)


def _tree(reader: Reader, caller: Caller) -> tuple[WorkbinNode, ...]:
    site, viewer = caller.site, caller.viewer
    team = team_of(site, caller.name) if caller.may(USE_TEAM_WORKBINS) else ()
    shared_owners = {owner for workbin in site.workbins.values() for owner in owners_for(site, workbin, viewer)}
    counts = reader.lists.workbin_counts(sorted({caller.name, *shared_owners, *(member.name for member in team)}))
    holding = _holding(counts)
    nodes = [
        *own_nodes(site, caller.name, caller.options(), holding.get(caller.name, ()), MY),
        *shared_nodes(site, viewer),
    ]
    for member in team:
        options = effective_options(caller.catalogue, site, member.name)
        nodes += own_nodes(site, member.name, options, holding.get(member.name, ()), TEAM)
    return tuple(_counted(nodes, counts))


def _counted(nodes: Iterable[WorkbinNode], counts: Mapping[WorkbinAddress, Counts]) -> Iterable[WorkbinNode]:
    for node in nodes:
        found = counts.get((node.workbin, node.owner), Counts())
        yield replace(node, total=found.total, unread=found.unread)


def _holding(counts: Iterable[WorkbinAddress]) -> dict[str, list[str]]:
    holding: dict[str, list[str]] = {}
    for workbin, owner in counts:
        holding.setdefault(owner, []).append(workbin)
    return holding


def _fits(node: WorkbinNode, item: Interaction, caller: Caller) -> bool:
    """Whether the item may be put there: not where it rests, and where the owner's options want its media type."""
    if item.state is State.IN_WORKBIN and (item.workbin, item.workbin_owner) == (node.workbin, node.owner):
        return False
    options = effective_options(caller.catalogue, caller.site, node.owner) if node.section == TEAM else caller.options()
    return takes(node, named_workbins(caller.site, options), item.media_type)


def _check_seen(caller: Caller, workbin: str, owner: str) -> None:
    caller.need(USE_WORKBINS, "use workbins")
    if section_of(caller.site, workbin, owner, caller.viewer):
        return
    if workbin not in caller.site.workbins:
        raise NotFound(sentence("There is no workbin “{workbin}”.", workbin=workbin))
    raise NotAllowed(
        sentence("You may not look into workbins of other people and groups. Ask your administrator."),
        privilege=USE_TEAM_WORKBINS,
    )
