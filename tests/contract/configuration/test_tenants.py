"""The data of a folder or database belong to one tenant, and nothing of another is shown or changed in them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from tests.contract.engine.office import Office, site
from workloom.domain.commands import AssignContact, MarkDone, Pull, SetReferences
from workloom.domain.contact import Contact
from workloom.domain.errors import NotFound, Refused
from workloom.services.backend import AgentServices


@pytest.fixture
def office() -> Iterator[Office]:
    opened = Office(":memory:")
    yield opened
    opened.close()


def theirs(office: Office) -> str:
    """An item of another tenant, as only a restored backup could bring it here."""
    with office.engine.store.transaction() as transaction:
        now = datetime.now(UTC)
        transaction.contacts.save(Contact(id="their-contact", tenant="other", key="k", created_at=now))
    return office.submit(queue="shelf", tenant="other")


def test_data_with_work_are_not_given_to_another_tenant(office: Office) -> None:
    office.apply(site(tenant="early"))
    office.apply(site(tenant="default"))
    office.submit()
    with pytest.raises(Refused, match="belong to the tenant “default”"):
        office.apply(site(tenant="other"))
    with pytest.raises(Refused):
        office.engine.configuration.changes(site(tenant="other"), {})
    assert office.engine.configuration.site().tenant == "default"


READS: dict[str, Callable[[AgentServices, str], object]] = {
    "get": lambda agent, item: agent.items.get(item),
    "notes": lambda agent, item: agent.items.notes(item),
    "path": lambda agent, item: agent.items.path(item),
    "pull": lambda agent, item: agent.items.execute(Pull(item=item)),
    "done": lambda agent, item: agent.items.execute(MarkDone(item=item)),
    "contact": lambda agent, item: agent.contacts.get("their-contact"),
}


@pytest.mark.parametrize("read", READS)
def test_what_belongs_to_another_tenant_is_not_there(office: Office, read: str) -> None:
    ann = office.log_in("ann")
    item = theirs(office)
    with pytest.raises(NotFound):
        READS[read](ann, item)


def test_an_item_is_not_tied_to_what_belongs_to_another_tenant(office: Office) -> None:
    ann = office.log_in("ann")
    own, other = office.take(ann).id, theirs(office)
    for command in (AssignContact(item=own, contact="their-contact"), SetReferences(item=own, parent_id=other)):
        with pytest.raises(NotFound):
            ann.items.execute(command)
