"""The configuration: reading it for one agent, and putting another site in its place."""

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from workloom.domain.capacity import capacity_of
from workloom.domain.errors import Refused, SiteDamaged
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.options import OptionChange, OptionLayer, OptionProblem, OptionSet, OptionValue
from workloom.domain.pages import HistoryScope
from workloom.domain.privileges import ADMIN_CHANGE
from workloom.domain.site import BusinessAttribute, MediaType, Person, Queue, Site, Timers
from workloom.services.callers import Caller, Callers
from workloom.services.command_keys import Once
from workloom.services.option_setting import check_setting, reached, settings_of, with_option
from workloom.services.ports import Reader, Store
from workloom.services.ports import Transaction as WriteTransaction
from workloom.services.ports_outside import Clock, PasswordHasher
from workloom.services.ports_reading import HistoryList
from workloom.services.site_changes import SiteChanges, differences
from workloom.services.site_documents import SiteCache, documents_of, salvaged


class Configuration:
    """The configuration of the whole site; for administration, not for agents."""

    def __init__(
        self, store: Store, clock: Clock, hasher: PasswordHasher, sites: SiteCache, catalogue: OptionCatalogue
    ) -> None:
        self._store = store
        self._clock = clock
        self._hasher = hasher
        self._sites = sites
        self.catalogue = catalogue

    def now(self) -> datetime:
        """The service's time."""
        return self._clock.now()

    def site(self) -> Site:
        """The site in force; version 0 = none was applied yet."""
        with self._store.reading() as reader:
            return self._sites.of(reader)

    def changes(self, site: Site, passwords: Mapping[str, str]) -> SiteChanges:
        """What `apply` would change. Raises Refused as it would."""
        with self._store.reading() as reader:
            before = self._before(reader)
            changes = differences(before, self.with_hashes(site, before, passwords))
            _refuse_losses(reader, before, site, changes)
            return changes

    def apply(self, site: Site, passwords: Mapping[str, str], *, actor: str = "service") -> SiteChanges:
        """Put a checked site in the place of the present one, in one transaction.

        `passwords` are plain ones by person; only their hashes are kept. Nothing is written when nothing changes.
        Raises Refused when something goes that still holds work.
        """
        with self._store.reading() as reader:
            hashed = self.with_hashes(site, self._before(reader), passwords)  # slow on purpose: outside the writing
        with self._store.transaction(whole=True) as transaction:
            before = self._before(transaction)
            changes = differences(before, hashed)
            if changes:
                _refuse_losses(transaction, before, hashed, changes)
                self._write(transaction, hashed, changes, actor)
        return changes

    def edit(
        self,
        change: Callable[[Reader, Site], Site],
        *,
        actor: str,
        dry_run: bool = False,
        also: Callable[[WriteTransaction, Site], None] = lambda _transaction, _site: None,
    ) -> tuple[Site, SiteChanges]:
        """Change the site in force in one transaction: `change` is handed it and gives the new one, or raises.

        `also` is done in the same transaction. Returns the new site and what has changed; a dry run writes nothing.
        Raises Refused as `apply` does.
        """
        if dry_run:
            with self._store.reading() as reader:
                return self._edited(reader, change)
        with self._store.transaction(whole=True) as transaction:
            after, changes = self.edit_in(transaction, change, actor)
            also(transaction, after)
            return after, changes

    def edit_in(
        self, transaction: WriteTransaction, change: Callable[[Reader, Site], Site], actor: str
    ) -> tuple[Site, SiteChanges]:
        """`edit` within a transaction of the whole store that somebody else has begun."""
        after, changes = self._edited(transaction, change)
        if changes:
            after = replace(after, version=self._write(transaction, after, changes, actor))
        return after, changes

    def _edited(self, reader: Reader, change: Callable[[Reader, Site], Site]) -> tuple[Site, SiteChanges]:
        before = self._before(reader)
        after = change(reader, before)
        changes = differences(before, after)
        _refuse_losses(reader, before, after, changes)
        return after, changes

    def _before(self, reader: Reader) -> Site:
        """The site in force. One that cannot be read counts as empty: applying a site is what mends it."""
        try:
            return self._sites.of(reader)
        except SiteDamaged:
            return Site()

    def _write(self, transaction: WriteTransaction, site: Site, changes: SiteChanges, actor: str) -> int:
        version = transaction.documents.replace(documents_of(site))
        added, changed, removed = changes.counts()
        detail = {"version": version, "added": added, "changed": changed, "removed": removed}
        transaction.events.append(
            [Event(at=self._clock.now(), kind=EventKind.SITE_APPLIED, actor=actor, detail=detail)]
        )
        return version

    def with_hashes(self, site: Site, before: Site, passwords: Mapping[str, str]) -> Site:
        """The site with a hash for each plain password: the old one where it still fits, one for equal passwords."""
        persons = dict(site.persons)
        made: dict[str, str] = {}
        for name, password in passwords.items():
            old = before.persons[name].password if name in before.persons else ""
            if password not in made:
                made[password] = old if old and self._hasher.fits(old, password) else self._hasher.hash(password)
            persons[name] = replace(persons[name], password=made[password])
        return replace(site, persons=persons)


