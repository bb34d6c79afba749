"""What the history says, without widgets."""

from datetime import UTC, datetime, timedelta

import pytest

from workloom.api import Contact, Event, EventKind, Interaction, ItemDetails, ItemRow, MediaType, Outcome, State
from workloom_contact_history import path, queries

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)


def item(**fields: object) -> Interaction:
    values: dict[str, object] = {
        "id": "i",
        "tenant": "t",
        "media_type": "claim",
        "queue": "claims",
        "received_at": NOW,
        "submitted_at": NOW,
        "placed_at": NOW - timedelta(days=3),
        **fields,
    }
    return Interaction(**values)  # type: ignore[arg-type]


def details(row: ItemRow, *events: Event) -> ItemDetails:
    return ItemDetails(
        row=row,
        media_type=MediaType(name="claim", title="Claims", singular="Claim"),
        queue="Claims – Household",
        case=(),
        notes=(),
        path=events,
        names={"jonas": "Jonas Brandt", "lena": "Lena Hofer"},
        queues={"claims": "Claims – Household"},
        me="lena",
        read_at=NOW,
    )


def event(kind: EventKind, *, actor: str = "service", person: str = "", days: int = 0) -> Event:
    return Event(at=NOW - timedelta(days=days), kind=kind, item="i", actor=actor, person=person, queue="claims")


def test_the_path_says_who_did_what_and_leaves_out_what_says_nothing() -> None:
    said = path.path_words(
        details(
            ItemRow(item=item()),
            event(EventKind.SUBMITTED, actor="source:scanroom"),
            event(EventKind.PLACED_IN_QUEUE),
            event(EventKind.OFFERED, person="jonas"),
            event(EventKind.OFFER_EXPIRED, person="jonas"),
            event(EventKind.ACCEPTED, actor="lena", person="lena"),
            event(EventKind.PLACED_IN_WORKBIN, actor="lena", person="lena"),
            event(EventKind.READ, actor="lena"),
            event(EventKind.DONE, actor="jonas"),
        )
    )
    assert [words for _at, words in said] == [
        "Captured from “scanroom”",
        "Queue Claims – Household",
        "Not answered by Jonas Brandt",
        "Accepted by you",
        "Moved to workbin by you",
        "Done by Jonas Brandt",
    ]


def test_times_of_today_are_short_and_older_ones_name_the_day() -> None:
    row = ItemRow(item=item())
    said = path.path_words(details(row, event(EventKind.HELD, actor="lena", days=3), event(EventKind.RESUMED)))
    local = NOW.astimezone()
    assert [at for at, _words in said] == [f"20 Nov {local:%H:%M}", f"{local:%H:%M}"]


@pytest.mark.parametrize(
    ("row", "text", "is_button"),
    [
        (ItemRow(item=item(), can_open=True), "Open", True),
        (ItemRow(item=item(), closed_reason="Ask Jonas."), "Locked", False),
        (ItemRow(item=item(state=State.HANDLING, assigned_to="lena")), "Go to", True),
        (ItemRow(item=item(state=State.HANDLING, assigned_to="jonas"), closed_reason="Has it."), "Locked", False),
        (ItemRow(item=item(state=State.FINISHED, assigned_to="lena")), "", False),
    ],
)
def test_a_row_offers_what_the_service_allows(row: ItemRow, text: str, is_button: bool) -> None:
    cell = queries.action_of(row, "lena")
    assert (cell.text, cell.button) == (text, is_button)
    if text == "Locked":
        assert cell.tooltip == row.closed_reason


def test_the_card_says_where_an_item_rests_and_since_when() -> None:
    rests = ItemRow(item=item(state=State.IN_WORKBIN, workbin="waiting"), where="Your workbin “Waiting”")
    at = (NOW - timedelta(days=3)).astimezone()
    assert queries.rests_words(details(rests)) == (
        f"Rests in your workbin “Waiting” since 20 Nov {at:%H:%M}. Nobody has it open."
    )
    done = ItemRow(
        item=item(state=State.FINISHED, outcome=Outcome.COMPLETED, completed_at=NOW), where="Done by Jonas Brandt"
    )
    assert queries.rests_words(details(done)) == f"Done by Jonas Brandt, 23 Nov {NOW.astimezone():%H:%M}."
    with_you = ItemRow(
        item=item(state=State.HANDLING, assigned_to="lena"), where="With you", since=NOW - timedelta(minutes=12)
    )
    assert queries.rests_words(details(with_you)) == "With you, 12 min."


