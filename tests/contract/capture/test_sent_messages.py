"""What a program that sends messages one by one is answered, and what they do."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.contract.capture.desk import Desk
from tests.contract.capture.sending import PAPER_JAM, TOKEN, Program, client, sent, with_clients
from workloom.domain.capture_messages import Count, Said, Verb
from workloom.domain.errors import BadInput, Finished, LoginFailed, NotAllowed, NotFound, Refused, Stale, WorkloomError
from workloom.domain.events import EventKind
from workloom.domain.interaction import Outcome, State
from workloom.domain.privileges import CAPTURE_READ, CAPTURE_SEND
from workloom.domain.site import CapturePoint
from workloom.services.principals import Who
from workloom.services.sent_messages import BATCH, Address, Answer, Failure


@pytest.fixture
def program(desk: Desk) -> Program:
    made = Program(desk)
    made.apply(with_clients(client()))
    return made


def test_a_create_makes_a_queued_item_with_the_points_values_and_says_who_sent_it(program: Program) -> None:
    answer = program.create(revision="1")
    assert (answer.result, answer.item.state, answer.item.queue) == (Count.CREATED, State.QUEUED, "servicedesk")
    assert answer.item.attributes.process == "Incidents"
    (submitted,) = program.desk.events("A")
    assert (submitted.kind, submitted.actor) == (EventKind.SUBMITTED, "source:servicedesk")
    assert submitted.detail == {"capture_id": "A", "revision": "1", "client": "client:monitor"}


def test_a_second_create_of_the_id_is_answered_with_the_item_and_changes_nothing(program: Program) -> None:
    first = program.create()
    program.send(Verb.COMPLETE)
    before = program.desk.last_event()
    second = program.create(said=Said(fields={"subject": "Other"}), revision="9")
    assert (second.result, second.item.id, second.item.subject) == (Count.UNCHANGED, first.item.id, "Paper jam")
    assert program.desk.last_event() == before


def test_each_verb_does_what_it_says_and_a_retry_of_it_changes_nothing(program: Program) -> None:
    program.create()
    steps = {
        Verb.UPDATE: (Count.UPDATED, EventKind.UPDATED_BY_SOURCE),
        Verb.HOLD: (Count.UPDATED, EventKind.HELD),
        Verb.RESUME: (Count.UPDATED, EventKind.RESUMED),
        Verb.COMPLETE: (Count.COMPLETED, EventKind.COMPLETED_BY_SOURCE),
        Verb.RESTART: (Count.UPDATED, EventKind.RESTARTED_BY_SOURCE),
        Verb.CANCEL: (Count.COMPLETED, EventKind.CANCELED_BY_SOURCE),
    }
    for number, (verb, (count, kind)) in enumerate(steps.items(), 1):
        said = Said(attached={"Room": "14"}) if verb is Verb.UPDATE else Said()
        assert program.send(verb, said=said, revision=str(number)).result is count
        assert program.desk.kinds("A")[-1] is kind
        before = program.desk.last_event()
        retry = program.send(verb, said=said, revision=str(number))
        assert (retry.result, program.desk.last_event()) == (Count.UNCHANGED, before)
        assert f"“{number}” was taken before" in retry.reason
    assert program.desk.item("A").outcome is Outcome.CANCELED


@pytest.mark.parametrize(
    ("before", "verb", "error", "words"),
    [
        ((), Verb.RESUME, Refused, "is not held"),
        ((), Verb.RESTART, Refused, "is not finished: it is queued"),
        ((Verb.COMPLETE,), Verb.COMPLETE, Finished, "is completed. Send a restart"),
        ((Verb.CANCEL,), Verb.UPDATE, Finished, "is canceled. Send a restart"),
        ((Verb.COMPLETE,), Verb.HOLD, Finished, "restart"),
        ((Verb.COMPLETE,), Verb.RESUME, Finished, "restart"),
        ((Verb.COMPLETE,), Verb.CANCEL, Finished, "restart"),
    ],
)
def test_what_the_state_does_not_allow_is_refused_and_leaves_nothing(
    program: Program, before: tuple[Verb, ...], verb: Verb, error: type[WorkloomError], words: str
) -> None:
    program.create()
    for step in before:
        program.send(step)
    last, item = program.desk.last_event(), program.desk.item("A")
    with pytest.raises(error, match=words):
        program.send(verb, revision="7", said=Said(attached={"Room": "99"}))
    assert (program.desk.last_event(), program.desk.item("A")) == (last, item)


def test_a_refused_message_can_be_sent_again_once_the_item_can_take_it(program: Program) -> None:
    program.create()
    with pytest.raises(Refused):
        program.send(Verb.RESUME, revision="7")
    program.send(Verb.HOLD)
    assert program.send(Verb.RESUME, revision="7").result is Count.UPDATED


def test_an_older_revision_changes_nothing_and_the_answer_says_so(program: Program) -> None:
    program.create()
    program.send(Verb.UPDATE, said=Said(attached={"Room": "10"}), revision="10")
    answer = program.send(Verb.UPDATE, said=Said(attached={"Room": "9"}), revision="9")
    assert (answer.result, answer.item.attached["Room"]) == (Count.UNCHANGED, "10")
    assert "older than “10”" in answer.reason


def test_a_message_without_a_number_does_not_make_an_older_number_news(program: Program) -> None:
    program.create()
    program.send(Verb.UPDATE, said=Said(attached={"Room": "10"}), revision="10")
    program.send(Verb.UPDATE, said=Said(attached={"Floor": "2"}))
    program.send(Verb.UPDATE, said=Said(attached={"Floor": "3"}), revision="key k")
    assert program.send(Verb.UPDATE, said=Said(attached={"Room": "9"}), revision="9").result is Count.UNCHANGED
    assert program.send(Verb.UPDATE, said=Said(attached={"Floor": "1"}), revision="key k").result is Count.UNCHANGED
    assert program.desk.item("A").attached["Floor"] == "3"


def test_messages_without_a_revision_are_messages_of_their_own(program: Program) -> None:
    program.create()
    for room in ("1", "2", "1"):
        assert program.send(Verb.UPDATE, said=Said(attached={"Room": room})).result is Count.UPDATED
    assert program.desk.item("A").attached["Room"] == "1"


def test_an_item_is_addressed_by_its_interaction_id_also_when_a_person_gave_it_another_number(program: Program) -> None:
    item = program.create().item
    assert program.send(Verb.HOLD, item=item.id).item.is_held
    held = program.desk.item("A")
    program.desk.save(held, replace(held, external_id="B-renamed"))
    assert program.send(Verb.RESUME, item=item.id).result is Count.UPDATED
    assert program.send(Verb.HOLD, "A").item.is_held
    for address in (Address(item=item.id), Address(capture_id="A")):
        found, capture_id = program.messages.get(program.who, "servicedesk", address)
        assert (found.id, capture_id) == (item.id, "A")


@pytest.mark.parametrize("address", [Address(capture_id="ghost"), Address(item="item-ghost")])
def test_an_item_that_there_is_not_is_not_found(program: Program, address: Address) -> None:
    with pytest.raises(NotFound, match="ghost"):
        program.messages.get(program.who, "servicedesk", address)
    with pytest.raises(NotFound, match="ghost"):
        program.messages.send(program.who, "servicedesk", replace(sent(Verb.UPDATE), address=address))


def test_an_item_of_another_point_or_tenant_is_not_found_by_its_interaction_id(program: Program) -> None:
    item = program.create().item
    both = with_clients(client(capture_points=("servicedesk", "bare")))
    program.apply(both)
    with pytest.raises(NotFound):
        program.messages.get(program.who, "bare", Address(item=item.id))
    program.apply(replace(both, tenant="another"))
    for address in (Address(item=item.id), Address(capture_id="A")):
        with pytest.raises(NotFound):
            program.messages.get(program.who, "servicedesk", address)
        with pytest.raises(NotFound):
            program.messages.send(program.who, "servicedesk", replace(sent(Verb.CANCEL), address=address))


def test_an_old_fence_is_refused_and_the_right_one_is_taken(program: Program) -> None:
    item = program.create().item
    program.desk.save(item, replace(item, state=State.HANDLING, assigned_to="lena", session="s", fence=item.fence + 1))
    with pytest.raises(Stale, match="version is 1, not 0"):
        program.send(Verb.CANCEL, fence=0)
    assert program.send(Verb.CANCEL, fence=1).result is Count.COMPLETED


def test_a_put_creates_what_is_unknown_and_updates_what_is_known(program: Program) -> None:
    assert program.send(Verb.UPDATE, said=PAPER_JAM, upsert=True).result is Count.CREATED
    assert program.send(Verb.UPDATE, said=PAPER_JAM, upsert=True).result is Count.UNCHANGED
    assert program.send(Verb.UPDATE, said=Said(attached={"Room": "1"}), upsert=True).result is Count.UPDATED


def test_a_create_with_an_unknown_queue_leaves_neither_item_nor_contact(program: Program) -> None:
    said = Said(fields={"queue": "nowhere"}, contact_key="c-1", contact={"Name": "Ivo"})
    with pytest.raises(BadInput, match="queue “nowhere” is not known") as error:
        program.create(said=said)
    assert error.value.field == "queue"
    assert (program.desk.last_event(), program.desk.contact("c-1")) == (0, None)


def test_each_of_many_messages_has_its_own_answer_and_a_bad_one_touches_no_other(program: Program) -> None:
    many = [sent(Verb.CREATE, f"I{number}", PAPER_JAM) for number in range(BATCH + 20)]
    many[3] = sent(Verb.RESUME, "I2")
    many[4] = sent(Verb.CREATE, "", PAPER_JAM)
    many[5] = sent(Verb.CREATE, "I0", PAPER_JAM)
    answers = program.messages.send_all(program.who, "servicedesk", many)
    failures = {at: answer.error for at, answer in enumerate(answers) if isinstance(answer, Failure)}
    assert {at: type(error) for at, error in failures.items()} == {3: Refused, 4: BadInput}
    assert [answer.result for answer in answers if isinstance(answer, Answer)].count(Count.CREATED) == BATCH + 17
    assert isinstance(answers[5], Answer)
    assert answers[5].result is Count.UNCHANGED


def test_a_token_leads_to_its_client_until_the_client_is_not_enabled_or_gone(program: Program) -> None:
    assert program.principals.client_of(TOKEN) == Who(client="monitor")
    with pytest.raises(LoginFailed):
        program.principals.client_of(f"{TOKEN}x")
    for site in (with_clients(client(enabled=False)), with_clients()):
        program.apply(site)
        with pytest.raises(LoginFailed):
            program.principals.client_of(TOKEN)
        with pytest.raises(LoginFailed):
            program.create()


@pytest.mark.parametrize("missing", [CAPTURE_SEND, CAPTURE_READ])
def test_each_privilege_is_needed_for_its_part(program: Program, missing: str) -> None:
    program.create()
    program.apply(with_clients(client(privileges=tuple({CAPTURE_SEND, CAPTURE_READ} - {missing}))))
    calls: dict[str, Callable[[], object]] = {
        CAPTURE_SEND: lambda: program.send(Verb.HOLD),
        CAPTURE_READ: lambda: program.messages.get(program.who, "servicedesk", Address(capture_id="A")),
    }
    calls.pop(({CAPTURE_SEND, CAPTURE_READ} - {missing}).pop())()
    with pytest.raises(NotAllowed) as error:
        calls[missing]()
    assert error.value.privilege == missing


def test_a_point_that_is_not_the_clients_is_refused_whether_there_is_one_or_not(program: Program) -> None:
    for point in ("bare", "nowhere"):
        with pytest.raises(NotAllowed, match="Your client has “servicedesk”"):
            program.messages.ping(program.who, point)
        with pytest.raises(NotAllowed):
            program.messages.send_all(program.who, point, [sent(Verb.CREATE)])
    pong = program.messages.ping(program.who, "servicedesk")
    assert (pong.point, pong.client, pong.now) == ("servicedesk", "client:monitor", program.desk.clock.now())


def test_a_point_without_defaults_needs_media_type_and_queue_in_the_message(program: Program) -> None:
    program.apply(with_clients(client(capture_points=("bare",))))
    assert isinstance(program.desk.capture.site().capture_points["bare"], CapturePoint)
    with pytest.raises(BadInput, match="No media type is given"):
        program.messages.send(program.who, "bare", sent(Verb.CREATE, "A", PAPER_JAM))