class AgentConfiguration:
    """What is configured, as one logged-in agent may see it (`api.ConfigurationService`)."""

    def __init__(self, store: Store, callers: Callers, configuration: Configuration) -> None:
        self._store = store
        self._callers = callers
        self._configuration = configuration

    def me(self) -> Person:
        """The caller; the password hash is left out."""
        return replace(self._caller().person, password="")

    def person(self, name: str) -> Person | None:
        """Somebody else by user name; password hash and options are left out."""
        person = self._caller().site.persons.get(name)
        return None if person is None else replace(person, password="", options={})

    def options(self, item: Interaction | None = None) -> OptionSet:
        """Options in effect for the caller, and for the item with what its strategy overrides."""
        return self._caller().options(item)

    def privileges(self) -> frozenset[str]:
        """Privileges that the caller holds now."""
        return self._caller().viewer.privileges

    def problems(self) -> tuple[OptionProblem, ...]:
        """Settings of the caller's layers that are not used, with the reason."""
        return self.options().problems

    def set_option(
        self, option: str, value: OptionValue | None, layer: OptionLayer, *, dry_run: bool = False, key: str = ""
    ) -> OptionChange:
        """Set an option in a layer, or take its setting away; one transaction, with the event of an applied site."""
        former: list[object] = []

        def change(reader: Reader, site: Site) -> Site:
            caller = self._callers.of(reader)
            caller.need(ADMIN_CHANGE, "change the configuration")
            former[:] = [settings_of(site, layer).get(option)]
            check_setting(caller.catalogue, site, option, value)
            return with_option(site, option, value, layer)

        def said(site: Site, changes: SiteChanges) -> OptionChange:
            persons = reached(site, option, layer) if changes else 0
            return OptionChange(option=option, layer=layer, before=_as_value(former[0]), after=value, persons=persons)

        if dry_run:
            return said(*self._configuration.edit(change, actor="", dry_run=True))
        with self._store.transaction(whole=True) as transaction:
            actor = self._callers.of(transaction).name
            once = Once(transaction, actor, key, ("set-option", option, value, layer))
            known = once.answer()
            if known is not None:
                return msgspec.json.decode(known, type=OptionChange)
            done = said(*self._configuration.edit_in(transaction, change, actor))
            once.keep(done, self._configuration.now())
            return done

    def business_attribute(self, name: str) -> BusinessAttribute | None:
        """A business attribute, None if there is none of that name."""
        return self._caller().site.business_attributes.get(name)

    def media_types(self) -> tuple[MediaType, ...]:
        """All media types, in the order of the site."""
        return tuple(self._caller().site.media_types.values())

    def queues(self) -> tuple[Queue, ...]:
        """All queues, in the order of the site."""
        return tuple(self._caller().site.queues.values())

    def timers(self) -> Timers:
        """The service-wide times in force, in seconds."""
        return self._caller().site.timers

    def capacity(self) -> dict[str, int]:
        """How many items of each media type the caller may have at once; `""` holds the limit over all (0 = none)."""
        caller = self._caller()
        rule = capacity_of(caller.site, caller.name, caller.session.place)
        return {**{capacity.media_type: capacity.maximum for capacity in rule.capacities}, "": rule.total}

    def _caller(self) -> Caller:
        with self._store.reading() as reader:
            return self._callers.of(reader)