@pytest.mark.parametrize(
    ("row", "text", "icon"),
    [
        (ItemRow(item=item(), where="Queue “C”", can_open=True), "In progress · queue “C”", "list-end"),
        (ItemRow(item=item(workbin="w"), where="Workbin “W”", can_open=True), "In progress · workbin “W”", "inbox"),
        (ItemRow(item=item(), where="Queue “C”"), "In progress · queue “C”", "lock"),
        (ItemRow(item=item(assigned_to="lena"), where="With you"), "In progress · with you", "presence:with-agent"),
        (ItemRow(item=item(state=State.FINISHED), where="Done by you", disposition="Paid"), "Done · Paid", "check"),
        (ItemRow(item=item(state=State.FINISHED), where="Canceled by you"), "Canceled by you", "check"),
    ],
)
def test_the_short_history_says_where_each_item_is(row: ItemRow, text: str, icon: str) -> None:
    cell = queries.second_line(row, "lena")
    assert (cell.text, cell.icon) == (text, icon)


def contact(key: str, **attributes: str) -> Contact:
    return Contact(
        id="c", tenant="t", key=key, created_at=NOW, attributes={name: (value,) for name, value in attributes.items()}
    )


@pytest.mark.parametrize(
    ("known", "key"),
    [
        (contact("Dario Unger"), ""),
        (contact("dario  unger", FirstName="Dario", LastName="Unger"), ""),
        (contact("unger@example.org", LastName="Unger", EmailAddress="unger@example.org"), ""),
        (contact("C-4711", LastName="Unger", EmailAddress="unger@example.org"), "C-4711"),
    ],
)
def test_the_key_of_a_contact_is_said_where_nothing_else_says_it(known: Contact, key: str) -> None:
    assert queries.key_said(known, ("EmailAddress",)) == key


def test_each_value_of_a_contact_is_said_once() -> None:
    known = contact("C-4711", LastName="Unger", Company="unger", EmailAddress="a@example.org", Login="A@example.org")
    said = queries.displayed(known, ("LastName", "Company", "EmailAddress", "Login"))
    assert said == (("EmailAddress", "a@example.org"),)


def test_a_contact_is_called_with_the_title_only_where_it_is_displayed() -> None:
    contact = Contact(
        id="c",
        tenant="t",
        created_at=NOW,
        attributes={"Title": ("Dr.",), "LastName": ("Weiß",), "EmailAddress": ("a@example.org", "b@example.org")},
    )
    assert queries.called(contact, ("Title", "LastName")) == "Dr. Weiß"
    assert queries.called(contact, ("EmailAddress",)) == "Weiß"
    assert queries.displayed(contact, ("Title", "LastName", "EmailAddress")) == (
        ("EmailAddress", "a@example.org"),
        ("EmailAddress", "b@example.org"),
    )


def test_what_is_with_the_agent_is_said_in_the_language_of_the_agent() -> None:
    german = {"With you": "Bei Ihnen", "In progress · {place:within}": "In Arbeit · {place}", "Canceled": "Abgebrochen"}

    def say(text: str, **values: object) -> str:
        return german[text].format(**values) if text in german else text

    mine = item(state=State.HANDLING, assigned_to="lena")
    row = ItemRow(item=mine, where="With you", since=NOW - timedelta(minutes=6))
    assert queries.second_line(row, "lena", say).text == "In Arbeit · Bei Ihnen"
    assert queries.rests_words(details(row), say) == "Bei Ihnen, 6 min."
    canceled = item(state=State.FINISHED, outcome=Outcome.CANCELED)
    assert [queries.state_word(each, say) for each in (mine, canceled)] == ["In progress", "Abgebrochen"]
