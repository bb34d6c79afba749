"""Lets the plugins of the engine read its events."""

import logging
from collections.abc import Sequence
from functools import partial
from logging import Logger

from workloom.bootstrap.engine import Engine
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import effective_options
from workloom.domain.options import OptionSet
from workloom.plugin_manager.engine_side import EngineSide
from workloom.services.event_feed import EventFeed


class PluginInEngine:
    """Implements `workloom.api.EngineContext`."""

    def __init__(self, plugin: str, engine: Engine, catalogue: OptionCatalogue) -> None:
        self._plugin, self._engine, self._catalogue = plugin, engine, catalogue

    @property
    def plugin(self) -> str:
        """Id of the plugin."""
        return self._plugin

    @property
    def log(self) -> Logger:
        """A logger of the plugin's own name."""
        return logging.getLogger(f"workloom.plugin.{self._plugin}")

    def options(self) -> OptionSet:
        """Options that hold for nobody in particular."""
        return effective_options(self._catalogue, self._engine.configuration.site(), "")


def event_feeds(
    engine: Engine, plugins: EngineSide, catalogue: OptionCatalogue, *, node: str = ""
) -> Sequence[EventFeed]:
    """A feed for each reader of a plugin, not started yet. Imports the plugins. `node`: as in `EventFeed`."""
    readers = plugins.event_readers(partial(PluginInEngine, engine=engine, catalogue=catalogue))
    return [
        EventFeed(engine.store, engine.wake, one.name, one.take, one.kinds, one.batch, node=node) for one in readers
    ]
