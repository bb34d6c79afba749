"""schemathesis finds nothing: no request of it is answered otherwise than the document says."""

import pytest

from tests.server.api.fuzzing import run
from tests.server.api.office import Office


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("tags", "floor"), [(("Capture",), 500), (("Items", "Administration"), 500)])
def test_no_request_is_answered_otherwise_than_the_document_says(
    office: Office, tags: tuple[str, ...], floor: int
) -> None:
    found = run(office, seed=20, examples=6, steps=6, tags=tags)
    assert found.problems == []
    operations = {f"{each.method} {each.address}" for each in office.api.operations() if each.tag in tags}
    assert set(found) == operations, "an operation was not tried, or one of other tags was"
    assert sum(found.values()) > floor
