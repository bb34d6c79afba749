"""The desk of one logged-in agent: joins the session, the plugins and the workspace."""

from collections.abc import Callable

from workloom.api.contributions import Action, ActionPlace, Notice, Tone
from workloom.api.gates import Question
from workloom.api.plugins import Plugins
from workloom.api.services import Link
from workloom.domain.errors import CalledOff, WorkloomError
from workloom.domain.events import Event
from workloom.domain.pages import ItemRow
from workloom.domain.presence import Presence
from workloom.shell.action_bar import ActionBar, Actions
from workloom.shell.desk_keys import bind_actions, bind_desk, list_row, list_rows
from workloom.shell.desk_plugins import DeskPlugins
from workloom.shell.desk_words import refused_words, sent_later
from workloom.shell.fault_words import not_started, plugin_name
from workloom.shell.gates.keeper import Gatekeeper
from workloom.shell.given_back import GivenBack
from workloom.shell.keymap import KeyRow, usual
from workloom.shell.kit.kit import Kit
from workloom.shell.knowledge import Knowledge
from workloom.shell.later import later
from workloom.shell.leaving import Leaving, Ways
from workloom.shell.offers.desk import OfferDesk
from workloom.shell.offers.presenting import Presenting
from workloom.shell.offline import Offline
from workloom.shell.open_items import OpenItems
from workloom.shell.preferences import KeptLists, KeptSizes, PreferenceStore
from workloom.shell.pump import EventPump
from workloom.shell.registries.contributions import Registries
from workloom.shell.session import AgentSession
from workloom.shell.shortcuts import Shortcuts
from workloom.shell.shown_bars import ShownBars
from workloom.shell.standing import Standing
from workloom.shell.unused_options import UnusedOptions
from workloom.shell.views import MainViews
from workloom.shell.window.status_menu import StatusMenu
from workloom.shell.window.workspace import Workspace


