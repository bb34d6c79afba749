"""The history as an agent sees it, on a real store."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.contract.backends import Backend
from tests.contract.reading_site import NOW, Office, done, finish, in_workbin, item, office, site
from workloom.adapters.tables.lists import FREQUENT
from workloom.domain.errors import BadInput, NotAllowed
from workloom.domain.events import EventKind
from workloom.domain.interaction import Note, State
from workloom.domain.pages import HistoryCounts, HistoryQuery, HistoryScope, HistoryStatus, ItemRow, Sort
from workloom.domain.privileges import (
    CONTACT_HISTORY,
    INTERACTION_SEARCH,
    MY_HISTORY,
    PULL_FROM_QUEUE,
    PULL_NOT_OWNED,
    PULL_SHARED,
)

ALL = HistoryQuery(scope=HistoryScope.ALL)
MINE = HistoryQuery(scope=HistoryScope.MINE)
OF_MARTA = HistoryQuery(scope=HistoryScope.CONTACT, contact="c1")


def names(desk: Office, query: HistoryQuery) -> list[str]:
    return [row.item.id for row in desk.history().search(query).rows]


def rows(desk: Office, query: HistoryQuery = ALL) -> dict[str, ItemRow]:
    return {row.item.id: row for row in desk.history().search(query).rows}


@pytest.mark.parametrize(
    ("query", "privilege"), [(ALL, INTERACTION_SEARCH), (MINE, MY_HISTORY), (OF_MARTA, CONTACT_HISTORY)]
)
def test_each_scope_needs_its_own_privilege(query: HistoryQuery, privilege: str) -> None:
    every = {INTERACTION_SEARCH, MY_HISTORY, CONTACT_HISTORY}
    refused = office(site(without=[privilege]))
    with pytest.raises(NotAllowed) as error:
        refused.history().search(query)
    assert error.value.privilege == privilege
    with pytest.raises(NotAllowed):
        refused.history().counts(query)
    office(site(without=[*(every - {privilege})])).history().search(query)


def test_the_history_of_a_contact_holds_the_items_of_that_contact() -> None:
    desk = office()
    desk.add(item("1", contact_id="c1"), done("2", contact_id="c1"), item("3", contact_id="c2"), item("4"))
    assert set(names(desk, OF_MARTA)) == {"1", "2"}


def test_the_history_of_no_contact_is_bad_input_and_not_all_items_without_one() -> None:
    desk = office()
    desk.add(item("1"))
    with pytest.raises(BadInput):
        desk.history().search(HistoryQuery(scope=HistoryScope.CONTACT))


def test_my_history_holds_what_i_ever_had_even_when_it_is_with_others_now() -> None:
    desk = office()
    first = item("1", State.HANDLING, assigned_to="lena")
    desk.add(first, item("2", State.HANDLING, assigned_to="jonas"), item("3"))
    with desk.store.transaction() as transaction:
        transaction.items.save(replace(first, assigned_to="jonas", fence=1), before=first)
    assert names(desk, MINE) == ["1"]


def test_status_filters_and_counts_agree() -> None:
    desk = office()
    desk.add(item("1"), in_workbin("2"), done("3"))
    assert set(names(desk, ALL)) == {"1", "2", "3"}
    assert set(names(desk, replace(ALL, status=HistoryStatus.IN_PROGRESS))) == {"1", "2"}
    assert names(desk, replace(ALL, status=HistoryStatus.DONE)) == ["3"]
    for status in HistoryStatus:
        assert desk.history().counts(replace(ALL, status=status)) == HistoryCounts(in_progress=2, done=1)


def test_the_total_is_that_of_the_status_filter_and_not_of_the_page() -> None:
    desk = office()
    desk.add(*(item(str(number)) for number in range(12)), done("13"))
    page = desk.history().search(replace(ALL, status=HistoryStatus.IN_PROGRESS, limit=5, offset=10))
    assert (page.total, page.offset, len(page.rows)) == (12, 10, 2)


@pytest.mark.parametrize("query", [ALL, MINE])
def test_a_page_says_where_items_stand_in_the_whole_list(query: HistoryQuery) -> None:
    desk = office()
    desk.add(
        *(
            item(str(number), State.HANDLING, assigned_to="lena", received_at=NOW - timedelta(hours=number))
            for number in range(5)
        )
    )
    page = desk.history().search(replace(query, limit=1, find=("4", "1", "nobody")))
    assert (len(page.rows), page.places) == (1, {"1": 1, "4": 4})
    assert desk.history().search(replace(query, status=HistoryStatus.DONE, find=("1",))).places == {}


def test_the_newest_comes_first_unless_another_column_is_asked_for() -> None:
    desk = office()
    desk.add(
        item("1", received_at=NOW - timedelta(hours=3), subject="alpha"),
        item("2", received_at=NOW - timedelta(hours=1), subject="Charlie"),
        item("3", received_at=NOW - timedelta(hours=2), subject="Bravo"),
    )
    assert names(desk, ALL) == ["2", "3", "1"]
    assert names(desk, replace(ALL, sort=Sort(key="subject", descending=False))) == ["1", "3", "2"]


@pytest.mark.parametrize("text", ["locksm", "LOCK inv", "CLM-2026-0482", "call mrs", "lindq", "Müll", "mull"])
def test_quick_search_finds_word_beginnings_in_subject_number_notes_and_contact(text: str) -> None:
    desk = office()
    desk.contact("c1", "Marta", "Lindqvist Müller")
    desk.add(
        item("1", subject="Locksmith invoice", external_id="CLM-2026-048213", contact_id="c1"),
        item("2", subject="Other"),
    )
    with desk.store.transaction() as transaction:
        transaction.notes.insert(Note(id="n1", item="1", author="lena", at=NOW, text="Call Mrs Lindqvist"))
    assert names(desk, replace(ALL, text=text)) == ["1"]
    assert desk.history().counts(replace(ALL, text=text)) == HistoryCounts(in_progress=1)


def test_quick_search_finds_nothing_within_words() -> None:
    desk = office()
    desk.add(item("1", subject="Locksmith"))
    assert names(desk, replace(ALL, text="smith")) == []


@pytest.mark.parametrize(
    "text", ['"', "AND", "NOT", "a OR", "NEAR(a b)", "subject:x", "*", "^a", "-a", "(", "a\0b", "\ud800", "{a b}", "'"]
)
def test_no_sign_breaks_the_search(text: str) -> None:
    desk = office()
    desk.add(item("1"))
    desk.history().search(replace(ALL, text=text))


def test_no_text_breaks_the_search(backend: Backend) -> None:
    empty = office()

    @backend.examples(200)
    @given(text=st.text(max_size=40))
    def holds(text: str) -> None:
        empty.history().search(replace(ALL, text=text))

    holds()


def test_where_an_item_is_stands_in_words() -> None:
    desk = office()
    desk.add(
        in_workbin("mine"),
        item("queued", queue_since={"experts": NOW - timedelta(minutes=38)}),
        item("with-me", State.HANDLING, assigned_to="lena", assigned_at=NOW - timedelta(minutes=12)),
        item("with-jonas", State.HANDLING, assigned_to="jonas"),
        done("done"),
        done("closed"),
    )
    with desk.store.transaction() as transaction:
        finish(transaction, "done", "jonas")
        finish(transaction, "done", "samira")
        finish(transaction, "closed", "source:service", EventKind.COMPLETED_BY_SOURCE)
    found = {name: row.where_at(NOW) for name, row in rows(desk).items()}
    assert found == {
        "mine": "Your workbin “Waiting for documents”",
        "queued": "Queue “Claims – Experts”, 38 min",
        "with-me": "With you, 12 min",
        "with-jonas": "With Jonas Brandt",
        "done": "Done by Samira Haddad",
        "closed": "Done by the source “service”",
    }


@pytest.mark.parametrize(
    ("resting", "privilege", "reason"),
    [
        (item("1"), PULL_FROM_QUEUE, "You may not open items from queues."),
        (
            in_workbin("1", "checks", "Claims experts"),
            PULL_SHARED,
            "You may not open items from shared workbins.",
        ),
        (
            in_workbin("1", owner="samira"),
            PULL_NOT_OWNED,
            "You may not open items from workbins of other people. Ask Samira Haddad to transfer it.",
        ),
    ],
)
def test_a_row_says_whether_it_can_be_opened_or_why_not(resting: object, privilege: str, reason: str) -> None:
    desk = office()
    desk.add(resting)  # type: ignore[arg-type]
    assert rows(desk)["1"].can_open
    desk.apply(site(without=[privilege]))
    assert (rows(desk)["1"].can_open, rows(desk)["1"].closed_reason) == (False, reason)


def test_nothing_opens_from_the_history_where_the_option_is_off() -> None:
    desk = office(site(options={"claim.pull-from-history-isenabled": False}))
    desk.add(item("1"))
    assert rows(desk)["1"].closed_reason == "Opening from the history is switched off for claims."


def test_a_media_type_that_the_site_no_longer_has_breaks_no_list() -> None:
    desk = office()
    desk.add(item("1", media_type="fax"))
    assert not rows(desk)["1"].can_open


def test_a_word_that_nearly_all_items_have_gives_the_same_pages_as_a_rare_one() -> None:
    desk = office()
    many = [
        item(f"i{number}", received_at=NOW - timedelta(seconds=number * 37 % 1009), subject="Water damage")
        for number in range(FREQUENT + 50)
    ]
    desk.add(*many)
    newest_first = sorted(many, key=lambda each: each.received_at, reverse=True)
    query = HistoryQuery(scope=HistoryScope.ALL, text="wat", limit=20)
    pages = [desk.history().search(replace(query, offset=offset)) for offset in (0, 20, FREQUENT + 40)]
    assert {page.total for page in pages} == {len(many)}
    assert [row.item.received_at for page in pages[:2] for row in page.rows] == [
        each.received_at for each in newest_first[:40]
    ]
    assert len(pages[2].rows) == 10
    rows = {row.item.id for page in pages for row in page.rows}
    assert len(rows) == 50
    assert desk.history().search(replace(query, text="wat nothing")).total == 0
