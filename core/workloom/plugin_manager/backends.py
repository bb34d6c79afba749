"""The way to services that fits an address: one of the core's own, or of a plugin whose manifest names the scheme."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import pluggy
from msgspec.structs import replace

from workloom.api.backends import BackendOffer, BackendPlace
from workloom.api.hooks import PROJECT, BackendHooks
from workloom.api.plugins import PluginState
from workloom.api.services import Backend
from workloom.domain.core_options import core_catalogue
from workloom.domain.errors import BadInput, Disconnected, WorkloomError
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.fits import misfit
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.guarded_backend import guarded
from workloom.plugin_manager.hook_checks import check_hooks, is_hook, lacks
from workloom.plugin_manager.loading import import_class
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.records import Record

OWN: Final = "workloom"
"""What the core's own offers are registered as."""

_THERE: Final = (PluginState.READY, PluginState.RUNNING)


class Backends:
    """Opens connections. Nothing of a plugin is imported unless an address is one of its.

    `recorded`: within it, each call into a plugin is on record, in case it ends the process.
    """

    def __init__(
        self,
        own: object,
        records: Iterable[Record],
        guard: PluginGuard,
        recorded: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._own, self._guard, self._recorded = own, guard, recorded
        known = tuple(records)
        self._manifests = [record.manifest for record in known if record.manifest and record.state in _THERE]
        specs = (spec for record in known if record.manifest for spec in record.manifest.option_specs())
        self._options = core_catalogue().with_specs(specs)

    def open(self, place: BackendPlace) -> Backend:
        """Connect to a place, which learns what options there are.

        Blocks. BadInput where nothing fits the address; Disconnected and what `open` raises.
        """
        scheme, place = _scheme(place.addresses), replace(place, options=self._options)
        offer = next((each for each in self._offers(OWN, self._own) if scheme in each.schemes), None)
        if offer is not None:
            return offer.open(place)
        for manifest in self._manifests:
            if any(scheme in table.schemes for table in manifest.backend):
                with self._recorded():
                    return self._opened_by(manifest, scheme, place)
        known = [
            *self._own_schemes(),
            *(each for one in self._manifests for table in one.backend for each in table.schemes),
        ]
        raise BadInput(
            f"Nothing here connects to “{scheme}:”. There is {', '.join(filter(None, known))}; a plugin may add it.",
            where=place.addresses[0],
        )

    def _opened_by(self, manifest: Manifest, scheme: str, place: BackendPlace) -> Backend:
        offers = self._guard.call(manifest.id, "hook backends", self._asked, manifest) or ()
        offer = next((each for each in offers if scheme in each.schemes), None)
        opened = None
        if offer is not None:
            opening = partial(self._open_guarded, manifest, offer, place)
            opened = self._guard.call(manifest.id, f"open of backend {offer.id}", opening, passing=WorkloomError)
        if opened is None:
            raise Disconnected(f"{manifest.name}, the plugin that connects to “{scheme}:”, has failed.")
        return opened

    def _open_guarded(self, manifest: Manifest, offer: BackendOffer, place: BackendPlace) -> Backend:
        return guarded(offer.open(place), manifest.id, manifest.name, offer.id, self._guard)

    def _asked(self, manifest: Manifest) -> tuple[BackendOffer, ...]:
        """What the plugin offers, with the schemes of its manifest. BadPlugin for what the manifest does not name."""
        declared: Mapping[str, tuple[str, ...]] = {table.id: table.schemes for table in manifest.backend}
        offers = []
        kind = import_class(manifest, "backends")
        hooks = kind()
        check_hooks(_manager(), hooks)
        if not is_hook(kind, "backends"):
            raise BadPlugin(lacks(kind, "backends"))
        for offer in self._offers(manifest.id, hooks):
            if not isinstance(offer, BackendOffer):
                raise BadPlugin(f"expected BackendOffer, found an object of type {type(offer).__name__}")
            if problem := misfit(offer):
                raise BadPlugin(f"BackendOffer(id={offer.id!r}): {problem}")
            if offer.id not in declared or (offer.schemes and offer.schemes != declared[offer.id]):
                raise BadPlugin(f"BackendOffer(id={offer.id!r}): it is not what the manifest says. Say it there")
            offers.append(BackendOffer(id=offer.id, schemes=declared[offer.id], open=offer.open))
        return tuple(offers)

    def _offers(self, name: str, hooks: object) -> Sequence[BackendOffer]:
        manager = _manager()
        manager.register(hooks, name=name)
        return [offer for offers in manager.hook.backends() for offer in offers]

    def _own_schemes(self) -> list[str]:
        return [scheme for offer in self._offers(OWN, self._own) for scheme in offer.schemes]


def _manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(BackendHooks)
    return manager


def _scheme(addresses: Sequence[str]) -> str:
    """Of all addresses; empty without any. BadInput when they have several."""
    try:
        schemes = {urlsplit(address).scheme for address in addresses}
    except ValueError as error:
        raise BadInput(f"This is no address: {error}.", where=addresses[0]) from error
    if len(schemes & {"http", "https"}) == len(schemes) > 0:
        return "https"
    if len(schemes) > 1:
        raise BadInput(f"All servers need one scheme, found {', '.join(sorted(schemes))}.")
    return next(iter(schemes), "")
