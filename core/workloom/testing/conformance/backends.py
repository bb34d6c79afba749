"""What holds for a backend, wherever its services are: login, sessions, commands, events."""

from collections.abc import Callable
from time import monotonic

import pytest

from workloom.api.services import Backend, Services
from workloom.domain.commands import Accept, AddNote, Close, MarkDone, Pull
from workloom.domain.errors import (
    BadInput,
    Finished,
    ItemsOpen,
    LoginFailed,
    NotFound,
    Refused,
    SessionEnded,
    WorkloomError,
)
from workloom.domain.events import EventKind
from workloom.domain.pages import ItemRow
from workloom.domain.presence import Presence
from workloom.testing.office import PASSWORD

SHORT, LONG = 0.05, 10.0
Submit = Callable[..., str]


class BackendConformance:
    """Override the fixtures `backend`, a backend on the site of `workloom.testing.site()`, and `submit`.

    `submit(queue=…)` puts a new claim into a queue of that site and returns its id; what may be offered is offered
    soon. Everybody's password is `workloom.testing.PASSWORD`.
    """

    @pytest.fixture
    def backend(self) -> Backend:
        """The backend under test."""
        raise BadInput("Override the fixture `backend` of BackendConformance: it returns the backend under test.")

    @pytest.fixture
    def submit(self) -> Submit:
        """Puts an item into a queue."""
        raise BadInput("Override the fixture `submit` of BackendConformance: it puts a claim into a queue.")

    def test_what_may_be_known_before_the_login_names_the_site(self, backend: Backend) -> None:
        assert backend.info().title
        assert backend.now().utcoffset() is not None

    @pytest.mark.parametrize(("user", "password"), [("ann", "wrong"), ("nobody", PASSWORD), ("", "")])
    def test_a_wrong_name_or_password_is_refused_in_the_same_words(
        self, backend: Backend, user: str, password: str
    ) -> None:
        with pytest.raises(LoginFailed) as refused:
            backend.authenticate(user, password)
        with pytest.raises(LoginFailed) as usual:
            backend.authenticate("bob", "wrong")
        assert str(refused.value) == str(usual.value)

    def test_a_plan_names_the_channels_and_a_second_login_ends_the_first(self, backend: Backend) -> None:
        plan = backend.authenticate("ann", PASSWORD)
        assert [choice.media_type for choice in plan.channels] == ["claim", "fax"]
        first = backend.services(backend.log_in(plan.ticket, channels=("claim",)))
        me = first.configuration.me()
        assert (me.name, me.password) == ("ann", "")
        second = self.log_in(backend)
        with pytest.raises(SessionEnded):
            first.presence.session()
        assert second.presence.session().person == "ann"

    def test_a_ticket_that_nobody_gave_opens_nothing(self, backend: Backend) -> None:
        with pytest.raises(LoginFailed):
            backend.log_in("login-made-up")
        with pytest.raises(SessionEnded):
            backend.services("session-made-up").presence.session()

    def test_an_offer_comes_as_an_event_and_is_accepted_once(self, backend: Backend, submit: Submit) -> None:
        ann = self.log_in(backend)
        position = ann.events.last()
        item = submit(queue="claims")
        offers = self.offers(ann, position)
        assert len(offers) == 1, "What may be offered is offered soon, to somebody who is ready."
        (row,) = offers
        assert row.item.id == item
        assert row.item.offer is not None
        command = Accept(item=item, ticket=row.item.offer.ticket)
        accepted = ann.items.execute(command, key="once")
        assert (accepted.assigned_to, accepted.offer) == ("ann", None)
        assert ann.items.execute(command, key="once") == accepted
        assert ann.events.last() > position  # asked first, so that nothing up to there is left out
        kinds = [event.kind for event in ann.events.after(position) if event.item == item]
        assert kinds.count(EventKind.ACCEPTED) == 1
        with pytest.raises(WorkloomError):
            ann.items.execute(command, key="again")

    def test_a_key_that_was_used_for_another_command_is_refused(self, backend: Backend, submit: Submit) -> None:
        ann = self.log_in(backend)
        item = submit(queue="shelf")
        ann.items.execute(Pull(item=item), key="key")
        with pytest.raises(WorkloomError):
            ann.items.execute(AddNote(item=item, text="Another"), key="key")
        assert ann.items.notes(item) == ()

    def test_what_is_not_there_or_not_the_callers_is_refused_and_nothing_changes(
        self, backend: Backend, submit: Submit
    ) -> None:
        ann, bob = self.log_in(backend), self.log_in(backend, "bob")
        with pytest.raises(NotFound):
            ann.items.get("item-made-up")
        item = submit(queue="shelf")
        before = ann.items.execute(Pull(item=item))
        with pytest.raises(WorkloomError) as refused:
            bob.items.execute(MarkDone(item=item))
        assert str(refused.value).strip()
        assert ann.items.get(item).item == before

    def test_notes_path_and_end_of_an_item_are_kept(self, backend: Backend, submit: Submit) -> None:
        ann = self.log_in(backend)
        item = submit(queue="shelf")
        ann.items.execute(Pull(item=item))
        ann.items.execute(AddNote(item=item, text="<b>as typed</b>\n"))
        assert [(note.author, note.text.strip()) for note in ann.items.notes(item)] == [("ann", "<b>as typed</b>")]
        assert ann.items.execute(MarkDone(item=item)).is_finished
        assert EventKind.DONE in [event.kind for event in ann.items.path(item)]
        with pytest.raises((Finished, Refused)):
            ann.items.execute(MarkDone(item=item))

    def test_nobody_leaves_with_open_items_and_a_session_that_has_ended_serves_nobody(
        self, backend: Backend, submit: Submit
    ) -> None:
        ann = self.log_in(backend)
        item = submit(queue="shelf")
        ann.items.execute(Pull(item=item))
        with pytest.raises(ItemsOpen):
            ann.presence.log_off()
        ann.items.execute(Close(item=item))
        ann.presence.log_off()
        for ask in (ann.presence.heartbeat, ann.items.open_items, ann.configuration.me):
            with pytest.raises(SessionEnded):
                ask()

    def test_a_state_holds_on_one_channel_or_on_all(self, backend: Backend) -> None:
        ann = self.log_in(backend)
        ann.presence.set_state(Presence.NOT_READY, media_type="fax")
        states = {channel.media_type: channel.state for channel in ann.presence.session().channels}
        assert states == {"claim": Presence.READY, "fax": Presence.NOT_READY}
        session = ann.presence.set_state(Presence.NOT_READY)
        assert {channel.state for channel in session.channels} == {Presence.NOT_READY}
        assert ann.presence.heartbeat() > 0

    def test_a_change_of_state_under_its_key_is_made_once(self, backend: Backend) -> None:
        ann = self.log_in(backend)
        ann.presence.set_state(Presence.NOT_READY, key="once")
        ann.presence.set_state(Presence.READY)
        ann.presence.set_state(Presence.NOT_READY, key="once")
        assert {channel.state for channel in ann.presence.session().channels} == {Presence.READY}
        with pytest.raises(BadInput):
            ann.presence.set_state(Presence.READY, key="once")

    def test_waiting_for_events_ends_in_time_and_a_wake_is_told(self, backend: Backend, submit: Submit) -> None:
        ann = self.log_in(backend)
        woken: list[None] = []
        undo = backend.on_wake(lambda: woken.append(None))
        assert not ann.events.wait(ann.events.last(), timeout=SHORT) or ann.events.last()
        position = ann.events.last()
        submit(queue="claims")
        assert ann.events.wait(position, timeout=LONG)
        assert woken
        undo()
        undo()

    def log_in(self, backend: Backend, user: str = "ann") -> Services:
        """Somebody's services, ready on all channels."""
        plan = backend.authenticate(user, PASSWORD)
        channels = tuple(choice.media_type for choice in plan.channels)
        return backend.services(backend.log_in(plan.ticket, channels=channels))

    def offers(self, services: Services, position: int) -> tuple[ItemRow, ...]:
        """The offers, as soon as there are any."""
        until = monotonic() + LONG
        while monotonic() < until:
            offers = services.items.offers()
            if offers:
                return offers
            services.events.wait(position, timeout=0.1)
            position = services.events.last()
        return ()
