"""What is longer than PostgreSQL can keep is refused once for all, or searched in part: no desktop waits with it."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from tests.contract.engine.office import site
from tests.server.nodes import served
from workloom.adapters.postgres.store import PostgresStore
from workloom.domain.commands import AddNote, Pull
from workloom.domain.errors import BadInput
from workloom.domain.pages import HistoryQuery, HistoryScope
from workloom.services.contacts import find_or_create


def _words(number: int, seed: int = 7) -> str:
    chance = Random(seed)  # noqa: S311 - words that are all different
    return " ".join(f"{chance.getrandbits(48):x}" for _ in range(number))


def test_notes_are_kept_whole_however_long_and_the_first_words_of_them_are_found(tmp_path: Path, database: str) -> None:
    long = _words(60_000)
    with served(tmp_path, site(), database=database, person_rate=0.0) as node:
        ann, item = node.log_in("ann"), node.submit("item-1")
        ann.call("items.execute", Pull(item=item))
        texts = [long, *(_words(12_000, seed) for seed in range(8)), "Called back"]
        for text in texts:
            ann.call("items.execute", AddNote(item=item, text=text))
        assert [note.text for note in ann.call("items.notes", item)] == texts
        for words in (long.split()[0], long.split()[5_000], texts[2].split()[-8_000]):
            found = ann.call("history.search", HistoryQuery(scope=HistoryScope.ALL, text=words))
            assert [row.item.id for row in found.rows] == [item], words


def test_values_of_contacts_are_kept_and_found_however_long(tmp_path: Path, database: str) -> None:
    address = _words(1000)
    with served(tmp_path, site(), database=database) as node:
        with node.node.engine.store.transaction() as transaction:
            find_or_create(
                transaction,
                node.node.container.ids(),
                tenant="default",
                key="K-1",
                attributes={"Address": address},
                now=datetime.now(UTC),
            )
        (found,) = node.log_in("ann").call("contacts.search", address.split()[-1])
        assert found.attributes["Address"] == (address,)


def test_what_no_index_can_hold_is_bad_input_and_not_a_database_that_is_away(database: str) -> None:
    store = PostgresStore(database)
    try:
        with pytest.raises(BadInput, match="longer than the database can keep"), store.transaction() as transaction:
            transaction.preferences.put("ann", _words(1000), b"1")
        with store.reading() as reader:
            assert reader.preferences.get("ann", "x") is None, "the store goes on"
    finally:
        store.close()
