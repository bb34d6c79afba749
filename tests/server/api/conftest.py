"""One office for each test, in memory."""

from collections.abc import Iterator

import pytest

from tests.server.api.office import Office, open_office


@pytest.fixture
def office() -> Iterator[Office]:
    """The demo office behind the API."""
    with open_office(":memory:") as opened:
        yield opened
