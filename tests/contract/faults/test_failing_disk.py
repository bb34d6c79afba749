"""The embedded store on a disk that fails: what is acknowledged stays, what fails is said, and work goes on.

`./loom chaos disk` does the same at more steps and in more ways.
"""

import pytest

from tests.chaos.disk.errors import Found, of_operations
from tests.chaos.disk.power import cuts, recorded
from tests.chaos.disk.run import loses, weakened


def test_no_power_cut_after_any_step_loses_doubles_or_damages_anything() -> None:
    verdicts = list(cuts(recorded(1), variants=1))
    assert len(verdicts) > 300
    assert [verdict for verdict in verdicts if verdict.damaged or verdict.lost or verdict.doubled] == []


@pytest.mark.parametrize("how", ["NORMAL", "OFF"])
def test_a_store_that_asks_less_of_the_disk_is_found_to_lose_work(how: str) -> None:
    found = loses(weakened(how))
    assert found is not None


def test_an_error_at_any_step_of_an_operation_is_said_and_the_same_store_goes_on() -> None:
    found = Found()
    of_operations(found)
    assert found.wrong == []
    assert found.points.total() > 400
    assert set(found.kinds) == {"StorageError", "StorageFull"}
