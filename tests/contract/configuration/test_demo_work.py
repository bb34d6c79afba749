"""The work that the demo begins with: customers with a past, workbins with something in them, and queues that wait."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workloom.adapters.clock import VirtualClock
from workloom.bootstrap.catalogue import installed_options
from workloom.bootstrap.demo_office import Fate, Office
from workloom.bootstrap.demo_work import begin_from_demo
from workloom.bootstrap.engine import Engine, open_engine
from workloom.domain.case_data import missing, problem_with, stored
from workloom.domain.events import EventKind
from workloom.domain.pages import HistoryQuery, HistoryScope, HistoryStatus
from workloom.domain.site import AttributeValue
from workloom.services.backend import AgentServices

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("demo")
    engine = open_engine(folder, installed_options(), clock=VirtualClock(NOW))
    assert begin_from_demo(engine, installed_options(), NOW)
    yield engine
    engine.stop()


@pytest.fixture(scope="module")
def lena(engine: Engine) -> AgentServices:
    plan = engine.backend.authenticate("lena", "alpenrand")
    channels = [choice.media_type for choice in plan.channels]
    return engine.backend.services(engine.backend.log_in(plan.ticket, channels=channels))


def test_the_same_instant_makes_the_same_pieces() -> None:
    pieces = list(Office(NOW).pieces())
    assert pieces == list(Office(NOW).pieces())
    assert pieces != list(Office(NOW + timedelta(days=1)).pieces())
    assert set(Counter(piece.fate for piece in pieces)) == set(Fate)
    assert all(piece.received <= (piece.handled or piece.received) <= NOW for piece in pieces)


def test_claims_and_invoices_wait_beside_incidents(engine: Engine, lena: AgentServices) -> None:
    del lena
    engine.dispatcher.step()
    answers = {answer.media_type: answer for answer in engine.explainer.agent("jonas")}
    assert answers["claim"].obstacle is not None
    with engine.store.reading() as reader:
        events = [event for event in reader.events.after(0, limit=10_000) if event.kind is EventKind.OFFERED]
        offered = Counter(item.media_type for event in events if (item := reader.items.get(event.item)))
    assert offered == {"claim": 1, "incident": 1}


def test_whoever_begins_finds_work_in_the_workbins_and_in_the_history(lena: AgentServices) -> None:
    query = HistoryQuery(scope=HistoryScope.MINE)
    counts = lena.history.counts(query)
    assert counts.done > 3
    assert counts.in_progress > 3
    assert sum(node.total for node in lena.workbins.tree()) > 5


def test_customers_have_a_past(lena: AgentServices) -> None:
    page = lena.history.search(HistoryQuery(scope=HistoryScope.ALL, status=HistoryStatus.DONE))
    per_contact = Counter(row.item.contact_id for row in page.rows)
    assert max(per_contact.values()) > 2


def test_case_data_fit_their_fields_but_for_the_number_that_is_a_digit_short(engine: Engine) -> None:
    site = engine.configuration.site()
    forms = {"claim": site.business_attributes["ClaimData"], "invoice": site.business_attributes["InvoiceData"]}
    for piece in Office(NOW).pieces():
        form = forms.get(piece.row["kind"])
        if form is None:
            continue
        assert missing(form, piece.row) == ()
        for field in form.values:
            text = str(piece.row.get(field.name) or "")
            problem = problem_with(field, text)
            assert not problem or (field.name, len(text.replace(" ", ""))) == ("IBAN", 21), (field.name, text, problem)
            assert problem or not text or stored(field, text) == text


def test_nobody_of_the_weeks_before_is_still_logged_in(engine: Engine) -> None:
    with engine.store.reading() as reader:
        assert {session.person for session in reader.sessions.all()} <= {"lena"}


def test_the_list_of_all_ways_to_end_names_each_as_the_lists_of_the_kinds_do(engine: Engine) -> None:
    trees = engine.configuration.site().business_attributes
    names = {kind: leaves(trees[kind].values) for kind in ("ClaimEnds", "InvoiceEnds", "FormEnds", "IncidentEnds")}
    for kind, own in names.items():
        assert own.items() <= leaves(trees["DispositionCode"].values).items(), kind


def leaves(values: Iterable[AttributeValue]) -> dict[str, str]:
    """Names and titles of the ways to end."""
    found: dict[str, str] = {}
    for value in values:
        found |= leaves(value.values) if value.values else {value.name: value.title}
    return found
