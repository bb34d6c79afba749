"""Readers of events on PostgreSQL: in order, from where they were, and one node at a time."""

from collections.abc import Sequence

from workloom.adapters.postgres.store import PostgresStore
from workloom.api import Event
from workloom.services.event_feed import EventFeed
from workloom.testing import Office


def test_two_nodes_feed_a_reader_one_after_the_other_and_it_gets_each_event_once(store: PostgresStore) -> None:
    office = Office(store)
    for _ in range(5):
        office.submit()
    took: list[int] = []

    def take(events: Sequence[Event]) -> bool:
        took.extend(event.sequence for event in events)
        return True

    def on(node: str) -> EventFeed:
        return EventFeed(store, office.engine.wake, "audit/log", take, (), 2, node=node, now=office.clock.now)

    first, second = on("first"), on("second")
    assert [first.step(), second.step()] == [True, None]
    office.clock.advance(seconds=16)
    while second.step():
        pass
    assert len(took) >= 5
    assert took == sorted(set(took))
