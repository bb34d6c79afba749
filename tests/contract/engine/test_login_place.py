"""The login page proposes the person's own place."""

from pathlib import Path

from workloom.bootstrap.demo import start_from_demo
from workloom.bootstrap.engine import open_engine


def test_the_own_place_leads_and_none_is_left_out(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    try:
        start_from_demo(engine.configuration)
        plan = engine.backend.authenticate("lena", "alpenrand")
    finally:
        engine.stop()
    assert plan.places[0] == "Desk 4-117"
    assert len(set(plan.places)) == len(plan.places) == 9
