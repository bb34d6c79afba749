"""Logging in and out, and the states of channels."""

import pytest

from tests.contract.engine.office import PASSWORD, Office, person, site
from workloom.domain.commands import MarkDone
from workloom.domain.errors import BadInput, ItemsOpen, LoginFailed, NotAllowed, Refused, SessionEnded
from workloom.domain.interaction import State
from workloom.domain.presence import Presence
from workloom.domain.site import AttributeValue, BusinessAttribute, Site


def with_options(**options: object) -> Site:
    return site(application_options={**site().application_options, **options})


def failure(office: Office, user: str, password: str) -> LoginFailed:
    with pytest.raises(LoginFailed) as raised:
        office.backend.authenticate(user, password)
    return raised.value


CAUSES = (("ann", "x"), ("zoe", "x"), ("off", PASSWORD), ("cid", "\ud800"), ("\ud800", "x"))


def test_every_cause_of_a_failed_login_gets_the_same_message(office: Office) -> None:
    people = {**site().persons, "off": person("off", enabled=False)}
    office.apply(site(persons=people))
    messages = {str(failure(office, user, password)) for user, password in CAUSES}
    assert messages == {"The user name or the password is wrong. Try again."}


def test_repeated_failures_are_delayed_longer_and_longer_for_that_user_only(office: Office) -> None:
    waits = []
    for _ in range(6):
        wait = failure(office, "ann", "wrong").wait_seconds
        waits.append(wait)
        office.clock.advance(wait)
    assert waits == [0, 0, 2, 4, 8, 16]
    assert failure(office, "zoe", "wrong").wait_seconds == 0
    failure(office, "ann", "wrong")
    early = failure(office, "ann", PASSWORD)
    assert early.wait_seconds > 0
    assert "Wait" in str(early)
    office.clock.advance(60)
    assert office.backend.authenticate("ann", PASSWORD).person == "ann"
    assert failure(office, "ann", "wrong").wait_seconds == 0


def test_the_ticket_of_the_first_step_is_good_once_and_for_five_minutes(office: Office) -> None:
    backend = office.backend
    used = backend.authenticate("ann", PASSWORD).ticket
    backend.log_in(used)
    late = backend.authenticate("ann", PASSWORD).ticket
    office.clock.advance(300)
    for ticket in (used, late, "ticket-404"):
        with pytest.raises(LoginFailed, match="too long"):
            office.backend.log_in(ticket)  # of another desktop, where it is not the same login asked for again


def test_the_login_plan_offers_the_channels_as_the_options_say(office: Office) -> None:
    office.apply(
        with_options(
            **{
                "login.claim.can-unactivate-channel": False,
                "login.fax.is-auto-ready": False,
                "login.prompt-place": True,
            }
        )
    )
    backend = office.backend
    plan = backend.authenticate("ann", PASSWORD)
    claim, fax = plan.channels
    assert (claim.media_type, claim.locked, claim.state) == ("claim", True, Presence.READY)
    assert (fax.media_type, fax.locked, fax.state) == ("fax", False, Presence.NOT_READY)
    assert (plan.prompt_place, plan.places) == (True, ("desk-1",))
    session = backend.services(backend.log_in(plan.ticket)).presence.session()
    assert [(channel.media_type, channel.is_on) for channel in session.channels] == [("claim", True), ("fax", False)]


def test_a_wrong_place_or_channel_is_named_and_the_ticket_stays_good(office: Office) -> None:
    backend = office.backend
    plan = backend.authenticate("ann", PASSWORD)
    with pytest.raises(BadInput, match="no place"):
        backend.log_in(plan.ticket, place="the moon")
    with pytest.raises(BadInput, match="voice"):
        backend.log_in(plan.ticket, channels=["voice"])
    assert backend.log_in(plan.ticket, place="desk-1", channels=["claim"])


def test_a_channel_is_set_alone_and_all_together(office: Office) -> None:
    ann = office.log_in("ann")
    ann.presence.set_state(Presence.NOT_READY, media_type="fax")
    states = {channel.media_type: channel.state for channel in ann.presence.session().channels}
    assert states == {"claim": Presence.READY, "fax": Presence.NOT_READY}
    after = ann.presence.set_state(Presence.AFTER_WORK)
    assert {channel.state for channel in after.channels} == {Presence.AFTER_WORK}
    assert after == ann.presence.session()
    with pytest.raises(Refused):
        ann.presence.set_state(Presence.READY, media_type="voice")


