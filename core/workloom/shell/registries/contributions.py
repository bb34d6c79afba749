"""All registries of one agent's window: what the plugin manager fills and the window reads."""

from collections.abc import Callable, Collection, Sequence

from msgspec.structs import replace

from workloom.api.contributions import Action, ActionFilter, ActionPlace, Channel, InteractionView, Region, View
from workloom.api.gates import Attempt, Gate
from workloom.domain.interaction import Interaction
from workloom.domain.pages import ItemRow
from workloom.shell.registries.contributed import Contributed, Ordered, Undo
from workloom.shell.registries.matching import best_view, channel_of


class Registries:
    """What the plugins bring to one agent. `may` and `groups` tell what the agent holds, and where, when asked."""

    def __init__(self, may: Callable[[str], bool], groups: Callable[[], Collection[str]] = tuple) -> None:
        self._may, self._groups = may, groups
        self.translate: Callable[[str, str], str] = lambda _plugin, text: text
        """Says a text of a plugin in the agent's language; set before plugins come."""
        self.all_channels: Ordered[Channel] = Ordered("channel")
        self.all_interaction_views: Ordered[InteractionView] = Ordered("interaction view")
        self.all_views: Ordered[View] = Ordered("view")
        self.all_actions: Ordered[Action] = Ordered("action")
        self.all_filters: Ordered[ActionFilter] = Ordered("action filter")
        self.all_gates: Ordered[Gate] = Ordered("gate")

    def add_channel(self, plugin: str, channel: Channel) -> Undo:
        """Add a kind of work; returns its undo. BadInput if the id is taken."""
        return self.all_channels.add(plugin, channel)

    def add_interaction_view(self, plugin: str, view: InteractionView) -> Undo:
        """Add a pane for open items; returns its undo. BadInput if the id is taken."""
        return self.all_interaction_views.add(plugin, view)

    def add_view(self, plugin: str, view: View) -> Undo:
        """Add a view; returns its undo. BadInput if the id is taken."""
        return self.all_views.add(plugin, replace(view, title=self.translate(plugin, view.title)))

    def add_action(self, plugin: str, action: Action) -> Undo:
        """Add an action; returns its undo. BadInput if the id is taken."""
        return self.all_actions.add(plugin, replace(action, title=self.translate(plugin, action.title)))

    def add_action_filter(self, plugin: str, action_filter: ActionFilter) -> Undo:
        """Add a filter of actions; returns its undo. BadInput if the id is taken."""
        said = replace(action_filter, reason=self.translate(plugin, action_filter.reason))
        return self.all_filters.add(plugin, said)

    def add_gate(self, plugin: str, gate: Gate) -> Undo:
        """Add a gate; returns its undo. BadInput if the id is taken."""
        return self.all_gates.add(plugin, replace(gate, title=self.translate(plugin, gate.title)))

    def gates(self, attempt: Attempt) -> tuple[Contributed[Gate], ...]:
        """Gates that may stand before an attempt, in order."""
        return tuple(entry for entry in self.all_gates if entry.what.stands_before(attempt))

    def channel(self, media_type: str) -> Contributed[Channel] | None:
        """The channel that brings items of a media type, None if no plugin does."""
        return channel_of(self.all_channels, media_type)

    def interaction_view(self, item: Interaction) -> Contributed[InteractionView] | None:
        """The pane for an item: subtype over media type over any, then order. None if no plugin has one."""
        return best_view(self.all_interaction_views, item.media_type, item.subtype)

    def views(self, region: Region) -> tuple[Contributed[View], ...]:
        """Views of a region that the agent's privileges allow, in order."""
        return tuple(entry for entry in self.all_views if entry.what.region is region and self._allowed(entry.what))

    def view(self, id_: str) -> Contributed[View] | None:
        """A view that the agent's privileges allow, by id."""
        entry = self.all_views.get(id_)
        return entry if entry is not None and self._allowed(entry.what) else None

    def actions(self, place: ActionPlace) -> tuple[Contributed[Action], ...]:
        """Actions of a place that the agent may have, in order; those that stand in for others are left out."""
        stand_ins = {entry.what.instead for entry in self.all_filters}
        return tuple(
            entry
            for entry in self.all_actions
            if place in entry.what.places and entry.what.id not in stand_ins and self._allowed(entry.what)
        )

    def action_filter(self, action: str, rows: Sequence[ItemRow]) -> ActionFilter | None:
        """What holds for an action with these rows, None if nothing does."""
        return next((one.what for one in self.all_filters if one.what.action == action and one.what.fits(rows)), None)

    def action(self, id_: str) -> Contributed[Action] | None:
        """An action that the agent's privileges allow, by id."""
        entry = self.all_actions.get(id_)
        return entry if entry is not None and self._allowed(entry.what) else None

    def on_change(self, changed: Callable[[], None]) -> Undo:
        """Call `changed` after anything was added or taken back; returns its undo."""
        undos = [
            registry.on_change(changed)
            for registry in (
                self.all_channels,
                self.all_interaction_views,
                self.all_views,
                self.all_actions,
                self.all_filters,
            )
        ]

        def undo() -> None:
            for one in undos:
                one()

        return undo

    def _allowed(self, what: Action | View) -> bool:
        if what.privilege and not self._may(what.privilege):
            return False
        return not what.agent_groups or not set(self._groups()).isdisjoint(what.agent_groups)
