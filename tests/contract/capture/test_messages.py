"""What messages of a source do to their item."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.contract.capture.desk import HEADER, Desk
from workloom.domain.capture_messages import Counts, Verb
from workloom.domain.events import EventKind
from workloom.domain.interaction import Interaction, Offer, Outcome, State
from workloom.services.capture import BATCH


def with_agent(item: Interaction) -> Interaction:
    return replace(item, state=State.HANDLING, assigned_to="lena", session="s1", fence=item.fence + 1)


def test_the_first_row_creates_the_item_whatever_its_state(desk: Desk) -> None:
    assert desk.rows("A,5,closed,Paper jam,2026-11-24T10:00,12,Ivo Haas") == Counts(created=1)
    item = desk.item("A")
    assert (item.state, item.queue, item.media_type, item.subject) == (
        State.QUEUED,
        "servicedesk",
        "incident",
        "Paper jam",
    )
    assert item.attributes.due_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert (item.attributes.process, item.attributes.department) == ("Incidents", "IT")
    assert item.attached["Room"] == "12"
    assert desk.kinds("A") == [EventKind.SUBMITTED]


def test_a_created_item_whose_row_was_closed_stays_queued_when_the_row_comes_again(desk: Desk) -> None:
    desk.rows("A,5,closed,Paper jam,,,")
    assert desk.rows("A,5,closed,Paper jam,,,") == Counts(unchanged=1)
    assert desk.item("A").state is State.QUEUED


def test_an_update_carries_over_what_the_source_changed_and_leaves_it_in_the_history(desk: Desk) -> None:
    counts = desk.rows("A,1,open,Paper jam,,12,", "A,2,open,Paper jam,,14,")
    assert counts == Counts(created=1, updated=1)
    assert desk.item("A").attached["Room"] == "14"
    assert desk.events("A")[-1].detail == {"revision": "2", "changes": {"Room": ["12", "14"]}}
    assert desk.events("A")[-1].actor == "source:servicedesk"


def test_a_row_with_nothing_but_a_new_revision_is_unchanged_and_leaves_no_event(desk: Desk) -> None:
    assert desk.rows("A,1,open,Jam,,12,", "A,2,open,Jam,,12,") == Counts(created=1, unchanged=1)
    assert desk.kinds("A") == [EventKind.SUBMITTED]


def test_a_value_that_an_agent_changed_stays_until_the_source_says_something_else(desk: Desk) -> None:
    desk.rows("A,1,open,Jam,,12,")
    before = desk.item("A")
    desk.save(before, replace(before, attached={**before.attached, "Room": "99"}))
    assert desk.rows("A,2,open,Jam again,,12,") == Counts(updated=1)
    assert desk.item("A").attached == {"Subject": "Jam again", "Room": "99"}
    desk.rows("A,3,open,Jam again,,15,")
    assert desk.item("A").attached["Room"] == "15"


def test_a_value_that_becomes_unknown_is_taken_away(desk: Desk) -> None:
    desk.rows("A,1,open,Jam,2026-11-24T10:00,12,", "A,2,open,Jam,?,?,")
    item = desk.item("A")
    assert "Room" not in item.attached
    assert item.attributes.due_at is None


def test_an_older_revision_does_not_overwrite_newer_values(desk: Desk) -> None:
    rows = ("A,1,open,One,,,", "A,10,open,Ten,,,", "A,9,open,Nine,,,", "A,8,closed,Eight,,,")
    assert desk.rows(*rows) == Counts(created=1, updated=1, unchanged=2)
    item = desk.item("A")
    assert (item.subject, item.state) == ("Ten", State.QUEUED)


def test_a_known_revision_is_unchanged_even_with_other_values(desk: Desk) -> None:
    assert desk.rows("A,1,open,One,,,", "A,1,open,Other,,,") == Counts(created=1, unchanged=1)
    assert desk.item("A").subject == "One"


def test_a_message_is_known_by_its_revision_whatever_it_asks(desk: Desk) -> None:
    assert desk.rows("A,1,open,Jam,,,", "A,2,open,Jam,,12,", "A,2,closed,Jam,,12,") == Counts(
        created=1, updated=1, unchanged=1
    )
    assert desk.item("A").state is State.QUEUED


def test_the_create_does_not_use_up_its_revision(desk: Desk) -> None:
    rows = ("A,7,open,Jam,,,", "A,1,open,Jam,,12,", "A,2,open,Jam,,14,", "A,7,closed,Jam,,14,")
    assert desk.rows(*rows) == Counts(created=1, updated=2, completed=1)
    assert desk.rows(*rows) == Counts(unchanged=4)


@pytest.mark.parametrize("verb", ["open", "closed"])
def test_the_past_of_an_item_that_was_created_by_its_latest_row_ends_with_that_row(desk: Desk, verb: str) -> None:
    latest = f"A,3,{verb},Three,,,"
    rows = ("A,1,open,One,,,", "A,2,open,Two,,,", latest)
    assert desk.rows(latest) == Counts(created=1)
    assert desk.rows(latest) == Counts(unchanged=1)
    desk.rows(*rows)
    assert desk.item("A").subject == "Three"
    assert desk.item("A").is_finished is (verb == "closed")
    assert desk.rows(latest, *rows) == Counts(unchanged=4)


def test_an_export_that_is_newest_first_is_told_and_once_more_in_order_ends_as_the_source_has_it(desk: Desk) -> None:
    newest_first = ("A,5,closed,Five,,,", "A,4,open,Four,,,", "A,3,open,Three,,,", "B,2,open,Two,,,")
    imported = desk.bring("\n".join((HEADER, *newest_first)))
    assert imported.counts == Counts(created=2, updated=1, unchanged=1)
    (warning,) = imported.warnings
    assert warning.startswith("warning: 2 rows came behind a newer row of the same item. If the file is sorted newest")
    again = desk.bring("\n".join((HEADER, *reversed(newest_first))))
    assert (again.counts, again.warnings) == (Counts(completed=1, unchanged=3), ())
    assert (desk.item("A").subject, desk.item("A").is_finished) == ("Five", True)


def test_a_create_that_has_the_revision_of_a_later_row_is_no_warning(desk: Desk) -> None:
    rows = ("A,3,open,One,,,", "A,1,open,Two,,,", "A,2,open,Three,,,", "A,3,closed,Four,,,")
    imported = desk.bring("\n".join((HEADER, *rows)))
    assert (imported.counts, imported.warnings) == (Counts(created=1, updated=2, completed=1), ())


def test_two_rows_newest_first_are_told_and_once_more_they_end_as_the_source_has_it(desk: Desk) -> None:
    rows = ("A,2,open,Two,,,", "A,1,open,One,,,", "B,4,open,Four,,,", "B,3,open,Three,,,", "C,1,open,One,,,")
    imported = desk.bring("\n".join((HEADER, *rows)))
    (warning,) = imported.warnings
    assert warning.startswith("warning: 2 rows came behind a newer row of the same item. If the file is sorted newest")
    assert desk.item("A").subject == "One"
    again = desk.bring("\n".join((HEADER, *reversed(rows))))
    assert (again.counts, again.warnings) == (Counts(updated=2, unchanged=3), ())
    assert (desk.item("A").subject, desk.item("B").subject) == ("Two", "Four")


def test_late_rows_are_counted_once_each_and_over_all_batches_of_the_file(desk: Desk) -> None:
    between = [f"X{number},1,open,Other,,," for number in range(BATCH)]
    rows = ("A,3,open,Three,,,", *between, "A,2,open,Two,,,", *between, "A,1,open,One,,,")
    (warning,) = desk.bring("\n".join((HEADER, *rows))).warnings
    assert warning.startswith("warning: 2 rows came behind")


def test_a_close_of_a_finished_item_is_unchanged(desk: Desk) -> None:
    counts = desk.rows("A,1,open,Jam,,,", "A,2,closed,Jam,,,", "A,3,closed,Other,,,", "A,4,canceled,,,,")
    assert counts == Counts(created=1, completed=1, unchanged=2)
    item = desk.item("A")
    assert (item.outcome, item.subject, item.completed_at) == (Outcome.COMPLETED, "Jam", desk.clock.now())


def test_a_reopened_item_is_not_closed_by_what_is_known(desk: Desk) -> None:
    rows = ("A,1,open,Jam,,,", "A,2,closed,Jam,,,", "A,3,closed,Jam,,,")
    desk.rows(*rows)
    before = desk.item("A")
    desk.save(before, replace(with_agent(before), outcome=Outcome.NONE, completed_at=None))
    assert desk.rows(*rows) == Counts(unchanged=3)
    assert desk.item("A").state is State.HANDLING


def test_cancel_finishes_as_canceled_and_counts_as_completed(desk: Desk) -> None:
    assert desk.rows("A,1,open,Jam,,,", "A,2,canceled,Jam,,,") == Counts(created=1, completed=1)
    assert desk.item("A").outcome is Outcome.CANCELED
    assert desk.kinds("A")[-1] is EventKind.CANCELED_BY_SOURCE


def test_hold_and_resume(desk: Desk) -> None:
    assert desk.rows("A,1,open,Jam,,,", "A,2,waiting,Jam,,,") == Counts(created=1, updated=1)
    assert desk.item("A").is_held
    assert desk.rows("A,3,waiting,Jam,,,") == Counts(unchanged=1)
    assert desk.rows("A,4,working,Jam,,,", "A,5,working,Jam,,,") == Counts(updated=1, unchanged=1)
    assert not desk.item("A").is_held
    assert desk.kinds("A") == [EventKind.SUBMITTED, EventKind.HELD, EventKind.RESUMED]


def test_restart_brings_a_finished_item_back_with_what_changed_meanwhile(desk: Desk) -> None:
    desk.rows("A,1,open,Jam,,,", "A,2,closed,Jam,,,")
    assert desk.rows("A,3,open,Jam,,21,", "A,4,again,Jam,,21,") == Counts(unchanged=1, updated=1)
    item = desk.item("A")
    assert (item.state, item.queue, item.completed_at, item.outcome) == (
        State.QUEUED,
        "servicedesk",
        None,
        Outcome.NONE,
    )
    assert item.attached["Room"] == "21"
    assert EventKind.COMPLETED_BY_SOURCE in desk.kinds("A")
    assert desk.rows("A,5,closed,Jam,,21,") == Counts(completed=1)


def test_a_second_create_is_unchanged(desk: Desk) -> None:
    assert desk.rows("A,1,made,Jam,,,", "A,2,made,Other,,,") == Counts(created=1, unchanged=1)
    assert desk.item("A").subject == "Jam"


def test_an_item_that_the_source_completes_leaves_its_agent_with_a_notice(desk: Desk) -> None:
    desk.rows("A,1,open,Jam,,,")
    before = desk.item("A")
    desk.save(before, with_agent(before))
    assert desk.rows("A,2,closed,Jam,,,") == Counts(completed=1)
    item = desk.item("A")
    assert (item.state, item.assigned_to, item.session) == (State.FINISHED, "", "")
    assert item.fence > with_agent(before).fence
    revoked, completed = desk.events("A")[-2:]
    assert (revoked.kind, revoked.person, revoked.detail) == (
        EventKind.REVOKED,
        "lena",
        {"reason": "completed-by-source"},
    )
    assert completed.kind is EventKind.COMPLETED_BY_SOURCE


def test_who_has_an_item_and_who_watches_its_workbin_learn_what_the_source_did(desk: Desk) -> None:
    desk.rows("A,1,open,Jam,,,", "B,1,open,Jam,,,")
    before = desk.item("A")
    desk.save(before, with_agent(before))
    desk.rows("A,2,open,Ink,,,")
    assert (desk.events("A")[-1].kind, desk.events("A")[-1].person) == (EventKind.UPDATED_BY_SOURCE, "lena")
    assert desk.item("A").assigned_to == "lena"
    before = desk.item("B")
    desk.save(before, replace(before, state=State.IN_WORKBIN, workbin="waiting", workbin_owner="lena"))
    desk.rows("B,2,closed,Jam,,,")
    event = desk.events("B")[-1]
    assert (event.kind, event.workbin, event.workbin_owner) == (EventKind.COMPLETED_BY_SOURCE, "waiting", "lena")
    assert desk.item("B").workbin == ""


def test_an_item_that_is_canceled_while_it_waits_is_abandoned_and_one_that_somebody_has_is_not(desk: Desk) -> None:
    desk.rows("A,1,open,Jam,,,", "B,1,open,Jam,,,", "C,1,open,Jam,,,")
    waiting = desk.item("B")
    desk.save(waiting, replace(waiting, state=State.HANDLING, assigned_to="ann", fence=1))
    desk.rows("A,2,canceled,Jam,,,", "B,2,canceled,Jam,,,", "C,2,closed,Jam,,,")
    assert [desk.item(name).abandoned_at for name in "ABC"] == [desk.clock.now(), None, None]
    desk.rows("A,3,again,Jam,,,")
    assert desk.item("A").abandoned_at is None


def test_a_running_offer_is_withdrawn_when_the_source_cancels_or_holds(desk: Desk) -> None:
    for capture_id, verb, state in (("A", "canceled", State.FINISHED), ("B", "waiting", State.QUEUED)):
        desk.rows(f"{capture_id},1,open,Jam,,,")
        before, now = desk.item(capture_id), desk.clock.now()
        offer = Offer(ticket="t1", agent="lena", session="s1", offered_at=now, deadline=now + timedelta(seconds=30))
        desk.save(before, replace(before, state=State.OFFERED, offer=offer))
        desk.rows(f"{capture_id},2,{verb},Jam,,,")
        item = desk.item(capture_id)
        assert (item.state, item.offer) == (state, None)
        revoked = next(event for event in desk.events(capture_id) if event.kind is EventKind.REVOKED)
        assert (revoked.person, revoked.detail["ticket"]) == ("lena", "t1")


def test_contacts_are_found_or_created_by_their_key(desk: Desk) -> None:
    desk.rows("A,1,open,Jam,,,Ivo Haas", "B,1,open,Jam,,,Ivo Haas", "C,1,open,Jam,,,?")
    contact = desk.contact("Ivo Haas")
    assert contact is not None
    assert contact.full_name == "Ivo Haas"
    assert desk.item("A").contact_id == desk.item("B").contact_id == contact.id
    assert desk.item("C").contact_id == ""
    assert desk.rows("A,2,open,Jam,,,Rosa Egger") == Counts(updated=1)
    assert desk.item("A").contact_id != contact.id


def test_rows_whose_verb_is_not_chosen_are_skipped_and_come_later(desk: Desk) -> None:
    rows = ("A,1,open,Jam,,,", "A,2,open,Jam 2,,,", "B,1,open,Ink,,,", "A,3,closed,Jam 2,,,")
    assert desk.rows(*rows, verbs=[Verb.UPDATE]) == Counts(skipped=4)
    assert desk.rows(*rows, verbs=[Verb.CREATE]) == Counts(created=2, skipped=2)
    assert desk.rows(*rows) == Counts(updated=1, completed=1, unchanged=2)
    assert desk.rows(*rows) == Counts(unchanged=4)


def test_without_a_revision_column_the_content_tells_messages_apart(desk: Desk) -> None:
    mapping = '[message]\nid = "id"\n[item]\nsubject = "title"\n'
    export = "id,title\nA,One\nA,Two\nA,One\n"
    assert desk.bring(export, mapping).counts == Counts(created=1, updated=1, unchanged=1)
    assert desk.bring(export, mapping).counts == Counts(unchanged=3)
    assert desk.item("A").subject == "Two"
