"""The hooks of the desktop. A plugin is a class that implements some of them; each gets the plugin's own context.

A hook that raises is contained: the plugin is named, the others still get the call. Hooks return declarations or
factories, never live widgets.
"""

from collections.abc import Sequence

from pluggy import HookimplMarker, HookspecMarker

from workloom.api.backends import BackendOffer
from workloom.api.context import Context
from workloom.api.contributions import Action, Channel, InteractionView, View
from workloom.api.engine import EngineContext, EventReader
from workloom.api.gates import Gate
from workloom.domain.events import Event

PROJECT = "workloom"
API_LEVEL = 1
"""The level of the API that plugins find here. A manifest names the level that its plugin needs."""

hookspec = HookspecMarker(PROJECT)
hook = HookimplMarker(PROJECT)
"""Marks a plugin's method as the implementation of a hook: `@hook`."""


class DesktopHooks:
    """Hooks that the shell calls for each logged-in agent."""

    @hookspec
    def channels(self, context: Context) -> Sequence[Channel]:
        """Kinds of work that the plugin brings. Collect; called once after login, before the first offer."""
        return ()

    @hookspec
    def interaction_views(self, context: Context) -> Sequence[InteractionView]:
        """Panes for open items. Collect, then best match for each item; called once after login."""
        return ()

    @hookspec
    def views(self, context: Context) -> Sequence[View]:
        """Views by region. Collect; called once after login."""
        return ()

    @hookspec
    def actions(self, context: Context) -> Sequence[Action]:
        """Actions by place. Collect; called once after login."""
        return ()

    @hookspec
    def gates(self, context: Context) -> Sequence[Gate]:
        """Checks before and after commands and actions. Collect; called once after login."""
        return ()

    @hookspec
    def session_started(self, context: Context) -> None:
        """The agent has logged in and all contributions are collected. Observe."""

    @hookspec
    def session_ending(self, context: Context) -> None:
        """The agent is about to log off. Observe; not called after a crash."""

    @hookspec
    def interaction_changed(self, context: Context, event: Event) -> None:
        """Something happened to an item that the agent may know of. Observe; on the UI thread, budget 5 ms."""


class EngineHooks:
    """Hooks of a class of its own, which the manifest names in `engine`: it knows neither agent nor window.

    It runs where the engine dispatches: in a desktop with an engine of its own, and in a server.
    """

    @hookspec
    def event_readers(self, context: EngineContext) -> Sequence[EventReader]:
        """Readers of the log of events. Collect; called once when the engine starts, on the thread that starts it."""
        return ()


class BackendHooks:
    """Hooks of a class of its own, which the manifest names in `backends`: it knows neither agent nor window.

    It is imported when the desktop is to connect to an address with a scheme of the plugin, before anybody logs in, and
    lives as long as the process.
    """

    @hookspec
    def backends(self) -> Sequence[BackendOffer]:
        """Ways to services. Collect; called once, in the background."""
        return ()
