"""The status menu: all channels, by channel, log off. Its entries are what the options allow, in their order."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final, Protocol

from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QWidget

from workloom.api.contributions import Action, ActionPlace, Subject
from workloom.domain.presence import PRESENCE_WORDS, ChannelStatus, Presence
from workloom.domain.wording import duration
from workloom.shell.action_bar import Actions
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.menu import TICK, Menu
from workloom.shell.knowledge import Knowledge
from workloom.shell.presence_words import ACTIONS, are_alike, overall, state_words
from workloom.shell.registries.contributed import Contributed
from workloom.shell.words import say, say_count

GLOBAL_OPTION: Final = "agent-status.enabled-actions-global"
CHANNEL_OPTION: Final = "agent-status.enabled-actions-by-channel"
WIDTH: Final = 296
KEYS: Final = {
    "Ready": "status.ready",
    "NotReady": "status.not-ready",
    "NotReadyReason": "status.not-ready",
    "AfterCallWork": "status.after-work",
    "Dnd": "status.dnd",
}


class Changes(Protocol):
    """What the menu does."""

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change one channel, or all when `media_type` is empty."""
        ...

    def log_off(self) -> None:
        """Ask to leave."""
        ...


class StatusMenu:
    """Builds the menu anew each time it opens: it is always true."""

    def __init__(self, kit: Kit, changes: Changes, key_of: Callable[[str], str], actions: Actions) -> None:
        self._kit, self._changes, self._key_of, self._actions = kit, changes, key_of, actions

    _anchor: QWidget | None = None

    def open_at(self, anchor: QWidget, known: Knowledge, now: datetime) -> Menu:
        """Show the menu above the status button."""
        self._anchor = anchor
        menu = self.build(known, now)
        menu.popup(anchor.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))
        return menu

    def build(self, known: Knowledge, now: datetime) -> Menu:
        """The menu for this moment."""
        menu = self._kit.rows_menu(say("Status"))
        menu.setObjectName("status-menu")
        menu.setMinimumWidth(WIDTH)
        channels = known.session.channels
        offered = known.options.words(GLOBAL_OPTION)
        if channels:
            self._kit.menu_heading(menu, say("All channels"))
            alike = overall(channels) if are_alike(channels) else None
            if any(channel.is_on for channel in channels):
                self._states(menu, [name for name in offered if name not in ("LogOff", "LogOn")], alike, known, now)
            off = [channel.media_type for channel in channels if not channel.is_on]
            if off and "LogOn" in offered and "LogOn" in known.options.words(CHANNEL_OPTION):
                menu.add(say("Log in on all channels"), "power", lambda: self._log_on(off))
            menu.addSeparator()
            self._kit.menu_heading(menu, say("By channel"))
            for channel in channels:
                self._channel(menu, channel, known, now)
            menu.addSeparator()
        self._from_plugins(menu)
        if "LogOff" in offered and not self._stands_in(menu, "status.log-off", ""):
            count = len(known.open_rows)
            still = say_count(count, "{count} item still open", "{count:,} items still open") if count else ""
            menu.add(say("Log off…"), "log-out", self._changes.log_off, tail=still).setObjectName("status-log-off")
        return menu

    def _channel(self, menu: Menu, channel: ChannelStatus, known: Knowledge, now: datetime) -> None:
        media = known.media_type(channel.media_type)
        words, glyph = state_words(channel.state, channel.reason), f"presence:{channel.state.value}"
        own = menu.add_menu(media.title, media.icon, tail=words, glyph=glyph)
        own.setObjectName(f"status-channel-{channel.media_type}")
        offered = known.options.words(CHANNEL_OPTION)
        if channel.is_on:
            states = [name for name in offered if name not in ("LogOn", "LogOff")]
            self._states(own, states, channel, known, now, media_type=channel.media_type)
            if "LogOff" in offered and known.options.flag(f"login.{channel.media_type}.can-unactivate-channel"):
                own.addSeparator()
                own.add(say("Log off this channel"), "power", self._set(Presence.LOGGED_OFF, "", channel.media_type))
        elif "LogOn" in offered:
            own.add(say("Log in on this channel"), "power", self._set(Presence.READY, "", channel.media_type))
        own.setEnabled(not own.isEmpty())

    def _states(  # one entry for each name of the option
        self,
        menu: Menu,
        offered: Sequence[str],
        current: ChannelStatus | None,
        known: Knowledge,
        now: datetime,
        *,
        media_type: str = "",
    ) -> None:
        reasons = "NotReadyReason" in offered and bool(known.reasons)
        done: set[str] = set()
        for name in offered:
            state = ACTIONS[name]
            if KEYS[name] in done:
                continue
            if self._stands_in(menu, KEYS[name], media_type):
                done.add(KEYS[name])
                continue
            if name == "NotReadyReason" or (name == "NotReady" and reasons):
                if name == "NotReadyReason" and reasons:
                    self._reasons(menu, "NotReady" in offered, current, known, now, media_type)
                continue
            here = current is not None and current.state is state
            tail = _tail(current, now) if here and current else ""
            key = "" if media_type else self._key_of(KEYS[name])
            self._state(menu, say(PRESENCE_WORDS[state]), state, self._set(state, "", media_type), tail=tail, key=key)

    def _reasons(
        self,
        menu: Menu,
        plain: bool,
        current: ChannelStatus | None,
        known: Knowledge,
        now: datetime,
        media_type: str,
    ) -> None:
        here = current is not None and current.state is Presence.NOT_READY
        tail = _tail(current, now) if here and current else ""
        own = menu.add_menu(say(PRESENCE_WORDS[Presence.NOT_READY]), "presence:not-ready", tail=tail)
        own.setObjectName(f"status-not-ready-{media_type or 'all'}")
        if plain:
            tick = TICK if here and current and not current.reason else ""
            self._state(
                own, say("No reason"), Presence.NOT_READY, self._set(Presence.NOT_READY, "", media_type), tail=tick
            )
        for reason in known.reasons:
            tick = TICK if here and current and current.reason == reason.name else ""
            run = self._set(Presence.NOT_READY, reason.name, media_type)
            self._state(own, reason.title or reason.name, Presence.NOT_READY, run, tail=tick)

    def _state(
        self, menu: Menu, words: str, state: Presence, run: Callable[[], None], *, tail: str = "", key: str = ""
    ) -> None:
        action = menu.add(words, f"presence:{state.value}", run, tail=tail, key=key)
        action.setObjectName(f"status-{state.value}")

    def _stands_in(self, menu: Menu, native: str, media_type: str) -> bool:
        """Whether a plugin hides an entry or has put its own in place, which is added."""
        subject = Subject(place=ActionPlace.STATUS_MENU, media_type=media_type)
        shown, other = self._actions.stand_in(native, subject)
        if other is not None:
            self._add(menu, other, subject, self._key_of(native) if not media_type else "")
        return other is not None or not shown

    def _from_plugins(self, menu: Menu) -> None:
        found = self._actions.at(ActionPlace.STATUS_MENU)
        for one in found:
            self._add(menu, one, Subject(place=ActionPlace.STATUS_MENU), one.what.key)
        if found:
            menu.addSeparator()

    def _add(self, menu: Menu, found: Contributed[Action], subject: Subject, key: str) -> None:
        state = self._actions.state(found, subject)
        if state.visible:
            run = partial(self._actions.run_found, found, subject, self._anchor)
            row = menu.add(found.what.title, found.what.icon, run, key=key)
            row.setObjectName(f"status-{found.what.id}")
            row.setEnabled(state.enabled)
            row.setToolTip(state.reason)

    def _log_on(self, media_types: Sequence[str]) -> None:
        for media_type in media_types:
            self._changes.set_state(Presence.READY, media_type=media_type)

    def _set(self, state: Presence, reason: str, media_type: str) -> Callable[[], None]:
        return lambda: self._changes.set_state(state, reason=reason, media_type=media_type)


def _tail(current: ChannelStatus, now: datetime) -> str:
    return f"{duration(now - current.since)} {TICK}"
