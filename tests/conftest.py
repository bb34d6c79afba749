"""What holds for all tests. The screen on which their windows stand is that of the test kit."""

import gc
import os
from pathlib import Path
from shutil import disk_usage

import pytest
from hypothesis import HealthCheck, settings

from tests.compiled import compile_tests


def is_without_programs(folder: Path) -> bool:
    """Whether nothing that is written there can be run, as some tests do."""
    return bool(os.statvfs(folder).f_flag & os.ST_NOEXEC)


# A run writes some 18,000 files, each for a moment: where a disk in memory has room for them, they go there.
MEMORY, ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108  # pytest makes a folder there that is only its user's
if os.access(MEMORY, os.W_OK | os.X_OK) and disk_usage(MEMORY).free > ROOM and not is_without_programs(MEMORY):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# The same examples at every run, and no verdict that depends on how busy the machine is.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Before the processes of a run start."""
    folders = [config.invocation_params.dir / argument for argument in config.args]
    compile_tests(config, folders, config.getoption("ignore") or ())


def pytest_collection_finish() -> None:
    """What was found stays to the end: no garbage is looked for in it, as in the program when it has started."""
    gc.collect()
    gc.freeze()
