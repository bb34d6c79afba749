"""The comparison that ends a chaos run finds what was lost and what has happened twice."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.chaos.centre.ledger import Compared, Growing, Said, compare, offered_after, read
from workloom.adapters.sqlite.opening import open_store
from workloom.bootstrap.engine import MEMORY
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.services.ports import Store

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def found_in_a_store(acknowledged: Said, *kinds: EventKind, external_ids: Sequence[str] = ("F-1",)) -> Compared:
    """What stands against a store with one item and these events of ann."""
    with closing(open_store(MEMORY)) as store:
        fill(store, *kinds)
        return compare(acknowledged, external_ids, store)


def fill(store: Store, *kinds: EventKind) -> None:
    """One item, and these events of ann."""
    with store.transaction() as transaction:
        transaction.items.insert(
            Interaction(
                id="i1",
                tenant="default",
                media_type="claim",
                external_id="F-1",
                queue="q",
                received_at=NOW,
                submitted_at=NOW,
                placed_at=NOW,
            )
        )
        transaction.events.append([Event(at=NOW, kind=EventKind.SUBMITTED, item="i1")])
        transaction.events.append([Event(at=NOW, kind=kind, item="i1", actor="ann") for kind in kinds])


def said(acknowledged: int, unknown: int = 0) -> Said:
    done = ("MarkDone", "i1", "ann")
    found = Said()
    found.acknowledged[done] = acknowledged
    found.unknown[done] = unknown
    return found


def test_what_was_acknowledged_and_did_not_happen_is_lost() -> None:
    found = found_in_a_store(said(1), external_ids=["F-1", "F-2"])
    assert len(found.lost) == 2
    assert found.doubled == []


def test_what_has_happened_more_often_than_it_may_is_doubled() -> None:
    assert found_in_a_store(said(1), EventKind.DONE, EventKind.DONE).doubled
    assert not found_in_a_store(said(1, unknown=1), EventKind.DONE, EventKind.DONE).doubled
    assert not found_in_a_store(said(1), EventKind.DONE).lost


def test_a_ledger_that_a_kill_cut_off_says_what_is_unknown(tmp_path: Path) -> None:
    lines = (
        "trying 1.0 ann Accept i1 k1",
        "done 1.5 ann Accept i1 k1",
        "trying 2.0 ann MarkDone i1 k2",
        "trying 3.0 ann AddNote i1 k3",
        "refused 3.1 ann AddNote i1 k3",
        "tryi",
    )
    (tmp_path / "ledger").write_text("\n".join(lines))
    found = read([tmp_path / "ledger"])
    assert found.acknowledged == {("Accept", "i1", "ann"): 1}
    assert found.unknown == {("MarkDone", "i1", "ann"): 1}
    assert found.latencies["Accept"] == [0.5]
    assert found.operations == 1


def test_a_ledger_that_is_written_meanwhile_is_counted_line_by_line(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    growing = Growing([first, second])
    assert growing.done() == 0
    first.write_text("trying 1.0 ann Accept i1 k1\ndone 1.1 ann Accept i1 k1\ndone 1.2 an")
    assert growing.done() == 1
    with first.open("a") as ledger:
        ledger.write("n Accept i2 k2\nrefused 1.3 ann Accept i3 k3\n")
    second.write_text("done 1.0 bob Accept i4 k4\n")
    assert growing.done() == 3
    assert growing.done() == 3


def test_the_next_offer_after_each_kill_is_found() -> None:
    store = open_store(MEMORY)
    offers = [NOW + timedelta(seconds=seconds) for seconds in (1, 4, 9)]
    with store.transaction() as transaction:
        transaction.events.append([Event(at=at, kind=EventKind.OFFERED, item="i1", person="ann") for at in offers])
    kills = [NOW + timedelta(seconds=seconds) for seconds in (1.5, 3, 8, 20)]
    assert offered_after(kills, store) == [2.5, 1.0, 1.0]
    store.close()
