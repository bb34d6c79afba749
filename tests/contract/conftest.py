"""What every contract test leaves behind is closed."""

from collections.abc import Iterator

import pytest

from tests.contract.reading_site import OPENED


@pytest.fixture(autouse=True)
def _offices_close() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()
