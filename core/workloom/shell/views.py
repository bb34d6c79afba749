"""Main views of an agent's window: made when first shown, with badges that are asked for in the background."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QWidget

from workloom.api.contributions import Region, View
from workloom.api.plugins import Guard
from workloom.domain.errors import WorkloomError
from workloom.shell.guests import made_by, take_out
from workloom.shell.keymap import VIEW_ROWS
from workloom.shell.registries.contributed import Contributed
from workloom.shell.registries.contributions import Registries
from workloom.shell.returned import returned
from workloom.shell.session import AgentSession
from workloom.shell.window.workspace import Workspace
from workloom.shell.words import say

BADGE_PAUSE = 300
"""Milliseconds between an event and the question for badges: many events ask once."""


class MainViews:
    """Keeps sidebar and main area true to the views that plugins have."""

    def __init__(
        self,
        session: AgentSession,
        registries: Registries,
        guard: Guard,
        workspace: Workspace,
        key_of: Callable[[str], str],
    ) -> None:
        self._session, self._registries, self._guard = session, registries, guard
        self._workspace, self._key_of = workspace, key_of
        self._views: tuple[Contributed[View], ...] = ()
        self._guests: list[tuple[Contributed[View], QWidget | None]] = []
        self._timer = QTimer(workspace)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BADGE_PAUSE)
        self._timer.timeout.connect(self._ask)

    def collect(self) -> None:
        """Show the views that there are now; pages of those that have gone are dropped."""
        views = self._registries.views(Region.MAIN)
        for old in self._views:
            if not any(view is old for view in views):
                self._workspace.main.drop(old.what.id)
        self._views = views
        keys = (*(self._key_of(row.id) for row in VIEW_ROWS), *("" for _ in views))
        self._workspace.sidebar.show_views(
            [
                (view.what.id, view.what.icon or "list-filter", view.what.title, key)
                for view, key in zip(views, keys, strict=False)
            ]
        )
        self._workspace.sidebar.mark(self._workspace.main.current)
        self._collect_guests()
        self.ask_badges()

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Icon and title of each view."""
        return tuple((view.what.icon, view.what.title) for view in self._views)

    def show_number(self, number: int) -> None:
        """Bring the n-th view to the front."""
        if number < len(self._views):
            self.show(self._views[number].what.id)

    def show(self, view: str) -> None:
        """Bring a view to the front."""
        found = next((found for found in self._views if found.what.id == view), None)
        if found is None:
            return
        main = self._workspace.main
        if main.page(view) is None:
            main.put(view, self._page(found))
        self._workspace.three_panes = found.what.rail
        self._workspace.fit()
        main.show_page(view)

    def way_to(self, about: str) -> tuple[str, Callable[[], None]] | None:
        """Words and click of a button that leads to what a notice is about; None if no view here shows such things."""
        kind, _colon, name = about.partition(":")
        found = next((found for found in self._views if name and found.what.about == kind), None)
        if found is None:
            return None
        return say("Show in {view}", view=found.what.title), partial(self._reveal, found, name)

    def ask_badges(self) -> None:
        """Ask soon for the badges."""
        if not self._timer.isActive():
            self._timer.start()

    def _reveal(self, found: Contributed[View], name: str) -> None:
        self.show(found.what.id)
        reveal = getattr(self._workspace.main.page(found.what.id), "reveal", None)
        if callable(reveal):
            self._guard.call(found.plugin, f"reveal of view {found.what.id}", reveal, name)

    def _page(self, found: Contributed[View]) -> QWidget:
        page = made_by(self._guard, found, found.what.make or (lambda: None))
        if page is not None:
            return page
        return self._workspace.failed_page(found.what.title)

    def _ask(self) -> None:
        for found in self._views:
            if found.what.badge is None or not self._session.alive:
                continue
            # What the service refuses, as a privilege that has just gone, is no fault of the plugin.
            what = f"badge of view {found.what.id}"
            badge = partial(_badge_of, found.what.badge)
            ask = partial(self._guard.call, found.plugin, what, badge, passing=WorkloomError)
            self._session.read(ask, partial(self._show_badge, found.what.id), lambda _error: None)

    def _show_badge(self, view: str, text: str | None) -> None:
        self._workspace.sidebar.set_badge(view, text or "")

    def _collect_guests(self) -> None:
        """Each view of the status bar is made once, and stays as long as its plugin."""
        views = self._registries.views(Region.STATUS_BAR)
        for found, guest in self._guests:
            if guest is not None and not any(view is found for view in views):
                take_out(guest)
        guests: list[tuple[Contributed[View], QWidget | None]] = []
        for found in views:
            made = next((guest for guest in self._guests if guest[0] is found), None)
            if made is None:
                made = (found, made_by(self._guard, found, found.what.make or (lambda: None)))
                if made[1] is not None:
                    self._workspace.status.add_guest(sum(guest is not None for _view, guest in guests), made[1])
            guests.append(made)
        self._guests = guests


def _badge_of(badge: Callable[[], str]) -> str:
    return returned(badge(), str)
