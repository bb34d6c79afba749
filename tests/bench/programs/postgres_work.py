"""The work that is measured on PostgreSQL: items that wait, are offered in batches, and are done in batches."""

from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import psycopg
from msgspec import json

from workloom.adapters.passwords import Argon2Passwords
from workloom.adapters.postgres.item_columns import TYPES
from workloom.bootstrap.engine import Engine, engine_on
from workloom.domain.commands import Accept, MarkDone
from workloom.domain.core_options import core_catalogue
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.domain.moves import decide
from workloom.domain.moves_base import Circumstances
from workloom.domain.option_layers import effective_options
from workloom.domain.site import AgentGroup, Capacity, CapacityRule
from workloom.services.callers import Callers
from workloom.services.keeping import keep
from workloom.services.ports import Store
from workloom.testing.office import PASSWORD
from workloom.testing.sites import person, site

ITEMS, BATCH = 2000, 200
AGENTS = tuple(f"agent-{number}" for number in range(ITEMS // BATCH))
ROOMY = CapacityRule(name="two", capacities=(Capacity(media_type="claim", maximum=BATCH),))


class Shop:
    """An engine on a store, with agents who may each have as many items as a batch has."""

    def __init__(self, store: Store) -> None:
        self.engine: Engine = engine_on(store, hasher=Argon2Passwords(cheap=True))
        if not self.engine.configuration.site().version:
            agents = {name: person(name, "experts") for name in AGENTS}
            people = site(capacity_rules={"two": ROOMY}, persons=agents, groups={"experts": AgentGroup(name="experts")})
            self.engine.configuration.apply(people, dict.fromkeys(people.persons, PASSWORD))
        self.sessions: dict[str, str] = {}

    def open(self) -> None:
        """Let the agents log in."""
        for name in AGENTS:
            plan = self.engine.backend.authenticate(name, PASSWORD)
            self.sessions[name] = self.engine.backend.log_in(plan.ticket, channels=("claim",))

    def close(self) -> None:
        """The end."""
        self.engine.stop()


def waiting(shop: Shop) -> None:
    """Keep so many items that wait."""
    now = datetime.now(UTC)
    for start in range(0, ITEMS, BATCH):
        with shop.engine.store.transaction() as transaction:
            for number in range(start, start + BATCH):
                item = Interaction(
                    id=f"item-{number}",
                    tenant="default",
                    media_type="claim",
                    external_id=f"CLM-{number}",
                    queue="claims",
                    received_at=now,
                    submitted_at=now,
                    placed_at=now,
                    queue_since={"claims": now},
                    attached={"Subject": "Water damage in the cellar", "City": "Graz"},
                )
                transaction.items.insert(item)
                transaction.events.append([Event(at=now, kind=EventKind.SUBMITTED, item=item.id, queue="claims")])


def claimed(shop: Shop) -> None:
    """The dispatcher finds an agent for each item."""
    shop.engine.dispatcher.step()


def claimed_and_done(shop: Shop) -> None:
    """Then each agent accepts what is offered, and is done with it: the decisions of the commands, in batches."""
    claimed(shop)
    store, sites = shop.engine.store, shop.engine.sites
    for name in AGENTS:
        callers = Callers(sites, core_catalogue(), shop.sessions[name])
        for verb in ("accept", "done"):
            with store.transaction() as transaction:
                caller = callers.of(transaction)
                items = transaction.items.offered_to(name) if verb == "accept" else transaction.items.open_of(name)
                for item in items:
                    circumstances = Circumstances(
                        now=datetime.now(UTC),
                        site=caller.site,
                        viewer=caller.viewer,
                        session=caller.session.id,
                        options=effective_options(caller.catalogue, caller.site, name, item),
                        new_id=lambda kind: kind,
                    )
                    ticket = item.offer.ticket if item.offer else ""
                    command = Accept(item=item.id, ticket=ticket) if verb == "accept" else MarkDone(item=item.id)
                    keep(transaction, item, decide(item, command, circumstances))


def bare_claim(ours: str, bare: str) -> float:
    """Seconds for bare statements, as many items in each, that write into `bare` what has been offered in `ours`."""
    with psycopg.connect(ours) as connection:
        after, columns = _table(connection, "SELECT * FROM interaction ORDER BY row")
        events, of_event = _table(connection, "SELECT * FROM event WHERE kind = 'offered' ORDER BY sequence")
    assert len(events) == ITEMS, f"{len(events)} of {ITEMS} items were offered"
    with psycopg.connect(bare, autocommit=True) as connection:
        before, _ = _table(connection, "SELECT * FROM interaction ORDER BY row")
        pairs = list(zip(before, after, strict=True))
        changed = [name for name in columns if any(was[name] != is_[name] for was, is_ in pairs)]
        rows = [{**{name: is_[name] for name in changed}, "key": is_["id"], "was": was["fence"]} for was, is_ in pairs]
        names = [name for name in of_event if name != "sequence"]
        types = {**TYPES, **dict.fromkeys(of_event, "text"), "at": "timestamptz"}
        typed = ", ".join(f"{name} {types[name]}" for name in changed)
        update = (
            f"UPDATE interaction AS i SET {', '.join(f'{name} = new.{name}' for name in changed)}"  # noqa: S608 - our columns
            f" FROM json_to_recordset(%s) AS new (key text, was bigint, {typed})"
            " WHERE i.id = new.key AND i.fence = new.was"
        )
        insert = (
            f"INSERT INTO event ({', '.join(names)}) SELECT {', '.join(names)}"  # noqa: S608 - our columns
            f" FROM json_to_recordset(%s) AS new ({', '.join(f'{name} {types[name]}' for name in names)})"
        )
        told = [{name: event[name] for name in names} for event in events]
        begun = perf_counter()
        for start in range(0, ITEMS, BATCH):
            with connection.pipeline():
                connection.execute("BEGIN")
                connection.execute(update.encode(), (json.encode(rows[start : start + BATCH]).decode(),))
                connection.execute(insert.encode(), (json.encode(told[start : start + BATCH]).decode(),))
                connection.execute("COMMIT")
        return perf_counter() - begun


def _table(connection: "psycopg.Connection[Any]", query: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows by column, and the columns."""
    cursor = connection.execute(query.encode())
    columns = [column.name for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor], columns
