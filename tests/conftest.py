"""What holds for all tests."""

from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from workloom.testing.desktop.screen import use_screen

# The same examples at every run, and no verdict that depends on how busy the machine is.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """Windows stand on a screen of a usual size, which is known before Qt starts."""
    with TemporaryDirectory(prefix="workloom-screen-") as folder:
        use_screen(Path(folder), 1920, 1080)
        return (yield)
