"""The suites for channels and backends, on the channel and the backend that we ship."""

from collections.abc import Callable

import pytest

from workloom.api.services import Backend
from workloom.testing import Office
from workloom.testing.conformance import BackendConformance, ChannelConformance


class TestBuiltInChannel(ChannelConformance):
    """That of work items."""

    plugin = "workitem"
    media_type = "claim"
    attached = {"City": "Graz"}  # noqa: RUF012  # as an author writes it


class TestEmbeddedBackend(BackendConformance):
    """The engine in this process."""

    @pytest.fixture
    def backend(self, office: Office) -> Backend:
        """That of the office."""
        return office.engine.backend

    @pytest.fixture
    def submit(self, office: Office) -> Callable[..., str]:
        """Into the office."""
        return office.submit
