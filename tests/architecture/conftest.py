"""Trees that these tests share are let go of after them: all later collections of garbage would look at each node."""

from collections.abc import Iterator

import pytest

from tests.architecture.sources import tree_of


@pytest.fixture(scope="package", autouse=True)
def let_go_of_trees() -> Iterator[None]:
    """They are some hundred thousand objects."""
    yield
    tree_of.cache_clear()
