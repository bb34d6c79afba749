"""What plugins provide to each other, built by a container of dependency-injector for each plugin and agent.

Authors declare providers and tokens; that a container builds them stays in here. Which provider a token has is decided
when it is asked for, by the order of the plugins that run, so that a replacement comes and goes with its plugin. What
was built is stopped with its plugin, the last one first.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from dependency_injector import containers, providers

from workloom.api.context import CONTEXT, SERVICES, Context
from workloom.api.tokens import Provider, Token
from workloom.domain.errors import NotFound
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.scope import PluginScope
from workloom.plugin_manager.token_names import providers as having_plugins
from workloom.plugin_manager.token_names import uses

Kind = TypeVar("Kind")


def declared_providers(kind: type | None, manifest: Manifest) -> Mapping[str, Provider]:
    """The providers of a plugin's class by token. BadPlugin if they are none, or not what the manifest says."""
    given: object = getattr(kind, "providers", ())
    where = f"{kind.__qualname__}.providers" if kind else "providers"
    if not isinstance(given, tuple) or not all(isinstance(one, Provider) for one in given):
        raise BadPlugin(f"{where}: expected a tuple of what provide(…) returns, found {type(given).__name__}.")
    found: dict[str, Provider] = {}
    for provider in given:
        if found.setdefault(provider.token.name, provider) is not provider:
            raise BadPlugin(f"{where}: the token “{provider.token.name}” is provided twice. Keep one of the two.")
    for name in (*manifest.provides, *manifest.replaces):
        if name not in found:
            raise BadPlugin(f"{where}: the manifest says that it provides “{name}”. Add provide(…) for it.")
    _check_names(found, where, manifest)
    _check_circles(found, where, manifest.replaces)
    return found


def _check_names(found: Mapping[str, Provider], where: str, manifest: Manifest) -> None:
    """BadPlugin if a provider has or needs a token that is neither the plugin's own nor in its manifest."""
    declared = {*manifest.provides, *manifest.replaces}
    known = {*uses(manifest), CONTEXT.name, SERVICES.name, *found}
    for name, provider in found.items():
        if name not in declared and not name.startswith(f"{manifest.id}."):
            say = "Name it in the manifest, under “provides” or “replaces”."
            raise BadPlugin(f"{where}: the token “{name}” is not the plugin's own. {say}")
        for need in provider.needs.values():
            if isinstance(need, Token) and need.name not in known:
                say = "Name it in the manifest, under “requires” or “optional”."
                raise BadPlugin(f"{where}: “{name}” needs the token “{need.name}”. {say}")


