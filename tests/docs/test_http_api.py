"""The OpenAPI document in the docs is what the server serves, and the page of the API does what it says."""

from tests.architecture.sources import ROOT
from workloom.bootstrap.server import openapi_text

DOCUMENT = ROOT / "docs" / "api" / "openapi.json"


def test_the_committed_document_is_what_the_operations_say() -> None:
    assert DOCUMENT.read_text("utf-8") == openapi_text(), (
        "write it anew: workloom server --openapi > docs/api/openapi.json"
    )