def test_a_channel_is_logged_off_and_on_again_by_itself(office: Office) -> None:
    ann = office.log_in("ann")
    ann.presence.set_state(Presence.LOGGED_OFF, media_type="claim")
    item = office.submit()
    office.step()
    assert office.item(item).state is State.QUEUED
    ann.presence.set_state(Presence.NOT_READY)
    ann.presence.set_state(Presence.READY)
    states = {channel.media_type: channel.state for channel in ann.presence.session().channels}
    assert states == {"claim": Presence.LOGGED_OFF, "fax": Presence.READY}
    with pytest.raises(Refused, match="not logged in on the channel"):
        ann.presence.set_state(Presence.NOT_READY, media_type="claim")
    ann.presence.set_state(Presence.READY, media_type="claim")
    office.step()
    assert office.item(item).state is State.OFFERED


def test_with_no_channel_on_there_is_no_state_for_all(office: Office) -> None:
    ann = office.log_in("ann")
    for media_type in ("claim", "fax"):
        ann.presence.set_state(Presence.LOGGED_OFF, media_type=media_type)
    with pytest.raises(Refused, match="not logged in on any channel"):
        ann.presence.set_state(Presence.READY)
    with pytest.raises(BadInput, match="Name the channel"):
        ann.presence.set_state(Presence.LOGGED_OFF)


def test_channels_are_logged_off_and_on_only_where_the_options_say_so(office: Office) -> None:
    office.apply(with_options(**{"login.claim.can-unactivate-channel": False}))
    ann = office.log_in("ann")
    with pytest.raises(Refused, match="always on"):
        ann.presence.set_state(Presence.LOGGED_OFF, media_type="claim")
    ann.presence.set_state(Presence.LOGGED_OFF, media_type="fax")
    office.apply(with_options(**{"agent-status.enabled-actions-by-channel": ["Ready"]}))
    for channel, state in (("fax", Presence.READY), ("claim", Presence.LOGGED_OFF)):
        with pytest.raises(NotAllowed, match="enabled-actions-by-channel"):
            ann.presence.set_state(state, media_type=channel)


def test_only_states_and_reasons_that_are_offered_can_be_set(office: Office) -> None:
    reasons = BusinessAttribute(name="not-ready-reasons", values=(AttributeValue(name="Lunch"),))
    limited = with_options(**{"agent-status.enabled-actions-global": ["Ready", "NotReadyReason"]})
    from msgspec.structs import replace

    office.apply(replace(limited, business_attributes={**limited.business_attributes, reasons.name: reasons}))
    ann = office.log_in("ann")
    ann.presence.set_state(Presence.NOT_READY, reason="Lunch")
    with pytest.raises(BadInput, match="not one of the reasons"):
        ann.presence.set_state(Presence.NOT_READY, reason="Golf")
    for state in (Presence.NOT_READY, Presence.DND):
        with pytest.raises(NotAllowed):
            ann.presence.set_state(state)


def test_an_agent_who_is_not_ready_gets_no_offer(office: Office) -> None:
    ann = office.log_in("ann", ready=False)
    item = office.submit()
    office.step()
    assert office.item(item).state is State.QUEUED
    ann.presence.set_state(Presence.READY)
    office.step()
    assert office.item(item).state is State.OFFERED


def test_logging_off_with_open_items_is_refused_with_their_names(office: Office) -> None:
    ann = office.log_in("ann")
    items = tuple(office.take(ann).id for _ in range(2))
    with pytest.raises(ItemsOpen, match="2 items are open") as raised:
        ann.presence.log_off()
    assert raised.value.items == items
    for item in items:
        office.do(ann, MarkDone(item=item))
    waiting = office.submit()
    office.step()
    ann.presence.log_off()
    assert office.item(waiting).state is State.QUEUED
    with pytest.raises(SessionEnded):
        ann.presence.session()
    with pytest.raises(SessionEnded):
        ann.presence.heartbeat()
    office.log_in("ann")
    office.step()
    assert office.item(waiting).state is State.OFFERED


def test_a_person_who_is_removed_from_the_site_is_out_at_once(office: Office) -> None:
    ann = office.log_in("ann")
    people = {name: each for name, each in site().persons.items() if name != "ann"}
    office.apply(site(persons=people))
    with pytest.raises(SessionEnded):
        ann.items.open_items()


def test_somebody_elses_presence_is_news_only_for_those_who_may_look_for_targets(office: Office) -> None:
    ann = office.log_in("ann")
    before = ann.events.last()
    bob = office.log_in("bob")
    assert {event.person for event in ann.events.after(before)} == {"bob"}
    office.apply(
        site(roles={"agent": site().roles["agent"].__class__(name="agent", privileges=("Can Use WorkItem Channel",))})
    )
    before = ann.events.last()
    bob.presence.set_state(Presence.DND)
    assert ann.events.after(before) == ()
    assert bob.events.after(before) != ()