def _check_circles(found: Mapping[str, Provider], where: str, replaced: tuple[str, ...]) -> None:
    """BadPlugin if providers of one plugin need each other in a circle: it would be built without end.

    What replaces a token may need it: it gets the one whose place it takes.
    """

    def follow(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            members = " → ".join((*way[way.index(name) :], name))
            raise BadPlugin(f"{where}: the tokens need each other in a circle: {members}. Take one of the needs out.")
        for need in found[name].needs.values():
            if isinstance(need, Token) and need.name in found and not (need.name == name and name in replaced):
                follow(need.name, (*way, name))

    for name in found:
        follow(name, ())


class SessionWiring:
    """The containers of one agent's plugins."""

    def __init__(self, guard: PluginGuard, running: Callable[[], tuple[Manifest, ...]]) -> None:
        self._guard, self._running = guard, running
        self._containers: dict[str, containers.DynamicContainer] = {}
        self._manifests: dict[str, Manifest] = {}

    def start(
        self, manifest: Manifest, declared: Mapping[str, Provider], scope: PluginScope, context: Callable[[], Context]
    ) -> None:
        """Make the container of a plugin; nothing is built yet. It goes with the scope."""
        container = containers.DynamicContainer()
        self._containers[manifest.id], self._manifests[manifest.id] = container, manifest
        for name, provider in declared.items():
            needs = {key: self._wire(manifest.id, name, need, context) for key, need in provider.needs.items()}
            build = partial(self._build, manifest.id, provider, scope)
            container.set_provider(_attribute(name), providers.ThreadSafeSingleton(build, **needs))
        scope.add(partial(self._stop, manifest.id))

    def get(self, plugin: str, token: Token[Kind]) -> Kind:
        """The object of a token for a plugin. NotFound if nobody provides it or it cannot be built."""
        found = self._find(plugin, token.name)
        if found is None:
            raise NotFound(
                f"Nobody provides the token “{token.name}”, which the plugin “{plugin}” asks for."
                " Name it under “requires” in its manifest, so that it is not started without."
            )
        built: Kind = found()
        return built

    def find(self, plugin: str, token: Token[Kind]) -> Kind | None:
        """The object of a token, None if nobody provides it."""
        return None if self._find(plugin, token.name) is None else self.get(plugin, token)

    def _find(self, plugin: str, token: str) -> Any:
        """The provider of a token, None if there is none."""
        manifest = self._manifests.get(plugin)
        if manifest is None:  # it has stopped
            return None
        having = self._having(token) if token in (*manifest.provides, *manifest.replaces, *uses(manifest)) else [plugin]
        return self._of(having[-1], token) if having else None

    def _having(self, token: str) -> list[str]:
        """The plugins that have a token for this agent: the first provides it, the last one's is used."""
        there = tuple(one for one in self._running() if one.id in self._containers)
        return having_plugins(there).get(token, [])

    def _of(self, plugin: str, token: str) -> Any:
        container = self._containers.get(plugin)
        return container.providers.get(_attribute(token)) if container is not None else None

    def _wire(self, plugin: str, provided: str, need: object, context: Callable[[], Context]) -> object:
        """What the container hands over: a token's object when it builds, anything else as it is."""
        if isinstance(need, Token):
            return providers.Callable(self._need, plugin, provided, need, context)
        return providers.Object(need)

    def _need(self, plugin: str, provided: str, token: Token[Any], context: Callable[[], Context]) -> object:
        if token.name == CONTEXT.name:
            return context()
        if token.name == SERVICES.name:
            return context().services
        if token.name == provided:  # what takes the place of another may go on using it
            having = self._having(provided)
            return self._of(having[having.index(plugin) - 1], provided)()
        manifest = self._manifests[plugin]
        return self.find(plugin, token) if token.name in manifest.optional else self.get(plugin, token)

    def _build(self, plugin: str, provider: Provider, scope: PluginScope, **needs: object) -> object:
        name = provider.token.name
        built = self._guard.call(plugin, f"provider {name}", lambda: (_built(provider, needs),), passing=NotFound)
        if built is None:
            raise NotFound(f"The token “{name}” cannot be had: the plugin “{plugin}”, which provides it, has failed.")
        if provider.stop is not None:
            scope.add(partial(provider.stop, built[0]))
        return built[0]

    def _stop(self, plugin: str) -> None:
        self._containers.pop(plugin, None)
        self._manifests.pop(plugin, None)


class PluginWires:
    """Implements `workloom.api.Wires` for one plugin of one agent."""

    def __init__(
        self,
        plugin: str,
        wiring: SessionWiring,
        ask: Callable[..., list[Any]],
        ask_each: Callable[..., list[tuple[str, Any]]],
    ) -> None:
        self._plugin, self._wiring, self._ask, self._ask_each = plugin, wiring, ask, ask_each

    def get(self, token: Token[Kind]) -> Kind:
        """The object of a token."""
        return self._wiring.get(self._plugin, token)

    def find(self, token: Token[Kind]) -> Kind | None:
        """The object of a token, or None."""
        return self._wiring.find(self._plugin, token)

    def ask(self, hook: Callable[..., Any], *args: object, **named: object) -> list[Any]:
        """What the plugins answer that implement a hook."""
        return self._ask(hook, *args, **named)

    def ask_each(self, hook: Callable[..., Any], *args: object, **named: object) -> list[tuple[str, Any]]:
        """The same with the plugins, and None from one that failed."""
        return self._ask_each(hook, *args, **named)


def _built(provider: Provider, needs: Mapping[str, object]) -> object:
    """BadPlugin if nothing is built: None stands for a token that nobody provides."""
    made = provider.build(**needs)
    if made is None:
        raise BadPlugin("it has built None. Return the object of the token, or raise NotFound with the reason.")
    return made


def _attribute(token: str) -> str:
    """The name under which a container keeps a token's provider."""
    return token.replace(".", "__").replace("-", "_")
