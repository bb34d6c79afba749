"""The two properties of the service that a person may change: the number at the source, and the parent."""

import pytest

from tests.contract.engine.office import Office, site
from workloom.domain.commands import PlaceInQueue, SetReferences
from workloom.domain.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from workloom.domain.pages import HistoryQuery, HistoryScope
from workloom.domain.privileges import CASE_EDIT, CORE_PRIVILEGES, MANAGEMENT_CASE_EDIT
from workloom.domain.site import Role


def test_number_and_parent_are_changed_with_old_and_new_value_and_the_number_is_found(office: Office) -> None:
    ann = office.log_in("ann")
    parent, item = office.submit(queue="shelf"), office.take(ann).id
    after = office.do(ann, SetReferences(item=item, external_id=" CLM-77 ", parent_id=parent))
    assert (after.external_id, after.number, after.parent_id) == ("CLM-77", "CLM-77", parent)
    (event,) = [event for event in ann.items.path(item) if event.kind == "properties-changed"]
    assert event.detail == {"changes": {"ExternalId": ["", "CLM-77"], "ParentId": ["", parent]}}
    found = ann.history.search(HistoryQuery(scope=HistoryScope.ALL, text="clm-77"))
    assert [row.item.id for row in found.rows] == [item]
    cleared = office.do(ann, SetReferences(item=item, parent_id=""))
    assert (cleared.external_id, cleared.parent_id) == ("CLM-77", "")


def test_what_stays_the_same_leaves_no_event(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    assert office.do(ann, SetReferences(item=item.id, external_id="", parent_id="")) == office.item(item.id)
    assert "properties-changed" not in office.kinds(item.id)


def test_a_parent_must_be_another_item_that_exists(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    with pytest.raises(BadInput, match="its own parent"):
        office.do(ann, SetReferences(item=item, parent_id=item))
    with pytest.raises(NotFound):
        office.do(ann, SetReferences(item=item, parent_id="nothing"))


def test_a_number_is_no_longer_than_any_store_can_find(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann).id
    with pytest.raises(BadInput, match="at most 200 characters, this one has 201"):
        office.do(ann, SetReferences(item=item, external_id="9" * 201))
    assert office.do(ann, SetReferences(item=item, external_id="9" * 200)).number == "9" * 200


def test_changing_them_needs_the_item_and_the_privilege_to_edit_case_data(office: Office) -> None:
    ann, bob = office.log_in("ann"), office.log_in("bob", ready=False)
    item = office.take(ann).id
    with pytest.raises(Stale):
        office.do(bob, SetReferences(item=item, external_id="1"))
    rights = tuple(name for name in CORE_PRIVILEGES if name != CASE_EDIT)
    office.apply(site(roles={"agent": Role(name="agent", privileges=rights)}))
    with pytest.raises(NotAllowed):
        office.do(ann, SetReferences(item=item, external_id="1"))
    office.do(ann, PlaceInQueue(item=item, queue="shelf"))
    assert office.do(bob, SetReferences(item=item, external_id="1")).external_id == "1"
    fewer = tuple(name for name in rights if name != MANAGEMENT_CASE_EDIT)
    office.apply(site(roles={"agent": Role(name="agent", privileges=fewer)}))
    with pytest.raises(Refused, match="waits in a queue"):
        office.do(bob, SetReferences(item=item, external_id="2"))


def test_an_item_is_locked_while_it_is_offered_or_with_an_agent(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.submit()
    locked = [office.item(item).is_locked]
    office.step()
    locked.append(office.item(item).is_locked)
    locked.append(office.accept(ann, item).is_locked)
    locked.append(office.do(ann, PlaceInQueue(item=item, queue="shelf")).is_locked)
    assert locked == [False, True, True, False]
    assert not office.item(item).is_online
