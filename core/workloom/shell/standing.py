"""How an agent stands, said in three places: the banner, the main area while nothing is open, the status bar."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from workloom.api.contributions import Notice, Tone
from workloom.domain.errors import Disconnected, WorkloomError
from workloom.domain.presence import Presence
from workloom.shell.kit.kit import Kit
from workloom.shell.login.fault import fault_title
from workloom.shell.offline import Offline
from workloom.shell.session import AgentSession
from workloom.shell.shortcuts import Shortcuts
from workloom.shell.views import MainViews
from workloom.shell.window.idle import IdlePage
from workloom.shell.window.limits import limit_of
from workloom.shell.window.main_area import NOTHING
from workloom.shell.window.workspace import Workspace
from workloom.shell.words import say


class Desk(Protocol):
    """What is needed of the desk."""

    @property
    def session(self) -> AgentSession: ...
    @property
    def workspace(self) -> Workspace: ...
    @property
    def views(self) -> MainViews: ...
    @property
    def keys(self) -> Shortcuts: ...

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change the agent's state."""
        ...


class Standing:
    """Says again when something has changed."""

    def __init__(self, kit: Kit, desk: Desk, offline: Offline) -> None:
        self._desk, self.offline = desk, offline
        self._lost: WorkloomError | None = None
        ready = partial(desk.set_state, Presence.READY)
        self.idle = IdlePage(kit, ready, partial(desk.views.show_number, 0), desk.keys.key_of)
        desk.workspace.main.put(NOTHING, self.idle)

    def trouble(self, error: WorkloomError | None) -> None:
        """The service cannot be asked, or can again (None)."""
        workspace, back = self._desk.workspace, error is None and self._lost is not None
        self._lost = error
        if not self._desk.session.has_started:  # the window is not shown yet; the pump tries again
            return
        if back:
            workspace.board.show(Notice(title=say("The service is back"), tone=Tone.SUCCESS))
        workspace.show_connection(connected=error is None)
        if isinstance(error, Disconnected):
            self.offline.begin()
        else:
            self.offline.end()
        self.show()

    def show(self) -> None:
        """Say how things stand now."""
        known, banner = self._desk.session.known, self._desk.workspace.banner
        limit = limit_of(known)
        self._desk.workspace.board.said_elsewhere(
            (limit.about,) if limit and limit.about and self._lost is None else ()
        )
        self.idle.show_known(known, connected=self._lost is None, views=self._desk.views.titles())
        if isinstance(self._lost, Disconnected):
            self.offline.show()
        elif self._lost is not None:
            banner.say(f"{fault_title(self._lost)}.", say("{problem} Trying again by itself.", problem=self._lost))
        elif limit:
            run = partial(self._get_ready, limit.get_ready) if limit.get_ready else None
            banner.say(limit.title, limit.text, icon=limit.icon, action=say("Ready"), run=run)
        else:
            banner.hide()

    def _get_ready(self, media_types: Sequence[str]) -> None:
        for media_type in media_types:
            self._desk.set_state(Presence.READY, media_type=media_type)
