"""The embedded engine as a backend: composed in the background, no Qt."""

from datetime import datetime

from dependency_injector import containers, providers

from workloom.adapters.clock import SystemClock
from workloom.api.backends import BackendPlace
from workloom.api.services import Backend
from workloom.bootstrap.engine import Engine, open_engine
from workloom.bootstrap.engine_plugins import event_feeds
from workloom.domain.core_options import core_catalogue
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.plugin_manager.manager import PluginManager


def _catalogue(plugins: PluginManager) -> OptionCatalogue:
    return core_catalogue().with_specs(plugins.option_specs())


class EmbeddedContainer(containers.DeclarativeContainer):
    """How the parts of an engine in this process fit together."""

    place = providers.Dependency(instance_of=BackendPlace)
    plugins = providers.Dependency(instance_of=PluginManager)

    clock = providers.ThreadSafeSingleton(SystemClock)
    catalogue = providers.ThreadSafeSingleton(_catalogue, plugins)
    engine = providers.ThreadSafeSingleton(open_engine, place.provided.data, catalogue, clock=clock)


def open_embedded(place: BackendPlace, plugins: PluginManager) -> Backend:
    """Open the engine on the data folder and let it dispatch. An empty folder starts from the demo site and its work.

    Blocks; raises StorageError kinds.
    """
    container = EmbeddedContainer(place=place, plugins=plugins)
    engine: Engine = container.engine()
    catalogue = container.catalogue()
    plugins.on_change(lambda: catalogue.renew(_catalogue(plugins)))  # one that is worked on may declare others now
    if not engine.configuration.site().version:
        engine.backend.notice = _start_from_demo(engine, catalogue, container.clock().now())
    engine.feeds = event_feeds(engine, plugins.engine_side(), catalogue)
    engine.start()
    return engine.backend


def _start_from_demo(engine: Engine, catalogue: OptionCatalogue, now: datetime) -> str:
    from workloom.bootstrap.demo_work import begin_from_demo  # late: needed once in the life of a data folder

    unfinished = begin_from_demo(engine, catalogue, now)
    if unfinished is None:  # a command beside was quicker
        return ""
    return f"The data folder was empty: it starts from the demo site with {unfinished} open work items."
