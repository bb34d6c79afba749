"""What is kept from those whom it does not concern, and what may not be put where it does not belong."""

import pytest

from tests.contract.engine.office import Office, without
from workloom.domain.commands import Close, PlaceInQueue, PlaceInWorkbin
from workloom.domain.errors import NotAllowed, Refused
from workloom.domain.privileges import (
    CONTACT_HISTORY,
    INTERACTION_SEARCH,
    MANAGEMENT_USE,
    MY_HISTORY,
    PULL_FROM_QUEUE,
)
from workloom.services.backend import AgentServices

WIDE = (CONTACT_HISTORY, INTERACTION_SEARCH, MANAGEMENT_USE, PULL_FROM_QUEUE)
"""Privileges by which somebody sees items without having had them."""


def known(agent: AgentServices, item: str) -> list[str]:
    return [event.kind.value for event in agent.events.after(0) if event.item == item]


def test_with_my_history_alone_somebody_reads_what_was_theirs_and_nothing_else(office: Office) -> None:
    office.apply(without(*WIDE))
    ann, cid = office.log_in("ann"), office.log_in("cid")
    item = office.take(ann).id
    office.do(ann, PlaceInQueue(item=item, queue="shelf"))
    reads = (ann.items.get, ann.items.notes, ann.items.path)
    assert all(read(item) is not None for read in reads)
    for read in (cid.items.get, cid.items.notes, cid.items.path):
        with pytest.raises(NotAllowed, match="You may not see this item"):
            read(item)


def test_with_my_history_alone_somebody_is_told_what_happens_to_what_was_theirs_and_nothing_else(
    office: Office,
) -> None:
    office.apply(without(*WIDE))
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    cid = office.log_in("cid")
    item = office.take(ann).id
    office.do(ann, PlaceInWorkbin(item=item, workbin="team", owner="experts"))
    office.do(bob, PlaceInQueue(item=item, queue="shelf"))
    assert known(ann, item) == office.kinds(item)
    assert known(cid, item) == []


def test_what_happens_in_a_workbin_is_told_to_those_who_see_the_workbin_only(office: Office) -> None:
    office.apply(without(*WIDE, MY_HISTORY))
    ann = office.log_in("ann")
    lead, cid = office.log_in("bob", ready=False), office.log_in("cid")
    item = office.take(ann).id
    office.do(ann, Close(item=item))
    assert office.item(item).workbin == "in-progress"
    assert known(lead, item) == ["placed-in-workbin"]
    assert known(cid, item) == []


def test_a_workbin_that_the_options_name_for_another_media_type_is_refused(office: Office) -> None:
    ann = office.log_in("ann", "fax")
    fax = office.take(ann, media_type="fax").id
    with pytest.raises(Refused, match="The workbin “Waiting for documents” is not for fax items"):
        office.do(ann, PlaceInWorkbin(item=fax, workbin="waiting"))
    assert office.item(fax).assigned_to == "ann"
    assert office.do(ann, PlaceInWorkbin(item=fax, workbin="team", owner="experts")).workbin == "team"
