"""Stand-ins for what an idle plugin brings: made of its manifest alone, they start it when they are first used."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, TypeVar

from msgspec.structs import asdict

from workloom.api.contributions import (
    ENABLED,
    Action,
    ActionState,
    Channel,
    InteractionView,
    Notice,
    Region,
    Subject,
    Tone,
    View,
)
from workloom.domain.errors import Refused
from workloom.plugin_manager.declared import Contribution
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest import Manifest

Kind = TypeVar("Kind", bound=Contribution)
_ONCE: Final = (Region.MAIN, Region.STATUS_BAR)


class StandIns:
    """Those of one plugin for one agent. `wake` starts the plugin; what it then brings is handed to `takes`."""

    def __init__(
        self,
        manifest: Manifest,
        wake: Callable[[], None],
        soon: Callable[[Callable[[], None]], None],
        tell: Callable[[Notice], None],
    ) -> None:
        self._manifest, self._wake, self._soon, self._tell = manifest, wake, soon, tell
        self._real: dict[tuple[type, str], Any] = {}
        self._made = {(type(one), one.id): one for one in self._all()}

    def all(self) -> tuple[Contribution, ...]:
        """What is shown of the idle plugin."""
        return tuple(self._made.values())

    def takes(self, what: Contribution) -> bool:
        """Let a stand-in do from now on what the plugin's own does; False if that says more than its manifest."""
        made = self._made.get((type(what), what.id))
        if made is None or any(
            here != there
            for here, there in zip(asdict(what).values(), asdict(made).values(), strict=True)
            if not callable(here) and not callable(there)
        ):
            return False
        self._real[type(what), what.id] = what
        return True

    def forget(self) -> None:
        """The plugin has stopped: what it brought is let go of."""
        self._real.clear()

    def _all(self) -> Iterator[Contribution]:
        for action in self._manifest.action:
            run, state = partial(self._run, action.id), partial(self._state, action.id)
            yield Action(**asdict(action), run=run, state=state)
        for view in self._manifest.view:
            make = partial(self._make, view.id)
            badge = partial(self._badge, view.id)
            if view.region in _ONCE:
                yield View(**asdict(view), make=make, badge=badge)
            else:
                yield View(**asdict(view), make_for=make, badge=badge)
        for pane in self._manifest.interaction_view:
            yield InteractionView(**asdict(pane), make=partial(self._pane, pane.id))
        for channel in self._manifest.channel:
            yield Channel(**asdict(channel), present=partial(self._present, channel.id))

    def _awake(self, kind: type[Kind], id_: str) -> Kind:
        """The plugin's own. Starts the plugin. BadPlugin if it does not bring what its manifest says."""
        if (kind, id_) not in self._real:
            self._wake()
        real = self._real.get((kind, id_))
        if real is None:
            raise BadPlugin(f"{kind.__name__}(id={id_!r}): the manifest says it, and no hook returns it. Return it")
        found: Kind = real
        return found

    def _run(self, id_: str, subject: Subject, anchor: object) -> None:
        action = self._awake(Action, id_)
        state = action.state(subject)
        if state.enabled:
            action.run(subject, anchor)
        else:
            self._tell(Notice(title=f"{action.title} is not possible", text=state.reason, tone=Tone.WARNING))

    def _state(self, id_: str, subject: Subject) -> ActionState:
        """Until the plugin runs nobody knows better; `_run` looks again."""
        real = self._real.get((Action, id_))
        return real.state(subject) if real is not None else ENABLED

    def _make(self, id_: str, *item: str) -> object:
        view = self._awake(View, id_)
        factory: Callable[..., object] | None = view.make_for if item else view.make
        assert factory is not None  # checked when the hook returned it
        return factory(*item)

    def _badge(self, id_: str) -> str:
        real = self._real.get((View, id_))
        return real.badge() if real is not None and real.badge is not None else ""

    def _pane(self, id_: str, item: str) -> object:
        return self._awake(InteractionView, id_).make(item)

    def _present(self, id_: str, row: Any) -> Any:
        """Off the UI thread, where no plugin can be started: a plain toast until it runs."""
        real = self._real.get((Channel, id_))
        if real is None:
            self._soon(self._wake)
            raise Refused("The plugin is being started.")
        return real.present(row)
