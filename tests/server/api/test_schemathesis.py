"""schemathesis finds nothing: no request of it is answered otherwise than the document says."""

import pytest

from tests.server.api.fuzzing import run
from tests.server.api.office import Office


@pytest.mark.timeout(240)
def test_no_request_is_answered_otherwise_than_the_document_says(office: Office) -> None:
    found = run(office, seed=20, examples=8, steps=8)
    assert found.problems == []
    operations = {f"{each.method} {each.address}" for each in office.api.operations()}
    assert set(found) == operations, "an operation was not tried"
    assert sum(found.values()) > 500
