"""What stands behind the desktop: the embedded engine, the plugins, the drafts. Composed in the background, no Qt."""

from collections.abc import Callable, Collection, Iterable

from dependency_injector import containers, providers

from workloom.adapters.clock import SystemClock
from workloom.adapters.drafts import DraftFolder
from workloom.adapters.kept_files import KeptFiles
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.core_options import core_catalogue
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.plugin_manager.discovery import Candidate
from workloom.plugin_manager.manager import PluginManager
from workloom.settings import Settings

DRAFTS = "drafts"


def _catalogue(plugins: PluginManager) -> OptionCatalogue:
    return core_catalogue().with_specs(plugins.option_specs())


class EmbeddedContainer(containers.DeclarativeContainer):
    """How the parts behind the desktop fit together."""

    settings = providers.Dependency(instance_of=Settings)
    files = providers.Dependency(instance_of=KeptFiles)
    plugins = providers.Dependency(instance_of=PluginManager)

    clock = providers.ThreadSafeSingleton(SystemClock)
    catalogue = providers.ThreadSafeSingleton(_catalogue, plugins)
    engine = providers.ThreadSafeSingleton(open_engine, settings.provided.data, catalogue, clock=clock)
    drafts = providers.ThreadSafeSingleton(DraftFolder, settings.provided.data.joinpath.call(DRAFTS), files)


class EmbeddedDesktop:
    """`shell.ports.Opened`: an engine of this process, which dispatches."""

    def __init__(self, container: EmbeddedContainer, engine: Engine, said: str) -> None:
        self._engine = engine
        self.backend = engine.backend
        self.plugins: PluginManager = container.plugins()
        self.drafts: DraftFolder = container.drafts()
        self.said = said

    def close(self) -> None:
        """Stop the engine."""
        self._engine.stop()


def plugin_manager(
    disabled: Collection[str],
    soon: Callable[[Callable[[], None]], None],
    candidates: Iterable[Candidate] | None = None,
) -> PluginManager:
    """The plugins of this installation, or these. BadInput when a disabled name is no plugin's."""
    return PluginManager(candidates, disabled=disabled, soon=soon)


def open_embedded(settings: Settings, files: KeptFiles, plugins: PluginManager) -> EmbeddedDesktop:
    """Open the engine on the data folder and let it dispatch. An empty folder starts from the demo site and its work.

    Blocks; raises StorageError kinds.
    """
    container = EmbeddedContainer(settings=settings, files=files, plugins=plugins)
    engine: Engine = container.engine()
    said = "" if engine.configuration.site().version else _start_from_demo(engine, container)
    engine.start()
    return EmbeddedDesktop(container, engine, said)


def _start_from_demo(engine: Engine, container: EmbeddedContainer) -> str:
    from workloom.bootstrap.demo import start_from_demo  # late: needed once in the life of a data folder
    from workloom.bootstrap.demo_work import begin_with_work

    start_from_demo(engine.configuration)
    data = container.settings().data
    unfinished = begin_with_work(data, container.catalogue(), container.clock().now())
    return f"The data folder was empty: it starts from the demo site with {unfinished} open work items."