def _as_value(setting: object) -> OptionValue | None:
    """A setting as it stands in the site, where one that does not fit may be anything."""
    if isinstance(setting, list | tuple):
        return tuple(map(str, setting))
    return setting if isinstance(setting, bool | int | str) or setting is None else str(setting)


def _refuse_losses(reader: Reader, before: Site, after: Site, changes: SiteChanges) -> None:
    """Refuse what would leave data with nobody. Of a site that cannot be read, what can be is counted."""
    version = reader.documents.version()
    if version and not before.version:
        before = salvaged(reader.documents.all(), version)
        changes = differences(before, after)
    _refuse_another_tenant(reader, before, after)
    _refuse_orphans(reader, before, changes)


def _refuse_another_tenant(reader: Reader, before: Site, after: Site) -> None:
    """Refuse to give the data of one tenant to another: each has data of its own, which is what keeps them apart."""
    everything = HistoryList(scope=HistoryScope.ALL)
    if before.version and after.tenant != before.tenant and reader.lists.history_total(everything):
        raise Refused(
            f"The data belong to the tenant “{before.tenant}”. Give the tenant “{after.tenant}” data of its own:"
            " another folder (--data) or another database."
        )


def _refuse_orphans(reader: Reader, before: Site, changes: SiteChanges) -> None:
    """Refuse to remove what still holds work, so that no item is left where nobody can reach it."""
    belongings = reader.lists.in_process() if changes.removed("queue") or changes.removed("media type") else ()
    for name in changes.removed("queue"):
        if name in reader.lists.queue_loads():
            raise _holds_work("queue", name, "items wait in it")
        if any(belonging.queue == name for belonging in belongings):
            raise _holds_work("queue", name, "items that are not finished would go back to it")
    for name in changes.removed("person"):
        if reader.items.open_of(name) or reader.items.offered_to(name):
            raise _holds_work("person", name, "items are with this person")
    for name in changes.removed("media type"):
        if any(belonging.media_type == name for belonging in belongings):
            raise _holds_work("media type", name, "there are items of it")
    _refuse_orphaned_workbins(reader, before, changes)


def _refuse_orphaned_workbins(reader: Reader, before: Site, changes: SiteChanges) -> None:
    """The same for workbins, which go with their owners as well."""
    owners = {
        "agent": ("person", before.persons),
        "agent-group": ("agent group", before.groups),
        "place": ("place", before.places),
    }
    everybody = [name for _, names in owners.values() for name in names]
    everybody += {place.group for place in before.places.values() if place.group}
    for workbin, owner in reader.lists.workbin_counts(everybody):
        if workbin in changes.removed("workbin"):
            raise _holds_work("workbin", workbin, "items rest in it")
        kind, _ = owners.get(before.workbins[workbin].owner if workbin in before.workbins else "", ("", ()))
        if owner in changes.removed(kind):
            raise _holds_work(kind, owner, f"items rest in the workbin “{workbin}” there")


def _holds_work(kind: str, name: str, why: str) -> Refused:
    return Refused(f"The {kind} “{name}” cannot be removed: {why}. Move them first.")
