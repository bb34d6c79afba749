"""Titles of open items and contents of toasts."""

from datetime import UTC, datetime, timedelta

import pytest

from workloom.api import (
    AttributeValue,
    Fact,
    Interaction,
    ItemRow,
    MediaType,
    Offer,
    OfferKind,
    OptionSet,
    OptionSource,
    WorkItemAttributes,
)
from workloom_workitem.dispositions import quick_choices
from workloom_workitem.offers import content
from workloom_workitem.titles import fill

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
INVOICE = MediaType(name="invoice", title="Invoices", singular="Invoice", icon="receipt")


@pytest.mark.parametrize(
    ("template", "title"),
    [
        ("$Contact.FirstName$ $Contact.LastName$", "Marta Lindqvist"),
        ("($Contact.Company$|$Interaction.Subject$)", "Water damage"),
        ("($Contact.Company$|$Contact.Nickname$)", ""),
        ("Claim (household): $Interaction.Subject$", "Claim (household): Water damage"),
        ("Call $Nobody$", "Call"),
    ],
)
def test_a_title_takes_the_first_alternative_that_is_filled(template: str, title: str) -> None:
    values = {"Contact.FirstName": "Marta", "Contact.LastName": "Lindqvist", "Interaction.Subject": "Water damage"}
    assert fill(template, values) == title


def options(**changed: bool | int | str) -> OptionSet:
    values: dict[str, bool | int | str] = {
        "invoice.auto-answer": False,
        "invoice.auto-answer.timer": 0,
        "invoice.auto-answer.enable-reject": False,
        "invoice.toast-information-key": "Subject",
        "invoice.ringing-bell": "",
        "interaction.case-data.frame-color": "",
    }
    values |= {key.replace("__", ".").replace("_", "-"): value for key, value in changed.items()}
    return OptionSet({name: OptionSource(value=value, layer="Application") for name, value in values.items()})


def row(**fields: object) -> ItemRow:
    offer = Offer(ticket="t", agent="lena", session="s", offered_at=NOW, deadline=NOW + timedelta(seconds=30))
    item = Interaction(
        id="i",
        tenant="t",
        media_type="invoice",
        queue="freight",
        received_at=NOW,
        submitted_at=NOW,
        placed_at=NOW,
        queue_since={"freight": NOW - timedelta(minutes=6, seconds=12)},
        **{"offer": offer, "attached": {"Subject": "Freight invoice"}, **fields},  # type: ignore[arg-type]
    )
    return ItemRow(item=item, contact="Nordwind Logistik GmbH")


def test_a_toast_names_kind_contact_line_queue_and_wait() -> None:
    toast = content(row(), INVOICE, options(), facts=(), queue="AP – Freight", may_decline=True, now=NOW)
    assert (toast.title, toast.heading, toast.line) == ("Invoice offered", "Nordwind Logistik GmbH", "Freight invoice")
    assert (toast.origin, toast.waiting_since, toast.icon) == (
        "AP – Freight",
        row().item.moved_to_queue_at,
        "receipt",
    )
    assert toast.can_reject
    assert toast.seconds_to_accept < 0


def test_a_toast_without_contact_says_so_and_one_from_a_colleague_is_a_transfer() -> None:
    offer = Offer(
        ticket="t", agent="a", session="s", offered_at=NOW, deadline=NOW, kind=OfferKind.TRANSFER, sender="jonas"
    )
    unknown = ItemRow(item=row(offer=offer).item)
    toast = content(unknown, None, options(), facts=(), queue="", may_decline=True, now=NOW)
    assert (toast.title, toast.heading) == ("invoice transferred to you", "Unknown contact")


@pytest.mark.parametrize(
    ("automatic", "timer", "reject", "privilege", "seconds", "can_reject"),
    [
        (False, 0, False, True, -1, True),
        (False, 0, False, False, -1, False),
        (True, 0, False, True, 0, False),
        (True, 5, False, True, 5, False),
        (True, 5, True, True, 5, True),
        (True, 5, True, False, 5, False),
    ],
)
def test_automatic_accept_and_reject_follow_options_and_privilege(
    automatic: bool, timer: int, reject: bool, privilege: bool, seconds: float, can_reject: bool
) -> None:
    chosen = options(
        invoice__auto_answer=automatic, invoice__auto_answer__timer=timer, invoice__auto_answer__enable_reject=reject
    )
    toast = content(row(), INVOICE, chosen, facts=(), queue="", may_decline=privilege, now=NOW)
    assert (toast.seconds_to_accept, toast.can_reject) == (seconds, can_reject)


def test_urgency_segment_and_due_time_are_said() -> None:
    pressing = row(
        priority=3000, attributes=WorkItemAttributes(customer_segment="Gold", due_at=NOW + timedelta(hours=1))
    )
    toast = content(pressing, INVOICE, options(), facts=(), queue="", may_decline=True, now=NOW)
    assert [badge.value for badge in toast.badges] == ["Urgent", "Gold"]
    assert toast.facts == (Fact(label="Due", value=toast.facts[0].value, icon="clock", tone="warning"),)
    assert "in 1 h" in toast.facts[0].value


def test_quick_choices_are_those_chosen_last_and_are_called_so_only_then() -> None:
    paid, asked, closed = (AttributeValue(name=name) for name in ("paid", "asked", "closed"))
    tree = (AttributeValue(name="Pay", values=(paid,)), AttributeValue(name="Rest", values=(asked, closed)))
    assert quick_choices(tree, ("of another kind", "closed", "paid"), 4) == ((closed, paid), True)
    assert quick_choices(tree, ("of another kind",), 2) == ((paid, asked), False)
