"""An agent's own state: on which channels ready, alive, and gone."""

from msgspec.structs import replace

from workloom.domain.errors import BadInput, ItemsOpen, NotAllowed, Refused
from workloom.domain.events import Event, EventKind
from workloom.domain.option_values import REASONS
from workloom.domain.presence import ChannelStatus, Presence, Session
from workloom.domain.sentences import sentence
from workloom.services.callers import Caller, Callers
from workloom.services.command_keys import Once
from workloom.services.leaving import end_session
from workloom.services.ports import Store
from workloom.services.ports_outside import Clock

_ACTIONS = {
    Presence.READY: "Ready",
    Presence.NOT_READY: "NotReady",
    Presence.AFTER_WORK: "AfterCallWork",
    Presence.DND: "Dnd",
    Presence.LOGGED_OFF: "LogOff",
}
_NOT_READY_REASON = "NotReadyReason"


class AgentPresence:
    """`api.PresenceService`, bound to one session."""

    def __init__(self, store: Store, callers: Callers, clock: Clock) -> None:
        self._store = store
        self._callers = callers
        self._clock = clock

    def session(self) -> Session:
        """The caller's session as it is now. SessionEnded."""
        with self._store.reading() as reader:
            return self._callers.of(reader).session

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "", key: str = "") -> Session:
        """Change one channel, or all that are on when `media_type` is empty.

        LOGGED_OFF logs off one channel, READY on such a channel logs in on it again. NotAllowed where the options do
        not offer it, Refused for a channel that is always on or not the agent's.
        """
        now = self._clock.now()
        with self._store.transaction() as transaction:
            caller = self._callers.of(transaction)
            once = Once(transaction, caller.name, key, ("set-state", state, reason, media_type))
            if once.answer() is not None:
                return caller.session
            _check(caller, state, reason, media_type)
            session = caller.session
            once.keep(None, now)
            channels = tuple(
                ChannelStatus(media_type=channel.media_type, state=state, reason=reason, since=now)
                if (channel.media_type == media_type or (not media_type and channel.is_on))
                and (channel.state, channel.reason) != (state, reason)
                else channel
                for channel in session.channels
            )
            changed = [channel for channel in channels if channel.since == now and channel not in session.channels]
            if not changed:
                return session
            transaction.sessions.set_channels(session.id, channels)
            if state is Presence.READY:
                transaction.sessions.idle(session.id, now)
            transaction.events.append(channel_event(session, channel, session.person) for channel in changed)
            return replace(
                session, channels=channels, idle_since=now if state is Presence.READY else session.idle_since
            )

    def heartbeat(self) -> float:
        """Tell the service that the desktop lives; in how many seconds to tell it again. SessionEnded.

        The transaction reads nothing, so that it waits for no command.
        """
        with self._store.reading() as reader:
            caller = self._callers.of(reader)
        with self._store.transaction() as transaction:
            transaction.sessions.seen(caller.session.id, self._clock.now())
        return caller.site.timers.heartbeat

    def log_off(self, *, key: str = "") -> None:
        """End the session. ItemsOpen if items are open; SessionEnded where it has ended, also by this very call."""
        with self._store.transaction() as transaction:
            caller = self._callers.of(transaction)
            once = Once(transaction, caller.name, key, ("log-off", caller.session.id))
            once.answer()  # another use of the key is refused; the session is there, so this one is new
            once.keep(None, self._clock.now())
            open_items = tuple(item.id for item in transaction.items.open_of(caller.name))
            if open_items:
                one = sentence("1 item is open. Finish it or move it to a workbin first.")
                many = "{count:,} items are open. Finish or move them to a workbin first."
                found = one if len(open_items) == 1 else sentence(many, count=len(open_items))
                raise ItemsOpen(found, items=open_items)
            end_session(transaction, caller.site, caller.session, self._clock.now(), "logged-off")


def channel_event(session: Session, channel: ChannelStatus, actor: str) -> Event:
    """The state of a channel has changed."""
    detail = {"media_type": channel.media_type, "state": channel.state.value, "reason": channel.reason}
    return Event(at=channel.since, kind=EventKind.CHANNEL_CHANGED, actor=actor, person=session.person, detail=detail)


def _check(caller: Caller, state: Presence, reason: str, media_type: str) -> None:
    option = "agent-status.enabled-actions-by-channel" if media_type else "agent-status.enabled-actions-global"
    action = _NOT_READY_REASON if reason else _ACTIONS[state]
    if media_type:
        action = _check_channel(caller, state, media_type) or action
    elif state is Presence.LOGGED_OFF:
        raise BadInput(sentence("Name the channel to log off; to leave all of them, log off."), where="media_type")
    elif not any(channel.is_on for channel in caller.session.channels):
        raise Refused(sentence("You are not logged in on any channel. Log in on one in the status menu."))
    if action not in caller.options().words(option):
        raise NotAllowed(
            sentence(
                "You may not set this state: the option {option} does not list {action}.", option=option, action=action
            )
        )
    if reason and state is not Presence.NOT_READY:
        raise BadInput(sentence("Only Not ready takes a reason."), where="reason")
    known = caller.site.business_attributes.get(REASONS)
    if reason and known is not None and reason not in {value.name for value in known.values}:
        raise BadInput(sentence("“{reason}” is not one of the reasons for Not ready.", reason=reason), where="reason")


def _check_channel(caller: Caller, state: Presence, media_type: str) -> str:
    """The action that the change of one channel is, empty = that of its state. Refused where it cannot be."""
    channel = caller.session.channel(media_type)
    if channel is None:
        raise Refused(sentence("You cannot use the channel {channel}.", channel=media_type))
    if state is Presence.LOGGED_OFF and not caller.options().flag(f"login.{media_type}.can-unactivate-channel"):
        raise Refused(
            sentence("The channel {channel} is always on. Your administrator has set it so.", channel=media_type)
        )
    if channel.is_on:
        return ""
    if state not in (Presence.READY, Presence.LOGGED_OFF):
        raise Refused(sentence("You are not logged in on the channel {channel}.", channel=media_type))
    return "LogOn" if state is Presence.READY else ""
