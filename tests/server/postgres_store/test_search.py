"""The full-text search of PostgreSQL finds what that of SQLite finds."""

import sqlite3
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.postgres import PostgresServer
from workloom.adapters.postgres.search_text import text_query, text_vector
from workloom.adapters.sqlite.search_words import match_of

SIGNS = st.sampled_from([*"abcDEF012éÉßøÑñüÜñ", "Ω", "я", "Я", "中", "ﬁ", *" -_.,;:'\"&|!()<>*\\/\n\t", "e\u0301"])
TEXTS = st.lists(SIGNS, max_size=30).map("".join)
QUERIES = st.lists(SIGNS, min_size=1, max_size=6).map("".join)


@pytest.fixture(scope="module")
def databases(postgres: PostgresServer) -> Iterator[tuple[sqlite3.Connection, psycopg.Connection]]:
    """One of each."""
    lite = sqlite3.connect(":memory:")
    lite.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'unicode61 remove_diacritics 2')")
    with psycopg.connect(postgres.dsn(), autocommit=True) as connection:
        yield lite, connection
    lite.close()


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, query=QUERIES)
def test_the_same_texts_are_found(
    databases: tuple[sqlite3.Connection, psycopg.Connection], text: str, query: str
) -> None:
    lite, connection = databases
    match = match_of(query)
    assert bool(match) == bool(text_query(query))
    if not match:
        return
    lite.execute("DELETE FROM t")
    lite.execute("INSERT INTO t VALUES (?)", (text,))
    expected = lite.execute("SELECT 1 FROM t WHERE t MATCH ?", (match,)).fetchone() is not None
    found = connection.execute("SELECT %s::tsvector @@ %s::tsquery", (text_vector(text), text_query(query))).fetchone()
    assert found == (expected,)


def test_a_phrase_does_not_reach_from_one_text_into_the_next(
    databases: tuple[sqlite3.Connection, psycopg.Connection],
) -> None:
    _, connection = databases
    values = (text_vector("water claim"), text_vector("2026 late"), text_query("claim-2026"), text_query("water late"))
    row = connection.execute(
        "SELECT t @@ %(phrase)s::tsquery, t @@ %(words)s::tsquery"
        " FROM (SELECT %(a)s::tsvector || %(b)s::tsvector) AS x(t)",
        dict(zip(("a", "b", "phrase", "words"), values, strict=True)),
    ).fetchone()
    assert row == (False, True)
