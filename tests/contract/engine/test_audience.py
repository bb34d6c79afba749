"""Many sessions at once are told exactly what each of them would be told alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.engine.office import MORNING, Office, person, site
from workloom.domain.commands import Close, PlaceInQueue, PlaceInWorkbin
from workloom.domain.core_options import core_catalogue
from workloom.domain.events import Event, EventKind
from workloom.domain.privileges import (
    CONTACT_HISTORY,
    CORE_PRIVILEGES,
    INTERACTION_SEARCH,
    MANAGEMENT_USE,
    MY_HISTORY,
    PULL_FROM_QUEUE,
    TARGETS_USE,
    TEAM_LEAD,
    USE_CHANNEL,
    USE_TEAM_WORKBINS,
    USE_WORKBINS,
)
from workloom.domain.site import AgentGroup, Place, Role, Site, Workbin
from workloom.services.audience import Audience
from workloom.services.callers import Caller, Callers
from workloom.services.news import ITEM_SUPERVISORS, may_know
from workloom.services.ports import Reader

PEOPLE = ("ann", "bob", "cid", "dora", "eve")
PLACES = ("desk-1", "desk-2", "")
COUNTED = (
    CONTACT_HISTORY,
    INTERACTION_SEARCH,
    MANAGEMENT_USE,
    MY_HISTORY,
    PULL_FROM_QUEUE,
    TARGETS_USE,
    TEAM_LEAD,
    USE_TEAM_WORKBINS,
    USE_WORKBINS,
)
WORKBINS = {
    "in-progress": Workbin(name="in-progress"),
    "waiting": Workbin(name="waiting"),
    "team": Workbin(name="team", owner="agent-group"),
    "few": Workbin(name="few", owner="agent-group", owners=("experts",)),
    "desk": Workbin(name="desk", owner="place"),
    "room": Workbin(name="room", owner="place-group"),
}
OWNERS = (*PEOPLE, "experts", "others", "desk-1", "desk-2", "hall", "gone", "")


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Five people with any mixture of roles and groups, two groups with any leads."""
    counted = COUNTED[len(ITEM_SUPERVISORS) :] if draw(st.booleans()) else COUNTED  # supervisors hide all other causes
    roles = {name: Role(name=name, privileges=draw(st.sets(st.sampled_from(counted)).map(tuple))) for name in "xyz"}
    roles = {name: Role(name=name, privileges=(USE_CHANNEL, *role.privileges)) for name, role in roles.items()}
    subsets = st.lists(st.sampled_from("xyz"), unique=True, max_size=2).map(tuple)
    groups = st.lists(st.sampled_from(("experts", "others", "unknown")), unique=True).map(tuple)
    return site(
        roles=roles,
        groups={
            name: AgentGroup(
                name=name, leads=draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=2).map(tuple))
            )
            for name in ("experts", "others")
        },
        places={"desk-1": Place(name="desk-1", group="hall"), "desk-2": Place(name="desk-2", group="hall")},
        workbins=WORKBINS,
        persons={
            name: person(
                name,
                *draw(groups),
                roles=draw(subsets),
                enabled=name == "ann" or draw(st.booleans()),
                place=draw(st.sampled_from(PLACES)),
            )
            for name in PEOPLE
        },
    )


EVENTS = st.builds(
    Event,
    at=st.just(MORNING),
    kind=st.sampled_from(EventKind),
    item=st.sampled_from(("", "item-1", "item-2", "item-404")),
    actor=st.sampled_from((*PEOPLE, "service", "source:crm")),
    person=st.sampled_from((*PEOPLE, "", "")),
    queue=st.sampled_from(("", "claims", "shelf")),
    workbin=st.sampled_from(("", "", *WORKBINS, "gone")),
    workbin_owner=st.sampled_from(OWNERS),
)


IN_WORKBINS = tuple(
    Event(at=MORNING, kind=EventKind.READ, item="item-404", workbin=workbin, workbin_owner=owner)
    for workbin in WORKBINS
    for owner in OWNERS
)


@pytest.fixture(scope="module")
def big_office() -> Iterator[Office]:
    """Everybody is logged in, and some have had the items."""
    everything = {"agent": Role(name="agent", privileges=CORE_PRIVILEGES)}
    everybody = {name: person(name, "experts") for name in PEOPLE}
    office = Office(":memory:", site(persons=everybody, roles=everything))
    sessions = {name: office.log_in(name, ready=name == "ann") for name in PEOPLE}
    first = office.take(sessions["ann"])
    office.do(sessions["ann"], PlaceInWorkbin(item=first.id, workbin="team", owner="experts"))
    office.do(sessions["bob"], PlaceInQueue(item=first.id, queue="shelf"))
    second = office.take(sessions["ann"])
    office.do(sessions["ann"], Close(item=second.id))
    assert (first.id, second.id) == ("item-1", "item-2")
    yield office
    office.close()


@settings(max_examples=80)
@given(sites(), sites(), st.lists(EVENTS, min_size=1, max_size=8), st.sets(st.sampled_from(PEOPLE)))
def test_the_audience_knows_what_each_would_be_told(
    big_office: Office, first: Site, second: Site, events: list[Event], late: set[str]
) -> None:
    audience, store = Audience(), big_office.engine.store
    with store.reading() as reader:
        places = {each.person: each.place for each in reader.sessions.all()}
    big_office.apply(first)
    audience.settle(big_office.engine.configuration.site())
    for name in sorted(places.keys() - late):
        audience.join(name, places[name])
    big_office.apply(second)
    with store.reading() as reader:
        now = big_office.engine.sites.of(reader)
        gone = audience.settle(now)
        here = {name for name in places.keys() - late if first.persons[name].enabled} - set(gone)
        here |= {name for name in sorted(late) if audience.join(name, places[name])}
        assert here == {
            name for name in PEOPLE if second.persons[name].enabled and (name in late or first.persons[name].enabled)
        }
        callers = {name: caller(big_office, name, reader) for name in here}
        for event in (*events, *IN_WORKBINS):
            knowers = audience.knowers(reader, event)
            told = {name for name in PEOPLE if audience.flags(name) & knowers.flags} | knowers.people
            assert told == {name for name in here if may_know(reader, callers[name], event)}


def caller(office: Office, name: str, reader: Reader) -> Caller:
    """Somebody as the services see them."""
    return Callers(office.engine.sites, core_catalogue(), office.sessions[name]).of(reader)


def test_who_leaves_is_told_nothing_more(big_office: Office) -> None:
    big_office.apply(site(persons={name: person(name) for name in PEOPLE}))
    audience = Audience()
    audience.settle(big_office.engine.configuration.site())
    assert audience.join("ann", "desk-1")
    assert not audience.join("nobody", "desk-1")
    event = Event(at=MORNING + timedelta(1), kind=EventKind.DONE, item="item-1", person="ann")
    with big_office.engine.store.reading() as reader:
        assert audience.knowers(reader, event).people == {"ann"}
        audience.leave("ann")
        audience.leave("ann")
        assert audience.knowers(reader, event).people == set()
    assert not audience.flags("ann")
