"""The main job, from the imported export to the reopened item, on the real widgets and the real engine."""

from pathlib import Path

import pytest

from tests.shell.conftest import MakeDesktop
from workloom.domain.events import EventKind
from workloom.testing.desktop.main_job import MainJob


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_agent_works_an_item_and_a_colleague_finishes_it(make_desktop: MakeDesktop, tmp_path: Path) -> None:
    driver = make_desktop(plugins=True, data=tmp_path / "empty")
    told: list[str] = []
    job = MainJob(driver.desktop.windows, None, told.append)
    job.play()
    second = driver.desktop.windows.windows[1].desk
    assert second is not None
    item = second.session.services.items.open_items()[0]
    kinds = [event.kind for event in second.session.services.items.path(item.id)]
    assert item.number == job.number
    assert item.attached["AffectedItem"] == "Printer on floor 4"
    expected = [
        EventKind.SUBMITTED,
        EventKind.ACCEPTED,
        EventKind.PROPERTIES_CHANGED,
        EventKind.DISPOSITION_SET,
        EventKind.NOTE_ADDED,
        EventKind.ROUTING_REQUESTED,
        EventKind.ACCEPTED,
        EventKind.PLACED_IN_WORKBIN,
        EventKind.PULLED,
        EventKind.DONE,
        EventKind.REOPENED,
    ]
    assert [kind for kind in kinds if kind in set(expected)] == expected
    assert len(told) == 19
