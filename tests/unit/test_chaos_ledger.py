"""The comparison that ends a chaos run finds what was lost and what has happened twice."""

from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.centre.ledger import Said, compare, read
from workloom.adapters.sqlite.opening import open_store
from workloom.bootstrap.engine import MEMORY
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.services.ports import Store

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def kept(*kinds: EventKind) -> Store:
    """A store with one item and these events of ann."""
    store = open_store(MEMORY)
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
    return store


def said(acknowledged: int, unknown: int = 0) -> Said:
    done = ("MarkDone", "i1", "ann")
    found = Said()
    found.acknowledged[done] = acknowledged
    found.unknown[done] = unknown
    return found


def test_what_was_acknowledged_and_did_not_happen_is_lost() -> None:
    found = compare(said(1), ["F-1", "F-2"], kept())
    assert len(found.lost) == 2
    assert found.doubled == []


def test_what_has_happened_more_often_than_it_may_is_doubled() -> None:
    assert compare(said(1), ["F-1"], kept(EventKind.DONE, EventKind.DONE)).doubled
    assert not compare(said(1, unknown=1), ["F-1"], kept(EventKind.DONE, EventKind.DONE)).doubled
    assert not compare(said(1), ["F-1"], kept(EventKind.DONE)).lost


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
