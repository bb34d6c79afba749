"""What stands behind the desktop: plugins, drafts, and the backend that the settings ask for. In the background, no Qt.

The core's own two ways to services are offered through the hook that a plugin uses for another.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from dependency_injector import containers, providers

from workloom.adapters.drafts import DraftFolder
from workloom.adapters.kept_files import KeptFiles
from workloom.api.backends import BackendOffer, BackendPlace
from workloom.api.hooks import hook
from workloom.api.services import Backend
from workloom.plugin_manager.backends import Backends
from workloom.plugin_manager.discovery import Candidate
from workloom.plugin_manager.manager import PluginManager

DRAFTS: Final = "drafts"


class CoreBackends:
    """`BackendHooks` of the core: the engine of this process, and nodes of a server."""

    def __init__(self, plugins: PluginManager) -> None:
        self._plugins = plugins

    @hook
    def backends(self) -> tuple[BackendOffer, ...]:
        """Without an address the engine is embedded."""
        return (
            BackendOffer(id="workloom.embedded", schemes=("",), open=partial(_embedded, plugins=self._plugins)),
            BackendOffer(id="workloom.server", schemes=("http", "https"), open=_remote),
        )


class ConnectionContainer(containers.DeclarativeContainer):
    """How the parts behind the desktop fit together."""

    place = providers.Dependency(instance_of=BackendPlace)
    files = providers.Dependency(instance_of=KeptFiles)
    plugins = providers.Dependency(instance_of=PluginManager)

    own = providers.ThreadSafeSingleton(CoreBackends, plugins)
    backends = providers.ThreadSafeSingleton(plugins.provided.backends.call(own))
    drafts = providers.ThreadSafeSingleton(lambda place, files: DraftFolder(drafts_of(place), files), place, files)


class Connected:
    """`shell.ports.Opened`."""

    def __init__(self, backend: Backend, plugins: PluginManager, drafts: DraftFolder) -> None:
        self.backend, self.plugins, self.drafts = backend, plugins, drafts

    def close(self) -> None:
        """Let go of the services; an embedded engine stops."""
        self.backend.close()


def plugin_manager(
    disabled: Collection[str],
    soon: Callable[[Callable[[], None]], None],
    candidates: Iterable[Candidate] | None = None,
    *,
    folder: Path | None = None,
    safe: bool = False,
) -> PluginManager:
    """The plugins of this installation, or these. BadInput when a disabled name is no plugin's.

    `folder`, `safe`: as of the plugin manager.
    """
    return PluginManager(candidates, disabled=disabled, soon=soon, folder=folder, safe=safe)


def connect(place: BackendPlace, files: KeptFiles, plugins: PluginManager) -> Connected:
    """Open the services at a place. Blocks; raises StorageError kinds, Disconnected, WrongVersion, BadInput."""
    container = ConnectionContainer(place=place, files=files, plugins=plugins)
    backends: Backends = plugins.backends(container.own())
    return Connected(backends.open(place), plugins, container.drafts())


def drafts_of(place: BackendPlace) -> Path:
    """Where drafts are kept: apart for each server, since two may have items of the same id."""
    if not place.addresses:
        return place.data / DRAFTS
    first: Sequence[str] = sorted(place.addresses)
    return place.data / f"{DRAFTS}-of-servers" / quote(urlsplit(first[0]).netloc or first[0], safe="")


def _embedded(place: BackendPlace, plugins: PluginManager) -> Backend:
    from workloom.bootstrap.embedded import open_embedded  # late: a desktop on a server needs no engine

    return open_embedded(place, plugins)


def _remote(place: BackendPlace) -> Backend:
    from workloom.adapters.remote.backend import RemoteBackend  # late: only a desktop on a server needs it

    return RemoteBackend(place.addresses)
