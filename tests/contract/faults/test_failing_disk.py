"""The embedded store on a disk that fails: what is acknowledged stays, what fails is said, and work goes on.

`./loom chaos disk` does the same at more steps and in more ways.
"""

import pytest

from tests.chaos.disk.crew import Watched
from tests.chaos.disk.errors import Found, of_operations, of_several_writers
from tests.chaos.disk.power import cuts, recorded, recorded_together
from tests.chaos.disk.run import fails, loses, weakened
from tests.chaos.disk.seeded import Careless, Deaf, Hasty


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


def test_no_power_cut_loses_doubles_or_tears_anything_of_writers_who_share_a_commit() -> None:
    life, shared = recorded_together(1)
    assert shared == 4
    verdicts = list(cuts(life, variants=1, first=life.begin))
    assert len(verdicts) > 200
    assert [verdict for verdict in verdicts if verdict.problems] == []


def test_an_error_under_writers_who_share_a_commit_is_said_to_all_whose_it_was_and_the_same_store_goes_on() -> None:
    found = Found()
    of_several_writers(found, every=9)
    assert found.wrong == []
    assert found.points.total() > 150
    assert found.shared > 150
    assert found.failed > 20


def test_who_is_told_before_the_commit_is_found_to_lose_work() -> None:
    found = loses(recorded_together(1, Hasty)[0])
    assert found is not None
    assert found.lost


@pytest.mark.parametrize(("kind", "harm"), [(Deaf, "lost"), (Careless, "half there")])
def test_writers_who_share_a_commit_in_a_wrong_way_are_found(kind: type[Watched], harm: str) -> None:
    assert fails(kind).startswith(harm)
