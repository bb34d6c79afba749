"""Each command is refused where its privilege alone is missing, and then changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, get_args

import pytest
from msgspec.structs import replace

from tests.server.asked import command_for
from tests.server.matrix import ROLES, fill, with_dora
from tests.server.nodes import Desk, ServedNode, served
from workloom.domain import commands
from workloom.domain.commands import AgentCommand, Command
from workloom.domain.errors import NotFound, Stale
from workloom.domain.interaction import Interaction, Offer, State
from workloom.domain.privileges import (
    ASSIGN_CONTACT,
    CASE_EDIT,
    DECLINE,
    MANAGEMENT_USE,
    MARK_DONE,
    MOVE_TO_QUEUE,
    MOVE_TO_WORKBIN,
    ONE_STEP_TRANSFER,
    SET_DISPOSITION,
    USE_CHANNEL,
)
from workloom.wire import CALLS

NEEDED: Final[dict[type[Command], str]] = {
    commands.Accept: USE_CHANNEL,
    commands.Reject: DECLINE,
    commands.PlaceInQueue: MOVE_TO_QUEUE,
    commands.PlaceInWorkbin: MOVE_TO_WORKBIN,
    commands.Transfer: ONE_STEP_TRANSFER,
    commands.SetProperties: CASE_EDIT,
    commands.SetReferences: CASE_EDIT,
    commands.SetDisposition: SET_DISPOSITION,
    commands.AssignContact: ASSIGN_CONTACT,
    commands.MarkDone: MARK_DONE,
    commands.Hold: MANAGEMENT_USE,
    commands.Resume: MANAGEMENT_USE,
}
"""The one privilege without which a command on one's own open item is refused."""

BY_PLACE: Final = {
    commands.Pull,
    commands.Reopen,
    commands.Close,
    commands.CancelTransfer,
    commands.AddNote,
    commands.MarkRead,
}
"""Those that depend on where an item rests, or only on whose it is: the matrix tries them on what is hidden."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedNode]:
    with served(tmp_path_factory.mktemp("node"), with_dora(ROLES["all"]), person_rate=0.0) as running:
        fill(running)
        yield running


def test_the_matrix_knows_what_every_command_needs() -> None:
    assert set(get_args(AgentCommand)) == NEEDED.keys() | BY_PLACE


@pytest.mark.parametrize("kind", NEEDED, ids=lambda kind: kind.__name__)
def test_each_command_is_refused_where_its_privilege_alone_is_missing(node: ServedNode, kind: type[Command]) -> None:
    node.apply(with_dora(ROLES["all"]))
    desk = node.log_in("ann")
    item = node.submit(f"own-{kind.__name__}")
    desk.call("items.execute", commands.Pull(item=item))
    node.apply(with_dora(ROLES[f"all but {NEEDED[kind]}"]))
    if kind in (commands.Accept, commands.Reject):
        offered(node, item, desk)
    before = row_of(node, item)
    call = CALLS["items.execute"]
    body = call.encode_arguments(command_for(kind, item))
    answer = node.http.post(call.path, content=body, headers={"Authorization": f"Bearer {desk.token}"})
    assert (answer.status_code, answer.json().get("privilege")) == (403, NEEDED[kind]), answer.text
    assert row_of(node, item) == before


def test_a_parent_that_is_hidden_is_as_unknown_as_one_that_is_not_there(node: ServedNode) -> None:
    node.apply(with_dora(ROLES["no supervisor"]))
    desk = node.log_in("ann")
    item = node.submit("own-child")
    desk.call("items.execute", commands.Pull(item=item))

    def told(parent: str) -> str:
        with pytest.raises(NotFound) as error:
            desk.call("items.execute", commands.SetReferences(item=item, parent_id=parent))
        return str(error.value).replace(parent, "it")

    assert told("item-others") == told("item-nowhere")
    node.apply(with_dora(ROLES["all"]))
    assert desk.call("items.execute", commands.SetReferences(item=item, parent_id="item-others")).parent_id


def test_who_may_not_change_an_item_does_not_learn_what_there_is(node: ServedNode) -> None:
    node.apply(with_dora(ROLES["neither supervisor nor puller"]))
    desk = node.log_in("cid")

    def told(command: Command) -> str:
        with pytest.raises(Stale) as error:
            desk.call("items.execute", command)
        return str(error.value)

    contacts = [told(commands.AssignContact(item="item-others", contact=one)) for one in ("contact-mine", "none")]
    parents = [told(commands.SetReferences(item="item-others", parent_id=one)) for one in ("item-mine", "none")]
    assert contacts[0] == contacts[1]
    assert parents[0] == parents[1]


def row_of(node: ServedNode, item: str) -> Interaction | None:
    with node.node.engine.store.reading() as reader:
        return reader.items.get(item)


def offered(node: ServedNode, item: str, desk: Desk) -> None:
    """Let the item be offered to Ann under the ticket that the commands show."""
    with node.node.engine.store.transaction() as transaction:
        before = transaction.items.get(item)
        assert before is not None
        offer = Offer(
            ticket="ticket-1",
            agent="ann",
            session=desk.session,
            offered_at=datetime.now(UTC),
            deadline=datetime.now(UTC) + timedelta(hours=1),
        )
        after = replace(before, state=State.OFFERED, assigned_to="", assigned_at=None, session="", offer=offer)
        transaction.items.save(after, before=before)
