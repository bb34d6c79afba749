"""The columns of an item: what a change concerns is written, and nothing that it does not."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from workloom.adapters.sqlite.database import SqliteDatabase
from workloom.adapters.sqlite.migrate import migrate
from workloom.adapters.sqlite.store import SqliteStore
from workloom.adapters.tables.item_rows import TABLE
from workloom.domain.interaction import Interaction, Offer, State, WorkItemAttributes
from workloom.domain.routing_request import RoutingRequest, attached_for
from workloom.domain.targets import TargetType

ROWS = SqliteDatabase.items
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ITEM = Interaction(id="i", tenant="t", media_type="claim", received_at=NOON, submitted_at=NOON, placed_at=NOON)
INSTANTS = st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours))
NAMES = st.sampled_from(["", "a", "b"])
OFFERS = st.builds(
    Offer, ticket=NAMES, agent=st.sampled_from(["ann", "bob"]), session=NAMES, offered_at=INSTANTS, deadline=INSTANTS
)
ATTACHED = st.dictionaries(st.sampled_from(["Subject", "City"]), NAMES, max_size=2) | st.sampled_from(
    [attached_for(RoutingRequest(original="ann", type=kind, target="x")) for kind in TargetType]
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "external_id": NAMES,
        "state": st.sampled_from(State),
        "fence": st.integers(0, 2),
        "priority": st.integers(0, 2),
        "queue": NAMES,
        "workbin": NAMES,
        "unread": st.booleans(),
        "assigned_to": NAMES,
        "contact_id": NAMES,
        "error": NAMES,
        "offer": st.none() | OFFERS,
        "placed_at": INSTANTS,
        "queue_since": st.dictionaries(NAMES, INSTANTS, max_size=2),
        "refusals": st.dictionaries(NAMES, INSTANTS, max_size=2),
        "held_at": st.none() | INSTANTS,
        "handling_until": st.none() | INSTANTS,
        "attributes": st.builds(
            WorkItemAttributes,
            capture_point=NAMES,
            due_at=st.none() | INSTANTS,
            activation_at=st.none() | INSTANTS,
            requested_skill=NAMES,
        ),
        "attached": ATTACHED,
    },
)


@given(before=CHANGES, after=CHANGES)
def test_what_was_stored_with_the_changed_columns_is_the_whole_row(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    was = replace(ITEM, **before)
    becomes = replace(was, **after)
    assert {**ROWS.row_of(was), **ROWS.changed_columns(was, becomes)} == ROWS.row_of(becomes)


def test_a_property_that_stays_is_not_written() -> None:
    taken = replace(ITEM, state=State.HANDLING, assigned_to="ann", fence=1, refusals={}, attached={})
    assert set(ROWS.changed_columns(ITEM, taken)) == {"state", "routable", "assigned_to", "fence"}


def test_the_columns_stand_in_the_order_of_the_table() -> None:
    store = SqliteStore(":memory:")
    with store.transaction() as transaction:
        transaction.items.insert(ITEM)
        assert transaction.items.get("i") == ITEM
    connection = sqlite3.connect(":memory:")
    migrate(connection, ":memory:")
    assert tuple(row[1] for row in connection.execute("PRAGMA table_info (interaction)")) == TABLE
    connection.close()
    store.close()
