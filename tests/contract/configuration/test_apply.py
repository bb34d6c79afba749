"""Applying a site: all or nothing, only what is different, noticed by everybody who has the data open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.contract.configuration.provisioning import Branch, read, site_text
from workloom.adapters.passwords import Argon2Passwords
from workloom.bootstrap.engine import open_engine
from workloom.domain.commands import Accept
from workloom.domain.errors import Refused, SessionEnded, StorageDamaged
from workloom.domain.events import EventKind
from workloom.domain.interaction import State


@pytest.fixture
def branch() -> Iterator[Branch]:
    branch = Branch(site_text())
    yield branch
    branch.close()


def kinds(branch: Branch) -> list[str]:
    with branch.engine.store.reading() as reader:
        return [event.kind.value for event in reader.events.after(0, limit=100)]


def test_a_site_leaves_one_event_and_a_higher_version(branch: Branch) -> None:
    assert branch.engine.configuration.site().version == 1
    branch.apply(site_text() + '[workbins.later]\ntitle = "Later"\n')
    assert branch.engine.configuration.site().version == 2
    assert kinds(branch) == [EventKind.SITE_APPLIED] * 2


def test_the_same_site_once_more_changes_nothing(branch: Branch) -> None:
    before = branch.engine.configuration.site()
    branch.apply(site_text())
    assert branch.engine.configuration.site() is before
    assert kinds(branch) == [EventKind.SITE_APPLIED]


def test_a_password_that_still_fits_keeps_its_hash_and_another_one_gets_a_new_one(branch: Branch) -> None:
    first = branch.engine.configuration.site().persons["lena"].password
    branch.apply(site_text() + '[workbins.later]\ntitle = "Later"\n')
    assert branch.engine.configuration.site().persons["lena"].password == first
    branch.apply(site_text().replace('demo-password = "demo"', 'demo-password = "other"'))
    assert branch.engine.configuration.site().persons["lena"].password != first
    assert branch.engine.backend.authenticate("lena", "other").person == "lena"


def test_a_site_that_cannot_be_read_is_mended_by_applying_one(branch: Branch) -> None:
    with branch.engine.store.transaction() as transaction:
        transaction.documents.replace([("site", "", b'{"timers":{"handling":null}}'), ("person", "lena", b"{")])
    with pytest.raises(StorageDamaged, match="Apply the site file again"):
        branch.engine.configuration.site()
    file = read(site_text())
    changes = branch.engine.configuration.changes(file.site, file.passwords)
    assert [(kind.added, kind.removed) for kind in changes.kinds if kind.kind == "person"] == [(("lena",), ())]
    branch.apply(site_text())
    assert branch.engine.configuration.site().version == 3
    branch.log_in()
    branch.submit()
    assert branch.is_offered()


def test_what_would_change_is_said_without_changing_it(branch: Branch) -> None:
    file = read(site_text(without="queue") + '[workbins.later]\ntitle = "Later"\n')
    changes = branch.engine.configuration.changes(file.site, file.passwords)
    assert [(kind.kind, kind.added, kind.removed) for kind in changes.kinds] == [
        ("queue", (), ("claims",)),
        ("workbin", ("later",), ()),
    ]
    assert branch.engine.configuration.site().version == 1


def test_a_queue_that_holds_items_cannot_go_and_nothing_changes(branch: Branch) -> None:
    branch.submit()
    with pytest.raises(Refused, match="The queue “claims” cannot be removed: items wait in it"):
        branch.apply(site_text(without="queue"))
    assert branch.engine.configuration.site().version == 1
    assert list(branch.engine.configuration.site().queues) == ["claims"]


def test_a_person_with_an_open_item_cannot_go(branch: Branch) -> None:
    lena = branch.log_in()
    branch.submit()
    assert branch.is_offered()
    (row,) = lena.items.offers()
    assert row.item.offer is not None
    lena.items.execute(Accept(item="i1", ticket=row.item.offer.ticket))
    with pytest.raises(Refused, match="The person “lena” cannot be removed: items are with this person"):
        branch.apply(site_text().replace("persons.lena", "persons.jonas"))


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("", "The workbin “later” cannot be removed: items rest in it"),
        ('[workbins.later]\nowner = "agent-group"\n', "The agent group “Others” cannot be removed: items rest in the"),
    ],
)
def test_a_workbin_that_holds_items_cannot_go_nor_can_its_owner(branch: Branch, gone: str, message: str) -> None:
    branch.apply(site_text() + '[groups.Others]\n[workbins.later]\nowner = "agent-group"\n')
    branch.submit()
    with branch.engine.store.transaction() as transaction:
        item = transaction.items.get("i1")
        assert item is not None
        rests = replace(item, state=State.IN_WORKBIN, queue="", workbin="later", workbin_owner="Others")
        transaction.items.save(rests, before=item)
    with pytest.raises(Refused, match=message):
        branch.apply(site_text() + gone)


def test_a_media_type_of_which_items_wait_cannot_go(branch: Branch) -> None:
    branch.submit()
    with pytest.raises(Refused, match="The media type “claim” cannot be removed: there are items of it"):
        branch.apply(site_text(without="media type"))


def test_a_queue_and_a_media_type_stay_while_an_agent_has_an_item_of_theirs(branch: Branch) -> None:
    lena = branch.log_in()
    branch.submit()
    assert branch.is_offered()
    for stage in ("offered", "with the agent"):
        with pytest.raises(Refused, match="The queue “claims” cannot be removed: items that are not finished"):
            branch.apply(site_text(without="queue"))
        with pytest.raises(Refused, match="The media type “claim” cannot be removed: there are items of it"):
            branch.apply(site_text(without="media type"))
        if stage == "offered":
            (row,) = lena.items.offers()
            assert row.item.offer is not None
            lena.items.execute(Accept(item="i1", ticket=row.item.offer.ticket))
    assert list(branch.engine.configuration.site().queues) == ["claims"]


def test_a_session_sees_the_new_site_at_its_next_call(branch: Branch) -> None:
    lena = branch.log_in()
    assert lena.configuration.media_types()[0].title == "Claims"
    assert lena.configuration.capacity() == {"claim": 1, "": 0}
    assert not lena.configuration.options().flag("claim.pull-from-history-isenabled")
    text = site_text().replace('title = "Claims"', 'title = "Damage"').replace("claim = 1", "claim = 4")
    branch.apply(text + '[tenant-options]\n"claim.pull-from-history-isenabled" = true\n"bogus" = 1\n')
    assert lena.configuration.media_types()[0].title == "Damage"
    assert lena.configuration.capacity() == {"claim": 4, "": 0}
    assert lena.configuration.options().flag("claim.pull-from-history-isenabled")
    assert [(problem.option, problem.layer) for problem in lena.configuration.problems()] == [
        ("bogus", "Tenant default")
    ]
    assert lena.configuration.me().password == ""


def test_who_is_taken_out_of_the_site_is_logged_out_of_the_services(branch: Branch) -> None:
    lena = branch.log_in()
    branch.apply(site_text().replace('employee-id = "1"', 'employee-id = "1"\nenabled = false'))
    with pytest.raises(SessionEnded):
        lena.configuration.privileges()


def test_another_process_notices_the_new_site(tmp_path: Path) -> None:
    desktop = open_engine(tmp_path, hasher=Argon2Passwords(cheap=True))
    command = open_engine(tmp_path, hasher=Argon2Passwords(cheap=True), exclusive=False)
    try:
        assert desktop.configuration.site().version == 0
        file = read(site_text())
        command.configuration.apply(file.site, file.passwords)
        assert desktop.configuration.site().title == "Provisioning"
        assert desktop.store.changed_elsewhere()
    finally:
        command.stop()
        desktop.stop()


def test_over_a_site_that_cannot_be_read_nothing_is_removed_that_holds_work(branch: Branch) -> None:
    branch.submit()
    queue = next(iter(branch.engine.configuration.site().queues))
    with branch.engine.store.transaction() as transaction:
        kept = [one for one in transaction.documents.all() if one[0] != "person"]
        broken = [(kind, name, b"{" if (kind, name) == ("queue", queue) else body) for kind, name, body in kept]
        transaction.documents.replace([*broken, ("person", "lena", b"{")])
    file = read(site_text())
    without = replace(file.site, queues={name: one for name, one in file.site.queues.items() if name != queue})
    for attempt in (branch.engine.configuration.changes, branch.engine.configuration.apply):
        with pytest.raises(Refused, match=f"The queue “{queue}” cannot be removed: items wait in it"):
            attempt(without, file.passwords)
    branch.apply(site_text())
    assert branch.engine.configuration.site().queues[queue] == file.site.queues[queue]