class AgentDesk:
    """Lives from login to log-off. On the UI thread."""

    def __init__(
        self,
        kit: Kit,
        session: AgentSession,
        plugins: Plugins,
        preferences: PreferenceStore,
        ways: Ways,
        *,
        translate: Callable[[str, str], str],
        link: Link,
        without_plugins: bool = False,
        alone: Callable[[], bool] = lambda: True,
    ) -> None:
        self.kit, self.session, self.ways = kit, session, ways
        self._plugins, self._preferences = plugins, preferences
        self._translate, self._without = translate, without_plugins
        self._renewing = False
        self._bars = ShownBars()
        self.registries = Registries(
            lambda privilege: privilege in session.known.privileges, lambda: session.known.me.groups
        )
        self.presenting = Presenting(plugins.guard, self.registries, session)
        session.gates = Gatekeeper(
            session,
            self.registries,
            plugins.guard,
            owner=kit.window,
            confirm=self._ask,
            tell=self.notify,
            name_of=lambda plugin: plugin_name(plugin, plugins.infos()),
        )
        self.actions = Actions(self.registries, plugins.guard, self._refused, self._save, session)
        self.keys = Shortcuts(kit.window, lambda: preferences.values.keys)
        kit.lists = KeptLists(preferences, lambda: session.known.me.name)
        kit.sizes = KeptSizes(preferences, lambda: session.known.me.name)
        kit.usual_list_key = lambda keys: usual(keys, list_rows(self.actions), preferences.values.keys)
        self.menu = StatusMenu(kit, self, self.keys.key_of, self.actions)
        self.workspace = Workspace(
            kit,
            session,
            on_item=self.open_item,
            on_view=self.show_view,
            on_status=self.open_status_menu,
            on_keys=ways.on_keys,
            on_settings=ways.on_settings,
            rail=preferences.values.rail,
            on_rail=self._keep_rail,
        )
        self.items = OpenItems(kit, session, self.registries, plugins.guard, self.workspace)
        self.views = MainViews(session, self.registries, plugins.guard, self.workspace, self.keys.key_of)
        self.offers = OfferDesk(kit, session, self, lambda: preferences.values.sound, self.keys.key_of, alone)
        stack, board = self.offers.stack, self.workspace.board
        stack.arranged = lambda: board.keep_clear(stack.left_edge())
        board.way_to = self.views.way_to
        self.given_back = GivenBack(session, self.notify, self.open_item)
        self.actions.blocked = self.items.blocked
        self.pump: EventPump | None = None
        offline = Offline(kit, session, self.workspace.banner, self, link, self._try_now)
        self.standing = Standing(kit, self, offline)
        session.changed.connect(self._changed)
        session.happened.connect(self._heard)
        session.trouble.connect(self.standing.trouble)
        session.queued.connect(self.standing.show)
        session.refused.connect(self._fail)
        self._unused = UnusedOptions(board)
        self._of_plugins = DeskPlugins(self, plugins)
        self.leaving = Leaving(session, self._leave, self.workspace.board.show, self._fail)

    def start(self) -> None:
        """The first turn has come: collect the plugins, then show."""
        if not self._without:
            self._of_plugins.open(self._translate)
        self.registries.on_change(self._renew_soon)
        bind_desk(self)
        bind_actions(self)
        self.views.collect()
        self.standing.trouble(None)
        self.standing.show()
        self.workspace.refresh()
        self.workspace.sidebar.first_focus().setFocus()
        for row in self.session.known.open_rows[:1]:
            self.open_item(row.item.id)
        self._unused.tell(self.session.known.problems)
        for notice in () if self._without else not_started(self._plugins.infos()):
            self.workspace.board.show(notice)
        self.given_back.tell_kept()
        for notice in sent_later(*self.session.send_kept()):
            self.workspace.board.show(notice)
        if self.pump is not None:
            self.pump.go_on()

    def open_item(self, item: str, *, focus: bool = True) -> None:
        """Show an item that is with the agent, as soon as it is known to be."""
        self.items.show(item, focus=focus)
        self._bars.refresh()

    def open_row(self, item: str) -> ItemRow | None:
        """An open item, None if it is not with the agent."""
        return self.session.known.open_row(item)

    def show_view(self, view: str) -> None:
        """Bring a main view to the front."""
        self.views.show(view)

    def key_of(self, action: Action, place: ActionPlace) -> str:
        """The key of an action in a place, as people have set it."""
        changed = self._preferences.values.keys
        if place is ActionPlace.ITEM_TOOLBAR:
            return changed.get(action.id, action.key)
        return changed.get(list_row(action), action.list_key)

    def key_rows(self) -> tuple[KeyRow, ...]:
        """The lines of the keyboard map."""
        return (*self.keys.rows(), *list_rows(self.actions))

    def keys_changed(self) -> None:
        """People have changed keys: they hold from now on."""
        self.keys.renew()
        self.views.collect()
        self._bars.refresh()
        self.standing.show()

    def keep_fresh(self, bar: ActionBar) -> None:
        """Refresh a toolbar after events, as long as it lives."""
        self._bars.keep(bar)

    def notify(self, notice: Notice) -> None:
        """Show a notice; any thread."""
        self.session.post(lambda: self.workspace.board.show(notice))

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change the agent's state."""
        self.session.set_state(state, reason=reason, media_type=media_type)

    def open_status_menu(self) -> None:
        """Show the status menu at the status button."""
        self.menu.open_at(self.workspace.sidebar.status, self.session.known, self.session.now())

    def log_off(self, *, refused: Callable[[], None] = lambda: None) -> None:
        """Ask to leave; refused with the list while items are open."""
        self.leaving.log_off(refused)

    def let_go(self, item: str) -> None:
        """The item may be somebody else's by now: it is only read, until the service answers."""
        self.items.let_go(item)
        self._bars.refresh()

    def take_back(self) -> None:
        """The service answers again."""
        self.items.take_back()
        self._bars.refresh()

    def close(self) -> None:
        """Undo everything."""
        if self.pump is not None:
            self.pump.stop()
        self.offers.close()
        self._of_plugins.close()
        self.keys.clear()
        self.kit.usual_list_key, self.kit.lists, self.kit.sizes = str, None, None  # the kit outlives the desk
        self.session.close()
        self.workspace.main.clear()
        self._bars.clear()

    def run_key(self, action: str) -> None:
        """Run an action of the open item by its key; what it opens hangs at its button."""
        self.actions.run(action, self.items.subject(), self._bars.button(action))

    def _changed(self, before: Knowledge) -> None:
        known = self.session.known
        self.items.follow(before)
        if known.privileges != before.privileges or known.me.groups != before.me.groups:
            self._contributions_changed()
        self.standing.show()
        self._unused.tell(known.problems)
        self.workspace.refresh()
        self._bars.refresh()

    def _heard(self, event: Event) -> None:
        self._of_plugins.heard(event)
        self.views.ask_badges()
        self.workspace.look_soon()
        if self.given_back.is_loss(event):
            self.offers.forget(event.item)
            self.given_back.tell_loss(event)

    def _renew_soon(self) -> None:
        """Once for all that a plugin brings or takes with it."""
        if not self._renewing:
            self._renewing = True
            later(self.workspace, 0, self._contributions_changed)

    def _contributions_changed(self) -> None:
        """A plugin came or went: views, keys and panes follow."""
        self._renewing = False
        if not self.session.alive:
            return
        if self._of_plugins.declare_others() and self.pump is not None:
            self.pump.look_anew()
        self.views.collect()
        bind_actions(self)
        self.items.renew()
        self._bars.refresh()

    def _leave(self, why: str) -> None:
        self.close()
        self.ways.left(why)

    def _try_now(self) -> None:
        if self.pump is not None:
            self.pump.try_now()

    def _ask(self, question: Question) -> bool:
        return self.kit.confirm(question.title, question.text, question.verb, danger=question.danger)

    def _fail(self, error: WorkloomError) -> None:
        if isinstance(error, CalledOff):
            return
        title, tone = refused_words(error)
        self.workspace.board.show(Notice(title=title, text=str(error), tone=tone))

    def _save(self, item: str, then: Callable[[], None]) -> None:
        self.items.save(item, then)

    def _refused(self, title: str, reason: str) -> None:
        self.workspace.board.show(Notice(title=title, text=reason, tone=Tone.WARNING))

    def _keep_rail(self, rail: bool) -> None:
        self._preferences.values.rail = rail
        self._preferences.save()
