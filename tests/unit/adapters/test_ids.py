"""Identifiers of what must not be guessed are long, never the same, and fit into an address."""

import re

import pytest

from workloom.adapters.ids import SystemIds


@pytest.mark.parametrize("kind", ["session", "login", "ticket", "token", "client-token"])
def test_what_proves_something_has_192_bits_of_chance(kind: str) -> None:
    ids = SystemIds()
    given = {ids.new(kind) for _ in range(500)}
    assert len(given) == 500
    assert all(re.fullmatch(f"{kind}-[A-Za-z0-9_-]{{32}}", each) for each in given)


def test_other_kinds_have_128_bits() -> None:
    assert re.fullmatch("item-[0-9a-f]{32}", SystemIds().new("item"))
