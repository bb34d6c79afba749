"""A recipe is a plugin below `plugins/`; the class of a test names its own."""

from pathlib import Path

import pytest

from workloom.plugin_manager.discovery import Candidate

PLUGINS = Path(__file__).with_name("plugins")


@pytest.fixture
def plugins_under_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Candidate, ...]:
    """The recipe of the class."""
    monkeypatch.syspath_prepend(str(PLUGINS))
    assert request.cls is not None
    return (Candidate(request.cls.recipe, request.cls.recipe),)
